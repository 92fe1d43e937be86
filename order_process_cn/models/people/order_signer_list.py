from odoo import api, fields, models
from odoo.exceptions import UserError


class OrderSignerList(models.Model):
    """A fixed list of persons, any of whom may sign a seat.

    Never changed once made: a running review points to the list it started with,
    while the seat of the route may get another one.
    """

    _name = "order.signer.list"
    _inherit = ["order.config.mixin"]
    _description = "List of Signers"

    key = fields.Char(required=True)
    user_ids = fields.Many2many("res.users", required=True)

    _key_uniq = models.UniqueIndex("(key)")

    def write(self, vals):
        if vals.keys() & {"key", "user_ids"}:
            raise UserError(
                self.env._(
                    "A list of signers is never changed: name other people in the seat."
                )
            )
        return super().write(vals)

    @api.model
    def _get_of(self, users):
        """Return the list of exactly these users, made when there is none yet."""
        key = ",".join(map(str, sorted(users.ids)))
        lists = self.sudo()  # derived from the seat that an administrator is saving
        return lists.search([("key", "=", key)], limit=1) or lists.create(
            {"key": key, "user_ids": [fields.Command.set(users.ids)]}
        )

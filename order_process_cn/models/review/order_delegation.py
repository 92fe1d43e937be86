from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OrderDelegation(models.Model):
    """Somebody signs for an absent person, from one day to another (CSN-3).

    Every signature given this way names both: the principal and the actor.
    """

    _name = "order.delegation"
    _inherit = ["order.config.mixin"]
    _description = "Delegation of Signature"
    _order = "date_from desc, id desc"

    principal_id = fields.Many2one(
        "res.users",
        string="Absent Person",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    actor_id = fields.Many2one(
        "res.users",
        string="Signs Instead",
        required=True,
        index=True,
        domain="[('share', '=', False), ('id', '!=', principal_id)]",
    )
    date_from = fields.Date(required=True, default=fields.Date.context_today)
    date_to = fields.Date(required=True)
    reason = fields.Char()
    active = fields.Boolean(default=True)

    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The delegation ends before it begins."
    )
    _not_to_oneself = models.Constraint(
        "CHECK (principal_id <> actor_id)", "Nobody can delegate to himself."
    )

    @api.constrains("principal_id", "actor_id")
    def _check_not_share(self):
        if (self.principal_id | self.actor_id).filtered("share"):
            raise ValidationError(
                self.env._("Only internal users can delegate or sign instead.")
            )

    def _covers_today(self):
        """Whether today, where the absent person lives, lies in the period."""
        self.ensure_one()
        local = self.with_context(tz=self.principal_id.tz)
        return self.date_from <= fields.Date.context_today(local) <= self.date_to

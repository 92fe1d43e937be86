from odoo import api, fields, models

from ..mechanism.memory import remembered


class OrderChannel(models.Model):
    """The way an order reaches us, and who looks after it (INT-1)."""

    _name = "order.channel"
    _inherit = ["order.config.mixin"]
    _description = "Order Channel"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    user_id = fields.Many2one(
        "res.users",
        string="Person in Charge",
        domain="[('share', '=', False)]",
        help="Answers for the orders that come in this way.",
    )
    is_oral = fields.Boolean(
        string="Oral Orders",
        help="Orders taken by word of mouth. They are accepted only from customers "
        "whose contract allows it, and only once written down and confirmed by the "
        "customer.",
    )

    _name_company_uniq = models.UniqueIndex(
        "(name, company_id) NULLS NOT DISTINCT",
        "A channel with this name already exists.",
    )

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        self._display_name_from_memory()

    @remembered
    def _ids_oral(self):
        """Return the ids of the channels by which orders come by word of mouth."""
        channels = self.with_context(active_test=False)
        return frozenset(channels.search([("is_oral", "=", True)]).ids)

from odoo import api, fields, models
from odoo.exceptions import ValidationError

UNITS = [("working_days", "Working days"), ("calendar_days", "Calendar days")]


class OrderCarrierTransit(models.Model):
    """How many days a carrier takes to a region, and what we pay him for it (SHP-2):
    core knows what a delivery costs, not how long it takes."""

    _name = "order.carrier.transit"
    _inherit = ["order.typed.mixin"]
    _description = "Transit Time of a Carrier"
    _order = "carrier_id, sequence, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    carrier_id = fields.Many2one(
        "delivery.carrier",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    state_ids = fields.Many2many(
        "res.country.state",
        string="Provinces",
        help="Leave empty for every province.",
    )
    zip_prefix = fields.Char(
        string="ZIP Begins with",
        help="The longest that fits goes before a province, a province before none.",
    )
    days = fields.Integer(required=True, default=1)
    unit = fields.Selection(UNITS, required=True, default="calendar_days")
    has_cost = fields.Boolean(
        string="Own Cost",
        help="What is agreed with the carrier, instead of the rate of his method.",
    )
    cost = fields.Monetary(help="What we pay for one delivery.")
    currency_id = fields.Many2one(related="company_id.currency_id")

    @api.depends("carrier_id", "days")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for transit in self:
            transit.display_name = self.env._(
                "%(carrier)s: %(days)s days",
                carrier=transit.carrier_id.name or "",
                days=transit.days,
            )

    @api.constrains("days", "cost")
    def _check_figures(self):
        if any(transit.days < 0 or transit.cost < 0 for transit in self):
            raise ValidationError(
                self.env._("Days and cost of a carrier are no negative figures.")
            )

    def _get_rank(self, partner):
        """Return how exactly one of these says where ``partner`` is, or ``None``."""
        self.ensure_one()
        prefix = (self.zip_prefix or "").strip().upper()
        if prefix and not (partner.zip or "").strip().upper().startswith(prefix):
            return None
        if self.state_ids and partner.state_id not in self.state_ids:
            return None
        return len(prefix), bool(self.state_ids), -self.sequence

    def _find_for(self, partner):
        """Return the one of these that says most exactly where ``partner`` is."""
        ranked = {transit: transit._get_rank(partner) for transit in self}
        fitting = [transit for transit in self if ranked[transit] is not None]
        return max(fitting, key=lambda t: (ranked[t], -t.id), default=self.browse())

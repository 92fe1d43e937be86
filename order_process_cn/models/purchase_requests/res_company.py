from odoo import api, fields, models

from ..mechanism.memory import remembered


class ResCompany(models.Model):
    """Whether purchases wait for an approved request (MFG-3)."""

    _inherit = "res.company"

    order_purchase_gate = fields.Selection(
        [
            ("none", "Nothing"),
            ("storable", "Goods that are kept in stock"),
            ("all", "Every purchase"),
        ],
        string="Bought on Request Only",
        required=True,
        default="none",
        help="What is ordered from a vendor only as far as a purchase request was "
        "released for it.",
        groups="base.group_user",
    )
    order_purchase_gate_since = fields.Datetime(
        string="Bought on Request since",
        compute="_compute_order_purchase_gate_since",
        store=True,
        help="Requests for quotation that were made before stay as they are.",
        groups="base.group_user",
    )

    @api.depends("order_purchase_gate")
    def _compute_order_purchase_gate_since(self):
        # as records are dated: by the transaction
        now = self.env.cr.now().replace(microsecond=0)
        for company in self:
            asks = company.order_purchase_gate != "none"
            company.order_purchase_gate_since = asks and (
                company.order_purchase_gate_since or now
            )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env.registry.clear_cache()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"order_purchase_gate", "order_purchase_gate_since"}:
            self.env.registry.clear_cache()
        return result

    @api.model
    @remembered
    def _get_purchase_gates(self):
        """Return ``{company id: (what is bought on request, since when)}``."""
        companies = self.search([("order_purchase_gate", "not in", [False, "none"])])
        return {
            company.id: (company.order_purchase_gate, company.order_purchase_gate_since)
            for company in companies
        }

from odoo import api, fields, models

from .classification import get_order_type


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    specification = fields.Char(
        compute="_compute_specification",
        store=True,
        readonly=False,
        precompute=True,
        help="Model and specification. Proposed from the product.",
    )

    @api.depends("product_id")
    def _compute_specification(self):
        for line in self:
            line.specification = line.product_id.specification

    def _is_spared(self, rule):
        """Whether a compiled rule of completeness does not ask this line.

        Never a line of core's that only says what was paid; deductions where the rule
        lets them pass; goods that come back where it names the type of the order.
        """
        self.ensure_one()
        if self.is_downpayment and not self.product_uom_qty:
            return True
        if rule["lets_deduct"] and self._is_deduction():
            return True
        comes_back = self.product_uom_qty < 0
        return comes_back and get_order_type(self.order_id).id in rule["returns"]

    def _is_deduction(self):
        """Whether Odoo added this line to take something off, for the delivery, or as
        the head of a combo, whose price stands on its items."""
        discount = self.company_id.sudo().sale_discount_product_id  # only which it is
        return bool(
            self.is_delivery
            or self.product_id.type == "combo"
            or ("is_reward_line" in self._fields and self.is_reward_line)
            or (discount and self.product_id == discount)
        )

from odoo import api, fields, models


class OrderType(models.Model):
    _inherit = "order.type"

    announces_payment = fields.Boolean(
        string="Announces Payment on Handover",
        help="Goods that are handed over against payment leave after the customer was "
        "told to have it ready: whoever sells them gets a to-do.",
    )

    @api.model
    def _may_wait_for_money(self):
        plans = self.env["order.payment.plan"]
        return super()._may_wait_for_money() or plans._is_used()

    @api.constrains("asks_shipping_release")
    def _check_payment_plans(self):
        """Nothing would wait any more for a step that opens shipping."""
        plans = self.env["order.payment.plan"].sudo()  # whether one is left is checked
        plans.search([("order_type_ids", "in", self.ids)])._check_steps()

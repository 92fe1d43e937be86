from odoo import api, models


class OrderDepositRule(models.Model):
    """The deposit of an order with a payment plan is the first step of the plan."""

    _inherit = "order.deposit.rule"

    @api.model
    def _find_for(self, orders):
        found = super()._find_for(orders)
        plans = self.env["order.payment.plan"]._find_for(orders)
        named = {order: plan["rule"] for order, plan in plans.items() if plan["rule"]}
        return found | {order: self.browse(rule) for order, rule in named.items()}

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .order_payment_step_mixin import FIXED, PERCENT


class OrderPaymentPlanLine(models.Model):
    """One step of a payment plan, as orders get it."""

    _name = "order.payment.plan.line"
    _inherit = ["order.payment.step.mixin", "order.config.mixin"]
    _description = "Step of a Payment Plan"

    plan_id = fields.Many2one(
        "order.payment.plan", required=True, ondelete="cascade", index=True
    )
    amount = fields.Float(
        digits=(16, 2), help="Of a fixed amount, in company currency."
    )

    _numbers_sane = models.Constraint(
        "CHECK (percent >= 0 AND percent <= 100 AND amount >= 0 AND due_days >= 0)",
        "Shares are between 0 and 100 percent, amounts and days not negative.",
    )

    @api.constrains("method", "percent", "amount")
    def _check_amount(self):
        for line in self:
            if (line.method == PERCENT and not line.percent) or (
                line.method == FIXED and not line.amount
            ):
                raise ValidationError(
                    self.env._(
                        "%(plan)s: say how much “%(step)s” asks for.",
                        plan=line.plan_id.name,
                        step=line.display_name,
                    )
                )

    def _prepare_step(self, order):
        """Return the values of the step of one order."""
        self.ensure_one()
        amount = self.amount * (order.currency_rate or 1.0)
        return {
            **{name: self[name] for name in self._get_term_fields()},
            "percent": self.percent if self.method == PERCENT else 0.0,
            "fixed_amount": (
                order.currency_id.round(amount) if self.method == FIXED else 0.0
            ),
        }

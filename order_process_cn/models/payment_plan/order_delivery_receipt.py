from odoo import api, fields, models

from .handover import HANDOVER


class OrderDeliveryReceipt(models.Model):
    """What the deliverer has collected, as he notes it with the receipt (SHP-6). It is
    no entry of the books: finance registers the payment on the order."""

    _inherit = "order.delivery.receipt"

    currency_id = fields.Many2one(related="order_id.currency_id")
    collected_amount = fields.Monetary(
        string="Collected",
        readonly=True,
        help="What the customer has paid when the goods were handed over.",
    )

    @api.model
    def _find_problems(self, picking, received_by, values):
        problems = super()._find_problems(picking, received_by, values)
        amount = values.get("collected_amount") or 0.0
        if amount < 0:
            problems.append(self.env._("less than nothing cannot be collected"))
        elif amount and picking.sale_id.goods_leave != HANDOVER:
            problems.append(
                self.env._(
                    "%s is not paid on handover: nothing is collected",
                    picking.sale_id.name,
                )
            )
        return problems

    @api.model
    def _find_said(self, vals, line_vals):
        said = super()._find_said(vals, line_vals)
        amount = vals.get("collected_amount") or 0.0
        return said.filtered(lambda receipt: receipt.collected_amount == amount)

    def _follow(self):
        super()._follow()
        if self.collected_amount:
            order = self.order_id
            finance = self.env.ref(
                "order_process_cn.order_department_finance", raise_if_not_found=False
            )
            order._leave_todo(
                f"handover.{self.id}",
                self.env._("Register what was collected on handover"),
                self.env._(
                    "%(transfer)s: %(amount)s, noted by %(user)s",
                    transfer=self.picking_id.name,
                    amount=order._format_money(self.collected_amount),
                    user=self.user_id.name,
                ),
                user=finance and finance.head_id or order.user_id,
            )

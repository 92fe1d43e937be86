from odoo import api, fields, models


class PurchaseOrder(models.Model):
    """[DEP-9] where purchases stop before the deposit: when they are ordered."""

    _inherit = "purchase.order"

    deposit_note = fields.Text(
        string="Waits for a Deposit",
        compute="_compute_deposit_note",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.constrains("state")
    def _check_deposits(self):
        self.order_line._check_deposit_received()

    @api.depends("state", "order_line.product_id", "order_line.product_qty")
    @api.depends_context("lang")
    def _compute_deposit_note(self):
        """What whoever orders is shown before he tries."""
        self.deposit_note = False
        if self.env["order.type"]._is_any_staged():
            for order in self.filtered(lambda o: o.state in {"draft", "sent"}):
                problems = order.order_line._find_deposit_problems()
                order.deposit_note = "\n".join(problems)

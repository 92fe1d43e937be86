from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.mechanism.engine import public_act
from ..models.pickup.settlements import (
    get_forfeitable_amount,
    propose_settlement,
)


class OrderSettlementWizard(models.TransientModel):
    """Asks who broke the contract when an order with a received deposit is cancelled
    (Civil Code 586–588). Proposes; people decide."""

    _name = "order.settlement.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Settle the Deposit"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    deposit_received = fields.Monetary(related="order_id.deposit_received")
    legal_amount = fields.Monetary(
        string="Of This Deposit by Law",
        compute="_compute_legal_amount",
        help="The rest is an advance payment: it is returned, whoever broke the "
        "contract.",
    )
    kind = fields.Selection(
        [
            ("forfeit", "The customer: he loses the deposit"),
            ("double", "We: the deposit is returned double"),
            ("proportional", "Partly performed: in proportion to what was not"),
            ("none", "Neither, both, or force majeure: it is returned"),
        ],
        string="Who Broke the Contract",
        required=True,
        default="none",
    )
    broken_by = fields.Selection([("customer", "The customer"), ("us", "We")])
    unperformed_percent = fields.Float(
        string="Not Performed %", digits=(5, 2), default=100.0
    )
    amount = fields.Monetary(
        compute="_compute_amount",
        help="What the customer loses, or what we pay on top of returning the deposit.",
    )
    reason = fields.Text()

    @api.depends("order_id")
    def _compute_legal_amount(self):
        for wizard in self:
            wizard.legal_amount = get_forfeitable_amount(wizard.order_id)

    @api.depends("kind", "legal_amount", "unperformed_percent")
    def _compute_amount(self):
        for wizard in self:
            share = {
                "forfeit": 1.0,
                "double": 1.0,
                "proportional": wizard.unperformed_percent / 100,
            }.get(wizard.kind, 0.0)
            wizard.amount = wizard.currency_id.round(wizard.legal_amount * share)

    @public_act
    def action_confirm(self):
        """Record the proposal, and cancel the order if it is not cancelled yet."""
        self.ensure_one()
        order = self.order_id
        order.check_access("write")
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say what happened."))
        if not 0 <= self.unperformed_percent <= 100:
            raise UserError(self.env._("What was not performed is 0 to 100 percent."))
        propose_settlement(
            order.sudo(),  # the right to write was checked above
            self.kind,
            self.amount,
            self.reason,
            self._get_broken_by(),
        )
        return order.action_cancel() if order.state != "cancel" else True

    def _get_broken_by(self):
        if self.kind == "proportional":
            if not self.broken_by:
                raise UserError(self.env._("Say who broke the contract."))
            return self.broken_by
        return {"forfeit": "customer", "double": "us"}.get(self.kind, False)

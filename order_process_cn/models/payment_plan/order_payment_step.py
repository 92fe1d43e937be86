from datetime import timedelta

from odoo import api, fields, models

from ..prices.res_users import INSIDE_PRICES
from .allotment import allot_payments


class OrderPaymentStep(models.Model):
    """What one order has agreed to pay as one step (DEP-8): frozen from the plan when
    the order is submitted, and signed with it. How much of it is received follows from
    the books, see ``allotment``."""

    _name = "order.payment.step"
    _inherit = ["order.payment.step.mixin", "order.engine.mixin"]
    _description = "Payment Step of an Order"
    _order = "order_id, sequence, id"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    fixed_amount = fields.Monetary(readonly=True, groups=INSIDE_PRICES)
    received_on = fields.Datetime(
        string="Fully Received on",
        readonly=True,
        help="When the whole step had been received.",
    )
    amount = fields.Monetary(
        compute="_compute_amounts", compute_sudo=True, groups=INSIDE_PRICES
    )
    received_amount = fields.Monetary(
        compute="_compute_amounts",
        compute_sudo=True,
        groups=INSIDE_PRICES,
    )
    open_amount = fields.Monetary(
        string="Still to Pay",
        compute="_compute_amounts",
        compute_sudo=True,
        groups=INSIDE_PRICES,
    )
    due_by = fields.Date(string="Due by", compute="_compute_due_by", compute_sudo=True)
    state = fields.Selection(
        [
            ("waiting", "To Come"),
            ("partial", "Partly Received"),
            ("due", "Now Due"),
            ("overdue", "Overdue"),
            ("received", "Fully Received"),
        ],
        compute="_compute_amounts",
        compute_sudo=True,
    )

    @api.depends("order_id.amount_total", "order_id.deposit_required", "due_by")
    def _compute_amounts(self):
        allotted = allot_payments(self.order_id)
        for step in self:
            own = allotted[step.order_id][step]
            step.amount = own.amount
            step.received_amount = own.received
            step.open_amount = own.amount - own.received
            step.state = step._find_state(own)

    def _find_state(self, allotted):
        self.ensure_one()
        if not allotted.missing:
            return "received"
        today = self.company_id._calendar_day(fields.Datetime.now())
        if self.due_by and self.due_by < today:
            return "overdue"
        if allotted.received > 0:
            return "partial"
        return "due" if self.due_by else "waiting"

    @api.depends(
        "due_on",
        "due_days",
        "order_id.state",
        "order_id.date_order",
        "order_id.effective_on",
        "order_id.receipt_confirmed_on",
        "order_id.picking_ids.date_done",
    )
    def _compute_due_by(self):
        for step in self:
            at = step._find_due_event()
            day = at and step.company_id._calendar_day(at)
            step.due_by = day and day + timedelta(days=step.due_days)

    def _find_due_event(self):
        """Return when that happened from which the days of one step count, or False."""
        order = self.order_id
        if order.state != "sale" or not self.due_on:
            return False
        if self.due_on == "effective":
            # what was never held took effect when it was confirmed
            return order.effective_on or (not order.effect_state and order.date_order)
        if self.due_on == "shipped":
            return order._is_delivered() and max(
                (p.date_done for p in order.picking_ids if p.state == "done"),
                default=False,
            )
        received = self.due_on == "received"
        return order.receipt_confirmed_on if received else order.date_order

    def _read_terms(self):
        """Return what these steps say, as a plan prepares it."""
        names = [*self._get_term_fields(), "fixed_amount"]
        return [{name: step[name] for name in names} for step in self]

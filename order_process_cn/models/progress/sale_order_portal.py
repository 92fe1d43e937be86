from odoo import models

from ..confirmation.statements import find_statements
from ..money.deposits import get_deposit_gaps
from .acceptance import waits_for_acceptance
from .customer_page import waits_for_deposit
from .steps import spell_parts


class SaleOrder(models.Model):
    """What the customer sees in the portal: progress, what we wait for from him."""

    _inherit = "sale.order"

    def _get_portal_progress(self):
        """Return ``[(label, "done" | "current" | "part" | "coming")]`` for the progress
        line: what leaves in parts says how many of them have left."""
        self.ensure_one()
        steps = self._fields["progress"]._description_selection(self.env)
        codes = [code for code, _label in steps]
        if self.progress not in codes:
            return []
        now = codes.index(self.progress)
        states = ["done" if at < now else "coming" for at in range(len(codes))]
        states[now] = "current"
        line = [
            (label, state) for (_code, label), state in zip(steps, states, strict=True)
        ]
        # how much has left is his own business; the figures are for the house
        if words := spell_parts(self.sudo()):
            line[codes.index("shipped")] = (words, "part")
        return line

    def _get_open_portal_conditions(self):
        """Return the conditions that the customer still has to accept."""
        self.ensure_one()
        if self.review_state != "approved" or self.state not in {"draft", "sent"}:
            return []
        if self in find_statements(self, "conditions"):
            return []
        return [words for _seat, words in self._get_review_conditions()]

    def _get_portal_wishes(self):
        """Return what we wait for from the customer, in words."""
        self.ensure_one()
        wishes = []
        if self._get_open_portal_conditions():
            wishes.append(self.env._("accept our conditions"))
        if self._has_to_be_signed():
            wishes.append(self.env._("sign the order confirmation"))
        if self._has_to_be_paid() or "deposit" in (self.effect_waiting or []):
            wishes.append(self.env._("pay the deposit"))
        if "drawing" in (self.effect_waiting or []):
            wishes.append(self.env._("confirm the drawing"))
        if self._can_confirm_receipt():
            wishes.append(self.env._("confirm that the goods have arrived"))
        order = self.sudo()  # whether it is his move, no figure
        if order.progress in {"received", "settled"} and waits_for_acceptance(order):
            wishes.append(self.env._("check what was delivered and accept it"))
        return wishes

    def _get_portal_deposit_lines(self):
        """Return label and value of how much of the deposit the customer still has to
        pay to which account, once the order is confirmed."""
        self.ensure_one()
        if not waits_for_deposit(self):
            return []
        # the customer is told what he owes himself
        order = self.sudo()
        missing = get_deposit_gaps(order)[order][1]
        return [
            (self.env._("Deposit still to be paid"), order._format_money(missing)),
            *order.company_id._get_payee_head(order.currency_id),
        ]

    def _get_portal_deposit_invoice(self):
        """Return the deposit invoice that the customer can pay online now, if any."""
        self.ensure_one()
        if not waits_for_deposit(self):
            return self.env["account.move"]
        lines = self.order_line.filtered("is_downpayment").invoice_lines
        return lines.move_id.filtered(
            lambda move: (
                move.state == "posted"
                and move.move_type == "out_invoice"
                and move.amount_residual > 0
            )
        )[:1]

    def _can_confirm_receipt(self):
        self.ensure_one()
        steps = {"shipped"}
        if self.sudo().order_type_id.closing_rule == "received":  # a rule, no figure
            steps.add("settled")  # paid before, and waits for nothing else
        return self.progress in steps and not self.receipt_confirmed_on

    # -- what he says there ------------------------------------------------------------

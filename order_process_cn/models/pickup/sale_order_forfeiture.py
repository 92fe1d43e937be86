from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..mechanism.engine import public_act, take_turns
from ..mechanism.order_condition_mixin import Condition
from .order_forfeiture import DECIDED, PROPOSED, SETTLED


class SaleOrder(models.Model):
    """Forfeited deposits of an order: proposing, invoicing, settling (DEP-3, DEP-4)."""

    _inherit = "sale.order"

    forfeiture_ids = fields.One2many(
        "order.forfeiture",
        "order_id",
        string="Forfeitures",
        copy=False,
        groups="base.group_user",
    )

    def _get_forfeitable_amount(self):
        """Return what is a deposit by law and was received. [DEP-4]"""
        self.ensure_one()
        received = self._get_received()[self].deposit_in_order
        return max(min(self.deposit_legal_part, received), 0.0)

    def _get_forfeited_amount(self):
        """Return what was decided that the customer loses for not taking his goods."""
        self.ensure_one()
        return sum(
            forfeiture.amount
            for forfeiture in self.forfeiture_ids
            if forfeiture.kind == "late_pickup"
            and forfeiture.state in {DECIDED, SETTLED}
        )

    def _get_settled_amount(self):
        """Return what the customer loses of his money because the contract ended; what
        we pay him on top is negative."""
        self.ensure_one()
        return sum(
            forfeiture.amount
            if forfeiture.broken_by == "customer"
            else -forfeiture.amount
            for forfeiture in self.forfeiture_ids
            if forfeiture.kind != "late_pickup"
            and forfeiture.state in {DECIDED, SETTLED}
        )

    # -- goods not taken ---------------------------------------------------------------

    # -- on the final invoice ----------------------------------------------------------

    def _add_forfeiture_lines(self, invoice_vals_list):
        """Add to final invoices what their orders forfeit, so that the invoice asks for
        what the forms say."""
        # not on an invoice of its own at the same moment
        take_turns(self._get_forfeitures_to_invoice())
        due = self._get_forfeitures_to_invoice()
        if not due:
            return
        for vals in invoice_vals_list:
            lines = [command[2] for command in vals["invoice_line_ids"]]
            for forfeiture in due & due._find_invoiced_by(lines):
                sequence = max((line.get("sequence", 0) for line in lines), default=0)
                vals["invoice_line_ids"].append(
                    Command.create(forfeiture._prepare_invoice_line(sequence + 1))
                )

    def _get_forfeitures_to_invoice(self):
        # the invoice shows what was decided, whoever makes it
        return self.sudo().forfeiture_ids.filtered(
            lambda f: (
                f.kind == "late_pickup"
                and f.state == DECIDED
                and f._get_uninvoiced() > 0
            )
        )

    # -- an order that goes on ---------------------------------------------------------

    def _find_settlements(self):
        """Return what was said about the deposit when the present contracts ended."""
        return self.forfeiture_ids.filtered(
            lambda f: f.kind != "late_pickup" and not f.is_former
        )

    def _condition_settlement(self):
        """[DEP-4] what was decided when the contract ended stands in the way of its
        going on, until finance withdraws or books it."""
        found = {}
        for order in self.filtered("deposit_rule_id"):
            decided = order._find_settlements().filtered(lambda f: f.state == DECIDED)
            if decided:
                found[order] = Condition(
                    "settlement",
                    self.env._("Deposit of the cancelled order"),
                    False,
                    self.env._("Finance"),
                    self.env._(
                        "withdraw or book what was decided: %s",
                        ", ".join(decided.mapped("display_name")),
                    ),
                )
        return found

    def _leave_settlements_behind(self):
        """Confirmed again: what was only proposed when the contract ended is without
        effect, what was booked then is no deposit any more, see
        ``received_queries.py``."""
        for order in self.filtered("deposit_rule_id"):
            found = order._find_settlements()
            found.filtered(lambda f: f.state == PROPOSED)._lapse()
            found.is_former = True
            order._find_todos("deposit.settle").unlink()
            if kept := found.filtered(lambda f: f.state == SETTLED):
                order._tell_owner(
                    self.env._(
                        "The order was confirmed again, but what becomes of its "
                        "deposit was booked when it was cancelled: %s. What was kept "
                        "then does not count as its deposit.",
                        ", ".join(kept.mapped("display_name")),
                    ),
                    key="forfeiture.confirmed_again",
                )

    # -- cancelling --------------------------------------------------------------------

    def _has_deposit_to_settle(self):
        """Return the orders of self with money on them of which nobody has said what
        becomes of it."""
        concerned = self.filtered("deposit_rule_id")
        received = concerned._get_received()
        return concerned.filtered(
            lambda order: received[order].deposit > 0 and not order._find_settlements()
        )

    def _ask_for_settlement(self):
        """Return the action that asks what becomes of the deposit of an order that is
        about to be cancelled, or ``False``."""
        # whether money has come is known to whoever may cancel
        if len(self) != 1 or not self.sudo()._has_deposit_to_settle():
            return False
        return self.action_settle_deposit()

    @public_act
    def action_settle_deposit(self):
        """Open the question who broke the contract, or what was proposed already."""
        self.ensure_one()
        self.check_access("write")
        # whether there is one is known to whoever may settle
        if proposed := self.sudo()._find_settlements()[:1]:
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "order_process_cn.order_forfeiture_action"
            )
            return {**action, "views": [(False, "form")], "res_id": proposed.id}
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_settlement_wizard_action"
        )
        action["context"] = {"default_order_id": self.id}
        return action

    def _remind_of_deposit(self):
        """Leave a to-do on cancelled orders whose deposit is not settled, on whichever
        road they were cancelled."""
        for order in self._has_deposit_to_settle():
            order._leave_todo(
                "deposit.settle",
                self.env._("Settle the deposit of a cancelled order"),
                user=order.user_id,
            )

    def _propose_settlement(self, kind, amount, reason, broken_by=False):
        """Record what is proposed to become of the deposit when the contract ends.

        Never more than the law lets it, and never automatic: it is decided like any
        forfeiture. [Civil Code 586–588]

        :raise UserError: it was proposed already
        """
        self.ensure_one()
        take_turns(self)
        if not self._has_deposit_to_settle():
            raise UserError(
                self.env._("There is no deposit on %s to be settled.", self.name)
            )
        forfeitures = self.env["order.forfeiture"]
        values = forfeitures._prepare_proposal(
            self,
            kind,
            amount,
            self._get_forfeitable_amount(),
            broken_by=broken_by,
            reason=reason,
        )
        # what was proposed for goods not taken is settled together with it
        late = self.forfeiture_ids.filtered(lambda f: f.state == PROPOSED)
        if not late:
            return forfeitures._propose(values)
        late.write(
            {
                **{k: v for k, v in values.items() if k != "order_id"},
                "amount": values["proposed_amount"],
                "fine_amount": 0.0,
            }
        )
        return late

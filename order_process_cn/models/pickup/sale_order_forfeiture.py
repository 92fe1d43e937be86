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

    def _prepare_forfeiture_values(self, kind, amount, cap, **values):
        return {
            "order_id": self.id,
            "kind": kind,
            "legal_cap": cap,
            "proposed_amount": self.currency_id.round(min(amount, cap)),
            **values,
        }

    # -- goods not taken ---------------------------------------------------------------

    def _propose_late_forfeitures(self):
        """Propose, or bring up to date, what is forfeited on these orders today.

        Tiers replace each other. What was decided stays decided. [DEP-3]
        """
        received = self._get_received()
        for order in self:
            days = order._count_pickup_days()
            tier = order.deposit_rule_id._tier_on(days)
            late = order.forfeiture_ids.filtered(lambda f: f.kind == "late_pickup")
            if not tier or late.filtered(lambda f: f.state != PROPOSED):
                continue
            values = order._prepare_late_values(
                tier, days, received[order].deposit_in_order
            )
            if late:
                order._update_proposal(late, values)
            else:
                order._create_proposal(values)

    def _prepare_late_values(self, tier, days, received):
        rule = self.deposit_rule_id
        base = self.amount_total if rule.forfeiture_base == "order" else received
        return self._prepare_forfeiture_values(
            "late_pickup",
            base * tier.percent / 100,
            max(min(self.deposit_legal_part, received), 0.0),
            broken_by="customer",
            days=days,
            base=rule.forfeiture_base,
            percent=tier.percent,
            fine_amount=tier.fine_amount,
        )

    def _update_proposal(self, forfeiture, values):
        """Bring a proposal up to date; an amount that a person entered is kept as far
        as the law lets it."""
        fixed = {"order_id", "kind"}
        values = {name: value for name, value in values.items() if name not in fixed}
        amount = values["proposed_amount"]
        if forfeiture._is_changed():
            amount = min(forfeiture.amount, values["legal_cap"])
        values["amount"] = amount
        changed = {k: v for k, v in values.items() if forfeiture[k] != v}
        if changed:
            forfeiture.write(changed)

    def _create_proposal(self, values):
        forfeiture = self.env["order.forfeiture"].create(values)
        # who answers for the order decides whether to submit or to waive it
        forfeiture._leave_todo(
            "forfeiture.decide",
            self.env._("Decide on the deposit"),
            user=self.user_id,
        )
        return forfeiture

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
            for forfeiture in due & self._find_forfeitures_of(lines):
                sequence = max((line.get("sequence", 0) for line in lines), default=0)
                vals["invoice_line_ids"].append(
                    Command.create(
                        self._prepare_forfeiture_line(forfeiture, sequence + 1)
                    )
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

    def _find_forfeitures_of(self, lines):
        """Return the forfeitures of the orders that these invoice lines bill."""
        ids = [
            command[1]
            for line in lines
            for command in line.get("sale_line_ids", [])
            if command[0] == Command.LINK
        ]
        # the same: the invoice is made as superuser
        return self.env["sale.order.line"].sudo().browse(ids).order_id.forfeiture_ids

    def _prepare_forfeiture_line(self, forfeiture, sequence):
        order = forfeiture.order_id
        company = order.company_id
        words = order.with_context(lang=order.partner_invoice_id.lang)
        values = {
            "name": words.env._("Forfeited deposit of %s", order.name),
            "sequence": sequence,
            "quantity": 1.0,
            "price_unit": order._get_price_before_taxes(
                forfeiture._get_uninvoiced(), company.order_forfeiture_tax_ids
            ),
            "tax_ids": [Command.set(company.order_forfeiture_tax_ids.ids)],
            "order_forfeiture_id": forfeiture.id,
        }
        if company.order_forfeiture_account_id:
            values["account_id"] = company.order_forfeiture_account_id.id
        return values

    def _get_price_before_taxes(self, amount, taxes):
        """Return the price with which a line costs ``amount`` in all: what is decided,
        and limited by law, includes the taxes."""
        if not taxes:
            return amount
        included = taxes.with_context(force_price_include=True)
        found = included.compute_all(amount, self.currency_id)
        price = found["total_excluded"]
        total = taxes.compute_all(price, self.currency_id)["total_included"]
        if self.currency_id.compare_amounts(total, amount):
            # a cent that no price in cents can hit
            price *= amount / total
        return amount if all(taxes.mapped("price_include")) else price

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
        values = self._prepare_forfeiture_values(
            kind,
            amount,
            self._get_forfeitable_amount(),
            broken_by=broken_by,
            reason=reason,
        )
        # what was proposed for goods not taken is settled together with it
        late = self.forfeiture_ids.filtered(lambda f: f.state == PROPOSED)
        if not late:
            return self._create_proposal(values)
        late.write(
            {
                **{k: v for k, v in values.items() if k != "order_id"},
                "amount": values["proposed_amount"],
                "fine_amount": 0.0,
            }
        )
        return late

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import public_act
from ..pickup.order_forfeiture import DECIDED, SETTLED
from ..prices.res_users import PRICE_GROUP


class SaleOrder(models.Model):
    """What the forms about money print: balance reminder (F16), settlement statement
    (F30)."""

    _inherit = "sale.order"

    def _check_money_form(self):
        """Refuse to print figures for somebody who may not see sale prices.

        A report can be opened by its address: hiding its button protects nothing.
        """
        self.check_access("read")
        if not self.env.user._has_group(PRICE_GROUP):
            raise AccessError(self.env._("You may not see the prices of sales orders."))

    def _get_balance_rows(self):
        """Return ``[(label, amount)]`` that add up to the balance, which comes last."""
        self.ensure_one()
        _, figures = self.env._, self._get_balance_figures()
        received = figures["received"] - figures["deposit_received"]
        rows = [
            (self._name_claimed(figures["total"]), figures["total"]),
            (self.env._("Received as deposit"), -figures["deposit_received"]),
            (self.env._("Received otherwise"), -received),
            (
                self.env._("Settled without money (discounts, set-offs)"),
                -figures["other"],
            ),
            (self.env._("Deposit not offset until decided"), figures["withheld"]),
            (self.env._("Forfeited deposit"), figures["forfeited"]),
        ]
        shown = [rows[0], *(row for row in rows[1:] if row[1])]
        return [*shown, (self._name_balance(figures["balance"]), figures["balance"])]

    def _name_claimed(self, total):
        """Name what is claimed: the order as it stands, or less or more of it."""
        if self.currency_id.compare_amounts(total, self.amount_total):
            return self.env._("Invoiced and still to be delivered, with taxes")
        return self.env._("Order total with taxes")

    def _name_balance(self, balance):
        if self.currency_id.compare_amounts(balance, 0) < 0:
            return self.env._("To be returned to the customer")
        return self.env._("Balance to be paid")

    def _get_money_facts(self):
        """Return label and value of what the deposit is and how it is settled."""
        self.ensure_one()
        leave = dict(self._fields["goods_leave"]._description_selection(self.env))
        facts = [
            (self.env._("Payment Terms"), self.payment_term_id.name or ""),
            (self.env._("Goods Leave"), leave.get(self.goods_leave, "")),
        ]
        return facts + self._get_deposit_facts()

    def _get_deposit_facts(self):
        """Return label and value of the deposit and of what it is by law. [DEP-4]"""
        if not self.deposit_rule_id:
            return []
        _, money = self.env._, self._format_money
        kinds = dict(
            self._fields["deposit_legal_kind"]._description_selection(self.env)
        )
        facts = [
            (
                self.env._("Deposit"),
                f"{kinds[self.deposit_legal_kind]} {money(self.deposit_required)}",
            )
        ]
        if self.deposit_legal_kind == "deposit" and self.deposit_advance_part:
            facts.append(
                (
                    self.env._("Deposit by Law (Civil Code 586)"),
                    self.env._(
                        "%(legal)s deposit, %(rest)s advance payment",
                        legal=money(self.deposit_legal_part),
                        rest=money(self.deposit_advance_part),
                    ),
                )
            )
        return facts

    # -- balance reminder --------------------------------------------------------------

    def _get_reminder_head(self):
        """Return label and value of what identifies the order on the reminder."""
        self.ensure_one()
        customer = self.partner_invoice_id.commercial_partner_id
        return [
            (self.env._("Customer"), customer.name),
            (self.env._("Customer Code"), customer.ref or ""),
            (self.env._("Order"), self.name),
            (self.env._("Customer Order No."), self.client_order_ref or ""),
            (
                self.env._("All Goods in Stock on"),
                self._spell_date(self.goods_in_stock_on),
            ),
            (self.env._("To Be Taken by"), self._spell_pickup_deadline()),
        ]

    def _get_payment_head(self):
        """Return label and value of until when and where to pay."""
        self.ensure_one()
        due = self._get_balance_figures()["due_date"]
        day = self._spell_date(due) or self.env._("receipt of this notice")
        if due and due == self.pickup_deadline:
            day = self._spell_pickup_deadline()
        return [(self.env._("To Be Paid by"), day), *self._get_account_head()]

    def _get_account_head(self):
        """Return label and value of the account that the customer pays to."""
        self.ensure_one()
        _, account = self.env._, self._find_own_bank()
        return [
            (self.env._("Payee"), account.acc_holder_name or self.company_id.name),
            (self.env._("Bank"), account.bank_id.name or ""),
            (self.env._("Account No."), account.acc_number or ""),
        ]

    def _find_own_bank(self):
        """Return the account of the company that a customer pays to, in the currency
        of the order where there is one."""
        # what is printed for every customer is no secret
        company = self.company_id.sudo()
        accounts = company.partner_id.bank_ids.filtered(
            lambda account: account.company_id.id in {False, company.id}
        )
        return accounts.sorted(
            lambda account: (
                account.currency_id != self.currency_id,
                bool(account.currency_id),
                account.sequence,
                account.id,
            )
        )[:1]

    def _get_finished_quantity(self, line):
        """Return how much of a line has left or lies ready for the customer."""
        moves = line.move_ids.filtered(
            lambda move: (
                move.state not in {"done", "cancel"}
                and move.location_dest_id.usage == "customer"
            )
        )
        ready = sum(
            move.product_uom._compute_quantity(move.quantity, line.product_uom_id)
            for move in moves
        )
        return line.qty_delivered + ready

    @public_act
    def action_send_balance_reminder(self):
        """Open the message that sends the balance reminder F16 to the customer.

        :raise UserError: nothing is left to be paid
        """
        self.ensure_one()
        self._check_money_form()
        if self._get_balance_figures()["balance"] <= 0:
            raise UserError(self.env._("Nothing is left to be paid on %s.", self.name))
        return self._compose_paper(
            "order_process_cn.mail_template_balance_reminder",
            self.env._("Balance Reminder"),
        )

    # -- settlement statement ----------------------------------------------------------

    def _group_for_statement(self):
        """Return ``[orders]``: orders of one customer, company and currency go on one
        statement."""
        groups = self.sorted("id").grouped(
            lambda order: (
                order.company_id,
                order.partner_invoice_id.commercial_partner_id,
                order.currency_id,
            )
        )
        return list(groups.values())

    def _get_statement_form(self):
        """Return frame, head and foot of the settlement statement of these orders."""
        form = self[0]._get_form("F30")
        if len(self) > 1:
            form["document"] = self.env._(
                "%(first)s – %(last)s (%(count)s orders)",
                first=self[0].name,
                last=self[-1].name,
                count=len(self),
            )
        return form

    def _get_statement_head(self):
        """Return label and value of whose orders of which time these are."""
        days = self.mapped("date_order")
        customer = self[0].partner_invoice_id.commercial_partner_id
        spell = self[0]._spell_date
        return [
            (self.env._("Customer"), customer.name),
            (self.env._("Customer Code"), customer.ref or ""),
            (self.env._("Orders of"), f"{spell(min(days))} – {spell(max(days))}"),
            (self.env._("Currency"), self.currency_id.name),
        ]

    def _get_statement_facts(self):
        """Return label and value of the papers of one order: posted invoices and credit
        notes, the deposit."""
        self.ensure_one()
        # numbers on paper; whoever may see the prices may see them
        moves = self.sudo().invoice_ids.filtered(lambda move: move.state == "posted")
        numbers = ", ".join(moves.sorted("id").mapped("name")) or self.env._("none")
        money = self._format_money
        return [
            (self.env._("Invoices"), numbers),
            (self.env._("Ordered, without taxes"), money(self.amount_untaxed)),
            (self._name_taxes(), money(self.amount_tax)),
            *self._get_deposit_facts(),
        ]

    def _get_statement_rows(self):
        """Return label and amount of what is left of all these orders together."""
        balance = sum(
            figures["balance"] for figures in self._collect_balance_figures().values()
        )
        name = self[0]._name_balance(balance)
        return [(self.env._("All orders: %s", name), balance)]

    # -- cancelled orders --------------------------------------------------------------

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

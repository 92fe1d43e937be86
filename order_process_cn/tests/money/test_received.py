from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestReceived(MoneyCommon):
    """[DEP-2] received means money: the matrix on real accounting entries."""

    def _make_scene(self):
        self.company.order_invoice_before_effect = True
        self.order = self._deposit_order()

    # -- down-payment invoices ---------------------------------------------------------

    def test_promises_do_not_count(self):
        """[DEP-2] a quotation, an invoice and a draft payment are no money."""
        self.assertReceived(0)
        invoice = self._deposit_invoice(self.order, post=False)
        self.assertReceived(0)
        invoice.action_post()
        self.assertReceived(0)
        self._advance(self.order, post=False)
        self.assertReceived(0)

    def test_advances_go_to_2203(self):
        """[DEP-1] down payments are advances from customers, no revenue."""
        invoice = self._deposit_invoice(self.order)
        self.assertEqual(invoice.invoice_line_ids.account_id.code[:4], "2203")

    def test_partial_then_full(self):
        """[DEP-2] partial payments add up."""
        invoice = self._deposit_invoice(self.order)
        self._pay(invoice, 1000.0)
        self.assertReceived(1000)
        self._pay(invoice, 2000.0, day="2024-01-18")
        self.assertReceived(3000)
        self.assertEqual(invoice.payment_state, "paid")

    def test_paid_through_bank_statement(self):
        """[DEP-2] a bank statement line matched with the invoice is money too."""
        invoice = self._deposit_invoice(self.order)
        statement = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": "2024-01-17",
                "payment_ref": "Deposit",
                "partner_id": self.partner.id,
                "amount": 3000,
            }
        )
        suspense = statement.line_ids.filtered(
            lambda line: line.account_id == self.bank.suspense_account_id
        )
        suspense.account_id = self._receivables(invoice).account_id
        self._match(invoice, statement.move_id)
        self.assertReceived(3000)
        statement.action_undo_reconciliation()
        self.assertReceived(0)

    def test_payment_reset_rejected_cancelled(self):
        """[DEP-2] a payment that does not stand is no money, though core goes on
        calling the invoice paid."""
        for undo in ("action_draft", "action_reject", "action_cancel"):
            order = self._deposit_order()
            invoice = self._deposit_invoice(order)
            payment = self._pay(invoice)
            self.assertReceived(3000, order=order)
            getattr(payment, undo)()
            with self.subTest(undo=undo):
                self.assertReceived(0, order=order)

    def test_payment_posted_again(self):
        """[DEP-2] a payment that was corrected counts again."""
        payment = self._pay(self._deposit_invoice(self.order))
        payment.action_draft()
        self.assertReceived(0)
        payment.action_post()
        self.assertReceived(3000)

    def test_entry_of_payment_reset(self):
        """[DEP-2] resetting the journal entry behind the payment counts like it."""
        payment = self._pay(self._deposit_invoice(self.order))
        payment.move_id.button_draft()
        self.assertReceived(0)

    def test_credited_before_payment(self):
        """[DEP-2] netting with a credit note is no payment."""
        invoice = self._deposit_invoice(self.order)
        credit = self._credit(invoice)
        self._match(invoice, credit)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertReceived(0)

    def test_credited_after_payment(self):
        """[DEP-2] a credited deposit is not held for the order any more, even before
        the money is paid back, and the refund is not subtracted twice."""
        invoice = self._deposit_invoice(self.order)
        self._pay(invoice)
        credit = self._credit(invoice)
        self.assertReceived(0)
        self._pay(credit, day="2024-01-22")
        self.assertReceived(0)

    def test_partly_credited(self):
        """[DEP-2] what the invoices still ask for limits what counts."""
        invoice = self._deposit_invoice(self.order)
        self._pay(invoice)
        credit = self._credit(invoice, post=False)
        credit.invoice_line_ids.price_unit = 1000
        credit.action_post()
        self.assertReceived(2000)

    def test_refund_paid_out_before_credit_note(self):
        """[DEP-2] money paid back on the order counts at once, and once."""
        invoice = self._deposit_invoice(self.order)
        self._pay(invoice)
        refund = self._pay_back(self.order)
        self.assertReceived(0)
        credit = self._credit(invoice)
        self.assertReceived(0)
        self._match(credit, refund)
        self.assertReceived(0)

    def test_two_deposit_invoices(self):
        """[DEP-2] several down-payment invoices add up."""
        first = self._deposit_invoice(self.order, 1000.0)
        second = self._deposit_invoice(self.order, 2000.0)
        self._pay(first + second)
        self.assertReceived(3000)

    def test_final_invoice_is_no_deposit(self):
        """[DEP-2] what is paid on the final invoice belongs to the total only."""
        self._pay(self._deposit_invoice(self.order))
        final = self._final_invoice(self.order)
        self.assertEqual(final.amount_total, 7000)
        self.assertReceived(3000)
        self._pay(final, 4000.0, day="2024-02-16")
        self.assertReceived(3000, 7000)

    def test_invoice_of_several_orders(self):
        """[DEP-2] invoices of several orders are divided by what they bill of each."""
        other = self._deposit_order()
        self._pay(self._final_invoice(self.order + other))
        self.assertReceived(0, 10000)
        self.assertReceived(0, 10000, order=other)

    # -- registered before any invoice -------------------------------------------------

    def test_advance(self):
        """[DEP-2] money before any invoice counts from its payment on."""
        payment = self._advance(self.order)
        self.assertReceived(3000)
        payment.action_reject()
        self.assertReceived(0)

    def test_advance_matched_later(self):
        """[DEP-2] an advance matched with the down-payment invoice counts once."""
        payment = self._advance(self.order, 2000.0)
        invoice = self._deposit_invoice(self.order)
        self.assertReceived(2000)
        self._match(invoice, payment)
        self.assertReceived(2000)
        self._pay(invoice, 1000.0)
        self.assertReceived(3000)
        payment.move_id.line_ids.remove_move_reconcile()
        self.assertReceived(3000)

    def test_advance_larger_than_the_invoice(self):
        """[DEP-2] the part of an advance that no invoice took goes on counting, for the
        price: it is no deposit."""
        payment = self._advance(self.order, 5000.0)
        self._match(self._deposit_invoice(self.order), payment)
        self.assertReceived(3000, 5000)

    def test_advance_matched_with_final_invoice(self):
        """[DEP-2] a deposit that is offset on the invoice remains one."""
        payment = self._advance(self.order)
        final = self._final_invoice(self.order)
        self._match(final, payment)
        self.assertReceived(3000)
        self._pay(final, day="2024-02-16")
        self.assertReceived(3000, 10000)

    def test_advance_matched_with_invoice_of_several_orders(self):
        """[DEP-2] the payment says for which of the orders it is."""
        other = self._deposit_order()
        payment = self._advance(self.order)
        self._match(self._final_invoice(self.order + other), payment)
        self.assertReceived(3000)
        self.assertReceived(0, order=other)

    def test_advance_used_for_another_order(self):
        """[DEP-2] money that was matched with another order belongs to that one."""
        other = self._deposit_order()
        payment = self._advance(self.order)
        self._match(self._deposit_invoice(other), payment)
        self.assertReceived(0)
        self.assertReceived(3000, order=other)

    def test_advance_paid_back(self):
        """[DEP-2] matched with each other or not, both sides cancel out."""
        payment, refund = self._advance(self.order), self._pay_back(self.order)
        self.assertReceived(0)
        self._match(payment, refund)
        self.assertReceived(0)

    def test_one_order_one_customer(self):
        """[DEP-2] a payment of somebody else cannot be registered on an order."""
        stranger = self.env["res.partner"].create({"name": "Somebody else"})
        with self.assertRaisesRegex(ValidationError, "payment of somebody else"):
            self._advance(self.order, partner_id=stranger.id)

    # -- online ------------------------------------------------------------------------

    def _transaction(self, order, amount=3000.0, state="done", **values):
        provider = self.env["payment.provider"].create(
            {
                "name": "Bank",
                "code": "none",
                "state": "test",
                "company_id": order.company_id.id,
                "journal_id": self.bank.id,
            }
        )
        # Demo itself is another module; a provider's payment method is what is needed
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                "amount": amount,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "reference": f"TX-{self.env['payment.transaction'].search_count([])}",
                "sale_order_ids": [Command.set(order.ids)],
                **values,
            }
        )
        transaction.state = state
        return transaction

    def test_online(self):
        """[DEP-2] captured is money, pending is not."""
        transaction = self._transaction(self.order, state="pending")
        self.assertReceived(0)
        transaction.state = "done"
        self.assertReceived(3000)

    def test_online_with_payment(self):
        """[DEP-2] the transaction stops counting when its payment does, which is
        registered on the order."""
        transaction = self._transaction(self.order)
        self._link_method(transaction)
        payment = transaction._create_payment()
        self.assertEqual(payment.sale_order_id, self.order)
        self.assertReceived(3000)
        self._match(self._deposit_invoice(self.order), payment)
        self.assertReceived(3000)
        payment.action_reject()
        self.assertReceived(0)

    def test_online_refund(self):
        """[DEP-2] a refund of an online payment, booked or not, is subtracted."""
        transaction = self._transaction(self.order)
        self._link_method(transaction)
        transaction._create_payment()
        refund = transaction._create_child_transaction(1000.0, is_refund=True)
        refund.state = "done"
        self.assertReceived(2000)
        payment = refund._create_payment()
        self.assertEqual(payment.payment_type, "outbound")
        self.assertReceived(2000)

    def _link_method(self, transaction):
        """Give the provider the payment method that its journal needs."""
        line = self.bank.inbound_payment_method_line_ids[:1].copy(
            {"name": "Online", "journal_id": self.bank.id}
        )
        line.payment_provider_id = transaction.provider_id

    # -- many --------------------------------------------------------------------------

    def test_two_companies(self):
        """[DEP-2] each company's money, whoever asks."""
        second = self._create_company(name="Second")
        data = self.collect_company_accounting_data(second)
        self.env.user.company_ids += second
        rule = self._rule(company_id=second.id)
        account = second.downpayment_account_id.with_company(second)
        self.assertEqual(account.code[:4], "2203")
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", second.id)], limit=1
        )
        env = self.env(context={"allowed_company_ids": (second + self.company).ids})
        order = env["sale.order"].create(
            {
                "company_id": second.id,
                "partner_id": self.partner.id,
                "warehouse_id": warehouse.id,
                "order_line": [
                    Command.create({"product_id": self.product.id, "price_unit": 10000})
                ],
            }
        )
        order.order_type_id = self.order_type
        order.action_confirm()
        self.assertEqual(order.deposit_rule_id, rule)
        invoice = (
            order.with_company(second)
            .env["sale.advance.payment.inv"]
            .create(
                {
                    "sale_order_ids": [Command.set(order.ids)],
                    "advance_payment_method": "fixed",
                    "fixed_amount": 3000,
                }
            )
            ._create_invoices(order)
        )
        invoice.action_post()
        self.bank = data["default_journal_bank"]
        self._pay(invoice.with_company(second), day=invoice.invoice_date)
        order = order.with_env(self.env)
        self.assertReceived(3000, order=order)
        self.assertReceived(0)
        with self.assertRaisesRegex(UserError, "compan"):
            self._advance(self.order, journal_id=self.bank.id, company_id=second.id)

    def test_constant_queries(self):
        """[DEP-2] forty orders cost as many queries as one."""
        orders = self.order
        for number in range(10):
            order = self._deposit_order()
            self._pay(self._deposit_invoice(order), 100.0 + number)
            self._advance(order, 50.0)
            orders += order
        for some in (orders[:1], orders[1:2], orders):
            self.env.flush_all()
            self.env.invalidate_all()
            some.mapped("company_id.currency_id.rounding")
            some.mapped("currency_id.rounding")
            self.assertTrue(self.company.root_id.id)
            with self.assertQueryCount(3):
                received = some._get_received()
        self.assertEqual(received[orders[3]].deposit, 152)
        self.assertEqual(received[orders[0]].deposit, 0)

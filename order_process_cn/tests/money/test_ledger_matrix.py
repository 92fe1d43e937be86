from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...models.money.deposits import get_deposit_gaps
from ...models.pickup.balance import (
    collect_balance_figures,
    get_balance_figures,
)
from ...models.progress.customer_page import waits_for_deposit
from .money_common import MoneyCommon

F16 = "order_process_cn.report_f16_balance_reminder"
F30 = "order_process_cn.report_f30_settlement_statement"


class LedgerAsserts:
    """Compares whatever names an amount of an order with the books."""

    def _open_in_books(self, orders):
        """Return what the customer owes by the books, in company currency."""
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "in", orders.partner_id.ids),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ]
        )
        return sum(lines.mapped("amount_residual"))

    def assertFigures(self, balance, received, order=None, deposit=None):
        """Check everything that names the balance, the received and the deposit."""
        order = order or self.order
        self.env.invalidate_all()
        figures = get_balance_figures(order)
        self.assertAlmostEqual(figures["balance"], balance, 2)
        self.assertAlmostEqual(figures["received"], received, 2)
        self.assertAlmostEqual(order.balance_due, balance, 2)
        rows = self.env["order.paper.f16"]._get_balance_rows(order)
        self.assertAlmostEqual(sum(amount for _n, amount in rows[:-1]), balance, 2)
        self.assertAlmostEqual(rows[-1][1], balance, 2)
        if deposit is not None:
            self.assertAlmostEqual(order.deposit_received, deposit, 2)
        missing = max(order.deposit_required - received, 0.0)
        if waits_for_deposit(order):
            asked = order._get_portal_deposit_lines()[0][1]
            self.assertEqual(asked, order._format_money(missing))
        spelled = order._format_money(balance)
        for report in (F16, F30):
            html = self.env["ir.actions.report"]._render_qweb_html(report, order.ids)
            self.assertIn(
                " ".join(spelled.split()),
                " ".join(html[0].decode().replace("\xa0", " ").split()),
            )

    def assertBooks(self, orders=None):
        """Check that orders invoiced in full claim what the books show as open."""
        orders = orders or self.order
        self.env.invalidate_all()
        claimed = sum(
            figures["balance"] for figures in collect_balance_figures(orders).values()
        )
        self.assertAlmostEqual(claimed, self._open_in_books(orders), 2)


@tagged("post_install", "-at_install")
class TestLedgerMatrix(LedgerAsserts, MoneyCommon):
    """[DEP-2] [DEP-5] [DEP-7] K9: after every act of bookkeeping the figures of the
    order, F16, F30 and the portal say what the books say."""

    def _make_scene(self):
        self.company.order_invoice_before_effect = True
        self.order = self._deposit_order()

    def _entry(self, account, amount):
        """Return a posted entry that credits the customer for ``account``."""
        receivable = self.partner.with_company(
            self.company
        ).property_account_receivable_id
        entry = self.env["account.move"].create(
            {
                "journal_id": self.company_data["default_journal_misc"].id,
                "date": "2024-02-17",
                "line_ids": [
                    Command.create({"account_id": account.id, "debit": amount}),
                    Command.create(
                        {
                            "account_id": receivable.id,
                            "partner_id": self.partner.id,
                            "credit": amount,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        return entry

    def _write_off(self, invoice, paid):
        """Pay a part and write the rest off."""
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"payment_date": "2024-02-17", "journal_id": self.bank.id})
        )
        wizard.amount = paid
        wizard.payment_difference_handling = "reconcile"
        wizard.writeoff_account_id = self.company_data["default_account_expense"]
        return wizard._create_payments()

    # -- acts --------------------------------------------------------------------------

    def test_partial_and_full(self):
        invoice = self._final_invoice(self.order)
        self._pay(invoice, 4000.0)
        self.assertFigures(6000, 4000)
        self.assertBooks()
        self._pay(invoice, 6000.0)
        self.assertFigures(0, 10000)
        self.assertBooks()

    def test_overpaid(self):
        """What is registered on the order and too much is to be returned."""
        payment = self._advance(self.order, 12000.0)
        self._match(self._final_invoice(self.order), payment)
        self.assertFigures(-2000, 12000, deposit=3000)
        self.assertBooks()

    def test_write_off_is_no_money(self):
        """One yuan and a write-off of the rest is one yuan: no deposit."""
        self._write_off(self._deposit_invoice(self.order), 1.0)
        self.assertFigures(7000, 1, deposit=1)
        self.assertEqual(get_deposit_gaps(self.order)[self.order][1], 2999)

    def test_write_off_of_the_rest(self):
        """What was written off is not claimed again."""
        self._write_off(self._final_invoice(self.order), 9990.0)
        self.assertFigures(0, 9990)
        self.assertBooks()

    def test_write_off_on_an_advance(self):
        self._advance(
            self.order,
            1.0,
            write_off_line_vals=[
                {
                    "name": "Discount",
                    "account_id": self.company_data["default_account_expense"].id,
                    "partner_id": self.partner.id,
                    "currency_id": self.company.currency_id.id,
                    "amount_currency": 2999.0,
                    "balance": 2999.0,
                }
            ],
        )
        self.assertReceived(1)

    def test_early_payment_discount(self):
        """A discount for early payment settles the invoice and is no money."""
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % in ten days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
            }
        )
        self.company.account_journal_early_pay_discount_loss_account_id = (
            self.company_data["default_account_expense"]
        )
        invoice = self.order._create_invoices()
        invoice.write(
            {"invoice_date": "2024-02-15", "invoice_payment_term_id": term.id}
        )
        invoice.action_post()
        self._pay(invoice, day="2024-02-16")
        self.assertFigures(0, 9800)
        self.assertBooks()

    def test_bill_by_journal_entry(self):
        """A bank acceptance bill (1121) counts like money, another entry does not."""
        invoice = self._final_invoice(self.order)
        bills = self.env["account.chart.template"].ref("l10n_cn_common_account_1121")
        self._match(invoice, self._entry(bills, 4000.0))
        self.assertFigures(6000, 4000)
        expense = self.company_data["default_account_expense"]
        self._match(invoice, self._entry(expense, 1000.0))
        self.assertFigures(5000, 4000)
        self.assertBooks()
        cash = self.company_data["default_journal_cash"].default_account_id
        self._match(invoice, self._entry(cash, 5000.0))
        self.assertFigures(0, 9000)
        self.assertBooks()

    def test_joint_invoice(self):
        """Monthly settlement: what is paid on one invoice for several orders is
        divided by what it bills of each."""
        other = self._deposit_order(30000.0)
        orders = self.order + other
        invoice = self._final_invoice(orders)
        self.assertEqual(len(invoice), 1)
        self._pay(invoice, 20000.0)
        self.assertFigures(5000, 5000)
        self.assertFigures(15000, 15000, other)
        self.assertBooks(orders)
        self._pay(invoice, 20000.0)
        self.assertFigures(0, 10000)
        self.assertFigures(0, 30000, other)
        self.assertBooks(orders)

    def test_joint_invoice_with_deposits(self):
        """Each order is asked for its own rest."""
        other = self._deposit_order()
        self._pay(self._deposit_invoice(self.order))
        orders = self.order + other
        invoice = self._final_invoice(orders)
        self.assertEqual(invoice.amount_total, 17000)
        self.assertFigures(7000, 3000, deposit=3000)
        self.assertFigures(10000, 0, other)
        self._pay(invoice)
        self.assertFigures(0, 10000, deposit=3000)
        self.assertFigures(0, 10000, other)
        self.assertBooks(orders)

    def test_credit_note_and_refund(self):
        """A refund that is owed, and paid."""
        invoice = self._final_invoice(self.order)
        self._pay(invoice)
        credit = self._credit(invoice, post=False)
        credit.invoice_line_ids.quantity = 0.1
        credit.action_post()
        self.assertFigures(-1000, 10000)
        self.assertBooks()
        self._pay(credit, day="2024-02-20")
        self.assertFigures(0, 9000)
        self.assertBooks()

    def test_credit_note_netted(self):
        """Netted with a credit note before it was paid."""
        invoice = self._final_invoice(self.order)
        credit = self._credit(invoice, post=False)
        credit.invoice_line_ids.quantity = 0.1
        credit.action_post()
        self._match(invoice, credit)
        self.assertFigures(9000, 0)
        self.assertBooks()
        self._pay(invoice)
        self.assertFigures(0, 9000)
        self.assertBooks()

    def test_payment_corrected(self):
        payment = self._pay(self._final_invoice(self.order))
        self.assertFigures(0, 10000)
        payment.action_draft()
        self.assertFigures(10000, 0)
        payment.action_post()
        self.assertFigures(0, 10000)

    def test_foreign_payment(self):
        """Dollars for an order in yuan: by what they settle."""
        invoice = self._final_invoice(self.order)
        self._pay(invoice, 800.0, self.usd, day="2024-02-16")
        self.assertFigures(3600, 6400)
        self.assertBooks()

    def test_foreign_order(self):
        """Yuan for an order in dollars."""
        order = self._deposit_order(1000.0, self.usd)
        invoice = self._final_invoice(order)
        self._pay(invoice, 4000.0, self.company.currency_id, day="2024-02-16")
        self.assertFigures(500, 500, order)

    # -- the deposit is not all that was paid before -----------------------------------

    def test_prepaid_rest_is_no_deposit(self):
        self._advance(self.order)
        self._advance(self.order, 7000.0)
        self.assertReceived(3000, 10000)
        self.assertFigures(0, 10000, deposit=3000)

    # -- one receipt, several orders ---------------------------------------------------

    def test_receipt_is_divided(self):
        """One receipt before any invoice, divided; never more than was received."""
        other = self._deposit_order(30000.0)
        payment = self._advance(self.order, 12000.0, sale_order_id=False)
        self.assertReceived(0)
        payment.with_user(self.accountant).order_allocation_ids = [
            Command.create({"order_id": self.order.id, "amount": 3000}),
            Command.create({"order_id": other.id, "amount": 9000}),
        ]
        self.assertReceived(3000)
        self.assertReceived(9000, order=other)
        self._match(self._deposit_invoice(self.order), payment)
        self.assertReceived(3000)
        self.assertReceived(9000, order=other)
        self._match(self._final_invoice(other), payment)
        self.assertFigures(7000, 3000)
        self.assertFigures(21000, 9000, other)
        payment.action_cancel()
        self.assertReceived(0)
        self.assertReceived(0, order=other)
        with self.assertRaisesRegex(ValidationError, "no more than was received"):
            payment.order_allocation_ids[0].amount = 3000.01

    def test_divided_between_own_orders_only(self):
        stranger = self.env["res.partner"].create({"name": "Somebody else"})
        other = self._deposit_order(partner_id=stranger.id)
        payment = self._advance(self.order, 6000.0, sale_order_id=False)
        with self.assertRaisesRegex(ValidationError, "Orders of somebody else"):
            payment.order_allocation_ids = [
                Command.create({"order_id": other.id, "amount": 3000})
            ]

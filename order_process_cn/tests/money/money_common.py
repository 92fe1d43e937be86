from datetime import date

from odoo import SUPERUSER_ID, Command

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from ..common import OrderCommon
from ..set_up_once import set_up_once


class MoneyCommon(AccountTestInvoicingCommon, OrderCommon):
    """A company with the Chinese chart of accounts and a rule that asks for 30 % on
    orders of the test type, which need no review."""

    @classmethod
    @set_up_once
    @AccountTestInvoicingCommon.setup_country("cn")
    @AccountTestInvoicingCommon.setup_chart_template("cn")
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.company = cls.env.company
        cls.company.country_id = cls.env.ref("base.cn")
        cls.usd = cls._currency("USD", ("2024-01-01", 0.125), ("2024-03-01", 0.16))
        cls.accountant = cls._user("accountant", "account.group_account_invoice")
        cls.sales_manager = cls._user("sales_manager", "sales_team.group_sale_manager")
        cls.bank = cls.company_data["default_journal_bank"]
        cls.product.write({"invoice_policy": "order", "list_price": 10000})
        cls.rule = cls._rule()
        cls.customer_terms = cls.env["account.payment.term"].create(
            {"name": "Prepaid", "settlement": "prepaid"}
        )

    @classmethod
    def _currency(cls, code, *rates):
        """Return a foreign currency that is worth ``1 / rate`` yuan from each date."""
        currency = cls._enable_currency(code)
        currency.rate_ids.unlink()
        cls.env["res.currency.rate"].create(
            [
                {
                    "currency_id": currency.id,
                    "company_id": cls.company.id,
                    "name": day,
                    "rate": rate,
                }
                for day, rate in rates
            ]
        )
        return currency

    @classmethod
    def _rule(cls, **values):
        return cls.env["order.deposit.rule"].create(
            {
                "name": "30 %",
                "order_type_ids": [Command.set(cls.order_type.ids)],
                "percent": 30,
                "company_id": cls.company.id,
                **values,
            }
        )

    # -- orders ------------------------------------------------------------------------

    def _deposit_order(self, amount=10000.0, currency=None, confirm=True, **values):
        """Return an order of the test type over ``amount``."""
        if currency:
            pricelist = self.env["product.pricelist"].create(
                {"name": currency.name, "currency_id": currency.id}
            )
            values["pricelist_id"] = pricelist.id
        values.setdefault("date_order", date(2024, 1, 10))
        order = self._order(quantity=1, price=amount, **values)
        order.sudo().order_type_id = self.order_type
        if confirm:
            order.action_confirm()
            self.assertEqual(order.state, "sale")
        return self.env["sale.order"].browse(order.id)

    def _received(self, order):
        received = order._get_received()[order]
        return received.deposit, received.total

    def assertReceived(self, deposit, total=None, order=None):
        """Check deposit and total received for an order, in company currency."""
        expected = (deposit, deposit if total is None else total)
        self.assertEqual(self._received(order or self.order), expected)

    # -- papers ------------------------------------------------------------------------

    def _deposit_invoice(self, order, amount=3000.0, post=True, day="2024-01-15"):
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [Command.set(order.ids)],
                "advance_payment_method": "fixed",
                "fixed_amount": amount,
            }
        )
        invoice = wizard._create_invoices(order)
        invoice.invoice_date = day
        if post:
            invoice.action_post()
        return invoice

    def _final_invoice(self, order, day="2024-02-15", final=True):
        invoice = order._create_invoices(final=final)
        invoice.invoice_date = day
        invoice.action_post()
        return invoice

    def _credit(self, invoice, day="2024-01-20", post=True):
        """Return a credit note for a whole invoice, not matched with it."""
        credit = invoice._reverse_moves([{"invoice_date": day, "date": day}])
        if post:
            credit.action_post()
        return credit

    def _pay(self, invoice, amount=None, currency=None, day="2024-01-16"):
        """Register a payment on a posted invoice and return it."""
        values = {"payment_date": day, "journal_id": self.bank.id}
        if amount is not None:
            values["amount"] = amount
        if currency:
            values["currency_id"] = currency.id
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create(values)
        )
        if amount is not None:
            wizard.amount = amount
        return wizard._create_payments()

    def _advance(
        self, order, amount=3000.0, currency=None, day="2024-01-12", post=True, **values
    ):
        """Return a payment registered on an order before any invoice."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": order.partner_id.id,
                "amount": amount,
                "currency_id": (currency or self.company.currency_id).id,
                "date": day,
                "journal_id": self.bank.id,
                "sale_order_id": order.id,
                **values,
            }
        )
        if post:
            payment.action_post()
        return payment

    def _pay_back(self, order, amount=3000.0, **values):
        return self._advance(order, amount, payment_type="outbound", **values)

    @staticmethod
    def _receivables(*documents):
        """Return the open receivable items of invoices and payments."""
        lines = documents[0].env["account.move.line"]
        for document in documents:
            move = document if document._name == "account.move" else document.move_id
            lines |= move.line_ids
        return lines.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )

    def _match(self, *documents):
        self._receivables(*documents).reconcile()

    # -- the worker --------------------------------------------------------------------

    def _marked(self, order):
        """Whether this transaction has an order looked at again."""
        self._end_of_transaction()
        rows = self.env["order.recheck"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        found = bool(rows.filtered(lambda row: not row.not_before))
        rows.unlink()
        return found

    @classmethod
    def _as_system(cls, records):
        return records.with_user(SUPERUSER_ID)

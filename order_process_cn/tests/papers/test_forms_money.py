from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from ...models.pickup.balance import get_balance_figures
from ...models.pickup.settlements import propose_settlement
from ..pickup.pickup_common import DAY_0, PickupCommon

F16 = "order_process_cn.report_f16_balance_reminder"
F30 = "order_process_cn.report_f30_settlement_statement"


@tagged("post_install", "-at_install")
class TestMoneyForms(PickupCommon):
    """[DEP-5] [DEP-7] [FRM] balance reminder F16 and settlement statement F30."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.specification = "DN50"
        cls.finance = cls._user(
            "cashier",
            "account.group_account_invoice,sales_team.group_sale_salesman_all_leads",
        )
        cls.env["res.partner.bank"].create(
            {
                "partner_id": cls.company.partner_id.id,
                "acc_number": "3901 2345 6789",
                "acc_holder_name": "Pump Maker",
            }
        )

    def _html(self, report, orders, user=None):
        orders.env.invalidate_all()
        reports = self.env["ir.actions.report"].with_user(user or self.finance)
        html = reports._render_qweb_html(report, orders.ids)[0].decode()
        return " ".join(html.replace("\xa0", " ").split())

    def _printed(self, code, order):
        form = self.env["order.form"]._by_code(code)
        return self.env["order.form.issue"].search(
            [("form_id", "=", form.id), ("res_id", "=", order.id)]
        )

    # -- balance reminder --------------------------------------------------------------

    def test_balance_reminder(self):
        """[DEP-5] total, deposit and its split, received, balance in figures and in
        capitals, due date and account."""
        order = self._waiting_order()
        with self._day(3):
            html = self._html(F16, order)
        for words in (
            order.name,
            self.partner.name,
            "10,000.00",
            "-3,000.00",
            "7,000.00",
            "人民币柒仟元整",
            "2,000.00",  # a deposit by law
            "1,000.00",  # the rest
            str(date(2024, 3, 11)),  # the end of the pick-up period
            "3901 2345 6789",
            "Pump Maker",
            "DN50",
        ):
            self.assertIn(words, html)
        self.assertNotIn("not offset", html)

    def test_deposit_is_not_offset(self):
        """[DEP-3] from day 8 the balance leaves the deposit out; once it is decided the
        forfeited part stands there instead."""
        order = self._waiting_order()
        self._work(9)
        with self._day(9):
            html = self._html(F16, order)
        self.assertIn("Deposit not offset until decided", html)
        self.assertIn("人民币壹万元整", html)
        self._take(order, 10)
        self._decide(order.forfeiture_ids, 10)
        with self._day(11):
            html = self._html(F16, order)
        self.assertNotIn("not offset", html)
        self.assertIn("Forfeited deposit", html)
        self.assertIn("人民币捌仟元整", html)

    def test_due_date_of_the_invoice(self):
        """[DEP-5] what an open invoice says goes before the end of the period."""
        order = self._waiting_order()
        with self._day(1):
            invoice = self._final_invoice(order, day=DAY_0)
            invoice.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
            ).date_maturity = date(2024, 3, 20)
            self.assertIn("2024-03-20", self._html(F16, order))

    def test_several_reminders(self):
        """[FRM] orders printed together are told apart."""
        orders = self._waiting_order() + self._waiting_order(20000.0, paid=6000.0)
        with self._day(1):
            html = self._html(F16, orders)
        for order, capitals in zip(
            orders, ("人民币柒仟元整", "人民币壹万肆仟元整"), strict=True
        ):
            self.assertEqual(html.count(capitals), 1)
            self.assertIn(order.name, html)

    def test_printing_is_registered(self):
        """[FRM] each print is registered with the copies and their recipients."""
        order = self._waiting_order()
        reports = self.env["ir.actions.report"].with_user(self.finance)
        for count in (1, 2):
            reports._render_qweb_pdf(F30, order.ids)
            issues = self._printed("F30", order)
            self.assertEqual(issues.mapped("print_count"), [count, count])
        department = self.departments["finance"]
        self.assertEqual(issues.department_id, department)
        reports._render_qweb_pdf(F16, order.ids)
        self.assertEqual(len(self._printed("F16", order)), 1)

    def test_who_may_print(self):
        """[SEC-1] the figures are closed to stock and workshop users, by the address of
        the report too, and to salespeople of other orders."""
        order = self._waiting_order()
        keeper = self._user("keeper", "stock.group_stock_user")
        stranger = self._user("stranger", "sales_team.group_sale_salesman")
        for report in (F16, F30):
            for user in (self.salesman, self.accountant, self.sales_manager):
                self.assertIn(order.name, self._html(report, order, user))
            for user in (keeper, stranger):
                with self.assertRaises(AccessError):
                    self._html(report, order, user)
        with self.assertRaises(AccessError):
            self._rpc(keeper, order, "action_send_balance_reminder")

    def test_sent_by_mail(self):
        """[DEP-5] the reminder goes out from the order with the form attached."""
        order = self._waiting_order()
        action = self._rpc(self.salesman, order, "action_send_balance_reminder")
        composer = (
            self.env[action["res_model"]]
            .with_user(self.salesman)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(
            composer.attachment_ids.mapped("name"), [f"{order.name} F16.html"]
        )
        self._advance(order, 7000.0, day=DAY_0)
        with (
            self._day(1),
            self.assertRaisesRegex(UserError, "Nothing is left to be paid"),
        ):
            self._rpc(self.salesman, order, "action_send_balance_reminder")

    # -- settlement statement ----------------------------------------------------------

    def test_settlement_statement(self):
        """[DEP-7] delivered, price, deposit, received, balance and invoice numbers."""
        order = self._waiting_order()
        self._take(order, 2)
        with self._day(3):
            invoice = self._final_invoice(order, day=DAY_0)
            html = self._html(F30, order)
        delivered = html[html.index("Delivered") :]
        for words in ("DN50", "10,000.00", "-3,000.00", "7,000.00", invoice.name):
            self.assertIn(words, delivered)
        self.assertIn("人民币柒仟元整", html)
        self.assertEqual(html.count(order.name), 4)  # head and body of two copies

    def test_prices_say_whether_taxes_are_in_them(self):
        """[DEP-5] [DEP-7] K9: no unit price without taxes stands beside an amount with
        them without a word; the taxes stand there, and their rate."""
        tax = self.tax_sale_a
        self.product.taxes_id = tax
        order = self._deposit_order()
        self.assertGreater(order.amount_tax, 0)
        rate = self.env["res.lang"]._spell_number(tax.amount, 2)
        for report, told in (
            (F16, ["Amount with Taxes"]),
            (
                F30,
                [
                    "Unit Price without Taxes",
                    "Amount with Taxes",
                    "Ordered, without taxes",
                    f"Taxes ({rate} %)",
                    " ".join(order._format_money(order.amount_untaxed).split()),
                    " ".join(order._format_money(order.amount_tax).split()),
                ],
            ),
        ):
            html = self._html(report, order)
            for words in told:
                with self.subTest(report, words=words):
                    self.assertIn(words, html)

    def test_statement_of_a_period(self):
        """[DEP-7] one statement for the orders of a customer in a period, contacts of
        his included; other customers and times are left out."""
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.partner.id}
        )
        other = self.env["res.partner"].create({"name": "Somebody Else"})
        inside, below, outside, elsewhere = (
            self._deposit_order(
                10000.0, partner_id=partner.id, date_order=day, confirm=False
            )
            for partner, day in (
                (self.partner, "2024-03-01 02:00:00"),
                (contact, "2024-03-31 15:30:00"),  # 23:30 in China
                (self.partner, "2024-03-31 16:30:00"),  # the next day there
                (other, "2024-03-10 02:00:00"),
            )
        )
        orders = inside + below + outside + elsewhere
        orders.sudo().state = "sale"
        wizard = Form(
            self.env["order.settlement.statement.wizard"].with_user(self.finance)
        )
        wizard.partner_id = self.partner
        wizard.date_from, wizard.date_to = "2024-03-01", "2024-03-31"
        action = self._rpc(self.finance, wizard.save(), "action_print")
        self.assertEqual(action["report_name"], F30)
        found = action["context"]["active_ids"]
        self.assertEqual(set(found), set((inside + below).ids))
        html = self._html(F30, inside + below)
        self.assertEqual(html.count("人民币贰万元整"), 2)
        self.assertIn("(2 orders)", html)
        wizard.date_from, wizard.date_to = "2023-01-01", "2023-01-31"
        with self.assertRaisesRegex(UserError, "no confirmed orders"):
            self._rpc(self.finance, wizard.save(), "action_print")

    @freeze_time("2026-11-30 18:00:00")
    def test_until_today_of_the_company(self):
        """[DEP-7] at two in the morning in China it is still yesterday in UTC."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.finance.tz = "UTC"
        wizards = self.env["order.settlement.statement.wizard"]
        wizard = Form(wizards.with_user(self.finance).with_company(self.company))
        self.assertEqual(str(wizard.date_to), "2026-12-01")
        self.assertEqual(str(wizard.date_from), "2026-12-01")

    def test_several_customers(self):
        """[FRM] statements of several customers do not mix."""
        other = self.env["res.partner"].create({"name": "Somebody Else"})
        first = self._deposit_order()
        second = self._deposit_order(5000.0, partner_id=other.id)
        html = self._html(F30, first + second)
        self.assertEqual(html.count("人民币壹万元整"), 2)
        self.assertEqual(html.count("人民币伍仟元整"), 2)

    def test_cancelled_order(self):
        """[DEP-4] of a cancelled order nothing is owed but what was decided: the rest
        is returned, and double where we broke the contract."""
        for kind, balance in (("forfeit", -1000.0), ("double", -5000.0)):
            with self.subTest(kind):
                order = self._deposit_order()
                self._advance(order)
                self._end_of_transaction()
                propose_settlement(
                    order,
                    kind,
                    2000.0,
                    "why",
                    "customer" if kind == "forfeit" else "us",
                )
                order._action_cancel()
                # nobody has decided: the deposit is neither owed nor returned
                self.assertEqual(get_balance_figures(order)["balance"], 0)
                order.forfeiture_ids.with_user(self.accountant).action_decide()
                self.assertEqual(get_balance_figures(order)["balance"], balance)
                html = self._html(F30, order)
                self.assertIn("Cancelled", html)
                self.assertIn("To be returned to the customer", html)

    # -- order confirmation ------------------------------------------------------------

    def test_split_on_the_order_confirmation(self):
        """[DEP-4] the order confirmation prints what is a deposit by law and what is
        an advance payment."""
        order = self._deposit_order(confirm=False)
        order.action_quotation_sent()
        html = self._html(
            "order_process_cn.report_f01_order_confirmation", order, self.salesman
        )
        self.assertIn("2,000.00", html)
        self.assertIn("1,000.00", html)
        self.assertIn("Civil Code 586", html)

    def test_pages_of_long_orders(self):
        """[FRM] an order of sixty lines is printed in full."""
        with freeze_time("2024-03-01"):
            order = self._order(lines=60, price=1.0)
            order.sudo().order_type_id = self.order_type
            order.action_confirm()
        for report in (F16, F30):
            html = self._html(report, order)
            copies = 2 if report == F30 else 1
            self.assertEqual(html.count("DN50"), 60 * copies)

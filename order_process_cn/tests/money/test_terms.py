from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...models.progress.steps import confirm_receipt
from .money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestTerms(MoneyCommon):
    """[DEP-5] what payment terms and customer class mean for the release of goods."""

    def _terms(self, settlement):
        return self.env["account.payment.term"].create(
            {"name": settlement, "settlement": settlement}
        )

    def _ship(self, order):
        return [
            (condition.code, condition.met)
            for condition in order._collect_conditions("ship")[order]
        ]

    def test_when_goods_leave(self):
        """[DEP-5] the terms say it; where they say nothing, the class does; without
        either as in plain Odoo."""
        self.rule.active = False
        order = self._deposit_order()
        grade = self.env.ref
        for settlement, letter, expected in (
            (False, False, False),
            (False, "a", "contract"),
            (False, "b", "paid"),
            (False, "c", "paid"),
            ("prepaid", "a", "paid"),
            ("on_delivery", "c", "handover"),
            ("monthly", "b", "contract"),
        ):
            with self.subTest(settlement=settlement, grade=letter):
                self.partner.order_class_id = letter and grade(
                    f"order_process_cn.order_customer_class_{letter}"
                )
                order.payment_term_id = settlement and self._terms(settlement)
                self.assertEqual(order.goods_leave, expected)
                waits = [("balance", False)] if expected == "paid" else []
                self.assertEqual(self._ship(order), waits)

    def test_balance_before_shipping(self):
        """[DEP-5] with the last yuan the goods may leave; the gap is told to those who
        may see prices."""
        order = self._deposit_order(payment_term_id=self._terms("prepaid").id)
        self._advance(order, 9999.0)
        self.assertEqual(self._ship(order), [("balance", False)])
        self.assertRegex(order._open_conditions_message("ship"), r"1\.00.*Finance")
        keeper = self._user("keeper", "stock.group_stock_user")
        message = order.with_user(keeper)._open_conditions_message("ship")
        self.assertNotIn("1.00", message)
        self._advance(order, 1.0)
        self.assertEqual(self._ship(order), [("balance", True)])

    def test_prepaid_orders_are_made_after_payment(self):
        """[DEP-5] the shipped rule for prepaid terms: the whole price before
        production, and no deposit by law."""
        rule = self.env.ref("order_process_cn.order_deposit_rule_prepaid")
        self.assertFalse(rule.active)
        self.rule.active = False
        rule.active = True
        order = self._deposit_order(payment_term_id=self._terms("prepaid").id)
        self.assertEqual(order.effect_state, "held")
        self.assertEqual(order.deposit_required, 10000)
        self.assertEqual(order.deposit_legal_part, 0)
        self._advance(order, 10000.0)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        plain = self._deposit_order()
        self.assertFalse(plain.effect_state)

    # -- held without a route ----------------------------------------------------------

    def test_stock_decision_alone_holds(self):
        """[ALC-2] whatever a type asks for before production holds its orders."""
        kind = self.order_type.copy({"rule_ids": False})
        self.assertFalse(kind._may_hold())
        for name in (
            "requires_technical",
            "requires_drawing",
            "requires_stock_decision",
        ):
            kind[name] = True
            self.assertTrue(kind._may_hold(), name)
            self.assertIn(kind.id, self.env["order.type"]._ids_holding())
            kind[name] = False
        self.assertNotIn(kind.id, self.env["order.type"]._ids_holding())

    def test_missing_rules_are_found_before_a_deposit(self):
        """[DEP-1] an order that will be held for its deposit alone is looked through
        at submission."""
        self.route.active = True
        self.product.is_storable = True
        order = self._order(price=10000.0)
        order.sudo().order_type_id = self.order_type
        self.env["stock.rule"].search([]).active = False
        with self.assertRaisesRegex(UserError, "no rule says where"):
            order.action_review_submit()
        self.rule.active = False
        order.action_review_submit()
        self.assertEqual(order.review_state, "running")

    # -- settings ----------------------------------------------------------------------

    def test_settings(self):
        """[DEP-4] [CFM-2] an administrator finds what is set for the company; new rules
        begin with the legal limit."""
        settings = self.env["res.config.settings"].create({})
        settings.order_legal_cap_percent = 25
        settings.order_slip_unit = "working_days"
        settings.order_invoice_before_effect = True
        settings.execute()
        self.assertEqual(self._rule(name="New").legal_cap_percent, 25)
        self.assertEqual(self.rule.legal_cap_percent, 20)
        self.assertEqual(self.company.order_slip_unit, "working_days")
        settings = self.env["res.config.settings"].create({})
        with self.assertRaisesRegex(ValidationError, "between 0 and 100"):
            settings.order_legal_cap_percent = 101

    def test_calendar_of_the_settings(self):
        """[CFM-2] [PLN-1] working days need hours by which they can be reckoned."""
        flexible = self.env["resource.calendar"].create(
            {"name": "Flexible", "flexible_hours": True, "company_id": self.company.id}
        )
        company = self._create_company(
            name="Flexible", resource_calendar_id=flexible.id
        )
        with self.assertRaisesRegex(ValidationError, "Flexible"):
            company.order_slip_unit = "working_days"
        with self.assertRaisesRegex(ValidationError, "Flexible"):
            self.env["order.issue.window"].create(
                {"name": "Monday", "monday": True, "company_id": company.id}
            )
        company.order_slip_unit = "calendar_days"

    # -- credit ------------------------------------------------------------------------

    def test_shipped_credit_stage(self):
        """[DEP-6] the shipped route has a stage of its own over the limit."""
        self.rule.active = False
        self.departments["finance"].member_ids = self.accountant
        route = self.env.ref("order_process_cn.order_review_route_two_step")
        route.write(
            {"active": True, "order_type_ids": [Command.set(self.order_type.ids)]}
        )
        self.company.account_use_credit_limit = True
        self.partner.with_company(self.company).credit_limit = 15000
        small = self._submit(self._order(quantity=1, price=9000.0))
        large = self._submit(self._order(quantity=1, price=16000.0))
        finance = self.departments["finance"].name
        self.assertEqual(set(self._states(large)) - set(self._states(small)), {finance})


@tagged("post_install", "-at_install")
class TestClosing(MoneyCommon):
    """[DEP-7] [ANA-2] an order closes when it is paid, or when receipt is confirmed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule.active = False
        cls.route.active = True
        cls.product.type = "consu"

    def _delivered_order(self):
        order = self._approve(quantity=1, price=1000.0)
        order.with_user(self.supervisor).action_confirm()
        order = self.env["sale.order"].browse(order.id)
        order.picking_ids.move_ids.picked = True
        order.picking_ids._action_done()
        self._run_worker()
        self.assertEqual(order.progress, "shipped")
        return order

    def test_closes_when_paid(self):
        """[DEP-7] the last payment closes the order, without any deposit rule in use;
        money that is lost opens it again."""
        order = self._delivered_order()
        invoice = self._final_invoice(order)
        self._run_worker()
        self.assertEqual(order.progress, "shipped")
        self._pay(invoice, 400.0)
        self._run_worker()
        self.assertEqual((order.progress, order.closed_on), ("shipped", False))
        payment = self._pay(invoice)
        self._run_worker()
        self.assertEqual(order.progress, "settled")
        self.assertTrue(order.closed_on)
        payment.action_cancel()
        self._run_worker()
        self.assertEqual((order.progress, order.closed_on), ("shipped", False))

    def test_papers_are_filed_at_the_end(self):
        """[ANA-2] the line ends when the papers of a closed order are filed."""
        order = self._delivered_order()
        with self.assertRaisesRegex(UserError, "Not closed yet"):
            self._rpc(self.salesman, order, "action_archive_papers")
        payment = self._pay(self._final_invoice(order))
        self._run_worker()
        self._rpc(self.salesman, order, "action_archive_papers")
        self.assertEqual(order.progress, "archived")
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, order, "write", {"archived_on": False})
        payment.action_cancel()
        self._run_worker()
        self.assertEqual(order.progress, "shipped")

    def test_closes_when_received(self):
        """[DEP-7] with the other rule the customer's receipt closes it, paid or not."""
        self.order_type.closing_rule = "received"
        order = self._delivered_order()
        self.assertFalse(order.closed_on)
        confirm_receipt(order, "Customer")
        self._run_worker()
        self.assertEqual(order.progress, "received")
        self.assertTrue(order.closed_on)

from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.intake.classification import get_order_type
from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestClassification(OrderCommon):
    """[CLS-1] [CLS-2] [CLS-3] the shipped types, proposed with their reasons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # only the shipped types speak here
        cls.order_type.rule_ids.unlink()
        cls.far = date(2035, 1, 1)
        old = cls._order(wanted_date=cls.far)
        old.sudo().write({"state": "sale"})

    def _type(self, name):
        return self.env.ref(f"order_process_cn.order_type_{name}")

    def _propose(self, **values):
        order = self._order(**{"wanted_date": self.far, **values})
        return order.proposed_type_id, order.proposed_type_reasons or ""

    def test_shipped_types(self):
        for name in (
            "standard",
            "unfamiliar",
            "rush",
            "urgent",
            "nonstandard",
            "special",
            "project",
            "custom",
            "aftersales",
            "web",
        ):
            self.assertTrue(self._type(name).active)

    def test_known_customer_and_product(self):
        self.assertEqual(self._propose()[0], self._type("standard"))

    def test_new_customer(self):
        partner = self.env["res.partner"].create({"name": "Newcomer"})
        kind, reasons = self._propose(partner_id=partner.id)
        self.assertEqual(kind, self._type("unfamiliar"))
        self.assertIn("New customer: Newcomer", reasons)

    def test_sister_contact_is_no_new_customer(self):
        contact = self.partner.child_ids[:1]
        self.assertEqual(
            self._propose(partner_id=contact.id)[0], self._type("standard")
        )

    def test_product_new_to_this_customer(self):
        other = self.env["product.product"].create({"name": "Other Pump"})
        kind, reasons = self._propose(
            order_line=[Command.create({"product_id": other.id})]
        )
        self.assertEqual(kind, self._type("unfamiliar"))
        self.assertIn("New to this customer: Other Pump", reasons)

    def test_nonstandard(self):
        for values, words in (
            ({"needs_redesign": True}, "Needs a new design"),
            ({"above_standard_quality": True}, "Quality above our standard"),
            (
                {"has_penalty_clause": True, "wanted_date": date(2020, 1, 1)},
                "Tight date with a penalty clause",
            ),
        ):
            with self.subTest(words):
                kind, reasons = self._propose(**values)
                self.assertEqual(kind, self._type("nonstandard"))
                self.assertIn(words, reasons)
        self.product.is_discontinued = True
        kind, reasons = self._propose()
        self.assertEqual(kind, self._type("nonstandard"))
        self.assertIn("A product is discontinued", reasons)

    def test_not_made_for_months(self):
        rule = self.env.ref("order_process_cn.order_type_rule_not_made")
        rule.months = 6
        production = self.env["mrp.production"].create({"product_id": self.product.id})
        finished = fields.Datetime.now() - relativedelta(months=7)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mrp_production SET state = 'done', date_finished = %s "
            "WHERE id = %s",
            [finished, production.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self._propose()[0], self._type("nonstandard"))
        rule.months = 12
        self.assertEqual(self._propose()[0], self._type("standard"))

    def test_urgent_comes_first(self):
        kind, _reasons = self._propose(
            is_urgent=True, urgent_reason="x", needs_redesign=True
        )
        self.assertEqual(kind, self._type("urgent"))

    def test_tight_date_is_a_hint(self):
        """A date inside the lead time is told and proposes nothing by itself."""
        self.product.sale_delay = 30
        kind, reasons = self._propose(wanted_date=fields.Date.today())
        self.assertEqual(kind, self._type("standard"))
        self.assertIn("Wanted inside the lead time", reasons)

    def test_web_channel(self):
        web = self.env.ref("order_process_cn.order_channel_web")
        self.assertEqual(self._propose(order_channel_id=web.id)[0], self._type("web"))

    def test_many_orders_in_one_go(self):
        """Two orders at once get each their own answer."""
        orders = self._order(wanted_date=self.far) + self._order(
            wanted_date=self.far, is_urgent=True, urgent_reason="x"
        )
        self.assertEqual(orders.mapped("proposed_type_id.name"), ["Standard", "Urgent"])

    def test_frozen_at_submission(self):
        """Type and reasons are fixed when the order is submitted."""
        self.route.order_type_ids = self._type("standard")
        order = self._submit(wanted_date=self.far)
        self.assertEqual(order.order_type_id, self._type("standard"))
        self.assertIn("known customer", order.order_type_reasons)
        order.write({"is_urgent": True, "urgent_reason": "x"})
        self.assertEqual(get_order_type(order), self._type("standard"))

    def test_override_is_limited_and_gives_a_reason(self):
        """[CLS-3] by a group, with a reason, logged."""
        order = self._order(wanted_date=self.far)
        special = self._type("special")
        for method, args in (
            ("write", [{"order_type_id": special.id}]),
            ("write", [{"order_type_id": special.id, "order_type_reason": "x"}]),
            ("copy", [{"order_type_id": special.id}]),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._rpc(self.salesman, order, method, *args)
        chief = self._user(
            "chief",
            "order_process_cn.order_group_type_override,"
            "sales_team.group_sale_salesman_all_leads",
        )
        with self.assertRaisesRegex(UserError, "Say why"):
            self._rpc(chief, order, "write", {"order_type_id": special.id})
        self._rpc(
            chief,
            order,
            "write",
            {"order_type_id": special.id, "order_type_reason": "Agreed on the fair"},
        )
        self.assertEqual(get_order_type(order), special)
        logged = order.sudo().message_ids[0]
        self.assertIn("Agreed on the fair", logged.body)
        self.assertEqual(logged.author_id, chief.partner_id)

    def test_nothing_is_asked_without_routes(self):
        """[CLS-4] while nothing is switched on, classification costs nothing."""
        self.route.active = False
        for order in (self._order(), self._order()):
            self.env.flush_all()
            self.env.invalidate_all()
            order.fetch()
            before = self.env.cr.sql_log_count
            self.assertFalse(order.proposed_type_id)
            self.assertFalse(order.needs_review)
            self.assertFalse(order.review_panel)
            self.assertFalse(order.order_checklist)
            self.assertFalse(order.entry_gaps)
        # the first one filled the memory
        self.assertEqual(self.env.cr.sql_log_count - before, 0)

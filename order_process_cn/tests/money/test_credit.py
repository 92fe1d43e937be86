from odoo.tests import Form, tagged

from .money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestCredit(MoneyCommon):
    """[DEP-6] credit in the company of the order, and a stage for what exceeds it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule.active = False
        cls.company.account_use_credit_limit = True
        cls.partner.with_company(cls.company).credit_limit = 15000

    def test_figures(self):
        """[DEP-6] invoices not paid and orders not invoiced use the credit; what this
        order uses itself does not count twice."""
        confirmed = self._deposit_order(4000.0)
        billed = self._deposit_order(7000.0)
        self._final_invoice(billed, day="2024-02-15")
        quotation = self._deposit_order(3000.0, confirm=False)
        self.assertEqual(quotation.credit_limit, 15000)
        self.assertEqual(quotation.credit_used, 11000)
        self.assertEqual(quotation.credit_overdue, 7000)
        self.assertTrue(quotation.has_overdue)
        self.assertFalse(quotation.is_over_credit)
        self.assertEqual(confirmed.credit_used, 7000)
        larger = self._deposit_order(4500.0, confirm=False)
        self.assertTrue(larger.is_over_credit)
        self.assertFalse(confirmed.is_over_credit)
        found = self.env["sale.order"].search([("is_over_credit", "=", True)])
        self.assertIn(larger, found)
        self.assertNotIn(quotation, found)
        found = self.env["sale.order"].search([("has_overdue", "=", False)])
        self.assertNotIn(quotation, found)

    def test_in_the_company_of_the_order(self):
        """[DEP-6] whatever company is active, the limit is that of the order's."""
        other = self._create_company(name="Second")
        other.account_use_credit_limit = True
        customer = self.env["res.partner"].browse(self.partner.id)
        customer.with_company(other).credit_limit = 1
        order = self._deposit_order(3000.0, confirm=False)
        companies = (other + self.company).ids
        seen = order.with_context(allowed_company_ids=companies)
        self.assertEqual(seen.env.company, other)
        self.assertEqual(seen.credit_limit, 15000)
        self.assertFalse(seen.is_over_credit)

    def test_no_limit(self):
        """[DEP-6] nothing is exceeded where no limit is set."""
        self.partner.with_company(self.company).credit_limit = 0
        self.assertFalse(self._deposit_order(1e9, confirm=False).is_over_credit)
        self.company.account_use_credit_limit = False
        self.assertEqual(self._deposit_order(confirm=False).credit_limit, 0)

    def _make_credit_route(self):
        """Have the general manager sign what is over the limit."""
        self._make_route(
            [
                self._stage("Check", "sales"),
                self._stage(
                    "Credit",
                    "gm",
                    sequence=20,
                    domain="[('is_over_credit', '=', True)]",
                ),
            ],
            sequence=1,
        )

    def test_stage_for_orders_over_the_limit(self):
        """[DEP-6] over the limit needs a stage of its own, also when the customer gets
        there after the review has begun."""
        self._make_credit_route()
        small = self._submit(quantity=1, price=10000)
        large = self._submit(quantity=1, price=16000)
        self.assertEqual(len(self._states(small)), 1)
        self.assertEqual(len(self._states(large)), 2)
        self._sign(large, "sales")
        self.assertEqual(large.review_state, "running")
        self._sign(large, self.gm)
        self.assertEqual(large.review_state, "approved")
        self._sign(small, "sales")
        self.assertEqual(small.review_state, "approved")
        billed = self._deposit_order(8000.0, confirm=False).sudo()
        billed.order_type_id = False
        self.env["order.review.route"].search([]).active = False
        billed.action_confirm()
        self.env.invalidate_all()
        self.assertTrue(small.sudo()._find_review_gaps())

    def test_each_within_the_limit_and_both_above_it(self):
        """[DEP-6] [REV-6] K2: the second of two approved orders asks whoever rules on
        credit: he is named, told and can sign, and then it is confirmed."""
        self._make_credit_route()
        first = self._submit(quantity=1, price=8000)
        second = self._submit(quantity=1, price=9000)
        for order in (first, second):
            self._sign(order, "sales")
            self.assertEqual(order.review_state, "approved")
        self._rpc(self.salesman, first, "action_confirm")
        self.assertEqual(first.state, "sale")
        self.env.invalidate_all()
        answer = self._rpc(self.salesman, second, "action_confirm")
        self.assertIn(self.departments["gm"].name, answer["params"]["message"])
        self.assertEqual((second.state, second.review_state), ("draft", "running"))
        self._end_of_transaction()
        self._run_worker()
        self.assertIn(self.gm, second.sudo().activity_ids.user_id)
        self._sign(second, self.gm)
        self._rpc(self.salesman, second, "action_confirm")
        self.assertEqual(second.state, "sale")

    def test_shown_at_review(self):
        """[DEP-6] the form shows limit, use and overdue."""
        order = self._deposit_order(confirm=False)
        with Form(order.with_user(self.salesman)) as form:
            self.assertEqual(form.credit_limit, 15000)
            self.assertEqual(form.credit_used, 0)

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ...models.money.deposits import determine_deposit
from .money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestDepositRules(MoneyCommon):
    """[DEP-1] [DEP-4] which orders need how much deposit, and what it is by law."""

    def _find(self, *orders):
        orders = self.env["sale.order"].concat(*orders)
        return self.env["order.deposit.rule"]._find_for(orders)

    def _draft(self, amount=10000.0, **values):
        return self._deposit_order(amount, confirm=False, **values)

    # -- matching ----------------------------------------------------------------------

    def test_first_rule_that_fits(self):
        """[DEP-1] rules are tried in order; the first one that fits applies."""
        large = self._rule(name="Large", amount_from=50000, percent=50, sequence=1)
        small, big = self._draft(), self._draft(60000.0)
        self.assertEqual(self._find(small, big), {small: self.rule, big: large})

    def test_order_type(self):
        """[DEP-1] an order of another type needs none."""
        order = self._draft()
        order.order_type_id = self.env.ref("order_process_cn.order_type_project")
        self.assertFalse(self._find(order)[order])

    def test_customer_class(self):
        """[DEP-1] by customer class, of the company behind a contact."""
        order = self._draft()
        grade = self.env.ref("order_process_cn.order_customer_class_b")
        self.rule.class_ids = grade
        self.assertFalse(self._find(order)[order])
        order.partner_id = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.partner.id, "type": "contact"}
        )
        self.partner.order_class_id = grade
        self.assertEqual(self._find(order)[order], self.rule)

    def test_product_category(self):
        """[DEP-1] by product category, those below included, also moved later."""
        order = self._draft()
        parent, other = self.env["product.category"].create(
            [{"name": "Machines"}, {"name": "Parts"}]
        )
        self.rule.categ_ids = parent
        self.assertFalse(self._find(order)[order])
        self.product_category.parent_id = parent
        self.assertEqual(self._find(order)[order], self.rule)
        self.product_category.parent_id = other
        self.assertFalse(self._find(order)[order])

    def test_settlement(self):
        """[DEP-5] by how the payment terms settle."""
        self.rule.settlement = "prepaid"
        order = self._draft()
        self.assertFalse(self._find(order)[order])
        order.payment_term_id = self.customer_terms
        self.assertEqual(self._find(order)[order], self.rule)

    def test_amount_in_company_currency(self):
        """[DEP-1] limits are in company currency, whatever the order is in."""
        self.rule.amount_from = 7900
        dollars, yuan = self._draft(1000.0, currency=self.usd), self._draft(1000.0)
        self.assertEqual(
            self._find(dollars, yuan), {dollars: self.rule, yuan: self.rule.browse()}
        )

    def test_many_orders_at_once(self):
        """[DEP-1] sixteen orders cost no more queries than one; without rules none."""
        orders = self.env["sale.order"].concat(*(self._draft() for _n in range(16)))
        self.rule.categ_ids = self.product_category

        def ask(some):
            self.env.flush_all()
            self.env.invalidate_all()
            self._find(some)  # rules and master data are in memory now
            some.invalidate_recordset()
            some.order_line.invalidate_recordset()
            start = self.cr.sql_log_count
            self._find(some)
            return self.cr.sql_log_count - start

        self.assertEqual(ask(orders), ask(orders[:1]))
        self.rule.active = False
        self._find(orders)
        with self.assertQueryCount(0):
            self._find(orders)

    # -- amounts -----------------------------------------------------------------------

    def test_percent_of_total_with_taxes(self):
        """[DEP-1] 30 % of the total, taxes included."""
        self.product.taxes_id = self.tax_sale_a
        order = self._deposit_order()
        self.assertEqual(order.amount_total, 11300)
        self.assertEqual(order.deposit_required, 3390)

    def test_fixed_amount(self):
        """[DEP-1] a fixed amount in company currency, never above the total."""
        self.rule.write({"method": "fixed", "amount": 4000})
        self.assertEqual(self._deposit_order().deposit_required, 4000)
        self.assertEqual(self._deposit_order(1500.0).deposit_required, 1500)
        dollars = self._draft(1000.0, currency=self.usd)
        determine_deposit(dollars)  # at the rate of the order
        self.assertEqual(dollars.deposit_required, 500)

    def test_legal_split(self):
        """[DEP-4] only 20 % of the contract value is a deposit by law; the rest is an
        advance payment."""
        order = self._deposit_order()
        self.assertEqual(self.rule.legal_cap_percent, 20)
        self.assertEqual(order.deposit_legal_part, 2000)
        self.assertEqual(order.deposit_advance_part, 1000)
        self.rule.percent = 15
        order = self._deposit_order()
        self.assertEqual(order.deposit_legal_part, 1500)
        self.assertEqual(order.deposit_advance_part, 0)

    def test_other_kinds_have_no_deposit_effect(self):
        """[DEP-4] 预付款 and 保证金 are never forfeited as a deposit."""
        for kind in ("advance", "security"):
            self.rule.legal_kind = kind
            order = self._deposit_order()
            self.assertEqual(
                (order.deposit_legal_part, order.deposit_advance_part), (0, 3000), kind
            )

    def test_amount_follows_until_confirmed(self):
        """[DEP-1] the deposit follows the order until it is confirmed."""
        order = self._draft()
        determine_deposit(order)
        order.order_line.price_unit = 20000
        self.assertEqual(order.deposit_required, 6000)
        order.action_confirm()
        order.order_line.price_unit = 30000
        self.assertEqual(order.deposit_required, 6000)

    def test_senseless_rules(self):
        """[DEP-3] a rule says how much; nothing is forfeited in the pick-up period."""
        with self.assertRaisesRegex(ValidationError, "how much deposit"):
            self._rule(percent=0)
        with self.assertRaisesRegex(ValidationError, "within the pick-up period"):
            self._rule(
                pickup_days=7,
                tier_ids=[Command.create({"from_day": 7, "percent": 10})],
            )

    def test_shipped_rule(self):
        """[DEP-3] P10 6.2 is shipped, switched off, with the tiers of the document."""
        rule = self.env.ref("order_process_cn.order_deposit_rule_p10")
        self.assertFalse(rule.active)
        self.assertEqual(
            (rule.percent, rule.legal_kind, rule.pickup_days, rule.forfeiture_base),
            (30, "deposit", 7, "order"),
        )
        self.assertEqual(
            rule.tier_ids.mapped(lambda t: (t.from_day, t.percent, t.fine_amount)),
            [(8, 10, 0), (16, 30, 200)],
        )

    # -- accounts ----------------------------------------------------------------------

    def test_accounts_of_companies_with_rules_only(self):
        """[DEP-1] advances go to 2203 in companies with a rule, the others, and what
        somebody chose, are left alone."""
        company = self._create_company(name="Without rules")
        self.assertFalse(company.downpayment_account_id)
        rule = self._rule(company_id=company.id, active=False)
        self.assertFalse(company.downpayment_account_id)
        rule.active = True
        account = company.downpayment_account_id.with_company(company)
        self.assertEqual(account.code[:4], "2203")
        forfeited = company.order_forfeiture_account_id.with_company(company)
        self.assertEqual(forfeited.code[:4], "5301")
        chosen = self.company_data["default_account_revenue"]
        self.company.downpayment_account_id = chosen
        self._rule()
        self.assertEqual(self.company.downpayment_account_id, chosen)

    # -- when it is determined, and who may change it ----------------------------------

    def test_determined_at_submission(self):
        """[DEP-1] the deposit is determined before anybody signs, and is among the
        facts that signatures vouch for."""
        self.route.active = True
        order = self._approve(price=10000, quantity=1)
        order = order.sudo()
        self.assertEqual(order.deposit_rule_id, self.rule)
        terms = order._collect_review_facts()[order]["terms"]
        self.assertEqual(terms["deposit_required"], "3000")
        self.assertEqual(order.deposit_state, "waiting")
        order.deposit_agreed = 2000
        self._end_of_transaction()
        self.assertTrue(order._find_review_gaps())

    def test_determined_when_sent(self):
        """[DEP-1] a quotation without a review shows its deposit when it is sent."""
        order = self._draft()
        self.assertFalse(order.deposit_rule_id)
        order.action_quotation_sent()
        self.assertEqual(order.deposit_required, 3000)

    def test_changed_by_sales_managers_before_approval(self):
        """[DEP-1] a sales manager may change the deposit until it is approved."""
        order = self._draft()
        for user in (self.salesman, self.accountant):
            with self.assertRaisesRegex(AccessError, "sales manager"):
                self._rpc(user, order, "write", {"deposit_agreed": 1})
        for values in (
            {"deposit_rule_id": self.rule.id},
            {"deposit_agreed": 0.01},
            {"deposit_required": 0.01},
        ):
            with self.assertRaisesRegex(AccessError, "sales manager"):
                self._rpc(
                    self.salesman,
                    self.env["sale.order"],
                    "create",
                    {"partner_id": self.partner.id, **values},
                )
        with self.assertRaisesRegex(AccessError, "sales manager"):
            self._order(deposit_agreed=0.01)
        special = self._rule(name="Special", percent=10, sequence=90)
        self._rpc(self.sales_manager, order, "write", {"deposit_rule_id": special.id})
        self.assertEqual(order.deposit_required, 1000)
        self._rpc(self.sales_manager, order, "write", {"deposit_required": 1})
        self.assertEqual(order.deposit_required, 1000)
        self._rpc(self.sales_manager, order, "write", {"deposit_agreed": 1200})
        order.action_confirm()
        self.assertEqual(
            (order.deposit_rule_id, order.deposit_required), (special, 1200)
        )
        with self.assertRaisesRegex(UserError, "until the order is approved"):
            self._rpc(self.sales_manager, order, "write", {"deposit_agreed": 1})

    def test_entered_in_the_form(self):
        """[DEP-1] a manager who enters an order in the form decides nothing about its
        deposit; one who takes the rule away does."""
        with Form(self.env["sale.order"].with_user(self.sales_manager)) as form:
            form.partner_id = self.partner
            with form.order_line.new() as line:
                line.product_id = self.product
        order = form.record
        order.order_line.price_unit = 10000
        order.sudo().order_type_id = self.order_type
        order.action_quotation_sent()
        self.assertEqual(order.deposit_required, 3000)
        with Form(order) as form:
            form.deposit_rule_id = self.env["order.deposit.rule"]
        order.action_confirm()
        self.assertFalse(order.deposit_rule_id)
        self.assertFalse(order.effect_state)

    def test_what_is_earned_is_not_entered(self):
        """[DEP-2] nobody enters that a deposit was received."""
        order = self._deposit_order()
        with self.assertRaisesRegex(AccessError, "has earned"):
            self._rpc(self.sales_manager, order, "write", {"deposit_state": "received"})

    def test_plain_orders(self):
        """[DEP-1] an order that no rule applies to is as in plain Odoo."""
        order = self._draft()
        order.order_type_id = False
        order.require_payment = True
        order.prepayment_percent = 0.4
        order.action_confirm()
        self.assertFalse(order.deposit_rule_id)
        self.assertFalse(order.effect_state)
        self.assertEqual(order.prepayment_percent, 0.4)
        order.order_line.price_unit = 500
        self.assertEqual(order.prepayment_percent, 0.4)

    def test_form(self):
        """[DEP-1] the form opens for each role and shows the deposit."""
        order = self._deposit_order()
        for user in (self.salesman, self.sales_manager, self.accountant):
            with Form(order.with_user(user)) as form:
                self.assertEqual(form.deposit_required, 3000)
                self.assertEqual(form.balance_due, 10000)
        worker = self._user("stockman", "stock.group_stock_user")
        with self.assertRaises(AccessError):
            order.with_user(worker).read(["deposit_required"])
        Form(self.rule)

    # -- online ------------------------------------------------------------------------

    def test_portal_asks_for_the_deposit(self):
        """[DEP-1] core's prepayment follows the rule, until the deposit has come."""
        order = self._draft()
        order.action_quotation_sent()
        self.assertTrue(order.require_payment)
        self.assertAlmostEqual(order.prepayment_percent, 0.3)
        self.assertEqual(order._get_prepayment_required_amount(), 3000)
        self.assertTrue(order._has_to_be_paid())
        self._advance(order)
        self.assertFalse(order._has_to_be_paid())

    def test_portal_does_not_ask(self):
        """[DEP-1] a rule may leave the deposit to bank transfers."""
        self.rule.asks_online = False
        order = self._draft()
        order.action_quotation_sent()
        self.assertFalse(order.require_payment)

from odoo import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import OrderCommon

# what rules name, and what the state decides, holds no document by itself
SHARED = {
    "order.calendar.exception": "the holidays of the state",
    "order.calendar.year": "the holidays of the state",
    "order.channel": "named on orders",
    "order.department": "named by the seats of routes",
    "order.issue.window": "named by order types",
    "order.type": "named by rules, also by those for every company",
}
VALUES = {
    "order.deposit.rule": {"percent": 30},
    "order.ledger.rule": {
        "basis": "§1",
        "res_model": "sale.order",
        "event_code": "created",
    },
    "order.payment.plan": {"line_ids": [Command.create({"method": "rest"})]},
    "order.time.limit": {
        "start_event": "created",
        "stop_event": "submitted",
        "length": 4,
        "unit": "elapsed_hours",
    },
    "order.urgent.role": {"person": "salesperson"},
}


@tagged("post_install", "-at_install")
class TestCompanyOfRules(OrderCommon):
    """[REV-1] [DEP-1] which companies a rule reaches is chosen, not overlooked. K9"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company(name="Other Company")
        workshop = {"department_id": cls.departments["production"].id}
        cls.values = {
            **VALUES,
            "order.capacity.reason": workshop,
            "order.drawing.recipient": workshop,
        }

    def _rule_models(self):
        """Return our stored configuration that may be without a company."""
        return {
            name
            for name in self.env.registry
            if (model := self.env[name])._original_module == "order_process_cn"
            and not model._abstract
            and not model._transient
            and (field := model._fields.get("company_id"))
            and field.store
            and not (field.related or field.required or field.readonly)
        }

    def _make(self, model, **values):
        return self.env[model].create(
            {"name": "Made by hand", **self.values.get(model, {}), **values}
        )

    def test_every_model_is_decided(self):
        """A rule is born in the company of whoever makes it; what is for every company
        at first has its reason."""
        rules = self.env.registry.descendants(["order.company.mixin"], "_inherit")
        rules = {name for name in rules if not self.env[name]._abstract}
        self.assertEqual(self._rule_models() - rules, set(SHARED))
        self.assertLess({"order.review.route", "order.deposit.rule"}, rules)
        for model in sorted(rules):
            with self.subTest(model):
                self.assertEqual(self._make(model).company_id, self.company)
                elsewhere = self.env[model].with_company(self.other)
                made = elsewhere.default_get(["company_id"])
                self.assertEqual(made["company_id"], self.other.id)

    def test_shipped_ones_reach_every_company(self):
        for model in sorted(self._rule_models()):
            records = self.env[model].with_context(active_test=False).search([])
            shipped = records.filtered(
                lambda record: record.get_external_id()[record.id].startswith(
                    "order_process_cn."
                )
            )
            with self.subTest(model):
                self.assertFalse(shipped.company_id)

    def test_the_form_says_how_far_it_reaches(self):
        count = self.env["res.company"].search_count([])
        for model in sorted(self._rule_models() - set(SHARED)):
            with self.subTest(model):
                rule = self._make(model, company_id=False)
                self.assertIn(f"all {count} companies", rule.company_warning)
                rule.company_id = self.company
                self.assertFalse(rule.company_warning)

    def test_switching_on_asks(self):
        """Whoever switches on a rule of every company, or empties its company, is told
        before it is saved; also when he works in one company only."""
        rule = self.env.ref("order_process_cn.order_deposit_rule_p10")
        for user in (self.administrator, self.env.ref("base.user_admin")):
            rule.active = False
            self.assertTrue(self._ask(rule.with_user(user), active=True))
            self.assertFalse(self._ask(rule.with_user(user), active=False))
        mine = self._make("order.deposit.rule").with_user(self.administrator)
        self.assertFalse(self._ask(mine, percent=20))
        self.assertTrue(self._ask(mine, company_id=False))

    def _ask(self, rule, **values):
        """Return what the web client would show in a dialog on these changes."""
        spec = {"active": {}, "company_id": {}, "percent": {}}
        result = rule.onchange(values, list(values), spec)
        return result.get("warning", {}).get("message")

    def test_one_company(self):
        """Nothing is said where there is nothing to choose."""
        self.patch(
            type(self.env["order.company.mixin"]), "_count_companies", lambda self: 1
        )
        rule = self._make("order.deposit.rule", company_id=False)
        self.assertFalse(rule.company_warning)
        self.assertFalse(self._ask(rule, active=True))

    @mute_logger("odoo.tests.form.onchange")
    def test_switched_on_for_every_company_all_the_same(self):
        """It is asked, not forbidden: the rule holds the other company's orders."""
        self.administrator.company_ids += self.other
        self.env["order.deposit.rule"].search([]).active = False
        rule = self._make("order.deposit.rule", company_id=False, active=False)
        with Form(rule.with_user(self.administrator)) as form:
            form.active = True
        rules = self.env["order.deposit.rule"]
        for company in (self.company, self.other):
            found = rules._compiled_rules(company.id)
            self.assertEqual([plan["rule"] for plan in found], rule.ids)
        rule.company_id = self.other
        self.assertFalse(rules._compiled_rules(self.company.id))

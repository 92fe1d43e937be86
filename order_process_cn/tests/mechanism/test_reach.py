import re
from pathlib import Path

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import OrderCommon

SOURCES = Path(__file__).parents[2] / "models"
# what it names is allowed: to name nothing allows nothing
WIDE_WHEN_NAMED = {"return_type_ids"}


DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=x"


@tagged("post_install", "-at_install")
class TestReach(OrderCommon):
    """[REV-1] a rule for some types, classes or departments never becomes one for
    everything because the last of them is deleted."""

    def _narrowing(self):
        """Return ``[(model, field), …]`` of whatever is for everything when empty."""
        models = self.env.registry.descendants(["order.config.mixin"], "_inherit")
        return [
            (name, field)
            for name in sorted(models)
            for field in self.env[name]._get_narrowing_fields()
        ]

    def test_every_relation_is_known(self):
        """Whatever is read as “empty: all” is declared."""
        read = {
            name
            for path in SOURCES.rglob("*.py")
            for name in re.findall(r'_ids_in\("(\w+)"\)', path.read_text())
        }
        declared = {field for _model, field in self._narrowing()}
        self.assertEqual(read - WIDE_WHEN_NAMED, declared)
        self.assertIn(("order.review.route", "order_type_ids"), self._narrowing())
        self.assertIn(("order.time.limit", "order_type_ids"), self._narrowing())

    def _make(self, model, name):
        return self.env[model].create({"name": name})

    def _rule(self, model):
        rules = self.env[model].with_context(active_test=False)
        if model == "order.bot":
            return rules.create({"name": "Group", "url": DINGTALK})
        return rules.search([("company_id", "in", [False, self.company.id])], limit=1)

    def test_the_last_one_is_not_deleted(self):
        for model, field in self._narrowing():
            with self.subTest(f"{model} {field}"):
                rule = self._rule(model)
                self.assertTrue(rule)
                comodel = rule._fields[field].comodel_name
                only = self._make(comodel, f"Only {model} {field}")
                second = self._make(comodel, f"Second {model} {field}")
                rule[field] = [Command.set(only.ids)]
                with self.assertRaisesRegex(UserError, re.escape(rule.display_name)):
                    self._rpc(self.administrator, only, "unlink")
                self.assertEqual(rule[field], only)
                rule[field] = [Command.link(second.id)]
                with self.assertRaisesRegex(UserError, "for everything"):
                    self._rpc(self.administrator, only | second, "unlink")
                self._rpc(self.administrator, only, "unlink")
                self.assertEqual(rule[field], second)

    def test_archived_is_not_for_everything(self):
        """Nor does a type that is archived make its route one for every order."""
        self.order_type.with_user(self.administrator).action_archive()
        self.env.invalidate_all()
        self.assertEqual(self.route._compiled()["types"], self.order_type.ids)
        with self.assertRaisesRegex(UserError, "Test Route"):
            self._rpc(self.administrator, self.order_type, "unlink")

    def test_not_from_the_other_side(self):
        with (
            self.assertRaisesRegex(UserError, "Test Route"),
            self.cr.savepoint(),
        ):
            self._rpc(
                self.administrator, self.order_type, "write", {"route_ids": [(5,)]}
            )
        self.env.invalidate_all()
        self.assertEqual(self.route.order_type_ids, self.order_type)
        # whoever opens the route says so himself
        self._rpc(self.administrator, self.route, "write", {"order_type_ids": [(5,)]})
        self.assertFalse(self.route.order_type_ids)

    def test_categories_of_a_deposit_rule(self):
        rule = self._rule("order.deposit.rule")
        category = self.env["product.category"].create({"name": "Valves"})
        rule.categ_ids = category
        quiet = mute_logger("odoo.sql_db")
        with quiet, self.assertRaises(IntegrityError), self.cr.savepoint():
            category.unlink()
        self.env.invalidate_all()
        self.assertEqual(rule.categ_ids, category)

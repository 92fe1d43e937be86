import ast
from pathlib import Path

from odoo import Command
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import file_path

from ...models.intake.classification import get_order_type
from ..common import OrderCommon

ADDON = Path(file_path("order_process_cn/__manifest__.py")).parent
# the one way to remember, see models/mechanism/memory.py
MEMORY = ADDON / "models/mechanism/memory.py"


@tagged("post_install", "-at_install")
class TestMemory(OrderCommon):
    """[SEC-2] what is remembered depends on nobody's context, rights or company."""

    def _hostile(self, company):
        return {
            "active_test": False,
            "lang": "en_US",
            "tz": "Asia/Shanghai",
            "allowed_company_ids": company.ids,
            "default_active": False,
            "default_company_id": company.id,
            "default_state": "sale",
        }

    def _read_everything(self, env):
        """Return what is remembered about configuration, read by a salesman."""
        company = self.company.id
        routes = env["order.review.route"]
        types = env["order.type"]
        rules = env["order.deposit.rule"]
        limits = env["order.time.limit"]
        return {
            "routes": routes._ids_for("sale.order", company),
            "route": self.route.with_env(env)._compiled(),
            "proposed": types._ids_to_propose(company),
            "type rules": types._compiled_rules(company),
            **{
                name: getattr(types, name)()
                for name in (
                    "_ids_confirming",
                    "_ids_acknowledging",
                    "_ids_reviewed_before_sending",
                    "_ids_requiring_return",
                    "_ids_requiring_technical",
                    "_ids_holding",
                )
            },
            "deposit rules": rules._compiled_rules(company),
            "deposits": rules._is_used(company),
            "tiers": rules._ids_with_tiers(),
            "entry": env["order.entry.rule"]._compiled(),
            "edit rules": env["order.edit.rule"]._compiled(),
            "paths": env["order.entry.rule"]._get_paths(),
            "oral": env["order.channel"]._ids_oral(),
            "bots": env["order.bot"]._ids_for(company),
            "forms": env["order.form"]._ids_by_report(),
            "rosters": env["order.department"]._rosters(company),
            "people": env["res.users"]._names_of_colleagues(),
            "capacities": [
                env["res.users"].browse(user.id)._signing_capacities(1)
                for user in self.signers.values()
            ],
            "groups": [
                env["res.users"].browse(user.id)._get_group_ids()
                for user in (self.clerk, self.gm)
            ],
            "limits": [
                limits._used_models(),
                limits._is_used(company),
                limits._is_worked_with(company),
                limits._compiled_for("sale.order", company),
                limits._cap_fields("sale.order"),
            ],
        }

    def _archive_one_of_each(self):
        """Leave something archived of every kind of configuration."""
        self._make_route(name="Archived", active=False)
        self.env["order.delegation"].create(
            {
                "principal_id": self.gm.id,
                "actor_id": self.signers["quality"].id,
                "date_from": "2020-01-01",
                "date_to": "2100-01-01",
                "active": False,
            }
        )
        for model in (
            "order.type",
            "order.channel",
            "order.entry.rule",
            "order.department",
        ):
            self.env[model].search([])[-1].active = False
        self.env["order.deposit.rule"].create(
            {"name": "Archived", "percent": 30, "active": False}
        )
        self.env["order.bot"].create(
            {
                "name": "Archived",
                "url": "https://oapi.dingtalk.com/robot/send?access_token=1",
                "active": False,
            }
        )

    def test_hostile_context_neither_reads_nor_leaves_anything(self):
        self._archive_one_of_each()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.env.registry.clear_cache()
        expected = self._read_everything(self.env(user=self.salesman))
        self.env.registry.clear_cache()
        hostile = self.env(user=self.salesman, context=self._hostile(other))
        self.assertEqual(self._read_everything(hostile), expected)
        # what was read first under that context is what everybody sees afterwards
        self.assertEqual(self._read_everything(self.env(user=self.clerk)), expected)

    def test_revoked_delegation_signs_nothing(self):
        """[CSN-3] ``active_test`` of a client revives no archived delegation."""
        standin = self._user("standin", "base.group_user")
        delegation = self.env["order.delegation"].create(
            {
                "principal_id": self.supervisor.id,
                "actor_id": standin.id,
                "date_from": "2020-01-01",
                "date_to": "2100-01-01",
            }
        )
        order = self._submit()
        task = order.sudo().review_id.task_ids.filtered(lambda t: t.state == "open")
        delegation.active = False
        self.env.registry.clear_cache()
        with self.assertRaisesRegex(AccessError, "Seat to Sign"):
            call_kw(
                self.env["order.review.task"].with_user(standin).with_context({}),
                "action_sign",
                [task.ids, "agree", self._digest(order)],
                {"context": {"active_test": False}},
            )
        self.assertEqual(task.state, "open")

    def test_archived_route_stays_archived_for_everybody(self):
        """[REV-1] one client's ``active_test`` switches nothing on for the others."""
        order = self._order()
        self.route.active = False
        self.env.registry.clear_cache()
        order.with_user(self.salesman).with_context(active_test=False).read(
            ["needs_review"]
        )
        self.env.invalidate_all()
        self.assertFalse(order.with_user(self.supervisor).needs_review)

    def test_archived_type_keeps_its_rules_to_itself(self):
        """[CLS-4] a rule made for one type grows into no rule for all when the type is
        archived."""
        customer_class = self.env["order.customer.class"].create({"name": "Old"})
        self.env["order.deposit.rule"].search([]).active = False
        self.env["order.deposit.rule"].create(
            [
                {
                    "name": "For the type",
                    "percent": 30,
                    "order_type_ids": [Command.set(self.order_type.ids)],
                },
                {
                    "name": "For the class",
                    "percent": 30,
                    "class_ids": [Command.set(customer_class.ids)],
                },
            ]
        )
        self.order_type.active = customer_class.active = False
        order = self._order()
        self.assertNotEqual(get_order_type(order), self.order_type)
        self.assertFalse(order._get_review_routes()[order])
        found = self.env["order.deposit.rule"]._find_for(order)[order]
        self.assertFalse(found, found.name)

    def test_archived_type_asks_the_same_of_orders_under_way(self):
        """[CFM-1] archiving a type takes nothing from the orders that have it."""
        flags = {
            "requires_return": "_ids_requiring_return",
            "confirms_automatically": "_ids_confirming",
            "sends_acknowledgement": "_ids_acknowledging",
            "reviews_before_sending": "_ids_reviewed_before_sending",
            "requires_technical": "_ids_holding",
        }
        self.order_type.write(dict.fromkeys(flags, True))
        self.order_type.active = False
        for flag, name in flags.items():
            with self.subTest(flag):
                self.assertIn(
                    self.order_type.id, getattr(self.env["order.type"], name)()
                )

    def test_nothing_else_is_remembered(self):
        """House rule: ``ormcache`` is used in one place only, which empties the
        context."""
        users = [
            str(path.relative_to(ADDON))
            for path in ADDON.rglob("*.py")
            if "tests" not in path.parts and path != MEMORY
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if (isinstance(node, ast.Name) and node.id.startswith("ormcache"))
            or (isinstance(node, ast.Attribute) and node.attr.startswith("ormcache"))
            or (isinstance(node, ast.alias) and node.name.startswith("ormcache"))
        ]
        self.assertEqual(users, [])

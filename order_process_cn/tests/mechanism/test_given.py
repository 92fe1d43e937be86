import csv
from pathlib import Path

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged
from odoo.tools import file_path, mute_logger

from ..common import OrderCommon

ACCESS = Path(file_path("order_process_cn/security/ir.model.access.csv"))
KINDS = {
    "float",
    "monetary",
    "integer",
    "date",
    "datetime",
    "char",
    "text",
    "html",
    "many2one",
    "many2many",
}


@tagged("post_install", "-at_install")
class TestGiven(OrderCommon):
    """[SEC-2] [EXP-4] K7, K12: what no person can mean is refused in words, on every
    road and before anything is reckoned with it; nobody names what he does not see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.worker = cls._user("shop_floor", "mrp.group_mrp_user")
        cls.other = cls._user("other_team", "sales_team.group_sale_salesman")
        cls.team = cls.env["crm.team"].create(
            {"name": "North", "user_id": cls.salesman.id, "company_id": cls.company.id}
        )

    def _find_models(self, *rights):
        """Return our models on which somebody has one of these rights."""
        with ACCESS.open(encoding="utf-8") as handle:
            rows = {
                row["model_id:id"]
                for row in csv.DictReader(handle)
                if "1" in {row[right] for right in rights}
            }
        return [
            model
            for model in self.env.values()
            if f"model_{model._name.replace('.', '_')}" in rows
            and model._original_module == "order_process_cn"
        ]

    def test_every_model(self):
        """Whatever a client may create or write of ours looks at what it is given."""
        given = self.env.registry["order.given.mixin"]
        missing = [
            model._name
            for model in self._find_models("perm_write", "perm_create")
            if not isinstance(model, given)
            and any(
                field.type in KINDS and not field.readonly and name not in MAGIC_COLUMNS
                for name, field in model._fields.items()
            )
        ]
        self.assertEqual(missing, [])

    def test_copies(self):
        """A copy of a document takes nothing along that only the engine enters: no
        state, no decision, and nothing for which it would be refused."""
        kept = {}
        for model in self._find_models("perm_create"):
            if isinstance(model, self.env.registry["order.document.mixin"]):
                names = {*model._fields} - model._given
            elif isinstance(model, self.env.registry["order.entry.mixin"]):
                names = {*model._fields}
            else:
                continue
            taken = [
                name
                for name in sorted(names - model._entered)
                if (field := model._fields[name]).copy
                and field.store
                and field.readonly
                and name not in MAGIC_COLUMNS
            ]
            if taken:
                kept[model._name] = taken
        self.maxDiff = None
        self.assertEqual(kept, {})

    def _refused(self, user, model, words, **values):
        with (
            self.subTest(model, **values),
            self.assertRaisesRegex(UserError, words),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self._rpc(user, self.env[model], "create", [values])

    def test_values(self):
        """No number, no day, no text, no record: everything at once, in words."""
        nan, never = float("nan"), "9999-12-31"
        need = {"product_id": self.product.id}
        plan = {"team_id": self.team.id, "kind": "month", "date_from": "2030-06-01"}
        for words, changes in {
            "no number": {"line_ids": [Command.create({**need, "quantity": nan})]},
            "more than": {"line_ids": [Command.create({**need, "quantity": 1e18})]},
            "no record": {"team_id": "abc"},
            "years": {"date_from": "0001-01-01"},
            "years 1900": {"date_from": never, "kind": "day"},
            "no day": {"date_from": "the first"},
            "cannot be kept": {"note": "a\0b"},
        }.items():
            self._refused(
                self.salesman, "order.demand.plan", words, **{**plan, **changes}
            )
        self._refused(self.worker, "order.daily.report", "years", date=never)
        self._refused(self.worker, "order.production.plan", "years", date_to=never)
        for ids in (["abc"], [[1]], [2**40]):
            self._refused(
                self.worker,
                "order.meeting",
                "no record",
                kind="summary",
                order_ids=[Command.set(ids)],
            )
        meeting = {"kind": "process", "process": "Slow", "months_to_next": 10**8}
        self._refused(
            self.worker,
            "order.meeting",
            "(?s)1,200 cannot.*years",
            **meeting,
            date_to=never,
        )
        manager = self.administrator
        self._refused(
            manager,
            "order.project.pattern",
            "36,500",
            type_id=self.order_type.id,
            name="Design",
            days=10**9,
        )
        self._refused(manager, "order.procedure.trial", "no number", number="many")
        self._refused(manager, "order.calendar.year", "99999 lies not", year=99999)
        limit = {"start_event": "created", "stop_event": "approved"}
        self._refused(
            manager, "order.time.limit", "36,500", name="Ever", length=10**8, **limit
        )
        self._refused(
            manager,
            "order.demand.cap",
            "no number",
            scope="total",
            quantity=nan,
        )

    def test_what_is_not_seen(self):
        """Nobody hangs what he enters on an order that he does not see, or gives it to
        a company in which he does not work: not when he makes it, nor later."""
        order = self._order()
        said = {"kind": "summary", "order_ids": [Command.set(order.ids)]}
        for values in (said, {**said, "order_ids": [Command.link(order.id)]}):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._rpc(self.other, self.env["order.meeting"], "create", [values])
        meetings = self.env["order.meeting"].with_user(self.other)
        own = meetings.create({"kind": "summary"})
        for values in (
            {"order_ids": [Command.link(order.id)]},
            {"company_id": self.elsewhere.id},
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._rpc(self.other, own, "write", values)
        procedure = self.env["order.procedure"].search([], limit=1).id
        for model, user, values in (
            ("order.import.wizard", self.salesman, {}),
            ("order.procedure.file", self.administrator, {}),
            ("order.procedure.trial", self.administrator, {}),
            # else samples of the other company could be removed from here
            (
                "order.procedure.switch",
                self.administrator,
                {"procedure_id": procedure, "mode": "on"},
            ),
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                given = {**values, "company_id": self.elsewhere.id}
                self._rpc(user, self.env[model], "create", [given])
        # nor what one only looks at, on a form that nobody saves
        shown = meetings.new({"order_ids": [Command.link(order.id)]})
        self.assertFalse(shown.order_figures)
        self.assertNotIn(order.name, shown.display_name)

    def test_participants_stay(self):
        """[MFG-10] nobody is put into the minutes of another meeting."""
        meetings = self.env["order.meeting"]
        mine, foreign = (
            meetings.with_user(user).create(
                {
                    "kind": "summary",
                    "participant_ids": [Command.create({"user_id": self.gm.id})],
                }
            )
            for user in (self.other, self.salesman)
        )
        foreign.sudo().state = "held"
        with self.assertRaises(AccessError):
            self._rpc(
                self.other,
                mine.participant_ids,
                "write",
                {"meeting_id": foreign.id, "user_id": self.other.id},
            )
        with self.assertRaises(UserError):
            mine.responsible_ids = self.gm

    def test_colleagues(self):
        """K8, K12: whoever is named for something is a colleague, is there, and works
        in the company; who has left is in nobody's way."""
        guest = self._user("guest", "base.group_portal")
        foreign = self._user("far_away", "base.group_user")
        foreign.write(
            {
                "company_id": self.elsewhere.id,
                "company_ids": [Command.set(self.elsewhere.ids)],
            }
        )
        left = self._user("has_left", "base.group_user")
        own = self.env["order.meeting"].with_user(self.other)
        own = own.create({"kind": "failure", "chair_id": self.other.id})
        own.responsible_ids = left
        left.active = False
        for user, words in (
            (guest, "no colleague"),
            (left, "no colleague"),
            (foreign, "does not work in"),
        ):
            for values in (
                {"chair_id": user.id},
                {"participant_ids": [Command.create({"user_id": user.id})]},
                {"responsible_ids": [Command.link(user.id)]},
            ):
                with (
                    self.subTest(user.login, **values),
                    self.assertRaisesRegex(UserError, words),
                    self.cr.savepoint(),
                ):
                    self._rpc(self.other, own, "write", values)
        self._rpc(
            self.other, own, "write", {"responsible_ids": [Command.link(self.gm.id)]}
        )
        self.assertIn(self.gm, own.responsible_ids)

    def test_what_is_not_there(self):
        """Acts that are given the number of an order say so when there is none."""
        for model, act in (
            ("order.project.plan", "action_draw_up"),
            ("order.change.request", "action_open"),
            ("order.service.case", "action_open"),
        ):
            for number in (False, 2**31 - 1):
                with (
                    self.subTest(model, number=number),
                    self.assertRaisesRegex(UserError, "not there"),
                ):
                    self._rpc(self.salesman, self.env[model], act, number)

    def test_conditions(self):
        """[REV-4] [ACC-1] K7: a condition that compares a number with a word is refused
        where it is written, not for everybody whose document is asked."""
        condition = "[('amount_total', '>', 'many')]"
        rule = {"res_model": "sale.order", "event_code": "created", "basis": "6.2"}
        for model, values in (
            ("order.review.route", {}),
            ("order.time.limit", {"start_event": "created", "stop_event": "approved"}),
            ("order.archive.item", {}),
            ("order.ledger.rule", rule),
            ("order.type.rule", {"type_id": self.order_type.id}),
        ):
            self._refused(
                self.administrator,
                model,
                "cannot be compared with 'many'",
                name="Large ones",
                domain=condition,
                **values,
            )

    def test_rights_of_departments(self):
        """[SEC-2] K12: whoever administers the process gives no department the rights
        by which somebody gives himself all others."""
        for group in ("base.group_system", "base.group_erp_manager"):
            self._refused(
                self.administrator,
                "order.department.right",
                "administers Odoo",
                department_id=self.departments["sales"].id,
                group_id=self.env.ref(group).id,
            )

import base64
import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged

from ...models.procedure_files.comparing import Comparison
from ...models.procedure_files.contents import KINDS, MOST_BYTES, SCHEMA
from ...models.procedure_files.export import write_file
from ...models.procedure_files.reading import read_file
from ..common import OrderCommon

# what the file leaves out, and why
LEFT_OUT = {
    # whether something is in force is switched on the card
    "active",
    "in_force_since",
    # said as "company"
    "company_id",
    # said on the routes
    "route_ids",
    # said on the types, which the card sets
    "type_ids",
    # what it is tried on
    "preview_res_id",
    # the list that is made of the persons
    "signer_list_id",
    # comes with the form
    "report_id",
    # a right: no file gives one
    "reissue_group_ids",
    # since when it is asked, see the switch
    "step_owners_since",
    "drawings_since",
    "was_staged",
}


def _find_places(value, path=()):
    """Yield the way to everything in a value, itself last."""
    parts = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        parts = enumerate(value[:1])  # the others are alike
    for key, part in parts:
        yield from _find_places(part, (*path, key))
    if path:
        yield path


def _put(value, path, new):
    """Return a copy of ``value`` with something else in one place."""
    if not path:
        return new
    key, *rest = path
    copy = dict(value) if isinstance(value, dict) else [*value]
    copy[key] = _put(value[key], rest, new)
    return copy


@tagged("post_install", "-at_install")
class TestProcedureFiles(OrderCommon):
    """[PRC-4] a configured procedure goes into a file, and elsewhere out of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.administrator
        cls.procedures = cls.env["order.procedure"].with_user(cls.manager).search([])

    def _procedure(self, code):
        return self.procedures.filtered(lambda p: p.code == code)

    def _page(self, content, user=None):
        text = content if isinstance(content, str) else json.dumps(content)
        pages = self.env["order.procedure.file"].with_user(user or self.manager)
        return pages.create({"content": base64.b64encode(text.encode())})

    def _compare(self, content):
        page = self._page(content)
        self._rpc(self.manager, page, "action_compare")
        return page

    def _import(self, content):
        page = self._compare(content)
        self.assertFalse(page.problems)
        self._rpc(self.manager, page, "action_import")
        return page

    def _line_states(self, page):
        return set(page.line_ids.mapped("state"))

    # -- the table ---------------------------------------------------------------------

    def test_every_field_is_in_the_file(self):
        """What is configured of a procedure is in the file or left out for a reason: a
        new field is asked for here. What the card sets is left to the card."""
        parts = self.env["order.procedure.part"].search([("role", "=", "set")])
        switches = set(parts.mapped("field_name"))
        self.assertFalse(switches & {*KINDS["order.type"].fields})
        waiting = [(self.env[model], kind) for model, kind in KINDS.items()]
        while waiting:
            model, kind = waiting.pop()
            with self.subTest(model._name):
                back = {
                    field.inverse_name
                    for owner in self.env.values()
                    for field in owner._fields.values()
                    if field.type == "one2many" and field.comodel_name == model._name
                }
                stored = {
                    name
                    for name, field in model._fields.items()
                    if field.store and name not in MAGIC_COLUMNS and not field.related
                }
                told = {*kind.fields, *kind.lines}
                left = stored - told - LEFT_OUT - back - switches
                self.assertEqual(left, set())
                self.assertLessEqual(told, set(model._fields))
            waiting += [
                (self.env[model._fields[name].comodel_name], lines)
                for name, lines in kind.lines.items()
            ]

    # -- there and back ----------------------------------------------------------------

    def test_every_procedure_there_and_back(self):
        """Of P00 to P33: the same file twice, no difference to itself; what was changed
        meanwhile is shown old and new and comes back, after which nothing differs."""
        files = {p: write_file(p) for p in self.procedures}
        for procedure, text in files.items():
            with self.subTest(procedure.code), self.env.cr.savepoint() as savepoint:
                self.assertEqual(text, write_file(procedure))
                self.assertLessEqual(self._line_states(self._compare(text)), {"same"})
                self._spoil(procedure)
                page = self._compare(text)
                if not procedure.part_ids:
                    continue
                self.assertIn("changed", self._line_states(page))
                self.assertEqual(
                    page.line_ids.filtered("old_value")[:1].state, "changed"
                )
                self.env.invalidate_all()
                spoiled = write_file(procedure)
                self.assertNotEqual(text, spoiled)
                page = self._import(text)
                self.assertEqual(page.state, "done")
                self.assertEqual(write_file(procedure), text)
                self.assertEqual(self._line_states(self._compare(text)), {"same"})
                savepoint.close(rollback=True)

    def _spoil(self, procedure):
        """Change something of each record of a procedure."""
        for model in KINDS:
            for number, record in enumerate(procedure._get_configuration(model)):
                record.name = f"Spoiled {number} {record.name}"
                if "sequence" in record._fields:
                    record.sequence += 7
                if model == "order.review.route" and not (
                    self.env["order.time.limit"].search_count(
                        [("stage_id.route_id", "=", record.id)]
                    )
                ):
                    record.stage_ids[0].seat_ids[:1].amount_from = 77
                    record.stage_ids[-1].mode = "any"
                    record.stage_ids[-1].copy({"name": "One too many"})

    def test_elsewhere(self):
        """A route of one's own with a type, questions and people of one's own is made
        where none of it is, switched off; imported twice it is there once."""
        procedure = self._procedure("P00")
        route = procedure._get_configuration("order.review.route")
        kind = self.env["order.type"].create({"name": "Kitchens"})
        question = self.env["order.review.question"].create({"name": "Is it level?"})
        route.write(
            {
                "order_type_ids": [Command.link(kind.id)],
                "stage_ids": [
                    Command.create(
                        {
                            "name": "Fitters",
                            "sequence": 90,
                            "return_to": "stage",
                            "return_stage_id": route.stage_ids[0].id,
                            "question_ids": [Command.set(question.ids)],
                            "seat_ids": [
                                Command.create(
                                    {
                                        "source": "users",
                                        "user_ids": [Command.set(self.gm.ids)],
                                    }
                                ),
                                Command.create(
                                    {
                                        "source": "group",
                                        "group_id": self.env.ref(
                                            "order_process_cn.order_group_release"
                                        ).id,
                                    }
                                ),
                                Command.create(
                                    {
                                        "source": "field",
                                        "user_field_id": self.env["ir.model.fields"]
                                        ._get("sale.order", "user_id")
                                        .id,
                                    }
                                ),
                            ],
                        }
                    )
                ],
            }
        )
        text = write_file(procedure)
        self.assertNotIn('"id"', text)
        route.unlink()
        kind.unlink()
        question.unlink()
        page = self._compare(text)
        self.assertEqual(self._line_states(page), {"new", "same"})
        self.assertIn("Kitchens", "".join(page.line_ids.mapped("record_name")))
        self._rpc(self.manager, page, "action_import")
        made = procedure._get_configuration("order.review.route")
        self.assertFalse(made.active)
        stage = made.stage_ids[-1]
        self.assertEqual(stage.question_ids.name, "Is it level?")
        self.assertEqual(stage.return_stage_id, made.stage_ids[0])
        self.assertEqual(stage.seat_ids.user_ids, self.gm)
        self.assertIn("Kitchens", made.order_type_ids.mapped("name"))
        self.assertEqual(self._line_states(self._import(text)), {"same"})
        names = self.env["order.type"].search_count([("name", "=", "Kitchens")])
        self.assertEqual(names, 1)
        # whatever was done since it was shown is looked at first
        page = self._compare(text)
        made.note = "Another"
        with self.assertRaisesRegex(UserError, "have changed since"):
            page.action_import()

    def test_what_is_not_here_is_listed(self):
        """All departments, groups, people and categories that are not here are named at
        once, and nothing is imported."""
        procedure = self._procedure("P10")
        content = json.loads(write_file(procedure))
        route = next(
            entry
            for entry in content["records"]
            if entry["kind"] == "order.review.route"
            and entry["values"]["res_model"] == "sale.order"
        )
        stage = route["lines"]["stage_ids"][0]
        stage["lines"]["seat_ids"] += [
            _seat(source="users", user_ids=[{"name": "Nobody", "login": "nobody"}]),
            _seat(source="department", department_id={"name": {"en_US": "Moon"}}),
            _seat(source="group", group_id={"full_name": "Wizards", "name": {}}),
            _seat(source="field", user_field_id={"field": "partner_id"}),
        ]
        rule = next(
            entry
            for entry in content["records"]
            if entry["kind"] == "order.deposit.rule"
        )
        rule["values"]["categ_ids"] = [{"complete_name": "All / Cheese"}]
        rule["values"]["percent"] = 31.0
        page = self._compare(content)
        for name in ("Nobody", "Moon", "Wizards", "partner_id", "All / Cheese"):
            self.assertIn(f"“{name}”", page.problems)
        self.assertIn("5 obstacles", page.summary)
        with self.assertRaisesRegex(UserError, "Nobody"):
            page.action_import()
        own = procedure._get_configuration("order.deposit.rule")
        self.assertNotEqual(own[:1].percent, 31.0)

    # -- hostile files -----------------------------------------------------------------

    def test_hostile_files(self):
        """A file names nothing but what the table has: no other kind, field, value or
        size; what it says in conditions is asked of whoever imports."""
        good = json.loads(write_file(self._procedure("P00")))
        entry = good["records"][-1]
        kinds = {record["kind"] for record in good["records"]}
        self.assertIn("order.review.route", kinds)
        route = next(r for r in good["records"] if r["kind"] == "order.review.route")
        values = route["values"]

        def changed(**changes):
            return {**good, "records": [{**route, **changes}]}

        def with_value(**changes):
            return changed(values={**values, **changes})

        user = {"kind": "res.users", "values": {"group_ids": [{"name": "Settings"}]}}
        cases = {
            "not JSON": ("MZ\0", "no file of a procedure"),
            "deep": ("[" * 200_000, "no file of a procedure"),
            "huge": ("x" * (MOST_BYTES + 1), "larger than"),
            "list": ([], "schema"),
            "schema": ({**good, "schema": "res.users"}, SCHEMA),
            "version": ({**good, "version": 2}, "of version 2"),
            "header": ({**good, "eval": "1"}, "Unknown: eval"),
            "number": (json.dumps(good).replace("200", "NaN"), "NaN"),
            "twice": ('{"schema": 1, "schema": 2}', "twice"),
            "many": ({**good, "records": [entry] * 501}, "more than 500"),
            "procedure": ({**good, "procedure": "P99"}, "no procedure P99"),
            "model": ({**good, "records": [user]}, "cannot be part"),
            "kind": ({**good, "records": [{"kind": ["order.type"]}]}, "cannot be part"),
            "group": (changed(group_ids=[4]), "unknown: group_ids"),
            "field": (with_value(create_uid=1), "unknown: create_uid"),
            "active": (with_value(active=True), "unknown: active"),
            "lines": (changed(lines={"message_ids": []}), "unknown: message_ids"),
            "missing": (changed(values={}), "missing: domain"),
            "choice": (with_value(submitter_policy="root"), "submitter_policy"),
            "document": (with_value(res_model="res.users"), "res_model"),
            "integer": (with_value(sequence=2**40), "sequence"),
            "bool": (with_value(sequence=True), "sequence"),
            "float": (with_value(sequence=1.5), "sequence"),
            "text": (with_value(name="plain"), "name"),
            "empty": (with_value(name={"en_US": " "}), "name"),
            "ids": (with_value(order_type_ids=[1, 2]), "order_type_ids"),
            "command": (with_value(order_type_ids=[[6, 0, [1]]]), "order_type_ids"),
            "code": (with_value(domain="__import__('os')"), "cannot be read"),
            "condition": (with_value(domain="[('nothing', '=', 1)]"), "cannot be read"),
            "by number": (
                with_value(domain="[('partner_id', '=', 7)]"),
                "by their number",
            ),
            "any": (
                with_value(
                    domain="[('order_line', 'any', [('product_id', 'in', [7])])]"
                ),
                "by their number",
            ),
            "secret": (
                with_value(domain="[('partner_id.signup_type', '=like', 'a%')]"),
                "not allowed|do not have|cannot be read",
            ),
        }
        before = write_file(self._procedure("P00"))
        for name, (content, words) in cases.items():
            with self.subTest(name), self.assertRaisesRegex(UserError, words):
                self._compare(content)
        self.assertEqual(write_file(self._procedure("P00")), before)

    def test_anything_anywhere(self):
        """[PRC-4] whatever stands at whichever place of a file: it is refused in words,
        or compared; nothing of it is an error of the program."""
        junk = (None, True, -1, 2**70, 1.5, "", "\ud800", "\0", [], [[]], [{}], {})
        content = {"schema": SCHEMA, "version": 1, "procedure": "P00", "records": []}
        entries = {}
        for code in ("P00", "P10", "P13"):
            file = json.loads(write_file(self._procedure(code)))
            entries |= {entry["kind"]: entry for entry in file["records"]}
        self.assertIn("order.review.route", entries)
        env, accepted = self.env(user=self.manager), []
        for kind, entry in entries.items():
            for path in _find_places(entry):
                for value in junk:
                    changed = _put(entry, path, value)
                    text = json.dumps({**content, "records": [changed]})
                    try:
                        read_file(env, text.encode())
                    except UserError:
                        continue
                    with self.subTest(kind, path=path, value=value):
                        accepted.append(changed)
        self.assertTrue(accepted)
        for name in content:
            for value in junk:
                text = json.dumps({**content, name: value})
                with self.subTest(name, value=value):
                    try:
                        read_file(env, text.encode())
                    except UserError:
                        continue
        comparison = Comparison(env, self.company, {**content, "records": accepted})
        self.assertTrue(comparison.compare().rows)

    def test_who_may(self):
        """Only the administrator of the process; a page is its owner's."""
        procedure = self._procedure("P00")
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, procedure, "action_export")
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, procedure.browse(), "action_import")
        page = self._compare(write_file(procedure))
        with self.assertRaises(AccessError):
            page.with_user(self.salesman).action_import()
        with self.assertRaises(AccessError):
            page.with_user(self.salesman).with_context(default_state="compared").create(
                {}
            )
        action = procedure.action_export()
        made = self.env["order.procedure.file"].browse(action["res_id"])
        self.assertEqual(made.file_name, "P00.json")
        text = base64.b64decode(made.content).decode()
        self.assertEqual(json.loads(text)["schema"], SCHEMA)


def _seat(**values):
    empty = dict.fromkeys(("department_id", "group_id", "user_field_id"))
    return {
        "values": {
            "sequence": 10,
            "user_ids": [],
            "domain": "[]",
            "amount_from": 0.0,
            **empty,
            **values,
        }
    }

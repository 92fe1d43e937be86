import base64
import json

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.spreadsheet.utils.validate_data import (
    fields_in_spreadsheet,
    menus_xml_ids_in_spreadsheet,
)

from ..common import DEPARTMENTS
from .common import MONDAY, LimitCommon


@tagged("post_install", "-at_install")
class TestLimitScreens(LimitCommon):
    """[SLA-1] [SLA-2] [SLA-3] what people see, what they may, and what it costs."""

    # -- the light ---------------------------------------------------------------------

    def _light(self, record, text, user=None):
        with self._clock(text):
            record.invalidate_recordset(["limit_light"])
            return record.with_user(user or self.salesman).limit_light

    def test_traffic_light(self):
        """[SLA-2] a colour, and the same in words, on the reader's clock."""
        self._limit(remind_length=1)
        with self._clock(f"{MONDAY} 08:00"):
            order = self._order()
        light = self._light(order, f"{MONDAY} 09:50")
        self.assertEqual(light["state"], "running")
        self.assertEqual(light["text"], "2 h 10 min of working time left (today 12:00)")
        self.assertEqual(light["short"], "2 h 10 min (today 12:00)")
        self.assertEqual(light["brief"], "2 h 10 min")
        self.assertEqual(self._light(order, f"{MONDAY} 11:30")["state"], "soon")
        light = self._light(order, "2026-05-19 12:00")
        self.assertEqual(
            (light["state"], light["text"]), ("late", "late since 05-18 12:00")
        )
        self._submit(order)
        self.assertFalse(self._light(order, "2026-05-19 12:00"))

    def test_what_falls_due_first(self):
        """[SLA-2] the order shows its own limits and those of its seats, first things
        first, and how many more there are."""
        self._limit("submitted", "approved", 8)
        self._seat_limit(length=2)
        with self._clock(f"{MONDAY} 08:00"):
            order = self._submit()
        light = self._light(order, f"{MONDAY} 09:00")
        self.assertEqual((light["limit"], light["more"]), ("opened to decided", 1))
        seat = self._seat(order, "Sales")
        light = self._light(seat, f"{MONDAY} 09:00", self.supervisor)
        self.assertEqual(light["more"], 0)

    def test_elapsed_and_tomorrow(self):
        """[SLA-2] hours of the clock are called so."""
        self._limit(length=24, unit="elapsed_hours")
        with self._clock(f"{MONDAY} 10:00"):
            order = self._order()
        light = self._light(order, f"{MONDAY} 16:00")
        self.assertEqual(light["text"], "18 h left (tomorrow 10:00)")

    def test_my_signatures(self):
        """[SLA-2] sorted by what falls due first; the rest by age."""
        self._seat_limit(order_type_ids=[Command.set(self.order_type.ids)])
        with self._clock(f"{MONDAY} 10:00"):
            late = self._submit()
        with self._clock(f"{MONDAY} 08:00"):
            early = self._submit()
        tasks = self.env["order.review.task"].with_user(self.supervisor)
        view = self.env.ref("order_process_cn.order_review_task_view_list_limits")
        self.assertIn("due_at, opened_at, id", view.arch)
        mine = tasks.search([("is_mine", "=", True)], order="due_at, opened_at, id")
        self.assertEqual(mine.review_id.mapped("res_id"), [early.id, late.id])
        self.assertEqual(
            tasks.search_count([("due_at", "<", self._at(f"{MONDAY} 14:30"))]), 1
        )

    # -- cost --------------------------------------------------------------------------

    def test_costs_nothing_without_limits(self):
        """[SLA-1] no limit switched on: events, lights and calendars ask nothing."""
        orders = self._order() + self._order()
        self._submit(orders[0])
        tasks = orders.sudo().review_id.task_ids
        productions = self.env["mrp.production"].create(
            {"product_id": self.product.id, "product_qty": 1}
        )
        self.env.flush_all()
        orders._emit("approved")
        orders.mapped("limit_light")
        self.assertTrue(productions._may_be_in_process())
        # the history: its insert, the state as it was stored, who is left before commit
        with self.assertQueryCount(3):
            orders._emit("approved")
            productions._watch_state_for_limits()
        with self.assertQueryCount(0):
            orders._refresh_limit_responsible()
            tasks._emit("opened")
            self.env["res.company"]._note_working_time(self.calendar, self.company)
        orders.invalidate_recordset(["limit_light"])
        orders.mapped("company_id")
        with self.assertQueryCount(0):
            orders.mapped("limit_light")

    def test_one_query_for_a_list(self):
        """[SLA-2] the column of a list costs one query, however long."""
        self._limit()
        orders = self.env["sale.order"].union(*(self._order() for _n in range(12)))
        orders.mapped("limit_light")
        for batch in (orders[:2], orders):
            batch.invalidate_recordset(["limit_light"])
            self.runs.invalidate_model()
            batch.mapped("company_id")
            with self.assertQueryCount(1):
                batch.mapped("limit_light")

    def test_few_queries_for_many(self):
        """[SLA-1] an event of many records costs as much as that of a few."""
        self._limit("approved", "confirmed")
        self._limit("approved", "effective")
        orders = self.env["sale.order"].union(*(self._order() for _n in range(22)))

        def cost(records, code):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            records._emit(code)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(orders[:1], "approved")
        few, many = orders[1:3], orders[3:]
        self.assertEqual(cost(few, "approved"), cost(many, "approved"))
        self.assertLessEqual(cost(few, "confirmed"), 3)
        self.assertEqual(cost(few, "effective"), cost(many, "effective"))

    # -- rights ------------------------------------------------------------------------

    def test_nobody_writes(self):
        """[SLA-1] what ran is written by the engine only."""
        self._limit()
        order = self._order()
        run = self._run(order)
        for user in (
            self.salesman,
            self.administrator,
            self.env.ref("base.user_admin"),
        ):
            for method, args in (
                ("write", [{"due_at": "2030-01-01 00:00:00"}]),
                ("write", [{"state": "met"}]),
                ("unlink", []),
            ):
                with self.assertRaises(AccessError):
                    self._rpc(user, run, method, *args)
            with self.assertRaises(AccessError):
                self._rpc(user, self.runs, "create", [{"rule_id": run.rule_id.id}])
        with self.assertRaises(UserError):
            run.unlink()
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, run.rule_id, "write", {"length": 100})
        self.assertEqual(run.state, "running")

    def test_who_sees_what(self):
        """[SLA-3] one's own, those of one's department as its head, auditors all."""
        self.departments["sales"].member_ids += self.salesman
        self._limit()
        run = self._run(self._order())
        colleague = self._user("colleague", "sales_team.group_sale_salesman")
        for user, sees in (
            (self.salesman, True),
            (self.supervisor, True),
            (self.administrator, True),
            (colleague, False),
            (self.signers["quality"], False),
        ):
            found = self.runs.with_user(user).search([("id", "=", run.id)])
            self.assertEqual(bool(found), sees, user.login)

    def test_emitting_needs_no_rights(self):
        """[SLA-1] whoever decides: the clock is kept."""
        self._seat_limit()
        self._limit("submitted", "approved")
        order = self._approve()
        self.assertEqual(self._run(order).state, "met")
        self.assertEqual(self._run(self._seat(order, "Quality")).state, "met")

    # -- settings ----------------------------------------------------------------------

    def test_shipped_defaults(self):
        """[SLA-1] the numbers of the documents, switched off until wanted."""
        expected = {
            "p08_check": (4, "working_hours"),
            "p08_sign_back": (4, "working_hours"),
            "p08_internal": (4, "working_hours"),
            "p08_plan": (24, "elapsed_hours"),
            "p16_initial": (1, "working_days"),
            "p16_supplement": (2, "working_days"),
            "p16_scheduling": (1, "working_days"),
            "p16_plan": (2, "working_days"),
        }
        for name, (length, unit) in expected.items():
            limit = self.env.ref(f"order_process_cn.order_time_limit_{name}")
            self.assertFalse(limit.active)
            self.assertEqual((limit.length, limit.unit), (length, unit), name)
            limit.active = True
        order = self._approve()
        self.assertEqual(len(self.runs.search([("res_id", "=", order.id)])), 4)

    def test_one_label_for_an_event(self):
        """[SLA-1] the rules of all documents share one list of events: what is called
        by the same code is called by the same name."""
        labels = dict(self.limits._selection_event())
        for model, _name in self.limits._selection_res_model():
            for code, label in self.env[model]._get_limit_events().items():
                self.assertEqual(labels[code], label, f"{model}: {code}")

    def test_how_long_in_words(self):
        """[SLA-1] the list says how long, in words."""
        same_day = self._limit(length=0, unit="working_days")
        self.assertEqual(same_day.span, "The same day")
        self.assertEqual(self._limit(length=4).span, "4 Working hours")
        one = self._limit(length=1, unit="working_days")
        self.assertEqual(one.span, "1 working day")

    def test_mistakes_are_told(self):
        """[SLA-1] events of the document, ends of a pause, somebody who answers."""
        for values, words in (
            ({"stop_event": "created"}, "same event"),
            ({"stop_event": "started"}, "its document does not have"),
            ({"pause_event": "confirmation_sent"}, "when it goes on"),
            ({"responsible": "department"}, "who answers"),
            ({"domain": "[('nothing', '=', 1)]"}, "cannot be read"),
        ):
            with self.assertRaisesRegex(ValidationError, words), self.cr.savepoint():
                self._limit(**values)

    def test_forms_open(self):
        """[SLA-2] every form with a light opens, with and without limits."""
        with Form(self.limits.with_user(self.administrator)) as form:
            form.name = "Countersign"
            form.res_model = "order.review.task"
            self.assertEqual(form.event_codes, ["opened", "decided", "waiting"])
            form.start_event, form.stop_event = "opened", "decided"
            form.responsible = "addressee"
        order = self._submit()
        self._limit()
        for record in (order, self._order()):
            Form(record.with_user(self.salesman))
        Form(self._run(self._seat(order, "Sales")).with_user(self.supervisor))
        Form(self.env["mrp.production"])

    def test_on_time_rates(self):
        """[SLA-3] per department, person, step and type; the average of a pivot is the
        rate."""
        self._seat_limit()
        with self._clock(f"{MONDAY} 08:00"):
            orders = self._submit(), self._submit()
        with self._clock(f"{MONDAY} 09:00"):
            self._sign(orders[0], "sales")
        with self._clock("2026-05-19 09:00"):
            self._sign(orders[1], "sales")
            self._sign(orders[0], *DEPARTMENTS)
        rates = self.runs.with_user(self.administrator)._read_group(
            [("state", "in", ["met", "late"])],
            ["department_id"],
            ["on_time_rate:avg", "met_count:sum", "late_count:sum", "__count"],
        )
        found = {department: numbers for department, *numbers in rates}
        self.assertEqual(found[self.departments["sales"]], [0.5, 1, 1, 2])
        self.assertEqual(found[self.departments["quality"]], [0.0, 0, 1, 1])
        for name in ("user_id", "rule_id", "order_type_id"):
            self.assertTrue(self.runs._read_group([], [name], ["on_time_rate:avg"]))

    def test_dashboard(self):
        """[SLA-3] the spreadsheet dashboard opens, and names what exists."""
        dashboard = self.env.ref("order_process_cn.spreadsheet_dashboard_on_time")
        auditor = self._user("auditor", "order_process_cn.order_group_auditor")
        dashboard.with_user(auditor).check_access("read")
        with self.assertRaises(AccessError):
            dashboard.with_user(self.salesman).check_access("read")
        content = json.loads(
            dashboard.with_user(auditor)._get_serialized_readonly_dashboard()
        )["snapshot"]
        self.assertEqual(
            content["pivots"],
            json.loads(base64.b64decode(dashboard.spreadsheet_binary_data))["pivots"],
        )
        for model, names in fields_in_spreadsheet(content).items():
            for name in names:
                self.assertIn(name, self.env[model]._fields)
        for pivot in content["pivots"].values():
            groups = [row["fieldName"] for row in pivot["rows"]]
            measures = [measure["id"] for measure in pivot["measures"]]
            runs = self.runs.with_user(auditor)
            runs.formatted_read_group(pivot["domain"], groups, measures)
        for menu in menus_xml_ids_in_spreadsheet(content):
            self.assertTrue(self.env.ref(menu))

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .workshop_common import WorkshopCommon


@tagged("post_install", "-at_install")
class TestWorkReports(WorkshopCommon):
    """[MFG-6] per operation and operator good, scrap and rework; not more than came
    in; a mistake is taken back by a counter entry."""

    def test_parts_go_from_operation_to_operation(self):
        """4 of 4, of which one is spoiled in painting: 3 are left for the test."""
        first, second, third = self._made()
        self._report(first, 3, operator_id=self.operator.id)
        production = first.production_id
        self.assertEqual(
            (first.qty_produced, first.state, production.state),
            (3, "progress", "progress"),
        )
        self.assertEqual(production.qty_producing, 0, "nothing is through yet")
        self._report(first, 1)
        self.assertEqual((first.qty_produced, first.state), (4, "done"))
        self._report(second, 3, quantity_scrap_process=1)
        self.assertEqual((second.qty_produced, second.state), (3, "done"))
        self.assertEqual((second.reported_good, second.reported_scrap), (3, 1))
        self._report(third, 2)
        self.assertEqual((third.state, production.qty_producing), ("progress", 2))
        self._report(third, 1)
        self.assertEqual((third.state, production.qty_producing), ("done", 3))
        # the components of what is through are booked by core, as ever
        self.assertEqual(production.move_raw_ids.quantity, 6)
        self.assertEqual(
            production.work_report_ids.sorted("id").mapped(
                lambda r: (r._name_operator(), r.quantity_good)
            )[:2],
            [("Old Chen", 3), (self.hand.name, 1)],
        )
        self.assertFalse(self.hand.has_group("account.group_account_readonly"))

    def test_what_is_refused(self):
        """All in words, with the numbers; nothing is written."""
        first, second, third = self._made()
        self._report(first, 2)
        draft = self._production(confirm=False).workorder_ids
        now = fields.Datetime.now().replace(microsecond=0)
        hour = timedelta(hours=1)
        cases = (
            ("more than came in", second, 3, {}, "only 2.* are left"),
            ("nothing came in", third, 1, {}, "nothing is left"),
            (
                "scrap counts as well",
                second,
                2,
                {"quantity_scrap_process": 1},
                "3.* reported, but only 2",
            ),
            (
                "rework as well",
                second,
                2,
                {"quantity_rework": 1, "remark": "x"},
                "only",
            ),
            ("nothing", first, 0, {}, "Say how many"),
            ("negative", first, -1, {}, "not negative"),
            (
                "without a reason",
                first,
                0,
                {"quantity_scrap_material": 1, "scrap_reason_ids": []},
                "Say why",
            ),
            ("half a time", first, 1, {"started_on": now - hour}, "or neither"),
            (
                "backwards",
                first,
                1,
                {"started_on": now - hour, "finished_on": now - 2 * hour},
                "after it began",
            ),
            (
                "in the future",
                first,
                1,
                {"started_on": now, "finished_on": now + hour},
                "future",
            ),
            ("not confirmed", draft[:1], 1, {}, "not confirmed yet"),
        )
        count = self.env["order.work.report"].search_count([])
        for name, workorder, good, values, words in cases:
            with self.subTest(name), self.assertRaisesRegex(UserError, words):
                with self.cr.savepoint():
                    self._report(workorder, good, **values)
        self.assertEqual(self.env["order.work.report"].search_count([]), count)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._report(first, 1, user=self.storeman)

    def test_surplus_is_a_setting(self):
        first, *_others = self._made()
        self.company.order_report_over_percent = 25
        self._report(first, 5)
        self.assertEqual(first.qty_produced, 5)

    def test_rework_stays_here(self):
        first, second, _third = self._made()
        self._report(first, 3, quantity_rework=1, remark="Burr")
        self.assertEqual(first.state, "progress")
        self._report(first, 1)
        self.assertEqual((first.state, first.reported_rework), ("done", 1))
        self.assertEqual(second._get_room().left, 4)

    def test_time_is_booked(self):
        """The time of a report is core's time; no timer of whoever types runs."""
        first, *_others = self._made()
        ended = fields.Datetime.now().replace(microsecond=0)
        begun = ended - timedelta(minutes=30)
        report = self._report(first, 1, started_on=begun, finished_on=ended)
        self.assertEqual(first.time_ids, report.time_id)
        self.assertEqual(first.duration, 30)
        self._take_back(report)
        self.assertFalse(first.time_ids)

    def test_taking_back(self):
        first, second, third = self._made()
        mine = self._report(first, 4)
        other = self._report(second, 4, user=self.head)
        last = self._report(third, 4)
        self.assertEqual(third.state, "done")
        refused = (
            ("used by what follows", mine, self.hand, UserError, "after Assemble"),
            ("another's", other, self.hand, AccessError, "Only"),
        )
        for name, report, user, kind, words in refused:
            with self.subTest(name), self.assertRaisesRegex(kind, words):
                with self.cr.savepoint():
                    self._take_back(report, user)
        with self.assertRaisesRegex(UserError, "Say why"), self.cr.savepoint():
            self._take_back(last, note=" ")
        self._take_back(last)
        production = third.production_id
        self.assertEqual(
            (third.qty_produced, third.state, production.qty_producing),
            (0, "progress", 0),
        )
        self.assertEqual(last.cancelled_by_ids.quantity_good, -4)
        with self.assertRaisesRegex(UserError, "already"), self.cr.savepoint():
            self._take_back(last)
        # reported right, and the order is closed with what was reported
        self._report(third, 3)
        self.assertEqual(production.qty_producing, 3)
        self._rpc(
            self.hand,
            production,
            "button_mark_done",
            context={"skip_backorder": True, "mo_ids_to_backorder": production.ids},
        )
        self.assertEqual((production.state, production.qty_produced), ("done", 3))
        with self.assertRaisesRegex(UserError, "is closed"), self.cr.savepoint():
            self._take_back(self.env["order.work.report"].search([], limit=1))

    def test_nothing_is_altered(self):
        """Append-only for everybody, and made by nobody but the act."""
        report = self._report(self._made()[0], 1)
        for user in (self.hand, self.head):
            own = report.with_user(user)
            for act in (
                lambda own=own: own.write({"quantity_good": 2}),
                lambda own=own: own.unlink(),
                lambda own=own: own.copy(),
                lambda own=own: own.create({"workorder_id": own.workorder_id.id}),
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    act()
        with self.assertRaisesRegex(UserError, "take it back"), self.cr.savepoint():
            report.sudo().write({"quantity_good": 2})
        with self.assertRaisesRegex(UserError, "take it back"), self.cr.savepoint():
            report.sudo().unlink()

    def test_scanning(self):
        """The card of the parts is read, also after a backorder, and core's code; what
        is refused says why."""
        first, second, _third = self._made()
        form = Form(self.env["order.work.wizard"].with_user(self.hand))
        form.code = "B-007"
        self.assertEqual(form.operator_id, self.operator)
        form.code = first.card_code
        self.assertEqual(form.workorder_id, first)
        self.assertEqual((form.quantity_came, form.quantity_left), (4, 4))
        self.assertFalse(form.refusal)
        form.is_all = True
        self.assertEqual(form.quantity_good, 4)
        form.code = second.barcode
        self.assertEqual(form.workorder_id, second)
        self.assertIn("nothing is left", form.refusal)
        for code in ("WO", "WO99999999", "rubbish", "B-008"):
            form.code = code
            self.assertFalse(form.workorder_id)
            self.assertIn(f"{code} is neither", form.refusal)

    def test_the_card_outlives_its_order(self):
        """After 2 of 4 are received the card goes on with the backorder."""
        operations = self._made()
        codes = operations.mapped("card_code")
        production = operations.production_id
        self._report(operations[0], 4)
        for workorder in operations[1:]:
            self._report(workorder, 2)
        self._rpc(
            self.hand,
            production,
            "button_mark_done",
            context={"skip_backorder": True, "mo_ids_to_backorder": production.ids},
        )
        self._begin()
        family = production.production_group_id.production_ids
        rest = family - production
        self.assertEqual((rest.product_qty, production.state), (2, "done"))
        found = [operations._find_by_code(code) for code in codes]
        self.assertEqual(found[1:], list(rest.workorder_ids[1:]))
        self.assertEqual(rest.workorder_ids[1:].mapped("card_code")[0][:2], "WO")
        room = found[1]._get_room()
        self.assertEqual((room.came, room.left), (2, 2))
        self._report(found[1], 2)
        self._report(found[2], 2)
        self.assertEqual(rest.qty_producing, 2)
        # the first operation has made all of them before
        self.assertTrue(found[0]._find_refusal())

    def test_a_held_order_is_not_reported(self):
        """[MFG-5] the page says for what a production order waits."""
        self.work_route.active = True
        first, *_others = self._made()
        form = Form(self.env["order.work.wizard"].with_user(self.hand))
        form.code = first.card_code
        self.assertIn("Countersigned work order", form.refusal)
        with self.assertRaisesRegex(UserError, "Countersigned"), self.cr.savepoint():
            self._report(first, 1)
        self._countersign(first.production_id.with_user(self.worker))
        self._report(first, 1)
        self.assertEqual(first.qty_produced, 1)

    def test_queries(self):
        """Two in three of them are what core asks when a quantity is written."""
        first, *_others = self._made()
        values = {"quantity_good": 1, "operator_id": self.operator.id}
        model = self.env["order.work.report"].with_user(self.hand)
        model._record(first, **values)
        self._begin()
        with self.assertQueryCount(25):
            model._record(first, **values)
            self.env.flush_all()

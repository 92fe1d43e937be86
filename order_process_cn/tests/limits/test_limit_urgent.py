from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import MONDAY, LimitCommon

SHIPPED = "order_process_cn.order_time_limit_%s"


@tagged("post_install", "-at_install")
class TestLimitUrgent(LimitCommon):
    """[SLA-1] [URG-2] P06: told and evaluated the same day, answered within two working
    days or by the customer's date."""

    def _switch_on(self, name):
        limit = self.env.ref(SHIPPED % name)
        limit.active = True
        return limit

    def _urgent(self, **values):
        return self._order(is_urgent=True, urgent_reason="Line is down", **values)

    def test_notice_of_the_same_day(self):
        """[URG-1] the departments are told the day the order becomes urgent."""
        limit = self._switch_on("p06_notice")
        with self._clock(f"{MONDAY} 09:00"):
            order = self._urgent()
            run = self._run(order, limit)
            self.assertEqual(self._shown(run.due_at), "Mon 05-18 17:00")
            self._run_worker()
        self.assertTrue(order.urgent_told_on)
        self.assertEqual(run.state, "met")

    def test_flag_set_and_cleared_later(self):
        """[URG-1] the clock starts with the flag and ends, void, without it; writing
        the flag once more changes nothing."""
        limit = self._switch_on("p06_reply")
        with self._clock(f"{MONDAY} 09:00"):
            order = self._order()
            self.assertFalse(self._run(order, limit))
        urgent = {"is_urgent": True, "urgent_reason": "Line is down"}
        with self._clock(f"{MONDAY} 10:00"):
            order.write(urgent)
        run = self._run(order, limit)
        self.assertEqual(self._shown(run.started_at), "Mon 05-18 10:00")
        with self._clock(f"{MONDAY} 11:00"):
            order.write(urgent)
        self.assertEqual(self._run(order, limit), run)
        order.is_urgent = False
        self.assertEqual(run.state, "void")

    def test_evaluation_of_the_same_day(self):
        """[URG-2] the seats of the evaluation are asked for the same day, the deputy's
        signature on the reply is not."""
        self.route.active = False
        route = self.env.ref("order_process_cn.order_review_route_urgent")
        route.write({"active": True, "order_type_ids": self.order_type.ids})
        limit = self._switch_on("p06_evaluation")
        with self._clock(f"{MONDAY} 09:00"):
            order = self._submit(self._urgent())
        seats = order.sudo().review_id.task_ids
        evaluating = seats.filtered(lambda seat: seat.state == "open")
        self.assertEqual(len(evaluating), 4)
        for seat in evaluating:
            run = self._run(seat, limit)
            self.assertEqual(self._shown(run.due_at), "Mon 05-18 17:00")
        self.assertFalse(self.runs.search([("res_id", "in", (seats - evaluating).ids)]))

    def test_reply_within_two_working_days(self):
        """[URG-2] two working days; the signed reply ends the clock."""
        limit = self._switch_on("p06_reply")
        with self._clock("2026-05-21 09:00"):
            order = self._urgent()
            run = self._run(order, limit)
            self.assertEqual(self._shown(run.due_at), "Mon 05-25 17:00")
        with self._clock("2026-05-22 09:00"):
            self._approve(order)
            order.action_urgent_replied()
        self.assertEqual(run.state, "met")

    def test_earlier_date_of_the_customer(self):
        """[URG-2] the customer's date cuts the limit short, also when it is entered or
        changed later; a later one does not stretch it."""
        limit = self._switch_on("p06_reply")
        with self._clock(f"{MONDAY} 09:00"):
            order = self._urgent(urgent_reply_date=date(2026, 5, 19))
            run = self._run(order, limit)
            self.assertEqual(run.cap_on, date(2026, 5, 19))
            self.assertEqual(self._shown(run.due_at), "Tue 05-19 17:00")
            for day, due in (
                (date(2026, 5, 30), "Wed 05-20 17:00"),
                (date(2026, 5, 18), "Mon 05-18 17:00"),
                (False, "Wed 05-20 17:00"),
            ):
                order.urgent_reply_date = day
                self.assertEqual(self._shown(run.due_at), due)
                self.assertEqual(run.next_check, run.remind_at)

    def test_date_on_a_day_off(self):
        """[URG-2] a date on a Sunday: the work of Friday is the last that can be done;
        where none is left, until the day is over. A past date is late at once."""
        limit = self._switch_on("p06_reply")
        limit.length = 5
        for start, day, due in (
            ("2026-05-21 09:00", date(2026, 5, 24), "Fri 05-22 17:00"),
            ("2026-05-23 09:00", date(2026, 5, 24), "Sun 05-24 23:59"),
            ("2026-05-21 09:00", date(2026, 5, 20), "Thu 05-21 09:00"),
        ):
            with self._clock(start):
                order = self._urgent(urgent_reply_date=day)
            self.assertEqual(self._shown(self._run(order, limit).due_at), due)

    def test_holiday_before_the_date(self):
        """[SLA-1] a holiday that is entered later moves the end of the last working day
        before the customer's date, too."""
        limit = self._switch_on("p06_reply")
        with self._clock(f"{MONDAY} 09:00"):
            order = self._urgent(urgent_reply_date=date(2026, 5, 19))
            self._except(date(2026, 5, 19))
            self._end_of_transaction()
            self._run_worker()
        self.assertEqual(self._shown(self._run(order, limit).due_at), "Mon 05-18 17:00")

    def test_moment_of_the_document(self):
        """[SLA-1] the promised date, a moment, can end a limit as well."""
        promised = self.env["ir.model.fields"]._get("sale.order", "commitment_date")
        limit = self._limit(length=5, unit="working_days", cap_field_id=promised.id)
        with self._clock(f"{MONDAY} 09:00"):
            order = self._order(commitment_date=self._at("2026-05-20 01:00"))
        run = self._run(order, limit)
        self.assertEqual(self._shown(run.due_at), "Wed 05-20 17:00")

    def test_only_dates_that_people_enter(self):
        """[SLA-1] no other document's date, and none that is reckoned itself."""
        get = self.env["ir.model.fields"]._get
        for model, name in (
            ("sale.order", "name"),
            ("sale.order", "pickup_deadline"),
            ("mrp.production", "date_deadline"),
        ):
            with (
                self.subTest(name),
                self.assertRaisesRegex(ValidationError, "date of its document"),
                self.cr.savepoint(),
            ):
                self._limit(cap_field_id=get(model, name).id)

    def test_costs_nothing_elsewhere(self):
        """[SLA-1] other fields, other rules: no query is asked for the date."""
        self._limit()
        self._order()
        self.limits._cap_fields("sale.order")
        with self.assertQueryCount(0):
            self.assertFalse(self.limits._cap_fields("sale.order"))

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .test_effect import EffectCommon

MONDAY, TUESDAY, THURSDAY = "2026-06-01", "2026-06-02", "2026-06-04"


@tagged("post_install", "-at_install")
class TestIssueDesk(EffectCommon):
    """[PLN-1] orders go to production in issue windows only, from the desk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.window = cls.env["order.issue.window"].create(
            {
                "name": "Monday and Thursday",
                "monday": True,
                "thursday": True,
                "cut_off": 16,
            }
        )
        cls.order_type.write(
            {"issue_window_id": cls.window.id, "requires_technical": False}
        )

    def _at(self, day, hour=10):
        """Freeze the company's local time (UTC+8)."""
        return freeze_time(f"{day} {hour - 8:02d}:00:00")

    def _issue(self, orders):
        action = orders.with_user(self.desk).action_issue()
        self._run_worker()
        return self.env["order.issue.batch"].browse(action["res_id"])

    def test_held_for_the_window_alone(self):
        """Nothing is missing but the day: a person issues it, the worker does not."""
        with self._at(MONDAY):
            order = self._held()
            self.assertTrue(order.effect_is_ready)
            order.sudo()._mark_for_recheck()
            self._run_worker()
            self._assert_nothing_launched(order)
            batch = self._issue(order)
        self.assertEqual((order.effect_state, batch.state), ("effective", "done"))
        self.assertEqual((batch.count_done, batch.count_failed), (1, 0))
        self.assertTrue(order.sudo().picking_ids)

    def test_days_and_cut_off(self):
        for day, hour, is_open in (
            (MONDAY, 10, True),
            (MONDAY, 17, False),
            (TUESDAY, 10, False),
            (THURSDAY, 10, True),
        ):
            with self.subTest(day=day, hour=hour), self._at(day, hour):
                self.assertEqual(self.window._is_open(self.company), is_open)
        with self._at(MONDAY, 17):
            self.assertEqual(str(self.window._next_opening(self.company)), THURSDAY)

    def test_holiday_moves_the_window(self):
        """A holiday moves the window to the next working day."""
        self.env["order.calendar.exception"].create(
            {
                "name": "Holiday",
                "date": MONDAY,
                "kind": "day_off",
                "company_id": self.company.id,
            }
        )
        with self._at(MONDAY):
            self.assertFalse(self.window._is_open(self.company))
            self.assertEqual(str(self.window._next_opening(self.company)), TUESDAY)
        with self._at(TUESDAY):
            self.assertTrue(self.window._is_open(self.company))

    def test_outside_the_window(self):
        """Refused and shown; exceptions are a setting."""
        with self._at(TUESDAY):
            order, urgent = self._held(), self._held(is_urgent=True, urgent_reason="x")
            batch = self._issue(order | urgent)
            self.assertEqual(batch.count_failed, 2)
            self.assertIn("next on 2026-06-04", batch.line_ids[0].message)
            self.window.lets_urgent_through = True
            batch = self._issue(order | urgent)
        self.assertEqual((batch.count_done, batch.count_failed), (1, 1))
        self.assertEqual(urgent.effect_state, "effective")
        self.assertEqual(order.effect_state, "held")

    def test_one_failure_never_stops_the_others(self):
        with self._at(MONDAY):
            orders = self.env["sale.order"].concat(*(self._held() for _i in range(25)))
            broken = orders[7]
            broken.sudo().warehouse_id.delivery_route_id.rule_ids.copy()
            broken.sudo().order_line.product_id = self.env["product.product"].create(
                {"name": "Nowhere", "type": "consu", "specification": "x"}
            )
            location = broken.sudo().partner_shipping_id.property_stock_customer
            other = location.copy({"name": "Unserved"})
            broken.sudo().partner_shipping_id = broken.partner_id.copy(
                {"property_stock_customer": other.id}
            )
            batch = self._issue(orders)
        self.assertEqual((batch.count_done, batch.count_failed), (24, 1))
        failed = batch.line_ids.filtered(lambda line: line.state == "failed")
        self.assertEqual(failed.order_id, broken)
        self.assertTrue(failed.message)

    def test_only_the_desk(self):
        with self._at(MONDAY):
            order = self._held()
            with self.assertRaises(AccessError):
                order.with_user(self.salesman).action_issue()
            batch = self._issue(order)
            with self.assertRaisesRegex(UserError, "None of these"):
                order.with_user(self.desk).action_issue()
        for values in ({"state": "running"}, {"user_id": self.gm.id}):
            with self.assertRaises(AccessError):
                self._rpc(self.desk, batch, "write", values)

    def test_all_that_are_ready(self):
        with self._at(MONDAY):
            ready = self._held()
            self.order_type.requires_drawing = True
            waiting = self._held()
            action = (
                self.env["sale.order"].with_user(self.desk).action_issue_all_ready()
            )
            batch = self.env["order.issue.batch"].browse(action["res_id"])
        self.assertIn(ready, batch.line_ids.order_id)
        self.assertNotIn(waiting, batch.line_ids.order_id)

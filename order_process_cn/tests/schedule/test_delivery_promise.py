from datetime import date

from odoo.tests import tagged

from ...models.confirmation.slip import slip_order
from .schedule_common import FIRST, SECOND, ScheduleCommon


@tagged("post_install", "-at_install")
class TestDeliveryPromise(ScheduleCommon):
    """[CFM-2] [INT-9] what was promised for parts slips like the date of the order."""

    def setUp(self):
        super().setUp()
        self.order = self._approve(self._scheduled())
        self.order.sudo().state = "sent"
        self.parts = self.order.order_line.sudo().delivery_part_ids

    def test_parts_slip_with_the_order(self):
        order, parts = self.order.sudo(), self.parts
        for late in (1, 3):
            slip_order(order, late)
            self._end_of_transaction()
            self.assertEqual(
                parts.mapped("promised_date"),
                [date(2030, 12, 1 + late), date(2030, 12, 15 + late)],
            )
            day = self.company._calendar_day(order.commitment_date)
            self.assertEqual(day, date(2030, 12, 1 + late))
            self.assertEqual(order.review_state, "approved")
            self.assertFalse(order._find_review_gaps())
            self.assertFalse(order.review_id._find_tampering())
        self.assertEqual(parts.mapped("first_promised_date"), [FIRST, SECOND])

    def test_a_new_promise_slips_no_more_than_it_has_to(self):
        """Written by hand after a slip it is another promise, and a change."""
        slip_order(self.order.sudo(), 2)
        self._end_of_transaction()
        self.parts[1].with_user(self.salesman).promised_date = date(2031, 1, 10)
        self._end_of_transaction()
        self.assertEqual(self.order.review_state, "running")
        self.assertEqual(self.parts[1]._get_reviewed_day(), date(2031, 1, 10))

    def test_in_working_days(self):
        """From the reviewed day, never onto a day off."""
        self.company.order_slip_unit = "working_days"
        slip_order(self.order.sudo(), 1)
        # the first of December 2030 is a Sunday, as the fifteenth is
        self.assertEqual(
            self.parts.mapped("promised_date"), [date(2030, 12, 2), date(2030, 12, 16)]
        )

    def test_same_day_for_several_parts(self):
        order = self._approve(self._scheduled((3, FIRST), (3, FIRST), (4, SECOND)))
        slip_order(order.sudo(), 1)
        self._end_of_transaction()
        self.assertEqual(order.review_state, "approved")
        parts = order.order_line.sudo().delivery_part_ids
        self.assertEqual(
            parts.mapped("promised_date"),
            [date(2030, 12, 2), date(2030, 12, 2), date(2030, 12, 16)],
        )

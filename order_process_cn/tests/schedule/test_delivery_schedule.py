from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .schedule_common import FIRST, SECOND, THIRD, ScheduleCommon


@tagged("post_install", "-at_install")
class TestDeliverySchedule(ScheduleCommon):
    """[INT-9] 分批交货: wanted and promised for each part of a line, the first promise
    beside the last."""

    def test_the_dates_of_the_order_are_the_summary(self):
        order = self._scheduled()
        self.assertEqual(order.wanted_date, FIRST)
        self.assertEqual(self.company._calendar_day(order.commitment_date), FIRST)
        self.assertEqual(
            order.order_line.delivery_schedule, "3 on 2030-12-01, 7 on 2030-12-15"
        )
        order.order_line.sudo().delivery_part_ids[0].promised_date = date(2030, 11, 1)
        day = self.company._calendar_day(order.commitment_date)
        self.assertEqual(day, date(2030, 11, 1))

    def test_lines_without_a_schedule_follow_the_order(self):
        """Another line was promised the order's date: a schedule does not move it."""
        order = self._order(quantity=10, lines=2, commitment_date="2030-06-01 08:00:00")
        self._parts(order.order_line[0], (3, FIRST), (7, SECOND))
        self.assertEqual(str(order.commitment_date), "2030-06-01 08:00:00")
        self.assertEqual(order.wanted_date, date(2030, 5, 20))
        self._plain()
        order.action_confirm()
        self.assertEqual(
            self._get_moves(order),
            [(10, date(2030, 6, 1)), (3, FIRST), (7, SECOND)],
        )

    def test_parts_are_all_of_what_is_ordered(self):
        """Asked at submission and at confirmation, all of it in words; not before."""
        order = self._scheduled((3, FIRST), (6, SECOND))
        self._parts(order.order_line, (2, False))
        words = ["10 Units ordered, 11 Units in its delivery", "has no date"]
        for road in ("action_review_submit", "action_confirm"):
            with self.assertRaises(UserError) as caught:
                self._rpc(self.salesman, order, road)
            for word in words:
                self.assertIn(word, str(caught.exception))
        self.assertIn("has no date", order.entry_gaps)
        self._plain()
        for road in (["action_confirm"], ["write", {"state": "sale"}]):
            with self.assertRaises(UserError) as caught:
                self._rpc(self.salesman, order, *road)
            self.assertIn("10 Units ordered", str(caught.exception))
        self.env.invalidate_all()
        order.order_line.delivery_part_ids[2].unlink()
        order.order_line.delivery_part_ids[1].quantity = 7
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_dates_of_the_order_that_say_something_else(self):
        order = self._scheduled()
        order.wanted_date = SECOND
        order.commitment_date = "2030-12-24 08:00:00"
        self._plain()
        with self.assertRaises(UserError) as caught:
            self._rpc(self.salesman, order, "action_confirm")
        self.assertIn("2030-12-01, not 2030-12-15", str(caught.exception))
        self.assertIn("2030-12-01, not 2030-12-24", str(caught.exception))

    def test_the_first_promise_is_kept(self):
        order = self._scheduled()
        parts = order.order_line.delivery_part_ids
        # nobody has told the customer yet
        self.assertFalse(any(parts.mapped("first_promised_date")))
        self._plain()
        order.action_confirm()
        self.assertEqual(parts.mapped("first_promised_date"), [FIRST, SECOND])
        parts[0].promised_date = THIRD
        self.assertEqual(parts[0].first_promised_date, FIRST)
        self._parts(order.order_line, (1, THIRD))
        late = order.order_line.delivery_part_ids - parts
        self.assertEqual(late.first_promised_date, THIRD)
        for name in ("first_promised_date", "slipped_to", "order_id"):
            with self.assertRaises(AccessError):
                self._rpc(self.salesman, parts[:1], "write", {name: False})

    def test_signatures_vouch_for_it(self):
        """[REV-5] quantity, wanted and promised date of a part, and its existence."""
        changes = {
            "quantity": lambda parts: parts[0].write({"quantity": 4}),
            "wanted": lambda parts: parts[0].write({"wanted_date": THIRD}),
            "promised": lambda parts: parts[1].write({"promised_date": THIRD}),
            "less": lambda parts: parts[1].unlink(),
            "more": lambda parts: self._parts(parts.order_line_id, (1, THIRD)),
        }
        for name, change in changes.items():
            with self.subTest(name):
                order = self._approve(self._scheduled())
                change(order.order_line.with_user(self.salesman).delivery_part_ids)
                self._end_of_transaction()
                self.assertEqual(order.review_state, "running")
                self.assertIn(order, order.sudo()._find_review_gaps())

    def test_the_same_schedule_entered_anew_is_the_same(self):
        order = self._approve(self._scheduled())
        order.order_line.write(
            {
                "delivery_part_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {"quantity": n, "wanted_date": d, "promised_date": d}
                        )
                        for n, d in ((7, SECOND), (3, FIRST))
                    ),
                ]
            }
        )
        self._end_of_transaction()
        self.assertEqual(order.review_state, "approved")

    def test_a_copy_begins_anew(self):
        order = self._scheduled()
        copy = order.copy()
        self.assertFalse(copy.order_line.delivery_part_ids)
        self.assertEqual(copy.order_line.delivery_part_count, 0)
        self.assertFalse(copy.order_line.delivery_schedule)

    def test_a_line_goes_with_its_parts(self):
        order = self._scheduled(lines=2)
        parts = order.order_line[0].delivery_part_ids
        order.order_line[0].unlink()
        self.env.flush_all()
        self.assertFalse(parts.exists())
        self._plain()
        order.action_confirm()
        self.assertEqual(len(order.sudo().order_line.move_ids), 1)

    def test_only_goods_are_delivered_in_parts(self):
        order = self._order(
            order_line=[
                Command.create({"display_type": "line_note", "name": "Note"}),
                Command.create({"product_id": self.service_product.id}),
            ]
        )
        for line in order.order_line:
            with self.assertRaisesRegex(ValidationError, "only goods"):
                self._parts(line, (1, FIRST))

    # -- who may -----------------------------------------------------------------------

    def test_whose_order_it_is(self):
        """[SEC-1] the parts are as open as the line; what follows is the engine's."""
        order = self._scheduled()
        part = order.order_line.sudo().delivery_part_ids[0]
        stranger = self._user("stranger", "sales_team.group_sale_salesman")
        given = {"order_line_id": order.order_line.id, "quantity": 1}
        for user in (stranger, self.stocker, self.gm):
            with self.subTest(user.login):
                for method, args in (
                    ("write", [{"quantity": 1}]),
                    ("unlink", []),
                ):
                    with self.assertRaises(AccessError):
                        self._rpc(user, part, method, *args)
                with self.assertRaises(AccessError):
                    self._rpc(user, part.browse(), "create", [given])
        with self.assertRaises(AccessError):
            count = {"delivery_part_count": 0}
            self._rpc(self.salesman, order.order_line, "write", count)
        self.assertEqual(part.quantity, 3)
        other = self._order(user=stranger)
        with self.assertRaises(AccessError):
            self._rpc(
                self.salesman, part, "write", {"order_line_id": other.order_line.id}
            )

    def test_a_hostile_context_enters_nothing(self):
        order = self._scheduled()
        line = order.order_line
        part = (
            self.env["order.delivery.part"]
            .with_user(self.salesman)
            .with_context(default_first_promised_date=FIRST, default_slipped_to=FIRST)
            .create({"order_line_id": line.id, "quantity": 1, "promised_date": FIRST})
        )
        self.assertFalse(part.first_promised_date)
        self.assertFalse(part.slipped_to)

    def test_closed_orders_stay(self):
        self._plain()
        order = self._scheduled()
        order.action_confirm()
        order.sudo().action_lock()
        part = order.order_line.delivery_part_ids[:1].with_user(self.salesman)
        with self.assertRaisesRegex(UserError, "locked or cancelled"):
            part.promised_date = THIRD
        with self.assertRaisesRegex(UserError, "locked or cancelled"):
            part.unlink()

    def test_the_dialog(self):
        order = self._order(quantity=10)
        action = self._rpc(
            self.salesman, order.order_line, "action_open_delivery_schedule"
        )
        with Form.from_action(self.env(user=self.salesman), action) as form:
            for quantity, day in ((3, FIRST), (7, SECOND)):
                with form.delivery_part_ids.new() as part:
                    part.quantity = quantity
                    part.promised_date = day
        self.assertEqual(
            order.order_line.delivery_schedule, "3 on 2030-12-01, 7 on 2030-12-15"
        )

from odoo.exceptions import UserError
from odoo.tests import tagged

from .reallocation_common import ReallocationCommon


@tagged("post_install", "-at_install")
class TestReallocation(ReallocationCommon):
    """[ALC-3] reserved stock goes to urgent orders, with approval; losers are told."""

    def _make_scene(self):
        self.taker = self._sell_urgently(5)

    def _todos(self, order):
        return order.activity_ids.filtered(lambda a: "Stock taken" in (a.summary or ""))

    # -- the whole way -----------------------------------------------------------------

    def test_proposal(self):
        """[ALC-3] shows who holds what, dates, what each would lose; who was promised
        his goods latest gives first."""
        self.assertTrue(self.taker.can_take_stock)
        self.assertFalse(self.first.can_take_stock)
        document = self._open(self.taker)
        rows = [
            (
                line.order_id,
                line.user_id,
                str(line.date.date()),
                line.demand_qty,
                line.reserved_qty,
                line.quantity,
                line.left_qty,
                line.short_qty,
            )
            for line in document.line_ids.sorted("date")
        ]
        self.assertEqual(
            rows,
            [
                (self.first, self.salesman, "2030-05-01", 6, 6, 1, 5, 1),
                (self.second, self.other, "2030-06-01", 4, 4, 4, 0, 4),
            ],
        )
        self.assertIn("5 ", document.lacking)
        self.assertEqual(self._open(self.taker), document)

    def test_taken(self):
        document = self._open(self.taker)
        self._choose(document, **{self.first.name: 3, self.second.name: 2})
        self._approve_taking(document)
        self.assertEqual(self._held(self.taker, self.first, self.second), [0, 6, 4])
        self.assertEqual(document.activity_ids.user_id, self.leader)
        self._execute(document)
        self.assertFalse(document.activity_ids)
        self.assertEqual(self._held(self.taker, self.first, self.second), [5, 3, 2])
        self._assert_quants_right()
        self.assertEqual(self.taker.picking_ids.state, "assigned")
        self.assertEqual(
            self.first.picking_ids.move_ids.mapped("state"), ["partially_available"]
        )
        self.assertEqual((document.state, document.done_by_id), ("done", self.leader))
        self.assertFalse(self.taker.can_take_stock)
        with self.assertRaisesRegex(UserError, "closed"):
            self._execute(document)
        with self.assertRaisesRegex(UserError, "closed"):
            self._rpc(self.leader, document.line_ids[0], "write", {"quantity": 1})
        with self.assertRaisesRegex(UserError, "closed"):
            self._rpc(self.leader, document, "action_cancel")

    def test_losers_are_told(self):
        """[ALC-3] one to-do for each document, in charge of it; all is logged."""
        document = self._open(self.taker)
        self._choose(document, **{self.first.name: 3, self.second.name: 2})
        self._approve_taking(document)
        self._execute(document)
        for order, user, quantity in (
            (self.first, self.salesman, "3"),
            (self.second, self.other, "2"),
        ):
            todo = self._todos(order)
            self.assertEqual((len(todo), todo.user_id), (1, user))
            self.assertIn(self.taker.name, todo.note)
            self.assertIn(f"{quantity} Units", todo.note)
            logged = "".join(order.message_ids.mapped("body"))
            self.assertIn("takes reserved stock", logged)
            self.assertIn(f"{quantity} Units", logged)
        self.assertFalse(self._todos(self.taker))
        logged = "".join(self.taker.message_ids.mapped("body"))
        self.assertIn(self.first.name, logged)
        self.assertIn(self.second.name, logged)

    def test_dates_are_checked_again(self):
        """[ALC-3] the worker compares the promised date with what is on its way."""
        receipt = self.env["stock.move"].create(
            {
                "product_id": self.pump.id,
                "product_uom_qty": 3,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.stock.id,
                "picking_type_id": self.warehouse.in_type_id.id,
                "date": "2030-05-20",
            }
        )
        receipt._action_confirm()
        document = self._open(self.taker)
        self._choose(document, **{self.first.name: 3, self.second.name: 2})
        self._approve_taking(document)
        self._execute(document)
        self._run_worker()
        lines = {line.order_id: line for line in document.line_ids}
        self.assertTrue(all(line.dates_checked_on for line in document.line_ids))
        self.assertEqual(str(lines[self.first].expected_on.date()), "2030-05-20")
        todo = self._todos(self.first)
        self.assertIn("expected on", todo.note)
        self.assertIn("05/20/2030", todo.note)
        self.assertFalse(lines[self.second].expected_on)
        self.assertIn("nothing is on its way", self._todos(self.second).note)
        note = todo.note
        self.first._mark_for_recheck()
        self._run_worker()
        self.assertEqual(self._todos(self.first).note, note)

    # -- what changed meanwhile --------------------------------------------------------

    def test_victim_was_delivered(self):
        document = self._open(self.taker)
        self._choose(document, **{self.first.name: 3, self.second.name: 2})
        self._approve_taking(document)
        self.first.picking_ids.button_validate()
        self.assertEqual(self.first.picking_ids.state, "done")
        with self.assertRaisesRegex(UserError, f"{self.first.name} holds 0 Units"):
            self._execute(document)
        self.assertEqual(self._held(self.taker, self.second), [0, 4])
        self.assertEqual(document.state, "draft")

    def test_list_again(self):
        """What was signed for other reservations becomes void."""
        document = self._open(self.taker)
        self._choose(document, **{self.first.name: 3, self.second.name: 2})
        self._approve_taking(document)
        self.first.picking_ids.move_ids.quantity = 2
        self.assertIn("holds 2 Units", document.changes)
        with self.assertRaisesRegex(UserError, "holds 2 Units"):
            self._execute(document)
        self._rpc(self.leader, document, "action_refresh")
        self._end_of_transaction()
        self.assertFalse(document.changes)
        line = document.line_ids.filtered(lambda line: line.order_id == self.first)
        self.assertEqual((line.reserved_qty, line.quantity), (2, 2))
        self.assertEqual(document.review_state, "running")

    def test_second_taker(self):
        """Two proposals for the same goods: the second is refused."""
        rival = self._sell_urgently(5)
        documents = [self._open(order) for order in (self.taker, rival)]
        both = documents[0] + documents[1]
        self.assertEqual(len(set(both.mapped("display_name"))), 2)
        self.assertTrue(all(both.mapped("lacking")))
        self.assertEqual(set(both.mapped("changes")), {""})
        self.assertEqual((self.taker | rival).mapped("can_take_stock"), [True] * 2)
        for document in documents:
            self._choose(document, **{self.first.name: 5})
            self._approve_taking(document)
        self._execute(documents[0])
        with self.assertRaisesRegex(UserError, f"{self.first.name} holds 1 Units"):
            self._execute(documents[1])
        self.assertEqual(self._held(self.taker, rival, self.first), [5, 0, 1])

    def test_all_or_nothing(self):
        """Of two documents carried out together both are, or none."""
        rival = self._sell_urgently(5)
        documents = self.env["order.reallocation"]
        for order in (self.taker, rival):
            document = self._open(order)
            self._choose(document, **{self.first.name: 5})
            self._approve_taking(document)
            documents += document
        with self.assertRaises(UserError), self.cr.savepoint():
            self._execute(documents)
        self.assertEqual(self._held(self.taker, rival, self.first), [0, 0, 6])
        self.assertEqual(set(documents.mapped("state")), {"draft"})

    def test_more_than_lacking(self):
        document = self._open(self.taker)
        self._choose(document, **{self.first.name: 6, self.second.name: 1})
        with self.assertRaisesRegex(UserError, "2 Units more are chosen"):
            self._rpc(self.leader, document, "action_review_submit")
        self._choose(document)
        with self.assertRaisesRegex(UserError, "no quantity is chosen"):
            self._rpc(self.leader, document, "action_review_submit")

    # -- who may take from whom --------------------------------------------------------

    def test_free_stock_first(self):
        self._receive(self.pump, 20)
        action = self._rpc(self.leader, self.taker, "action_take_stock")
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(self._held(self.taker, self.first, self.second), [5, 6, 4])
        with self.assertRaisesRegex(UserError, "lacks nothing"):
            self._rpc(self.leader, self.taker, "action_take_stock")

    def test_ranks(self):
        """Urgent before preferred before others; nobody from his own rank."""
        plain = self._sell(2)
        self.assertFalse(plain.can_take_stock)
        with self.assertRaisesRegex(UserError, "Only urgent orders"):
            self._rpc(self.leader, plain, "action_take_stock")
        preferred = self._sell(2, partner_id=self.vip.id)
        self.assertTrue(preferred.can_take_stock)
        self.second.partner_id = self.vip
        lines = self._open(preferred).line_ids
        self.assertEqual(lines.order_id, self.first)
        self.first.with_user(self.leader).write(
            {"is_urgent": True, "urgent_reason": "x"}
        )
        lines = self._open(self.taker).line_ids
        self.assertEqual(lines.order_id, self.second)
        self.second.with_user(self.leader).write(
            {"is_urgent": True, "urgent_reason": "x"}
        )
        with self.assertRaisesRegex(UserError, "Nobody who has to give way"):
            self._rpc(self.leader, self._sell_urgently(1), "action_take_stock")

    def test_urgent_meanwhile(self):
        """A loser that has become urgent keeps what it has."""
        document = self._open(self.taker)
        self._approve_taking(document)
        self.second.with_user(self.leader).write(
            {"is_urgent": True, "urgent_reason": "x"}
        )
        with self.assertRaisesRegex(UserError, f"{self.second.name} holds 0"):
            self._execute(document)

    def test_picked_is_never_taken(self):
        self.first.picking_ids.move_ids.picked = True
        document = self._open(self.taker)
        self.assertEqual(document.line_ids.order_id, self.second)
        self._approve_taking(document)
        self.second.picking_ids.move_ids.picked = True
        with self.assertRaisesRegex(UserError, f"{self.second.name} holds 0"):
            self._execute(document)
        self.assertEqual(self._held(self.first, self.second), [6, 4])

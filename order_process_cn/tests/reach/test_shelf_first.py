from odoo import Command
from odoo.tests import tagged

from ...models.effect.take_back import get_all_productions, get_all_purchases
from ..road import Road, sort_alike
from .reach_common import ReachCommon

# what becomes of an order of five as in test_supplies_follow; three are on the shelf
CASES = (
    ((), {"out": 5, "got": 2}),
    ((8, 4), {"out": 4, "got": 1}),
    ((3,), {"out": 3}),
    ((1, 5), {"out": 5, "got": 2}),
    ((8, 5, 0, 9), {"out": 9, "got": 6}),
    ((2, 4), {"out": 4, "got": 1}),
    (("cancel",), {}),
)
MADE = (
    (("cancel delivery",), {"got": 2}, {(2, 0)}),
    (("start", 3), {"out": 3, "got": 2}, {(2, 0)}),
    (("start", 3, 4), {"out": 4, "got": 2}, {(2, 1)}),
    (("start", 3, 6), {"out": 6, "got": 3}),
    ((8, "produce:2", 6), {"out": 6, "got": 3}),
    # two lines launched at once share the shelf, and what comes too much
    (("produce:2", 1, "line:2", 6), {"out": 8, "got": 5}),
    ((8, "start", 3, "line:4", 7), {"out": 11, "got": 8}),
)
BOUGHT = (
    (("buy", 4, 5), {"out": 5, "got": 2}),
    (("buy", "receive", 3), {"out": 3, "got": 2}),
    # found at random: what a line gave back another one waits for already
    ((3, "line:3", 2, "line:5", 0), {"out": 8, "got": 5}),
    # five pieces are no whole number of hundredths of a dozen
    ((8, "deliver and close:9", "unit", 4, 1), {"out": 12, "got": 9}),
    ((8, "buy", 3, "line:4", 7), {"out": 11, "got": 8}),
)


@tagged("post_install", "-at_install")
class TestShelfFirst(ReachCommon):
    """[CHG-5] where goods are taken from the shelf first and only the rest is made or
    bought, a smaller order gives back of that as much as it got smaller by, or names
    it, and a greater one takes it again."""

    def _check(self, name, cases):
        getter = "make" if name == "bracket" else "buy"
        order = self._start(name, 5)
        cases = sort_alike(cases, lambda row: row[0])
        with Road(self.env, lambda act: self._play(order, act)) as road:
            for acts, expected, *todos in cases:
                with self.subTest(goods=name, acts=acts):
                    road.take(acts)
                    found = self._count(order)
                    wanted = {
                        f"{getter if key == 'got' else key} {name}": quantity
                        for key, quantity in expected.items()
                    }
                    self.assertEqual(found, wanted)
                    todos_left = self._todos(order).values()
                    told = {one[1:] for own in todos_left for one in own}
                    self.assertEqual(told, todos[0] if todos else set())

    def test_made_for_the_rest(self):
        self._check("bracket", CASES + MADE)

    def test_bought_for_the_rest(self):
        self._check("bolt", CASES[2:5] + BOUGHT)

    def test_reserved_later(self):
        """What is free counts as had, as it did when the rest was launched; but no
        more is given back than the order got smaller by."""
        self.warehouse.out_type_id.reservation_method = "manual"
        # what lies there is counted once
        more = (((8,), {"out": 8, "got": 5}), ((8, 9, 4), {"out": 4, "got": 1}))
        self._check("bracket", (CASES[2], CASES[6], MADE[1], *more))
        self._check("bolt", more)
        order = self._start("bracket", 8)
        self._put("bracket", 20)  # others want it too
        self._play(order, 7)
        self.assertEqual(self._count(order), {"out bracket": 7, "make bracket": 4})

    def test_bought_with_others(self):
        """A request that serves two orders keeps what the other needs, and what the
        buyer added by hand."""
        self.goods["bolt"].seller_ids.partner_id.group_rfq = "all"
        first, second = self._start("bolt", 5), self._start("bolt", 4)
        request = get_all_purchases(first.sudo())
        self.assertEqual(request, get_all_purchases(second.sudo()))
        request.order_line = [
            Command.create({"product_id": self.goods["ore"].id, "product_qty": 7})
        ]
        self._play(first, 4)
        self._play(second, 0)
        bought = {line.product_id: line.product_qty for line in request.order_line}
        self.assertEqual(bought, {self.goods["bolt"]: 1, self.goods["ore"]: 7})

    def test_plain_order(self):
        """An order outside every procedure stays as core leaves it."""
        self.route.active = False
        order = self._enter("bracket", 5)
        order.action_confirm()
        order.order_line.product_uom_qty = 3
        self.assertEqual(get_all_productions(order).product_qty, 2)

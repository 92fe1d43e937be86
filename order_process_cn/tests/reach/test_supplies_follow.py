from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.effect.take_back import get_all_purchases
from ..road import Road, sort_alike
from .reach_common import ReachCommon

# (goods, what is done, what is on its way in the end, what people are told to reduce)
CASES = (
    ("pump", (3, 8), {"out pump": 8, "make pump": 8, "make casing": 16, "buy ore": 16}),
    ("pump", (8, 5), {"out pump": 5, "make pump": 5, "make casing": 10, "buy ore": 10}),
    ("pump", (3, 8, 5, 0), {}),
    (
        "pump",
        (3, 8, 5, 4),
        {"out pump": 4, "make pump": 4, "make casing": 8, "buy ore": 8},
    ),
    (
        "pump",
        (8, 5, 8),
        {"out pump": 8, "make pump": 8, "make casing": 16, "buy ore": 16},
    ),
    (
        "pump",
        (3, 0, 3),
        {"out pump": 3, "make pump": 3, "make casing": 6, "buy ore": 6},
    ),
    (
        "pump",
        (3, 8, 5, 0, 9, 2, 10),
        {"out pump": 10, "make pump": 10, "make casing": 20, "buy ore": 20},
    ),
    (
        "pump",
        (3, "cancel", "draft", "confirm"),
        {"out pump": 3, "make pump": 3, "make casing": 6, "buy ore": 6},
    ),
    (
        "pump",
        (1, "cancel", "draft", 2, "confirm"),
        {"out pump": 2, "make pump": 2, "make casing": 4, "buy ore": 4},
    ),
    ("pump", (3, "cancel"), {}),
    # begun and bought: told, never cut
    (
        "pump",
        (8, "start", 5),
        {"out pump": 5, "make pump": 8, "make casing": 16, "buy ore": 16},
        {(8, 5)},
    ),
    (
        "pump",
        (8, "buy", 5),
        {"out pump": 5, "make pump": 5, "make casing": 10, "buy ore": 16},
        {(16, 10)},
    ),
    (
        "pump",
        (8, "start", 5, 8),
        {"out pump": 8, "make pump": 8, "make casing": 16, "buy ore": 16},
    ),
    (
        "pump",
        (8, "start", 9, 5),
        {"out pump": 5, "make pump": 8, "make casing": 16, "buy ore": 16},
        {(8, 5)},
    ),
    (
        "pump",
        (8, "produce:3", 5),
        {"out pump": 5, "make pump": 5, "make casing": 10, "buy ore": 10},
    ),
    (
        "pump",
        (8, "start", "cancel"),
        {"make pump": 8, "make casing": 16, "buy ore": 16},
        {(8, 0)},
    ),
    # closed by the warehouse: somebody decides about what is made
    (
        "pump",
        (3, "cancel delivery"),
        {"make pump": 3, "make casing": 6, "buy ore": 6},
        {(3, 0)},
    ),
    (
        "pump",
        (3, "cancel delivery", 8),
        {"out pump": 5, "make pump": 5, "make casing": 10, "buy ore": 10},
    ),
    (
        "pump",
        (3, "cancel delivery", 4),
        {"out pump": 1, "make pump": 3, "make casing": 6, "buy ore": 6},
        {(3, 1)},
    ),
    ("valve", (3, 8, 5, 0), {}),
    ("valve", (3, 8, 5, 4), {"out valve": 4, "buy valve": 4}),
    ("valve", (8, 5, 8), {"out valve": 8, "buy valve": 8}),
    ("valve", (3, 0, 3), {"out valve": 3, "buy valve": 3}),
    ("valve", (3, "cancel"), {}),
    ("valve", (3, "cancel", "draft", 2, "confirm"), {"out valve": 2, "buy valve": 2}),
    ("valve", (15, "buy", 4), {"out valve": 4, "buy valve": 15}, {(15, 4)}),
    ("valve", (15, "buy", 4, 15), {"out valve": 15, "buy valve": 15}),
    ("valve", (15, "buy", 4, 17), {"out valve": 17, "buy valve": 17}),
    ("valve", (8, "buy", 11, 9), {"out valve": 9, "buy valve": 9}),
    ("valve", (8, "buy", 11, 5), {"out valve": 5, "buy valve": 8}, {(8, 5)}),
    ("valve", (8, "buy", "receive", 5), {"out valve": 5, "buy valve": 8}),
    ("valve", (8, "buy", "cancel"), {"buy valve": 8}, {(8, 0)}),
    (
        "kit",
        (3, 8, 5, 2),
        {
            "out casing": 4,
            "out valve": 6,
            "make casing": 4,
            "buy ore": 4,
            "buy valve": 6,
        },
    ),
    ("kit", (3, 8, 5, 0), {}),
    ("gear", (3, 8, 5, 4), {"out gear": 4, "buy gear": 4}),
    ("gear", (8, "buy", 5), {"out gear": 5, "buy gear": 8}, {(8, 5)}),
    ("gear", (8, "buy", 5, 8), {"out gear": 8, "buy gear": 8}),
    ("stock", (3, 8, 5, 0), {}),
    ("stock", (3, 8, 5, 4), {"out stock": 4}),
)
# found at random
FOUND = (
    # a delivery whose rest is left out cancels no move
    (
        "pump",
        (4, "produce:1", 2, "deliver and close:1"),
        {"out pump": 1, "make pump": 2, "make casing": 4, "buy ore": 4},
        {(1, 0)},
    ),
    # core puts back the day of what waits for parts of a kit
    (
        "kit",
        (3, "date", 2),
        {
            "out casing": 4,
            "out valve": 6,
            "make casing": 4,
            "buy ore": 4,
            "buy valve": 6,
        },
    ),
    # what is open is not alike any more what it was launched as
    ("valve", (3, "lead", 2), {"out valve": 2, "buy valve": 2}),
    ("pump", (3, "cancel production", 2), {"out pump": 2}),
    # three pieces are a quarter of a dozen, four more than 0.33
    ("stock", (3, 4, "unit", 5), {"out stock": 60}),
    (
        "kit",
        (3, 5, "unit", 1),
        {
            "out casing": 24,
            "out valve": 36,
            "make casing": 24,
            "buy ore": 24,
            "buy valve": 36,
        },
    ),
    # what is bought is not forgotten with the last that waited for it
    ("valve", (5, "buy", 0), {"buy valve": 5}, {(5, 0)}),
    ("valve", (5, "buy", 0, 3), {"out valve": 3, "buy valve": 5}, {(5, 3)}),
    ("gear", (3, "buy", 0), {"buy gear": 3}, {(3, 0)}),
    ("valve", (5, "line:9", "buy", "unsigned:0"), {"buy valve": 5}, {(5, 0)}),
    # what was made and not needed any more is reserved when the order grows again
    (
        "pump",
        (5, 9, 5, "produce:5", "line:2", 3, 4),
        {"out pump": 6, "make pump": 7, "make casing": 14, "buy ore": 14},
    ),
)
# in dozens, then in units
UNITS = (
    ("pump", (1, "unit"), {"out pump": 1, "make pump": 1}),
    ("pump", (2, "unit", 3), {"out pump": 3, "make pump": 3}),
    ("valve", (2, 1), {"out valve": 12, "buy valve": 12}),
    ("valve", (2, "unit", 3), {"out valve": 3, "buy valve": 3}),
)


@tagged("post_install", "-at_install")
class TestReach(ReachCommon):
    """[CHG-5] [CFM-3] what is delivered, made and bought follows an order under a
    procedure, down as well as up; what has begun is named, with from and to."""

    def _check(self, cases, **values):
        def acts_of(row):
            name, (first, *acts), *_expected = row
            return [(name, first), *acts]

        def play(act):
            if isinstance(act, tuple):
                self.order = self._start(*act, **values)
            else:
                self._play(self.order, act)

        with Road(self.env, play) as road:
            for row in sort_alike(cases, acts_of):
                name, acts, expected, *todos = row
                with self.subTest(goods=name, acts=acts):
                    road.take(acts_of(row))
                    found = self._count(self.order)
                    if values:
                        found = {key: found.get(key) for key in expected}
                    self.assertEqual(found, expected)
                    todos_left = self._todos(self.order).values()
                    told = {one[1:] for own in todos_left for one in own}
                    self.assertEqual(told, todos[0] if todos else set())

    def test_sequences(self):
        self._check(CASES + FOUND)

    def test_other_units(self):
        self._check(UNITS, product_uom_id=self.env.ref("uom.product_uom_dozen").id)

    def test_nothing_is_bought_while_suspended(self):
        """[CFM-8] the request for quotation that exists waits too, sub-assemblies
        included."""
        for name in ("valve", "pump"):
            order = self._start(name, 3)
            request = get_all_purchases(order.sudo())
            self._play(order, "hold")
            with self.assertRaisesRegex(UserError, "suspended"):
                request.button_confirm()
            self._play(order, "resume")
            request.button_confirm()
            self.assertEqual(request.state, "purchase")

    def test_two_steps_of_delivery(self):
        self.warehouse.delivery_steps = "pick_ship"
        self._check(CASES[2:5] + CASES[19:22])

    def test_three_steps(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        self.warehouse.manufacture_steps = "pbm_sam"
        self.warehouse.reception_steps = "three_steps"
        self._check(CASES[2:5] + CASES[19:22])

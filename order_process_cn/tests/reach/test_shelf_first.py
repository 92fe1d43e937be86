from odoo import Command
from odoo.tests import tagged

from .reach_common import ReachCommon

# as in test_supplies_follow; three are on the shelf
CASES = (
    ((2,), {"out bracket": 2}),
    ((5,), {"out bracket": 5, "make bracket": 2}),
    ((5, 8), {"out bracket": 8, "make bracket": 5}),
    ((5, 8, 4), {"out bracket": 4, "make bracket": 1}),
    ((5, 3), {"out bracket": 3}),
    ((5, 1), {"out bracket": 1}),
    ((5, 3, 5), {"out bracket": 5, "make bracket": 2}),
    ((5, "cancel"), {}),
    ((5, "start", 3), {"out bracket": 3, "make bracket": 2}, {(2, 0)}),
)


@tagged("post_install", "-at_install")
class TestShelfFirst(ReachCommon):
    """[CHG-5] where goods are taken from the shelf first and only the rest is made, a
    smaller order gives back what is made for it, and a greater one takes it again."""

    def test_sequences(self):
        rule = self.warehouse.delivery_route_id.rule_ids.filtered(
            lambda rule: rule.location_dest_id.usage == "customer"
        )
        shelf = self.env["stock.route"].create(
            {"name": "Shelf First", "rule_ids": [Command.clear()]}
        )
        rule.copy({"route_id": shelf.id, "procure_method": "mts_else_mto"})
        make = self.warehouse.manufacture_pull_id.route_id
        for number, (acts, expected, *todos) in enumerate(CASES):
            product = self.env["product.product"].create(
                {
                    "name": f"Bracket {number}",
                    "is_storable": True,
                    "specification": "DN50",
                    "route_ids": [Command.set((shelf + make).ids)],
                }
            )
            self.goods["bracket"] = product
            self._bill("bracket", {"stock": 1})
            self.env["stock.quant"]._update_available_quantity(
                product, self.warehouse.lot_stock_id, 3
            )
            with self.subTest(acts=acts):
                order = self._start("bracket", acts[0])
                order.picking_ids.action_assign()
                for act in acts[1:]:
                    self._play(order, act)
                    order.picking_ids.action_assign()
                self.assertEqual(self._count(order), expected)
                told = {one[1:] for own in self._todos(order).values() for one in own}
                self.assertEqual(told, todos[0] if todos else set())

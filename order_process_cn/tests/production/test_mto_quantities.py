from odoo import Command
from odoo.tests import tagged

from ...models.effect.take_back import get_all_productions
from ..common import DEPARTMENTS, OrderCommon
from ..road import Road, sort_alike

# (name, what is done to the order, ordered in the end, made in the end): numbers are
# edits of the ordered quantity, words what else is done
CASES = (
    ("A", (3, 8), 8, 8),
    ("B", (8, 5), 5, 8),
    ("D", (3, 8, 5, 0), 0, 8),
    ("E", (3, "cancel delivery", 8), 8, 8),
    ("F", (3, "cancel delivery", 4), 4, 4),
    ("G", (1, "cancel order", "draft", 2, "confirm"), 2, 2),
    ("H", (3, "cancel order", "draft", "confirm"), 3, 3),
    ("I", (8, 5, 8), 8, 8),
    ("J", (3, 5, 8), 8, 8),
    ("K", (3, 8, 0), 0, 8),
    ("L", (3, 8, 2), 2, 8),
    ("M", (3, 8, 5, 4), 4, 8),
    ("N", (8, 5, 4), 4, 8),
    ("O", (3, 0, 3), 3, 3),
    ("P", (3, 8, 5, 0, 9, 2, 10), 10, 10),
)


@tagged("post_install", "-at_install")
class TestMtoQuantities(OrderCommon):
    """[CFM-3] what is delivered is what is ordered in the end, however often the order
    changed; and nothing is made a second time that is being made already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.mto = cls.env.ref("stock.route_warehouse0_mto")
        cls.mto.active = True
        cls.pump, cls.valve, part = cls.env["product.product"].create(
            [
                {
                    "name": name,
                    "is_storable": True,
                    "specification": "DN50",
                    "list_price": 100,
                }
                for name in ("Pump", "Valve", "Casing")
            ]
        )
        cls.pump.route_ids = cls.mto + cls.warehouse.manufacture_pull_id.route_id
        cls.valve.route_ids = cls.mto + cls.warehouse.buy_pull_id.route_id
        cls.valve.seller_ids = [
            Command.create(
                {"partner_id": cls.env["res.partner"].create({"name": "Supplier"}).id}
            )
        ]
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.pump.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": part.id})],
            }
        )

    def _confirmed(self, quantity, product):
        order = self._order(
            order_line=[
                Command.create({"product_id": product.id, "product_uom_qty": quantity})
            ]
        )
        if self.route.active:
            self._approve(order)
        self._rpc(self.salesman, order, "action_confirm")
        self._begin()
        return order

    def _act(self, order, act):
        """Do one thing as a person does, in a transaction of its own."""
        methods = {"cancel order": "action_cancel", "draft": "action_draft"}
        if act == "cancel delivery":
            pickings = order.sudo().picking_ids
            pickings.filtered(lambda p: p.state != "cancel").action_cancel()
        elif act == "confirm":
            if self.route.active:
                self._approve(order)
            self._rpc(self.salesman, order, "action_confirm")
        elif act in methods:
            self._rpc(self.salesman, order, methods[act])
        else:
            line = order.order_line
            edit = [Command.update(line.id, {"product_uom_qty": act})]
            self._rpc(self.salesman, order, "write", {"order_line": edit})
            self._end_of_transaction()
            if self.route.active and order.state == "sale":
                self._sign_what_grew(order)
        self._begin()

    def _sign_what_grew(self, order):
        for name in ("sales", *DEPARTMENTS):
            if order.with_user(self.signers[name])._my_open_tasks():
                self._sign(order, name)
        self._run_worker()

    def _delivered(self, order):
        """Return what leaves the stock for the customer, of transfers not cancelled."""
        moves = order.sudo().order_line.move_ids.filtered(
            lambda move: (
                move.state != "cancel"
                and move.location_id == self.warehouse.lot_stock_id
                and (move.location_final_id or move.location_dest_id)._is_outgoing()
            )
        )
        return sum(moves.mapped("product_uom_qty"))

    def _made(self, order):
        productions = get_all_productions(order.sudo())
        return sum(productions.mapped("product_qty"))

    def _check_cases(self, product=None, closed=None):
        """:param dict closed: ``{case: (leaves, made)}`` where they differ"""

        def acts_of(row):
            _name, (first, *acts), *_expected = row
            return [("begin", first), *acts]

        def play(act):
            if isinstance(act, tuple):
                self.order = self._confirmed(act[1], product or self.pump)
            else:
                self._act(self.order, act)

        with Road(self.env, play) as road:
            for row in sort_alike(CASES, acts_of):
                name, _acts, ordered, made = row
                with self.subTest(name):
                    road.take(acts_of(row))
                    self.assertEqual(self.order.order_line.product_uom_qty, ordered)
                    leaves, made = (closed or {}).get(name, (ordered, made))
                    self.assertEqual(self._delivered(self.order), leaves)
                    if not product:
                        self.assertEqual(self._made(self.order), made)

    def test_plain_orders(self):
        self.route.active = False
        self._check_cases()

    def test_reviewed_orders(self):
        """What was launched by signature and cancelled by hand stays cancelled: only
        the growth that was signed follows. [CHG-1] What nobody began is not made when
        less is ordered."""
        reduced = {"B": 5, "D": 0, "K": 0, "L": 2, "M": 4, "N": 4}
        closed = {name: (left, left) for name, left in reduced.items()}
        self._check_cases(closed={**closed, "E": (5, 5), "F": (1, 3)})

    def test_two_steps(self):
        self.route.active = False
        self.warehouse.delivery_steps = "pick_ship"
        self._check_cases()

    def test_three_steps_of_production(self):
        self.route.active = False
        self.warehouse.manufacture_steps = "pbm_sam"
        self._check_cases()

    def test_bought_to_order(self):
        self.route.active = False
        self._check_cases(self.valve)

    def test_transfer_waits_for_what_is_made(self):
        """The transfer that takes over what is made waits for it, and gets it."""
        self.route.active = False
        order = self._confirmed(3, self.pump)
        self._act(order, 0)
        self._act(order, 3)
        production = get_all_productions(order.sudo())
        moves = order.sudo().order_line.move_ids.filtered(
            lambda move: move.state != "cancel" and move.location_dest_id._is_outgoing()
        )
        self.assertEqual(production.move_finished_ids.move_dest_ids & moves, moves)
        production.qty_producing = 3
        production.with_context(skip_consumption=True).button_mark_done()
        self.assertEqual(moves.quantity, 3)

    def test_two_lines_of_one_product(self):
        """What one line gave up serves the other."""
        self.route.active = False
        order = self._order(
            order_line=[
                Command.create({"product_id": self.pump.id, "product_uom_qty": 4}),
                Command.create({"product_id": self.pump.id, "product_uom_qty": 6}),
            ]
        )
        self._rpc(self.salesman, order, "action_confirm")
        self._begin()
        first, second = order.order_line
        for line, quantity in ((first, 1), (second, 9), (second, 11)):
            self._rpc(self.salesman, line, "write", {"product_uom_qty": quantity})
            self._begin()
        self.assertEqual((self._delivered(order), self._made(order)), (12, 12))

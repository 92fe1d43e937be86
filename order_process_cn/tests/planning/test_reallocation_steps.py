from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .reallocation_common import ReallocationCommon


@tagged("post_install", "-at_install")
class TestReallocationSteps(ReallocationCommon):
    """[ALC-3] several steps, production, made to order, companies."""

    # -- steps, production -------------------------------------------------------------

    def test_pick_pack_ship(self):
        """The stock is held by the first step, and goes to the first step."""
        self.warehouse.delivery_steps = "pick_pack_ship"
        valve = self._product("Valve")
        self._receive(valve, 5)
        victim = self._sell(5, product=valve)
        self.assertEqual(
            victim.picking_ids.picking_type_id, self.warehouse.pick_type_id
        )
        taker = self._sell_urgently(4, product=valve)
        self._take(taker, **{victim.name: 4})
        self.assertEqual(self._held(taker, victim), [4, 1])
        pick = taker.picking_ids
        pick.move_ids.picked = True
        pick.button_validate()
        pack = taker.picking_ids - pick
        self.assertEqual((pick.state, pack.state), ("done", "assigned"))
        # what has left the shelf is nobody else's any more
        late = self._sell_urgently(4, product=valve)
        self.assertEqual(self._open(late).line_ids.order_id, victim)

    def _make(self, product, component, quantity):
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": component.id})],
            }
        )
        mto = self.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        make = self.warehouse.manufacture_pull_id.route_id
        product.route_ids = mto | make
        self._receive(component, quantity)

    def test_components(self):
        """Components go from one production order to another; who plans it is told."""
        engine, casting = self._product("Engine"), self._product("Casting")
        self._make(engine, casting, 6)
        planner = self._user("planner", "mrp.group_mrp_manager")
        victim = self._sell(6, product=engine)
        production = victim.stock_reference_ids.production_ids
        production.user_id = planner
        production.action_assign()
        taker = self._sell_urgently(4, product=engine)
        wanting = taker.stock_reference_ids.production_ids
        self.assertTrue(wanting.can_take_stock)
        self.assertFalse(production.can_take_stock)
        document = self._open(wanting, user=planner)
        self.assertEqual((document.order_id, document.production_id), (taker, wanting))
        line = document.line_ids
        self.assertEqual((line.production_id, line.user_id), (production, planner))
        self.assertEqual((line.order_id, line.reserved_qty), (victim, 6))
        self._approve_taking(document)
        self._execute(document)
        self.assertEqual(wanting.move_raw_ids.quantity, 4)
        self.assertEqual(production.move_raw_ids.quantity, 2)
        self.assertEqual(wanting.move_raw_ids.move_line_ids.production_id, wanting)
        for loser, user in ((production, planner), (victim, self.salesman)):
            todo = loser.activity_ids.filtered(
                lambda a: "Stock taken" in (a.summary or "")
            )
            self.assertEqual(todo.user_id, user, loser)
        self._assert_quants_right(casting)

    def test_made_to_order(self):
        """What was made for somebody can be taken; he then takes from stock again."""
        engine, casting = self._product("Engine"), self._product("Casting")
        self._make(engine, casting, 20)
        victim = self._sell(6, product=engine)
        production = victim.stock_reference_ids.production_ids
        production.qty_producing = 6
        production.move_raw_ids.write({"quantity": 6, "picked": True})
        production.button_mark_done()
        self.assertEqual(self._held(victim), [6])
        engine.route_ids = False
        taker = self._sell_urgently(4, product=engine)
        self._take(taker, **{victim.name: 4})
        self.assertEqual(self._held(taker, victim), [4, 2])
        self._receive(engine, 4)
        victim.picking_ids.action_assign()
        self.assertEqual(self._held(victim), [6])
        self._assert_quants_right(engine)

    # -- companies ---------------------------------------------------------------------

    def test_companies(self):
        """Reservations of another company are neither shown nor taken."""
        company = self.env["res.company"].create({"name": "Elsewhere"})
        elsewhere = self.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
        self._receive(self.pump, 5, location=elsewhere.lot_stock_id)
        move = self.env["stock.move"].create(
            {
                "product_id": self.pump.id,
                "product_uom_qty": 5,
                "company_id": company.id,
                "location_id": elsewhere.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "picking_type_id": elsewhere.out_type_id.id,
            }
        )
        move._action_confirm()
        move._action_assign()
        self.assertEqual(move.quantity, 5)
        document = self._open(self._sell_urgently(5))
        self.assertEqual(document.line_ids.order_id, self.first | self.second)
        self.assertEqual(document.company_id, self.company)
        stranger = self._user("stranger", "sales_team.group_sale_manager")
        stranger.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        with self.assertRaises(AccessError):
            self._rpc(stranger, document, "action_execute")

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestPriority(OrderCommon):
    """[URG-3] [URG-4] urgency flows to what the order has caused, now and later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.stock = warehouse.lot_stock_id
        mto = cls.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        make = warehouse.manufacture_pull_id.route_id
        buy = warehouse.buy_pull_id.route_id
        cls.vendor = cls.env["res.partner"].create({"name": "Foundry"})
        product = {"type": "consu", "is_storable": True}
        cls.casting = cls.env["product.product"].create(
            {
                "name": "Casting",
                **product,
                "route_ids": [Command.set((mto | buy).ids)],
                "seller_ids": [
                    Command.create({"partner_id": cls.vendor.id, "price": 5})
                ],
            }
        )
        cls.casing, cls.pump = cls.env["product.product"].create(
            [
                {"name": name, **product, "route_ids": [Command.set((mto | make).ids)]}
                for name in ("Casing", "Pump")
            ]
        )
        for made, used in ((cls.casing, cls.casting), (cls.pump, cls.casing)):
            cls.env["mrp.bom"].create(
                {
                    "product_tmpl_id": made.product_tmpl_id.id,
                    "bom_line_ids": [Command.create({"product_id": used.id})],
                }
            )
        cls.leader = cls._user("leader", "sales_team.group_sale_manager")
        cls.planner = cls._user("planner", "mrp.group_mrp_user")

    def _sell(self, quantity=10, **values):
        order = self._order(
            order_line=[
                Command.create(
                    {
                        "product_id": self.pump.id,
                        "product_uom_qty": quantity,
                        "price_unit": 10,
                    }
                )
            ],
            **values,
        )
        order.action_confirm()
        return order.sudo()

    def _caused(self, order):
        references = order.stock_reference_ids
        return (
            references.move_ids,
            references.move_ids.picking_id,
            references.production_ids,
            references.purchase_ids,
        )

    def _assert_urgent(self, order, urgent):
        moves, pickings, productions, purchases = self._caused(order)
        self.assertEqual((len(productions), len(purchases)), (2, 1))
        priority = "1" if urgent else "0"
        for documents in (moves, pickings, productions, purchases):
            self.assertEqual(set(documents.mapped("priority")), {priority}, documents)
        for documents in (pickings, productions, purchases):
            self.assertEqual(set(documents.mapped("is_urgent")), {urgent}, documents)

    def test_from_the_start(self):
        """Transfers, production orders, sub-assemblies, purchases."""
        order = self._sell(is_urgent=True, urgent_reason="Line stands still")
        self._assert_urgent(order, True)

    def test_switched_later(self):
        order = self._sell()
        self._assert_urgent(order, False)
        values = {"is_urgent": True, "urgent_reason": "Line stands still"}
        order.with_user(self.leader).write(values)
        self._assert_urgent(order, True)
        order.with_user(self.leader).is_urgent = False
        self._assert_urgent(order, False)

    def test_a_shared_document_stays_urgent(self):
        """A purchase made for two orders is urgent while one of them is."""
        self.vendor.group_rfq = "all"
        first = self._sell(is_urgent=True, urgent_reason="x")
        second = self._sell()
        purchase = second.stock_reference_ids.purchase_ids
        self.assertEqual(purchase, first.stock_reference_ids.purchase_ids)
        self.assertEqual((purchase.is_urgent, purchase.priority), (True, "1"))
        first.with_user(self.leader).is_urgent = False
        self.assertEqual((purchase.is_urgent, purchase.priority), (False, "0"))

    def test_joins_an_existing_purchase(self):
        self.vendor.group_rfq = "all"
        plain = self._sell()
        purchase = plain.stock_reference_ids.purchase_ids
        self._sell(is_urgent=True, urgent_reason="x")
        self.assertEqual((purchase.is_urgent, purchase.priority), (True, "1"))

    def test_survives_being_done(self):
        """Core forgets the star of a finished document; the urgency stays."""
        order = self._sell(is_urgent=True, urgent_reason="x")
        for product in (self.casing, self.pump):
            production = order.stock_reference_ids.production_ids.filtered(
                lambda p, product=product: p.product_id == product
            )
            self.env["stock.quant"]._update_available_quantity(
                production.move_raw_ids.product_id, self.stock, 10
            )
            production.qty_producing = 10
            production.move_raw_ids.write({"quantity": 10, "picked": True})
            production.button_mark_done()
            self.assertEqual(
                (production.state, production.priority, production.is_urgent),
                ("done", "0", True),
            )
        order.picking_ids.move_ids.write({"quantity": 10, "picked": True})
        order.picking_ids.button_validate()
        self.assertEqual(order.picking_ids.mapped("state"), ["done"])
        self.assertTrue(order.picking_ids.is_urgent)

    def test_plain_star_is_left_alone(self):
        """Somebody's own star on a plain document means what it means in core."""
        order = self._sell()
        order.picking_ids.priority = "1"
        self.assertEqual(order.picking_ids.move_ids.priority, "1")
        self.assertFalse(order.picking_ids.is_urgent)

    # -- measures ----------------------------------------------------------------------

    def _measure(self, production, **values):
        return (
            self.env["order.measure"]
            .with_user(self.planner)
            .create({"production_id": production.id, **values})
        )

    def _subcontractor(self):
        partner = self.env["res.partner"].create({"name": "Subcontractor"})
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": self.pump.product_tmpl_id.id,
                "type": "subcontract",
                "subcontractor_ids": [Command.set(partner.ids)],
                "bom_line_ids": [Command.create({"product_id": self.casing.id})],
            }
        )
        return partner

    def test_measures_are_printed(self):
        """[FRM F04] [FRM F07] overtime and three shifts with dates and hours."""
        order = self._sell(is_urgent=True, urgent_reason="x")
        production = order.mrp_production_ids
        self._measure(production, kind="overtime", hours=12)
        self._measure(production, kind="shifts", hours=48, note="both lines")
        self.assertEqual(order.order_measure_ids, production.order_measure_ids)
        rows = self.env["order.paper.f04"]._get_urgent_measures(order)
        self.assertEqual([row["hours"] for row in rows], ["12", "48"])
        html = str(
            self.env["ir.actions.report"]._render_qweb_html(
                "order_process_cn.report_f07_work_order", production.ids
            )[0],
            "utf-8",
        )
        self.assertIn("both lines", html)

    def test_outsourcing(self):
        """[URG-4] makes the subcontracting purchase, takes it off the production, and
        what comes back feeds the delivery."""
        partner = self._subcontractor()
        order = self._sell(is_urgent=True, urgent_reason="x")
        production = order.mrp_production_ids
        measure = self._measure(
            production, kind="outsourcing", partner_id=partner.id, quantity=4
        )
        self._rpc(self.planner, measure, "action_outsource")
        purchase = measure.sudo().purchase_line_id.order_id
        self.assertEqual(purchase.partner_id, partner)
        self.assertEqual((purchase.is_urgent, purchase.priority), (True, "1"))
        self.assertEqual(purchase.order_line.product_qty, 4)
        self.assertEqual(production.product_qty, 6)
        purchase.button_confirm()
        receipt = purchase.picking_ids
        self.assertEqual(len(receipt._get_subcontract_production()), 1)
        self.assertIn(order.picking_ids.move_ids, receipt.move_ids.move_dest_ids)
        with self.assertRaisesRegex(UserError, "outsourced already"):
            self._rpc(self.planner, measure, "action_outsource")
        with self.assertRaises(UserError):
            measure.quantity = 5
        with self.assertRaises(UserError):
            measure.unlink()

    def test_outsourcing_on_request(self):
        """[URG-4] [MFG-3] where purchases wait for a request, the measure fills one in,
        or goes by the one that was released for its production order."""
        self.company.order_purchase_gate = "all"
        partner = self._subcontractor()
        order = self._sell(is_urgent=True, urgent_reason="x")
        production = order.mrp_production_ids
        buyer = self._user("buyer", "purchase.group_purchase_user")
        values = {"kind": "outsourcing", "partner_id": partner.id, "quantity": 4}
        first = self._measure(production, date_to="2099-12-31", **values)
        self._rpc(self.planner, first, "action_outsource")
        line = first.sudo().purchase_line_id
        request = line.order_request_line_id.request_id
        self.assertEqual(first.request_number, request.name)
        self.assertEqual(
            (request.kind, request.state, request.user_id, request.is_urgent),
            ("outsourcing", "draft", self.planner, True),
        )
        asked = request.line_ids
        self.assertEqual(
            (asked.product_id, asked.quantity, asked.partner_id, asked.use),
            (self.pump, 4, partner, production.name),
        )
        self.assertEqual(request.activity_ids.user_id, self.planner)
        with self.assertRaisesRegex(UserError, "not released"), self.cr.savepoint():
            self._rpc(buyer, line.order_id, "button_confirm")
        self.env.invalidate_all()
        self._rpc(self.planner, request, "action_release")
        self._rpc(buyer, line.order_id, "button_confirm")
        self.assertEqual(line.order_id.state, "purchase")
        # a plan that covers it is not made twice
        plan = request.create(
            {
                "kind": "outsourcing",
                "production_ids": [Command.set(production.ids)],
                "line_ids": [
                    Command.create({"product_id": self.pump.id, "quantity": 3})
                ],
            }
        )
        plan.action_release()
        second = self._measure(production, **{**values, "quantity": 2})
        third = self._measure(production, **{**values, "quantity": 2})
        self._rpc(self.planner, second + third, "action_outsource")
        found = second.sudo().purchase_line_id.order_request_line_id
        self.assertEqual(found, plan.line_ids)
        self.assertNotEqual(
            third.sudo().purchase_line_id.order_request_line_id.request_id, plan
        )

    def test_outsourcing_everything(self):
        partner = self._subcontractor()
        order = self._sell(is_urgent=True, urgent_reason="x")
        production = order.mrp_production_ids
        self._measure(
            production, kind="outsourcing", partner_id=partner.id, quantity=10
        ).action_outsource()
        self.assertEqual(production.state, "cancel")
        self.assertNotEqual(order.picking_ids.state, "cancel")

    def test_everything_that_is_missing(self):
        order = self._sell()
        production = order.mrp_production_ids
        measure = self._measure(production, kind="outsourcing", quantity=40)
        with self.assertRaises(UserError) as caught:
            measure.action_outsource()
        self.assertIn("at most 10", str(caught.exception))
        self.assertIn("choose a subcontractor", str(caught.exception))
        measure.write({"quantity": 5, "partner_id": self.partner.id})
        with self.assertRaisesRegex(UserError, "Subcontracting"):
            measure.action_outsource()
        self.assertEqual(production.product_qty, 10)

    def test_cancelled_purchase(self):
        """Whoever plans the production learns that nobody makes the quantity now."""
        partner = self._subcontractor()
        order = self._sell()
        production = order.mrp_production_ids
        production.user_id = self.planner
        measure = self._measure(
            production, kind="outsourcing", partner_id=partner.id, quantity=4
        )
        measure.action_outsource()
        measure.sudo().purchase_line_id.order_id.button_cancel()
        self.assertEqual(production.activity_ids.user_id, self.planner)
        self.assertIn("nobody makes 4", production.activity_ids.note)

    def test_team_is_proposed_while_entering(self):
        with Form(self.env["sale.order"].with_user(self.salesman)) as form:
            form.partner_id = self.partner
            form.is_urgent = True
            form.urgent_reason = "Line stands still"
            self.assertTrue(len(form.urgent_member_ids))
        self.assertEqual(
            len(form.record.urgent_member_ids),
            self.env["order.urgent.role"].search_count([]),
        )

from odoo import Command
from odoo.tests import tagged

from ...models.effect.take_back import (
    get_all_productions,
    get_all_purchases,
)
from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestCancelWithOwnRights(OrderCommon):
    """[CFM-8] whoever may cancel an order need not see purchases or production."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.storeman = cls._user("storeman", "stock.group_stock_user")
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        mto = cls.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        names = ("stocked", "made", "bought")
        cls.products = dict(
            zip(
                names,
                cls.env["product.product"].create(
                    [{"name": name, "is_storable": True} for name in names]
                ),
                strict=True,
            )
        )
        routes = cls.warehouse.manufacture_pull_id, cls.warehouse.buy_pull_id
        cls.products["made"].route_ids = mto + routes[0].route_id
        cls.products["bought"].route_ids = mto + routes[1].route_id
        cls.products["bought"].seller_ids = [
            Command.create(
                {"partner_id": cls.env["res.partner"].create({"name": "Supplier"}).id}
            )
        ]
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.products["made"].product_tmpl_id.id,
                "bom_line_ids": [
                    Command.create({"product_id": cls.products["stocked"].id})
                ],
            }
        )

    def _confirmed(self, name):
        order = self._order(
            order_line=[
                Command.create(
                    {"product_id": self.products[name].id, "product_uom_qty": 4}
                )
            ]
        )
        self._rpc(self.salesman, order, "action_confirm")
        self.assertTrue(order.sudo().picking_ids)
        self._begin()
        return order

    def _roads(self):
        """Every way in which a person cancels."""

        def mass(order):
            wizard = (
                self.env["sale.mass.cancel.orders"]
                .with_user(self.salesman)
                .create({"sale_order_ids": [Command.set(order.ids)]})
            )
            self._rpc(self.salesman, wizard, "action_mass_cancel")

        return {
            "button": lambda o: self._rpc(self.salesman, o, "action_cancel"),
            "mass": mass,
        }

    def test_every_road(self):
        for name in self.products:
            for road, cancel in self._roads().items():
                with self.subTest(name, road=road):
                    order = self._confirmed(name)
                    cancel(order)
                    pickings = order.sudo().picking_ids
                    self.assertEqual(order.state, "cancel")
                    self.assertEqual(set(pickings.mapped("state")), {"cancel"})

    def test_transfer(self):
        """The store cancels the transfer, a salesperson reduces the order."""
        for name in self.products:
            with self.subTest(name):
                order = self._confirmed(name)
                self._rpc(self.storeman, order.sudo().picking_ids, "action_cancel")
                self.assertEqual(order.sudo().picking_ids.state, "cancel")
                order = self._confirmed(name)
                self._rpc(
                    self.salesman, order.order_line, "write", {"product_uom_qty": 2}
                )
                moves = order.sudo().picking_ids.move_ids
                self.assertEqual(sum(moves.mapped("product_uom_qty")), 2)

    def test_buyer_and_planner_are_told(self):
        """Those who make and buy for it get core's to-do all the same."""
        for name in ("made", "bought"):
            order = self._confirmed(name)
            documents = get_all_productions(order.sudo()) or get_all_purchases(
                order.sudo()
            )
            self._rpc(self.salesman, order, "action_cancel")
            self.assertTrue(documents.activity_ids, name)

from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form

from ..money.money_common import MoneyCommon
from ..set_up_once import set_up_once


class ShippingCommon(MoneyCommon):
    """Orders of a type that asks for shipping releases, the goods in stock."""

    @classmethod
    @set_up_once
    def setUpClass(cls):
        super().setUpClass()
        cls.rule.active = False
        cls.env["order.review.route"].search([]).active = False
        cls.order_type.asks_shipping_release = True
        cls.stocker = cls._user("stocker", "stock.group_stock_user")
        cls.finance = cls._user("finance", "order_process_cn.order_group_finance")
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.stock = cls.warehouse.lot_stock_id
        cls.product.is_storable = True
        cls._bring_in(100)

    @classmethod
    def _bring_in(cls, quantity, product=None):
        cls.env["stock.quant"]._update_available_quantity(
            product or cls.product, cls.stock, quantity
        )

    def _shipping_order(self, quantity=5, **values):
        """Return a confirmed order of the type; its delivery is reserved."""
        order = self._order(quantity=quantity, **values)
        order.sudo().order_type_id = self.order_type
        order.action_confirm()
        order = self.env["sale.order"].browse(order.id)
        order.picking_ids.action_assign()
        return order

    def _request(self, order, quantity=None):
        """Have the assistant ask for a release; of each line ``quantity``."""
        action = order.with_user(self.salesman).action_request_shipping()
        release = self.env["order.shipping.release"].browse(action["res_id"])
        own = release.with_user(self.salesman)
        if quantity is not None:
            own.line_ids.quantity = quantity
        own.action_request()
        return release

    def _let_go(self, order, quantity=None):
        release = self._request(order, quantity)
        release.with_user(self.finance).action_release()
        self.assertEqual(release.state, "released")
        return release

    def _ship(self, order, quantity=None, backorder=True):
        """Have the warehouse validate the open delivery of an order."""
        picking = order.picking_ids.filtered(
            lambda p: p.state not in {"done", "cancel"}
        )[:1]
        picking = picking.with_user(self.stocker)
        if quantity is not None:
            picking.move_ids.write({"quantity": quantity, "picked": True})
        result = self._rpc(self.stocker, picking, "button_validate")
        if isinstance(result, dict):
            wizard = Form.from_action(self.env(user=self.stocker), result).save()
            (wizard.process if backorder else wizard.process_cancel_backorder)()
            self.env.flush_all()
        return picking.sudo()

    @contextmanager
    def _refused(self, words):
        """Whatever is done inside is refused in ``words`` and taken back."""
        with self.assertRaises(UserError) as caught:
            yield
        self.env.invalidate_all()
        self.assertIn(words, str(caught.exception))

    def assertStays(self, call, *words):
        """Check that ``call`` is refused in words and that nothing has left."""
        before = self._count_gone()
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            call()
            self.env.flush_all()
        self.env.invalidate_all()
        for word in words:
            self.assertIn(word, str(caught.exception))
        self.assertEqual(self._count_gone(), before)

    def _count_gone(self):
        lines = self.env["stock.move.line"].search(
            [("state", "=", "done"), ("location_dest_id.usage", "=", "customer")]
        )
        return sum(lines.mapped("quantity"))

    def _kit(self, **parts):
        """Return a kit of so many of each named part, which are in stock."""
        made = self.env["product.product"].create(
            [{"name": name, "is_storable": True} for name in ("Kit", *parts)]
        )
        kit, own = made[0], made[1:]
        for part in own:
            self._bring_in(50, part)
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": p.id, "product_qty": parts[p.name]})
                    for p in own
                ],
            }
        )
        return kit

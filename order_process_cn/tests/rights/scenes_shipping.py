from .scenes_common import Scene
from .scenes_money import MoneyScenes

SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


class ShippingScenes(MoneyScenes):
    """What is done before goods leave."""

    def _guarded_order(self):
        """Return an order whose goods leave on a release only."""
        self.order_type.write(
            {
                "asks_shipping_release": True,
                # whatever other scenes have it wait for
                "issue_window_id": False,
                "requires_technical": False,
                "requires_drawing": False,
                "requires_stock_decision": False,
            }
        )
        self.rule.active = False
        order = self._deposit_order()
        order.picking_ids.move_ids._action_assign()
        return order

    def _shipping_draft(self):
        action = self._guarded_order().with_user(self.salesman)
        action = action.action_request_shipping()
        return self.env["order.shipping.release"].browse(action["res_id"])

    def _shipping_request(self):
        release = self._shipping_draft()
        release.with_user(self.salesman).action_request()
        return release

    def scene_order_suspension_wizard__action_confirm(self):
        """[CFM-8] what was suspended goes on."""
        wizards = self.env["order.suspension.wizard"].with_user(self.sales_manager)
        values = {"order_id": self._guarded_order().id, "reason": "He has paid"}
        wizards.create({**values, "mode": "suspend"}).action_confirm()
        return Scene(self.sales_manager, wizards.create({**values, "mode": "resume"}))

    def scene_sale_order__action_request_shipping(self):
        return Scene(self.salesman, self._guarded_order())

    def scene_sale_order__action_view_shipping_releases(self):
        return Scene(self.salesman, self._shipping_request().order_id)

    def scene_stock_picking__action_request_shipping(self):
        return Scene(self.salesman, self._guarded_order().picking_ids)

    def scene_stock_picking__action_view_shipping_releases(self):
        return Scene(self.salesman, self._shipping_request().order_id.picking_ids)

    def scene_order_shipping_release__action_request(self):
        return Scene(self.salesman, self._shipping_draft())

    def scene_order_shipping_release__action_release(self):
        return Scene(self.accountant, self._shipping_request())

    def scene_order_shipping_release__action_refuse(self):
        return Scene(self.accountant, self._shipping_request())

    def scene_order_shipping_release__action_correct(self):
        release = self._shipping_request()
        release.with_user(self.accountant).action_refuse()
        return Scene(self.salesman, release)

    def _rescuer(self):
        """Return somebody who lets goods go in an emergency."""
        name = "order_process_cn.order_group_shipping_emergency"
        return self._user("rescuer", name)

    def scene_order_shipping_release__action_release_emergency(self):
        return Scene(self._rescuer(), self._shipping_request(), args=["No time"])

    def scene_order_shipping_emergency_wizard__action_confirm(self):
        rescuer = self._rescuer()
        values = {"release_id": self._shipping_request().id, "reason": "No time"}
        wizards = self.env["order.shipping.emergency.wizard"].with_user(rescuer)
        return Scene(rescuer, wizards.create(values))

    def scene_order_shipping_release__action_cancel(self):
        return Scene(self.salesman, self._shipping_request())

    # -- deliveries ------------------------------------------------------------------

    def _left(self):
        """Return a delivery that has left."""
        order = self._guarded_order()
        self.order_type.asks_shipping_release = False
        picking = order.picking_ids
        for move in picking.move_ids:  # other scenes have taken what was in stock
            move.write({"quantity": move.product_uom_qty, "picked": True})
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        picking.write(
            {"vehicle_plate": "沪A12345", "expected_arrival": "2030-01-05 06:00:00"}
        )
        return picking

    def scene_stock_picking__action_notify_customer(self):
        return Scene(self.salesman, self._left())

    def scene_stock_picking__action_register_receipt(self):
        return Scene(self._keeper(), self._left())

    def _keeper(self):
        return self._user("receipt_keeper", "stock.group_stock_user")

    def _receipt_question(self):
        wizard = self.env["order.delivery.receipt.wizard"].with_user(self._keeper())
        return wizard.create(
            {
                "picking_id": self._left().id,
                "received_by": "Buyer",
                "signature": SIGNATURE,
            }
        )

    def scene_order_delivery_receipt_wizard__action_confirm(self):
        wizard = self._receipt_question()
        return Scene(wizard.create_uid, wizard)

    def scene_stock_picking__action_view_receipts(self):
        wizard = self._receipt_question()
        wizard.with_user(wizard.create_uid).action_confirm()
        return Scene(self.salesman, wizard.picking_id)

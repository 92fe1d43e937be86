from odoo.tests import Form

from ..set_up_once import set_up_once
from ..shipping.shipping_common import ShippingCommon

SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


class DeliveryCommon(ShippingCommon):
    """Deliveries on their way to the customer; their type asks for no release."""

    @classmethod
    @set_up_once
    def setUpClass(cls):
        super().setUpClass()
        cls.order_type.asks_shipping_release = False
        cls.product.write({"specification": "DN50", "default_code": "ISG-50"})
        cls.carrier = cls.env["delivery.carrier"].create(
            {
                "name": "Deppon",
                "product_id": cls.env["product.product"]
                .create({"name": "Freight", "type": "service"})
                .id,
                "tracking_url": "https://track.example/<shipmenttrackingnumber>",
            }
        )

    def _shipped(self, quantity=5, **values):
        """Return the delivery of an order that has left, all of it."""
        return self._ship(self._shipping_order(quantity, **values))

    def _guided_order(self, quantity=5, **values):
        """Return a confirmed order under a procedure; its delivery is reserved."""
        order = self._shipping_order(quantity, **values).sudo()
        order.effect_state = "effective"
        order._refresh_progress()
        self.assertTrue(order.progress)
        return order

    def _delivered(self, quantity=5, **values):
        """Return the delivery of an order under a procedure, all of which has left."""
        picking = self._ship(self._guided_order(quantity, **values))
        picking.sale_id._refresh_progress()
        return picking

    def _ask_receipt(self, picking, user=None):
        """Return the question what was received, as somebody opens it."""
        user = user or self.stocker
        action = self._rpc(user, picking, "action_register_receipt")
        wizard = self.env[action["res_model"]].with_user(user)
        return wizard.with_context(**action["context"]).create({}).with_context({})

    def _sign_receipt(self, picking, user=None, **values):
        """Have the customer sign on the phone; return the receipt."""
        wizard = self._ask_receipt(picking, user)
        wizard.write({"received_by": "Buyer", "signature": SIGNATURE, **values})
        self._rpc(wizard.env.user, wizard, "action_confirm")
        return picking.sudo().receipt_ids.sorted("id")[-1:]

    def _return(self, picking, quantity):
        """Have the customer send so many of each product back."""
        wizard = Form(
            self.env["stock.return.picking"].with_context(
                active_id=picking.id, active_ids=picking.ids, active_model=picking._name
            )
        ).save()
        wizard.product_return_moves.quantity = quantity
        action = wizard.action_create_returns()
        back = self.env["stock.picking"].browse(action["res_id"])
        back.move_ids.write({"quantity": quantity, "picked": True})
        back.button_validate()
        self.assertEqual(back.state, "done")
        return back

    def _texts(self, block):
        return [["".join(c.texts) for c in row.cells] for row in block.rows]

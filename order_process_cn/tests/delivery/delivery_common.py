from odoo.tests import Form

from ..shipping.shipping_common import ShippingCommon


class DeliveryCommon(ShippingCommon):
    """Deliveries on their way to the customer; their type asks for no release."""

    @classmethod
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

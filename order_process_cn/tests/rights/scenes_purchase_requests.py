from odoo import Command

from .scenes_common import Scene
from .scenes_shipping import ShippingScenes


class PurchaseRequestScenes(ShippingScenes):
    """What production asks purchasing to buy."""

    def _purchase_request(self):
        """Return who asks, and a request for something that a vendor delivers."""
        planner = self.staff["asks_purchases"]
        part = self.env["product.product"].create(
            {
                "name": "Bearing",
                "is_storable": True,
                "seller_ids": [Command.create({"partner_id": self.partner.id})],
            }
        )
        request = (
            self.env["order.purchase.request"]
            .with_user(planner)
            .create(
                {"line_ids": [Command.create({"product_id": part.id, "quantity": 5})]}
            )
        )
        return planner, request

    def scene_order_purchase_request__action_release(self):
        return Scene(*self._purchase_request())

    def scene_order_purchase_request__action_cancel(self):
        return Scene(*self._purchase_request())

    def scene_order_purchase_request__action_fill(self):
        planner, request = self._purchase_request()
        part = request.line_ids.product_id
        production = self.env["mrp.production"].create(
            {
                "product_id": self.product.id,
                "product_qty": 1,
                "move_raw_ids": [
                    Command.create({"product_id": part.id, "product_uom_qty": 4})
                ],
            }
        )
        production.action_confirm()
        request.production_ids = production
        return Scene(planner, request)

    def scene_order_purchase_request__action_make_rfqs(self):
        _planner, request = self._purchase_request()
        request.action_release()
        return Scene(self.staff["buys"], request)

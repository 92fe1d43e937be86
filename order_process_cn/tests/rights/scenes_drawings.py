from odoo import Command

from .scenes_common import Scene
from .scenes_shipping import ShippingScenes


class DrawingScenes(ShippingScenes):
    """What is done with drawings."""

    def _drawings(self):
        """Return drawings that may be handed out, and who draws."""
        drawer = self.staff["drawer"]
        drawings = (
            self.env["order.drawing.set"]
            .with_user(drawer)
            .create(
                {
                    "product_id": self.product.id,
                    "sheet_ids": [Command.create({"number": "P-1"})],
                }
            )
        )
        return drawer, drawings

    def _issued_drawings(self):
        drawer, drawings = self._drawings()
        drawings.action_issue()
        return drawer, drawings

    def _received_drawings(self):
        """Return drawings that the workshop has signed for, and who recovers them."""
        _drawer, drawings = self._issued_drawings()
        self._parts_of(drawings).with_user(self.signers["production"]).action_receive()
        return self.staff["follower"], drawings

    def _parts_of(self, drawings):
        return drawings.sudo().handover_ids.filtered(
            lambda h: h.kind == "split" and h.is_awaited
        )

    def scene_order_drawing_set__action_issue(self):
        return Scene(*self._drawings())

    def scene_order_drawing_set__action_cancel(self):
        return Scene(*self._drawings())

    def scene_order_drawing_set__action_replace(self):
        return Scene(*self._issued_drawings())

    def scene_order_drawing_set__action_recover(self):
        return Scene(*self._received_drawings())

    def scene_order_drawing_handover__action_receive(self):
        _drawer, drawings = self._issued_drawings()
        return Scene(self.signers["production"], self._parts_of(drawings))

    def scene_order_drawing_handover__action_recover(self):
        follower, drawings = self._received_drawings()
        return Scene(follower, self._parts_of(drawings))

    def scene_mrp_production__action_request_drawings(self):
        follower = self.staff["follower"]
        production = self.env["mrp.production"].create(
            {"product_id": self.product.id, "product_qty": 3}
        )
        return Scene(follower, production)

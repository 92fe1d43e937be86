from odoo import Command

from .scenes_common import Scene
from .scenes_money import MoneyScenes


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

    # -- the delivery schedule ---------------------------------------------------------

    def scene_sale_order_line__action_open_delivery_schedule(self):
        line = self._order(quantity=10).order_line
        parts = [{"quantity": n, "promised_date": f"2030-12-0{n}"} for n in (3, 7)]
        line.delivery_part_ids = [Command.create(values) for values in parts]
        return Scene(self.salesman, line)

    def _shipment_plan(self):
        """Return a plan that has something to fill in, and something in it."""
        order = self._deposit_order(commitment_date="2030-12-03 08:00:00")
        values = {"order_line_id": order.order_line.id, "quantity": 1}
        return (
            self.env["order.shipment.plan"]
            .with_user(self.salesman)
            .create(
                {
                    "date_from": "2030-12-02",
                    "line_ids": [Command.create({**values, "date": "2030-12-02"})],
                }
            )
        )

    def scene_order_shipment_plan__action_fill(self):
        return Scene(self.salesman, self._shipment_plan())

    def scene_order_shipment_plan__action_hand_over(self):
        return Scene(self.salesman, self._shipment_plan())

    def scene_order_shipment_plan__action_cancel(self):
        return Scene(self.salesman, self._shipment_plan())

    # -- the release -------------------------------------------------------------------

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

    def scene_order_shipping_release__action_cancel(self):
        return Scene(self.salesman, self._shipping_request())

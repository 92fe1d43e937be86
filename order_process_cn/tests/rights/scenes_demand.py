from odoo import Command

from .scenes_common import Scene
from .scenes_shipping import ShippingScenes


class DemandScenes(ShippingScenes):
    """What regions need, and who approves more than a cap."""

    def _demand(self, **values):
        """Return the head of a region, and its plan of a week."""
        head = self.staff["heads_region"]
        team = self.env["crm.team"].create({"name": "North", "user_id": head.id})
        plan = (
            self.env["order.demand.plan"]
            .with_user(head)
            .create(
                {
                    "team_id": team.id,
                    "kind": "week",
                    "date_from": "2030-06-03",
                    "line_ids": [
                        Command.create({"product_id": self.product.id, "quantity": 5})
                    ],
                    **values,
                }
            )
        )
        return head, plan

    def _demand_that_counts(self):
        head, plan = self._demand()
        plan.action_hand_in()
        return Scene(head, plan)

    def _demand_over_cap(self):
        self.env["order.demand.cap"].create(
            {"product_tmpl_id": self.product.product_tmpl_id.id, "quantity": 1}
        )
        _head, plan = self._demand()
        plan.action_hand_in()
        holder = self.staff["approves_demand"]
        return Scene(holder, plan)

    def scene_order_demand_plan__action_hand_in(self):
        return Scene(*self._demand())

    def scene_order_demand_plan__action_approve_excess(self):
        return self._demand_over_cap()

    def scene_order_demand_plan__action_refuse_excess(self):
        return self._demand_over_cap()

    def scene_order_demand_plan__action_take_back(self):
        return self._demand_that_counts()

    def scene_order_demand_plan__action_break_down(self):
        return self._demand_that_counts()

    def scene_order_demand_plan__action_make_shipment_plan(self):
        return self._demand_that_counts()

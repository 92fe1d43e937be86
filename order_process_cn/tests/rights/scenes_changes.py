from odoo import Command

from .scenes_common import Scene
from .scenes_shipping import ShippingScenes


class ChangeScenes(ShippingScenes):
    """Orders that are changed after they were agreed."""

    def _change_draft(self):
        """Return the change of an order in force, which asks for more."""
        order = self._guarded_order()
        changes = self.env["order.change.request"].with_user(self.salesman)
        change = changes.browse(changes.action_open(order.id)["res_id"])
        more = {"quantity": change.line_ids[0].quantity + 1}
        change.write(
            {
                "reason_id": self.env.ref(
                    "order_process_cn.order_change_reason_quantity"
                ).id,
                "line_ids": [Command.update(change.line_ids[0].id, more)],
            }
        )
        return change

    def scene_order_change_request__action_open(self):
        order = self._guarded_order()
        return Scene(self.salesman, self.env["order.change.request"], args=[order.id])

    def scene_order_change_request__action_request(self):
        return Scene(self.salesman, self._change_draft())

    def scene_order_change_request__action_correct(self):
        return Scene(self.salesman, self._change_draft())

    def scene_order_change_request__action_cancel(self):
        return Scene(self.salesman, self._change_draft())

    def scene_order_change_request__action_apply(self):
        """What was agreed to waits for nothing more."""
        change = self._change_draft()
        change.sudo()._move_to("requested")
        change.sudo()._move_to("agreed")
        return Scene(self.salesman, change)

    def scene_order_change_request__action_register_agreement(self):
        def given(user):
            return ("Mr Li", self._upload(user).ids)

        self.order_type.change_agreement = "always"
        scene = self.scene_order_change_request__action_apply()
        return Scene(self.salesman, scene.records, given)

    def scene_order_version__action_compare(self):
        change = self._change_draft()
        change.action_request()
        return Scene(self.salesman, change.sudo().order_id.version_ids)

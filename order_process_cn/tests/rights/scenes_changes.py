from odoo import Command, fields

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

    # -- capacity ----------------------------------------------------------------------

    def _asked_of_capacity(self):
        """Return the question about an order that production cannot make in time."""
        product = self.env["product.product"].create(
            {"name": "Made", "is_storable": True}
        )
        centre = self.env["mrp.workcenter"].create({"name": "Bench"})
        step = {"name": "Make", "workcenter_id": centre.id, "time_cycle_manual": 600}
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "operation_ids": [Command.create(step)],
            }
        )
        line = {"product_id": product.id, "product_uom_qty": 40}
        order = self._order(
            order_line=[Command.create(line)], wanted_date=fields.Date.today()
        )
        reason = self.env.ref("order_process_cn.order_capacity_reason_date")
        reason.department_id.member_ids |= self.salesman
        wizards = self.env["order.capacity.wizard"].with_user(self.salesman)
        return wizards.create({"order_id": order.id, "reason_id": reason.id})

    def scene_order_capacity_wizard__action_keep(self):
        """[PLN-5] what production says is kept."""
        return Scene(self.salesman, self._asked_of_capacity())

    def scene_order_capacity_wizard__action_pass(self):
        """[PLN-5] it is promised all the same."""
        wizard = self._asked_of_capacity()
        wizard.action_keep()
        return Scene(self.salesman, wizard)

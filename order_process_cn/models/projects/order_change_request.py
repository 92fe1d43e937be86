from odoo import models

from ..changes.change_states import CANCEL


class OrderChangeRequest(models.Model):
    """A change of a project reaches its plan (P13 三 2): whoever drew it up makes it
    anew; what is in force stays so until it is replaced."""

    _inherit = "order.change.request"

    def _collect_reach(self):
        rows = super()._collect_reach()
        if self.kind == CANCEL or not self.order_id.has_project:
            return rows
        # whoever asks for a change need not read the plan
        plans = self.env["order.project.plan"].sudo()._find_current(self.order_id)
        return rows + [
            {
                "res_model": plan._name,
                "res_id": plan.id,
                "act": "remake",
                "user_id": plan.manager_id.id,
            }
            for plan in plans.sorted("run")[-1:]
        ]

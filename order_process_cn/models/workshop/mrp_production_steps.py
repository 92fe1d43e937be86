from odoo import models

from ..intake.classification import get_order_type
from ..mechanism.order_condition_mixin import Condition


class MrpProduction(models.Model):
    """Every step has an owner and a date before production starts (MFG-12)."""

    _inherit = "mrp.production"

    def _condition_step_owners(self):
        """[MFG-12] each operation has somebody who answers for it, and a date."""
        since = self.env["order.type"]._steps_owned_since()
        conditions = {}
        for production in self if since else self.browse():
            order = production._get_sale_orders()[:1]
            asked = since.get(get_order_type(order).id) if order else None
            steps = production.workorder_ids.filtered(lambda w: w.state != "cancel")
            if not asked or production.create_date < asked or not steps:
                continue
            missing = steps._spell_unowned()
            conditions[production] = Condition(
                "step_owners",
                self.env._("Every step has an owner and a date"),
                not missing,
                self.env._("Production"),
                missing,
            )
        return conditions

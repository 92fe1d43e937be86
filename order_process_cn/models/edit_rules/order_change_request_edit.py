from odoo import models

from ..mechanism.order_condition_mixin import Condition
from .order_edit_rule import CANCEL, NEVER
from .stages import find_edit_stage


class OrderChangeRequest(models.Model):
    """What is settled, a change request does not reopen either (CHG-4)."""

    _inherit = "order.change.request"

    def _find_obstacles(self):
        rules = self.env["order.edit.rule"]
        obstacles = super()._find_obstacles()
        stage = bool(rules._compiled()) and find_edit_stage(self.order_id)
        if not stage:
            return obstacles
        found = rules._find_for(self.order_id, stage, self.user_id or self.create_uid)
        touched = {CANCEL} if self.kind == CANCEL else self._get_touched()
        settled = {
            rule["names"].get(self.env.lang or "en_US", "")
            for subject, rule in found.items()
            if subject in touched and rule["mode"] == NEVER
        }
        if settled:
            words = self.env._("Settled at this stage: %s", ", ".join(sorted(settled)))
            owner = self.env._("an administrator of the process")
            obstacles.append(Condition("obstacle", words, False, owner))
        return obstacles

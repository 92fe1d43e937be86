from odoo import api, models

from .mail_message import PASSING
from .retention import refuse_to_lose

# what core writes itself when a field goes with its module
PASSED_ON = {"field_info"}


class MailTrackingValue(models.Model):
    """What a field of an order was before is kept as long as the order is (AFS-4)."""

    _inherit = "mail.tracking.value"

    def write(self, vals):
        self.check_access("write")  # what is kept is told to those who may
        if not self.env.su or vals.keys() - PASSED_ON:
            self._refuse_to_lose_kept()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        self._refuse_to_lose_kept()

    def _refuse_to_lose_kept(self):
        # whether it is kept does not depend on who touches it
        messages = self.sudo().mail_message_id
        refuse_to_lose(
            messages.filtered(lambda m: m.message_type not in PASSING), "model"
        )

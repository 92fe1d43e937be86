from odoo import models

from .moved_dates import note_move


class OrderDeliveryPart(models.Model):
    """A part that is promised for another day is told as well. [ANA-4]"""

    _inherit = "order.delivery.part"

    def write(self, vals):
        moving = self.browse()
        # the slip of an offer is a rule that was agreed to with it
        if "promised_date" in vals and "slipped_to" not in vals:
            moving = self.sudo().filtered(  # the engine's, whoever writes
                lambda part: part.order_id.state == "sale" and part.order_id.progress
            )
        before = {part: part.promised_date for part in moving}
        result = super().write(vals)
        for part, day in before.items():
            note_move(part.order_id, day, part.promised_date)
        return result

from odoo import api, models

from .production_deadline import bind_production


class OrderDeliveryPart(models.Model):
    """A part that moves takes along the date by which it has to be made. [INT-9]"""

    _inherit = "order.delivery.part"

    @api.model
    def _after_change(self, lines):
        super()._after_change(lines)
        bind_production(lines.order_id)

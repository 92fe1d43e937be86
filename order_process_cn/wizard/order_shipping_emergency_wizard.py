from odoo import fields, models

from ..models.mechanism.engine import public_act


class OrderShippingEmergencyWizard(models.TransientModel):
    """Asks why goods cannot wait for finance. [SHP-1]"""

    _name = "order.shipping.emergency.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Emergency Release"

    release_id = fields.Many2one("order.shipping.release", required=True)
    reason = fields.Text()

    @public_act
    def action_confirm(self):
        self.ensure_one()
        return self.release_id.action_release_emergency(self.reason)

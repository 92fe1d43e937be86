from odoo import fields, models


class OrderEvent(models.Model):
    """Limits that were met or not stand in the history of their document."""

    _inherit = "order.event"

    run_id = fields.Many2one("order.time.limit.run", string="Limit", readonly=True)

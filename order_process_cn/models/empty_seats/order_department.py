from odoo import api, models


class OrderDepartment(models.Model):
    _inherit = "order.department"

    @api.model
    def _after_belonging_changed(self):
        super()._after_belonging_changed()
        self.env["order.review.task"]._look_for_empty_seats()

from odoo import api, models


class MrpWorkcenterProductivity(models.Model):
    """The conductor of booked time: see sale_order.py."""

    _inherit = "mrp.workcenter.productivity"

    @api.constrains("workorder_id", "date_start", "date_end")
    def _check_work_may_begin(self):
        """Time is booked on an order that may start. [MFG-5]"""
        self.workorder_id.production_id._check_work_may_begin()

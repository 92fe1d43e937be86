from odoo import models


class OrderInspectionLine(models.Model):
    _inherit = "order.inspection.line"

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"verdict", "measures"}:
            self.inspection_id._note_fault()
        return result

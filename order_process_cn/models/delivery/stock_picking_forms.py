from odoo import models


class StockPicking(models.Model):
    """A delivery as a printed document: what frame, head and foot of its papers show.
    What stands on a paper is said by ``order.paper.fNN``."""

    _inherit = "stock.picking"

    def _get_form_document(self):
        return self.name

    def _is_form_urgent(self):
        return self.is_urgent

    def _get_form_watermark(self):
        picking = self.sudo()  # whether its goods may leave is printed for everybody
        if picking.state == "cancel":
            return self.env._("Void")
        if not picking._is_let_go():
            return self.env._("Not released")
        return super()._get_form_watermark()

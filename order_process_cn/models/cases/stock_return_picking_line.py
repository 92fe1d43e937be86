from odoo import fields, models

LINKS = ("service_case_line_id", "service_case_sent_id")


class StockReturnPickingLine(models.TransientModel):
    """Which goods of which case are returned, where the engine returns them."""

    _inherit = "stock.return.picking.line"

    service_case_line_id = fields.Many2one("order.service.case.line", readonly=True)
    service_case_sent_id = fields.Many2one(
        "order.service.case.line", string="Sent Back of a Case", readonly=True
    )

    def _prepare_move_default_values(self, new_picking):
        values = super()._prepare_move_default_values(new_picking)
        if self.env.su:  # what a client says of a case counts for nothing
            values |= {name: self[name].id for name in LINKS if self[name]}
        return values

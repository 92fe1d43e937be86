from odoo import api, fields, models


class StockPicking(models.Model):
    """The case by which goods come back with a transfer (AFS-1)."""

    _inherit = "stock.picking"

    service_case_id = fields.Many2one(
        "order.service.case",
        compute="_compute_service_case_id",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("move_ids.service_case_line_id", "move_ids.service_case_sent_id")
    def _compute_service_case_id(self):
        for picking in self:
            moves = picking.move_ids
            lines = moves.service_case_line_id | moves.service_case_sent_id
            picking.service_case_id = lines.case_id[:1]

    def _is_return_from_customer(self):
        """Whether one transfer brings back goods of an order from its customer."""
        self.ensure_one()
        return bool(self.return_id and self.sale_id) and (
            self.location_id._is_outgoing() and not self.location_dest_id._is_outgoing()
        )

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class StockMove(models.Model):
    """Goods that come back, and go back to the customer, on a service case (AFS-1)."""

    _inherit = "stock.move"

    service_case_line_id = fields.Many2one(
        "order.service.case.line",
        string="Comes Back on a Case",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )
    service_case_sent_id = fields.Many2one(
        "order.service.case.line",
        string="Goes Back on a Case",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )

    @api.constrains(
        "service_case_line_id", "service_case_sent_id", "origin_returned_move_id"
    )
    def _check_of_case(self):
        """A move that is for a case brings back its goods, or takes them out again."""
        for move in self.sudo():  # whoever moves goods need not see cases
            back, sent = move.service_case_line_id, move.service_case_sent_id
            origin = move.origin_returned_move_id
            if (back and not back._is_brought_back_by(move)) or (
                sent and origin.service_case_line_id != sent
            ):
                name = (back | sent).case_id.display_name
                raise ValidationError(
                    self.env._("The goods of %s are collected by sales.", name)
                )

    def _prepare_move_split_vals(self, qty):
        # what comes later belongs to the same case, whoever moves it
        return {
            **super()._prepare_move_split_vals(qty),
            # the warehouse need not see cases
            "service_case_line_id": self.sudo().service_case_line_id.id,
            "service_case_sent_id": self.sudo().service_case_sent_id.id,
        }

    def _follow_cases(self):
        """Go on with the cases whose goods came with these moves, or will not come."""
        # whoever moves goods need not see cases
        lines = self.sudo().service_case_line_id
        if lines:
            lines.invalidate_recordset(["received_qty"])
            lines.case_id._follow_goods()

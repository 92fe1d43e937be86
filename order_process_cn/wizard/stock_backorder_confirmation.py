from odoo import api, fields, models
from odoo.fields import Command


class StockBackorderConfirmation(models.TransientModel):
    """[SHP-8] For what is missing within the tolerance no backorder is proposed; who
    answers may still ask for one."""

    _inherit = "stock.backorder.confirmation"

    is_within_tolerance = fields.Boolean(
        compute="_compute_is_within_tolerance", compute_sudo=True
    )

    @api.depends("pick_ids")
    def _compute_is_within_tolerance(self):
        # whoever moves goods need not see what was agreed
        for question in self:
            complete = question.pick_ids._filtered_complete()
            question.is_within_tolerance = bool(complete) and (
                complete == question.pick_ids
            )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        lines = [
            command
            for command in values.get("backorder_confirmation_line_ids") or []
            if command[0] == Command.CREATE
        ]
        if len(lines) > 1:  # a single one is answered by a button
            asked = self.env["stock.picking"].browse(
                [command[2]["picking_id"] for command in lines]
            )
            complete = asked.sudo()._filtered_complete()  # as above
            for command in lines:
                if command[2]["picking_id"] in complete.ids:
                    command[2]["to_backorder"] = False
        return values

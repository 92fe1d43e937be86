from odoo import api, fields, models


class OrderWorkReport(models.Model):
    """In which shift something was done (P20 三.1): reports are counted by it."""

    _inherit = "order.work.report"

    shift_id = fields.Many2one(
        "order.shift", readonly=True, index="btree_not_null", ondelete="restrict"
    )

    @api.model
    def _record(self, workorder, **values):
        if operator := values.get("operator_id"):
            moment = values.get("finished_on") or fields.Datetime.now()
            # whoever reports need not see shifts; only which one it was
            shift = (
                self.env["order.shift.roster"]
                .sudo()
                ._find_shift(operator, workorder.sudo().company_id, moment)
            )
            values["shift_id"] = shift.id
        return super()._record(workorder, **values)

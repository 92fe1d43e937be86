from odoo import fields, models
from odoo.exceptions import UserError

from ..mechanism.halves import work_in_halves


class OrderIssueLine(models.Model):
    """One order of a release list, and what became of it."""

    _name = "order.issue.line"
    _inherit = ["order.engine.mixin"]
    _description = "Issued Order"
    _order = "batch_id, id"

    batch_id = fields.Many2one(
        "order.issue.batch", required=True, ondelete="cascade", index=True
    )
    order_id = fields.Many2one("sale.order", required=True, index=True)
    partner_id = fields.Many2one(related="order_id.partner_id")
    order_type_id = fields.Many2one(related="order_id.order_type_id")
    is_urgent = fields.Boolean(related="order_id.is_urgent")
    commitment_date = fields.Datetime(related="order_id.commitment_date")
    state = fields.Selection(
        [("waiting", "Waiting"), ("issued", "Issued"), ("failed", "Failed")],
        required=True,
        default="waiting",
        readonly=True,
    )
    message = fields.Text(readonly=True)

    def _issue(self):
        """Release these orders; one that fails never stops the others."""
        failed = work_in_halves(
            self, lambda lines: lines.order_id._release(), UserError
        )
        for line, error in failed:
            line.write({"state": "failed", "message": str(error)})
            self -= line
        self.state = "issued"

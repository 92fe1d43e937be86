from odoo import fields, models
from odoo.exceptions import UserError


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
        """Release these orders together; if that fails, in halves, so that one order
        never stops the others."""
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                self.order_id._release()
            self.state = "issued"
        except UserError as error:
            if len(self) == 1:
                self.write({"state": "failed", "message": str(error)})
                return
            half = len(self) // 2
            self[:half]._issue()
            self[half:]._issue()

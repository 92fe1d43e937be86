from odoo import api, fields, models
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

    @api.model
    def _find_waiting(self, orders):
        """Return the lines of other lists by which the worker will issue ``orders``."""
        # the caller was checked at the desk; orders and lists are shown to it
        return self.sudo().search(
            [("order_id", "in", orders.ids), ("state", "=", "waiting")]
        )

    def _prepare_refused_values(self):
        """Return the values of a line of another list for the order of this one."""
        self.ensure_one()
        return {
            "order_id": self.order_id.id,
            "state": "failed",
            "message": self.env._(
                "It is being issued with %s already.", self.batch_id.name
            ),
        }

    def _issue(self):
        """Release these orders, as far as they still wait for it; one that fails never
        stops the others."""
        held = self.filtered(lambda line: line.order_id.effect_state == "held")
        (self - held).write(
            {
                "state": "failed",
                "message": self.env._("It does not wait to be issued any more."),
            }
        )
        failed = work_in_halves(
            held, lambda lines: lines.order_id._release(), UserError
        )
        for line, error in failed:
            line.write({"state": "failed", "message": str(error)})
            # a seat that has to sign as well is opened by it
            line.order_id._mark_for_recheck("review")
            held -= line
        held.state = "issued"

from odoo import fields, models
from odoo.exceptions import UserError

from ..mechanism.halves import work_in_halves


class OrderShippingBatchLine(models.Model):
    """One release that is shipped with others, and what became of it."""

    _name = "order.shipping.batch.line"
    _inherit = ["order.engine.mixin"]
    _description = "Release Shipped with Others"
    _order = "batch_id, id"

    batch_id = fields.Many2one(
        "order.shipping.batch",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    release_id = fields.Many2one(
        "order.shipping.release",
        string="Shipping Release",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(related="release_id.partner_id")
    picking_ids = fields.Many2many("stock.picking", string="Transfers", readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("shipped", "Shipped"), ("failed", "Failed")],
        required=True,
        default="waiting",
        readonly=True,
    )
    message = fields.Text(readonly=True)

    def _ship(self):
        """Validate what is ready of one release; what keeps it here is noted."""
        self.ensure_one()
        failed = work_in_halves(self, lambda line: line._validate(), UserError)
        for line, error in failed:
            line.write({"state": "failed", "message": str(error)})
            # why it was shown among those that are ready
            line.release_id.order_id._mark_for_recheck("shipping")
        if not failed:
            self.state = "shipped"

    def _validate(self):
        """Validate the deliveries of one release as whoever pressed the button."""
        deliveries = self.release_id._get_deliveries()
        if not deliveries:
            raise UserError(self.env._("No goods of it are ready to leave."))
        complete = deliveries._filtered_complete()
        batch = self.batch_id
        user = batch.user_id
        own = deliveries.with_user(user).with_context(
            lang=user.lang,
            tz=user.tz,
            allowed_company_ids=batch.company_id.ids,
            # core's question about backorders is answered as it would be proposed
            skip_backorder=True,
            picking_ids_not_to_backorder=complete.ids,
        )
        own.check_access("write")
        own.button_validate()
        if asking := deliveries.filtered(lambda picking: picking.state != "done"):
            raise UserError(
                self.env._(
                    "%s asks a question: validate it there.",
                    ", ".join(asking.mapped("name")),
                )
            )
        self.picking_ids = deliveries

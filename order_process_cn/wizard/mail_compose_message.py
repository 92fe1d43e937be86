from odoo import fields, models

from ..models.confirmation.quotation_changes import (
    check_confirmation_reviewed,
    on_confirmation_sent,
)
from ..models.urgent.urgency import check_reply_signed, on_urgent_reply

# what is checked before a message with this purpose goes out, and noted afterwards
PURPOSES = {
    "confirmation": (check_confirmation_reviewed, on_confirmation_sent),
    "urgent_reply": (check_reply_signed, on_urgent_reply),
}


class MailComposeMessage(models.TransientModel):
    """Notes what has really been sent to the customer of an order, once it was sent."""

    _inherit = "mail.compose.message"

    order_purpose = fields.Selection(
        [("confirmation", "Order confirmation"), ("urgent_reply", "Urgent reply")],
        help="What the message is to the order: it counts as sent when it has gone to "
        "the customer.",
    )

    def _action_send_mail_comment(self, res_ids):
        if not self.order_purpose or self.model != "sale.order":
            return super()._action_send_mail_comment(res_ids)
        orders = self.env["sale.order"].browse(res_ids)
        orders.check_access("write")
        check, note = PURPOSES[self.order_purpose]
        check(orders)
        messages = super()._action_send_mail_comment(res_ids)
        told = {message.res_id for message in messages if self._reaches(message)}
        # the dates are the engine's; that he may write the order was checked above
        note(orders.filtered(lambda order: order.id in told).sudo())
        return messages

    def _prepare_mail_values(self, res_ids):
        values = super()._prepare_mail_values(res_ids)
        # the text of the template is in it, whatever the writer changed
        if self.model == "sale.order" and self.template_id.sudo()._shows_prices():
            values = {key: {**one, "shows_prices": True} for key, one in values.items()}
        return values

    def _reaches(self, message):
        """Whether a message goes to the customer of its order."""
        order = self.env["sale.order"].browse(message.res_id)
        customer = order.partner_id.commercial_partner_id
        return customer in message.partner_ids.commercial_partner_id

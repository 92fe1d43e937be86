from odoo import fields, models

from ..models.confirmation.quotation_changes import (
    check_confirmation_reviewed,
    on_confirmation_sent,
)
from ..models.delays.order_delay_report_acts import check_delay_untold, on_delay_told
from ..models.delivery.stock_picking_notice import check_may_notify, on_notified
from ..models.urgent.urgency import check_reply_signed, on_urgent_reply

# by model and purpose: what is checked before such a message goes out, and noted
# afterwards
PURPOSES = {
    ("sale.order", "confirmation"): (check_confirmation_reviewed, on_confirmation_sent),
    ("sale.order", "urgent_reply"): (check_reply_signed, on_urgent_reply),
    ("sale.order", "delay"): (check_delay_untold, on_delay_told),
    ("stock.picking", "shipping_notice"): (check_may_notify, on_notified),
}


class MailComposeMessage(models.TransientModel):
    """Notes what has really been sent to the customer of an order or a delivery, once
    it was sent."""

    _inherit = "mail.compose.message"

    order_purpose = fields.Selection(
        [
            ("confirmation", "Order confirmation"),
            ("urgent_reply", "Urgent reply"),
            ("shipping_notice", "Shipping notice"),
            ("delay", "Notice of a delay"),
        ],
        help="What the message is to the order: it counts as sent when it has gone to "
        "the customer.",
    )

    def _action_send_mail_comment(self, res_ids):
        if (self.model, self.order_purpose) not in PURPOSES:
            return super()._action_send_mail_comment(res_ids)
        check, note = PURPOSES[self.model, self.order_purpose]
        documents = self.env[self.model].browse(res_ids)
        documents.check_access("write")
        check(documents)
        messages = super()._action_send_mail_comment(res_ids)
        told = {message.res_id for message in messages if self._reaches(message)}
        # the dates are the engine's; that he may write the document was checked above
        note(documents.filtered(lambda document: document.id in told).sudo())
        return messages

    def _prepare_mail_values(self, res_ids):
        values = super()._prepare_mail_values(res_ids)
        # the text of the template is in it, whatever the writer changed
        if self.model == "sale.order" and self.template_id.sudo()._shows_prices():
            values = {key: {**one, "shows_prices": True} for key, one in values.items()}
        return values

    def _reaches(self, message):
        """Whether a message goes to the customer of its document."""
        document = self.env[message.model].browse(message.res_id)
        customer = document.partner_id.commercial_partner_id
        return customer in message.partner_ids.commercial_partner_id

from odoo import fields, models

# what messages are to the documents about which they are
PURPOSES = {
    "sale.order": {"confirmation", "urgent_reply"},
    "stock.picking": {"shipping_notice"},
}


class MailComposeMessage(models.TransientModel):
    """Notes what has really been sent to the customer of an order, once it was sent."""

    _inherit = "mail.compose.message"

    order_purpose = fields.Selection(
        [
            ("confirmation", "Order confirmation"),
            ("urgent_reply", "Urgent reply"),
            ("shipping_notice", "Shipping notice"),
        ],
        help="What the message is to the order: it counts as sent when it has gone to "
        "the customer.",
    )

    def _action_send_mail_comment(self, res_ids):
        purposes = PURPOSES.get(self.model, ())
        if self.order_purpose not in purposes:
            return super()._action_send_mail_comment(res_ids)
        orders = self.env[self.model].browse(res_ids)
        orders.check_access("write")
        orders._check_may_send(self.order_purpose)
        messages = super()._action_send_mail_comment(res_ids)
        told = {message.res_id for message in messages if self._reaches(message)}
        # the dates are the engine's; that he may write the order was checked above
        sent = orders.filtered(lambda order: order.id in told).sudo()
        sent._note_sent(self.order_purpose)
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

from odoo import api, fields, models


class MailMessage(models.Model):
    """A mail with prices in its text or among its files is closed to those to whom
    prices are, in the chatter too. [SEC-1] See the rule ``message_rule_prices``."""

    _inherit = "mail.message"

    shows_prices = fields.Boolean(
        readonly=True,
        groups="base.group_user",
        help="Sent with sale prices, from a template or with a paper: closed to those "
        "to whom prices are.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages._close_with_files(vals_list)
        return messages

    def write(self, vals):
        result = super().write(vals)
        self._close_with_files([vals])
        return result

    def _close_with_files(self, vals_list):
        """Close the messages that have got a file with prices."""
        if any(vals.get("attachment_ids") for vals in vals_list):
            # the mark is ours, whoever writes the message
            for message in self.sudo():
                if any(message.attachment_ids.mapped("shows_prices")):
                    message.shows_prices = True

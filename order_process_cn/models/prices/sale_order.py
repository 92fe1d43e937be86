from odoo import fields, models
from odoo.exceptions import AccessError

from .res_users import PRICE_GROUP


class SaleOrder(models.Model):
    """Sale prices are closed to stock and workshop users (SEC-1)."""

    _inherit = "sale.order"

    amount_untaxed = fields.Monetary(groups=PRICE_GROUP)
    amount_tax = fields.Monetary(groups=PRICE_GROUP)
    amount_total = fields.Monetary(groups=PRICE_GROUP)
    amount_to_invoice = fields.Monetary(groups=PRICE_GROUP)
    amount_invoiced = fields.Monetary(groups=PRICE_GROUP)
    amount_paid = fields.Float(groups=PRICE_GROUP)
    amount_undiscounted = fields.Float(groups=PRICE_GROUP)
    tax_totals = fields.Binary(groups=PRICE_GROUP)
    # whoever holds the link reads the customer's page, with every price
    access_token = fields.Char(groups=PRICE_GROUP)

    def _portal_ensure_token(self):
        # a message to the customer carries the link, whoever writes it
        return super(SaleOrder, self.sudo())._portal_ensure_token()

    def _sign_token(self, pid):
        # of the same link: it goes into the mail, not to whoever writes it
        return super(SaleOrder, self.sudo())._sign_token(pid)

    def get_portal_url(self, *args, **kwargs):
        self._check_sees_prices()
        return super().get_portal_url(*args, **kwargs)

    def _get_share_url(self, *args, **kwargs):
        self._check_sees_prices()
        return super()._get_share_url(*args, **kwargs)

    def _notify_by_email_prepare_rendering_context(
        self,
        message,
        msg_vals=False,
        model_description=False,
        force_email_company=False,
        force_email_lang=False,
        force_record_name=False,
    ):
        # core writes the total into the head of every mail, whoever writes or gets it
        order = self.sudo()
        context = super(SaleOrder, order)._notify_by_email_prepare_rendering_context(
            message,
            msg_vals=msg_vals,
            model_description=model_description,
            force_email_company=force_email_company,
            force_email_lang=force_email_lang,
            force_record_name=force_record_name,
        )
        # asked to leave something out: nothing of them is told
        partners = message.sudo().partner_ids | order.message_partner_ids
        people = self.env.user | partners.user_ids
        if not all(user._has_group(PRICE_GROUP) for user in people):
            context["subtitles"] = context["subtitles"][:1]
        return {**context, "record": self}

    def _get_message_create_valid_field_names(self):
        return super()._get_message_create_valid_field_names() | {"shows_prices"}

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        # prices are not sent to those to whom they are closed: who follows the order
        # is not told of such a mail
        recipients = super()._notify_get_recipients(
            message, msg_vals=msg_vals, **kwargs
        )
        # a mark of the message, asked before it goes out
        if not message.sudo().shows_prices:
            return recipients
        people = self.env["res.users"].browse(r["uid"] for r in recipients if r["uid"])
        closed = {user.id for user in people if not user._has_group(PRICE_GROUP)}
        return [r for r in recipients if r["uid"] not in closed]

    def _check_sees_prices(self):
        if not self.env.su and not self.env.user.has_group(PRICE_GROUP):
            raise AccessError(
                self.env._(
                    "The customer's page of an order shows prices; ask Sales to open "
                    "or send it."
                )
            )

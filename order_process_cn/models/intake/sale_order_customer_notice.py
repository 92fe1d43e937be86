from odoo import fields, models


class SaleOrder(models.Model):
    """What the customer hears of us while his order is entered and reviewed."""

    _inherit = "sale.order"

    acknowledged_on = fields.Datetime(
        copy=False,
        readonly=True,
        help="When the customer was told the order number.",
        groups="base.group_user",
    )

    def _send_acknowledgement(self):
        """Tell the customers of submitted orders the order number, once."""
        sending = self.env["order.type"]._ids_acknowledging()
        template = self.env.ref("order_process_cn.mail_template_acknowledgement")
        for order in self.filtered(
            lambda order: (
                order.review_id
                and not order.acknowledged_on
                and order.order_type_id.id in sending
            )
        ):
            order.acknowledged_on = fields.Datetime.now()
            order.message_post_with_source(
                template,
                email_layout_xmlid="mail.mail_notification_light",
                subtype_xmlid="mail.mt_comment",
            )

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

    def _request_acknowledgement(self):
        """Have the worker tell the customer the order number, where the type asks for
        it: no mail is written in the transaction that submits. [INT-7]"""
        sending = self.env["order.type"]._ids_acknowledging()
        waiting = self.filtered(
            lambda order: (
                not order.acknowledged_on and order._get_order_type().id in sending
            )
        )
        waiting._mark_for_recheck("acknowledge")

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

    def _get_confirmation_gaps(self):
        """Return ``{order: text}``: resubmitted with another price or other terms, the
        order needs the customer's written confirmation. [REV-4]"""
        gaps = {}
        declined = self.filtered(
            lambda order: (
                order.review_state == "declined" and not order.written_confirmation
            )
        )
        # as stored: what is being typed is compared once it is saved
        facts = declined._origin._collect_review_facts() if declined else {}
        for order in declined:
            stored = order._origin
            # compared only: the facts themselves are shown to nobody
            before = order.sudo().review_id.facts
            now = stored._facts_known_to(order.review_id, facts[stored])
            if any(now.get(g) != before.get(g) for g in ("price", "terms")):
                gaps[order] = self.env._(
                    "the customer's written confirmation of the changed price or terms"
                )
        return gaps

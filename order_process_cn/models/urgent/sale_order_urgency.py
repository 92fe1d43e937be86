from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_date

from ..mechanism.engine import public_act

GROUP = "order_process_cn.order_group_urgency"


class SaleOrder(models.Model):
    """Urgent orders: why, by when the customer wants a reply, and who is in the team
    (URG-1); the reply itself (URG-2)."""

    _inherit = "sale.order"

    urgent_reason = fields.Char(
        string="Why Urgent",
        copy=False,
        tracking=True,
        help="Told to everybody.",
        groups="base.group_user",
    )
    urgent_reply_date = fields.Date(
        string="Reply Wanted by",
        copy=False,
        help="The customer's date, if it is earlier than our own limit.",
        groups="base.group_user",
    )
    urgent_member_ids = fields.One2many(
        "order.urgent.member",
        "order_id",
        string="Team",
        compute="_compute_urgent_member_ids",
        store=True,
        readonly=False,
        copy=False,
        groups="base.group_user",
    )
    urgent_told_on = fields.Datetime(
        string="Departments Told on",
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
    urgent_replied_on = fields.Datetime(
        string="Replied on", copy=False, readonly=True, groups="base.group_user"
    )

    @api.depends("is_urgent")
    def _compute_urgent_member_ids(self):
        """Propose the team when an order becomes urgent; it stays editable."""
        hurried = self.filtered(lambda o: o.is_urgent and not o.urgent_member_ids)
        for order in self - hurried:
            if not order.id:  # what is stored stays, and is not even read
                order.urgent_member_ids = order.urgent_member_ids
        if not hurried:
            return
        # the template is the same for everybody who enters orders
        roles = self.env["order.urgent.role"].sudo().search([])
        for order in hurried:
            order.urgent_member_ids = [
                Command.create(role._propose(order))
                for role in roles
                if role.company_id in {order.company_id, self.env["res.company"]}
            ]

    @api.constrains("is_urgent", "urgent_reason")
    def _check_urgent_reason(self):
        without = self.filtered(lambda o: o.is_urgent and not o.urgent_reason)
        if without:
            raise ValidationError(
                self.env._(
                    "Say why %s is urgent: whoever is told to hurry wants to know.",
                    ", ".join(without.mapped("display_name")),
                )
            )

    def _check_urgency_change(self, vals):
        """Refuse to set or clear the flag on confirmed orders, but for the group.

        [URG-1]

        :raise AccessError: naming the orders
        """
        confirmed = self.filtered(
            lambda order: order.state == "sale" and order.is_urgent != vals["is_urgent"]
        )
        if confirmed and not self.env.user.has_group(GROUP):
            raise AccessError(
                self.env._(
                    "%s is confirmed: only the group “Urgency of Confirmed Orders” can "
                    "make it urgent or take the urgency away.",
                    ", ".join(confirmed.mapped("display_name")),
                )
            )

    def _on_urgency(self):
        """The flag was set or cleared: what the orders have caused follows. [URG-4]"""
        references = self.stock_reference_ids
        references.move_ids.picking_id._follow_urgency()
        references.production_ids._follow_urgency()
        references.purchase_ids._follow_urgency()
        untold = self.filtered(lambda o: o.is_urgent and not o.urgent_told_on)
        untold._mark_for_recheck("urgency")

    # -- telling the departments -------------------------------------------------------

    def _tell_of_urgency(self):
        """Tell the team and the departments it comes from, once. [URG-1]"""
        for order in self.filtered(lambda o: o.is_urgent and not o.urgent_told_on):
            people = order._get_urgent_audience()
            order.urgent_told_on = fields.Datetime.now()
            order.message_notify(
                partner_ids=people.partner_id.ids,
                subject=self.env._("Urgent order %s", order.name),
                body=self.env["ir.qweb"]._render(
                    "order_process_cn.urgent_order_notice", {"order": order}
                ),
            )

    def _get_urgent_audience(self):
        """Return who is told of one urgent order."""
        self.ensure_one()
        rosters = self.env["order.department"]._rosters(self.company_id.id)
        people = set(self.urgent_member_ids.user_id.ids)
        for department in self.urgent_member_ids.department_id:
            people.update(rosters.get(department.id, (False, ()))[1])
        return self.env["res.users"].browse(sorted(people))

    # -- the reply to the customer -----------------------------------------------------

    def _reply_to_urgent_orders(self):
        """Send the reply that the deputy general manager has signed. [URG-2]"""
        waiting = self.filtered(
            lambda order: (
                order.is_urgent
                and not order.urgent_replied_on
                and order.review_state == "approved"
                and order.order_type_id.replies_automatically
            )
        )
        if not waiting:
            return
        gaps = waiting._find_review_gaps()
        template = self.env.ref("order_process_cn.mail_template_urgent_reply")
        for order in waiting.filtered(lambda order: order not in gaps):
            if not order.partner_id.email:
                order._tell_owner(
                    self.env._(
                        "The customer has no e-mail address: reply "
                        "yourself, then press “Replied by Phone”."
                    ),
                    key="urgent.no_email",
                )
                continue
            order.urgent_replied_on = fields.Datetime.now()
            order.message_post_with_source(
                template,
                email_layout_xmlid="mail.mail_notification_light",
                subtype_xmlid="mail.mt_comment",
            )

    def _check_reply_signed(self):
        """Raise unless the reply to these urgent orders is signed."""
        orders = self.sudo()  # whether it is signed is no secret
        if plain := orders.filtered(lambda order: not order.is_urgent):
            raise UserError(
                self.env._("Not urgent: %s", ", ".join(plain.mapped("name")))
            )
        problems = [
            f"{order.name}: {reason}"
            for order, reason in orders._find_review_gaps().items()
        ]
        if problems:
            raise UserError(
                self.env._("The reply is not signed yet.") + "\n" + "\n".join(problems)
            )

    @public_act
    def action_urgent_reply(self):
        """Write the signed reply to the customer."""
        self.ensure_one()
        self.check_access("write")
        self._check_reply_signed()
        template = self.env.ref("order_process_cn.mail_template_urgent_reply")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reply to the Customer"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": "sale.order",
                "default_res_ids": self.ids,
                "default_template_id": template.id,
                "default_composition_mode": "comment",
                "default_order_purpose": "urgent_reply",
            },
        }

    @public_act
    def action_urgent_replied(self):
        """Note that the customer was told by phone."""
        self._check_act_of_sales()
        self._check_reply_signed()
        self.sudo()._on_urgent_reply()  # the right to write was checked above
        self._message_log_batch(
            {order.id: self.env._("The customer was told by phone.") for order in self}
        )
        return True

    def _on_urgent_reply(self):
        self.filtered(
            lambda order: not order.urgent_replied_on
        ).urgent_replied_on = fields.Datetime.now()

    # -- words -------------------------------------------------------------------------

    def _spell_urgent_dates(self):
        """Return label and value of what drives one urgent order, for notices."""
        self.ensure_one()
        return [
            (self.env._("Why Urgent"), self.urgent_reason or ""),
            (self.env._("Wanted Date"), format_date(self.env, self.wanted_date) or ""),
            (
                self.env._("Reply Wanted by"),
                format_date(self.env, self.urgent_reply_date) or "",
            ),
        ]

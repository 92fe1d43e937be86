from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import format_date

from ..mechanism.engine import public_act
from ..progress.steps import check_act_of_sales
from .urgency import check_reply_signed, on_urgent_reply


class SaleOrder(models.Model):
    """Urgent orders: why, by when the customer wants a reply, and who is in the team
    (URG-1); the reply itself (URG-2)."""

    _inherit = "sale.order"

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
    order_measure_ids = fields.One2many(
        "order.measure",
        string="Measures of Production",
        compute="_compute_order_measure_ids",
        # told to whoever may see the order, also without production rights
        compute_sudo=True,
        groups="base.group_user",
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

    # -- the reply to the customer -----------------------------------------------------

    @public_act
    def action_urgent_reply(self):
        """Write the signed reply to the customer."""
        self.ensure_one()
        self.check_access("write")
        check_reply_signed(self)
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
        check_act_of_sales(self)
        check_reply_signed(self)
        on_urgent_reply(self.sudo())  # the right to write was checked above
        self._message_log_batch(
            {order.id: self.env._("The customer was told by phone.") for order in self}
        )
        return True

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

    # -- what production does (URG-4) --------------------------------------------------

    @api.depends("stock_reference_ids.production_ids.order_measure_ids")
    def _compute_order_measure_ids(self):
        for order in self:
            productions = order.stock_reference_ids.production_ids
            order.order_measure_ids = productions.order_measure_ids

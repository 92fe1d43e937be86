from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SaleOrder(models.Model):
    """What kind of order this is, and why (CLS-1 … CLS-4)."""

    _inherit = "sale.order"

    order_type_id = fields.Many2one(
        "order.type",
        copy=False,
        check_company=True,
        index="btree_not_null",
        help="Fixed when the order is submitted. Until then the proposed type applies.",
        groups="base.group_user",
    )
    order_type_reason = fields.Char(
        string="Reason for the Type",
        copy=False,
        help="Why the order was classified differently from the proposal.",
        groups="base.group_user",
    )
    proposed_type_id = fields.Many2one(
        "order.type",
        compute="_compute_proposed_type",
        compute_sudo=True,
        groups="base.group_user",
    )
    proposed_type_reasons = fields.Text(
        string="Reasons",
        compute="_compute_proposed_type",
        compute_sudo=True,
        groups="base.group_user",
    )
    order_type_reasons = fields.Text(
        string="Reasons at Submission",
        copy=False,
        readonly=True,
        help="The reasons that were shown when the order was submitted.",
        groups="base.group_user",
    )
    is_urgent = fields.Boolean(
        string="Urgent", copy=False, tracking=True, groups="base.group_user"
    )
    has_penalty_clause = fields.Boolean(
        string="Penalty Clause",
        help="The contract fines late delivery, or our reputation is at stake.",
        groups="base.group_user",
    )
    needs_redesign = fields.Boolean(
        help="Engineering has to draw it anew.", groups="base.group_user"
    )
    above_standard_quality = fields.Boolean(
        help="The quality asked for exceeds our standard.",
        groups="base.group_user",
    )

    @api.depends(
        "order_line.product_id",
        "partner_id",
        "company_id",
        "wanted_date",
        "is_urgent",
        "has_penalty_clause",
        "needs_redesign",
        "above_standard_quality",
        "order_type_id",
    )
    @api.depends_context("lang")
    def _compute_proposed_type(self):
        self.proposed_type_id = False
        self.proposed_type_reasons = False
        # once fixed, by a person or at submission, nothing is proposed any more
        open_orders = self.filtered(lambda order: not order.order_type_id)
        for order, (kind, reasons) in open_orders._propose_types().items():
            order.proposed_type_id = kind
            order.proposed_type_reasons = "\n".join(reasons)

    def _propose_types(self):
        """Return ``{order: (order.type, [reason, …])}``, empty where none applies.

        The types are tried in order of preference; the first one that a reason speaks
        for is proposed. Hints are shown but propose nothing. [CLS-2]
        """
        Type, Rule = self.env["order.type"], self.env["order.type.rule"]
        proposals, hints = {}, {order: [] for order in self}
        for company, orders in self.grouped("company_id").items():
            left = orders
            for type_id, rules in Type._compiled_rules(company.id):
                reasons = {order: [] for order in left}
                for rule in rules:
                    for order, text in Rule._explain(rule, left).items():
                        (hints if rule["hint"] else reasons)[order].append(text)
                found = left.filtered(lambda order, reasons=reasons: reasons[order])
                for order in found:
                    proposals[order] = (
                        Type.browse(type_id),
                        reasons[order] + hints[order],
                    )
                left -= found
                if not left:
                    break
            proposals |= {order: (Type, hints[order]) for order in left}
        return proposals

    def _get_order_type(self):
        """Return the type in force: the fixed one, else the proposed one."""
        self.ensure_one()
        return self.order_type_id or self.proposed_type_id

    def _freeze_type(self):
        """Fix the type and the reasons shown at submission."""
        # all that the check of the company will ask of a type
        self.proposed_type_id.fetch(["company_id"])
        for order in self:
            values = {"order_type_reasons": order.proposed_type_reasons}
            if not order.order_type_id:
                values["order_type_id"] = order.proposed_type_id.id
            order.write(values)

    def _lacks_reason_for_type(self):
        """Whether a person is choosing another type than the proposed one without
        saying why. What is stored was asked for its reason when it was."""
        self.ensure_one()
        kind = self.order_type_id
        if not kind or self.order_type_reason or kind == self._origin.order_type_id:
            return False
        return self._propose_types()[self][0] != kind

    @api.model
    def _check_types_of_new(self, vals_list):
        """As :meth:`_check_type_override`, before a number is drawn for the orders."""
        if self.env.su:
            return
        default = self.default_get(["order_type_id"]).get("order_type_id")
        for vals in vals_list:
            if kind := vals.get("order_type_id", default):
                # the proposal for what is being entered
                draft = self.new({**vals, "order_type_id": False})
                draft._check_type_override({**vals, "order_type_id": kind})

    def _log_type_override(self):
        """Say in the log who classified the order, how and why."""
        for order in self:
            order._message_log(
                body=self.env._(
                    "Classified as %(type)s: %(reason)s",
                    type=order.order_type_id.name,
                    reason=order.order_type_reason or "",
                )
            )

    def _check_type_override(self, vals):
        """Refuse a type that differs from the proposal unless the person may do it.

        [CLS-3] limited to a group, with a reason.

        :raise AccessError: the person is not in the group
        :raise UserError: no reason given
        """
        if self.env.user.has_group("order_process_cn.order_group_type_override"):
            if vals.get("order_type_reason"):
                return
            without = self.filtered(
                lambda order: (
                    not order.order_type_reason
                    and order.proposed_type_id.id != vals["order_type_id"]
                )
            )
            if not without:
                return
            raise UserError(
                self.env._(
                    "Say why %(orders)s is classified differently: fill in “Reason for "
                    "the Type”.",
                    orders=", ".join(
                        order.name if order.id else self.env._("the new order")
                        for order in without
                    ),
                )
            )
        raise AccessError(
            self.env._(
                "You cannot choose the order type: it follows from the order. Somebody "
                "of the group “Override Order Type” can change it and give the reason."
            )
        )

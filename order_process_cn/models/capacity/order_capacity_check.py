from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..intake.classification import get_order_type
from ..mechanism.engine import take_turns
from ..prices.res_users import PRICE_GROUP
from .answer import find_answer, get_fingerprint
from .impact import (
    find_impact,
    shows_impact,
    without_money,
    without_strangers,
)

# how a check is passed although it says "later"; the rest of it never changes
PASS = {"reason_id", "remark", "passed_by_id", "passed_on"}


def find_all(order):
    """Return what production says about one order: the answer, and of an order that
    comes before others what it does to them.

    :param order: superuser record
    """
    answer = find_answer(order)
    if shows_impact(order):
        answer["impact"] = find_impact(order)
    return answer


def keep_impact(orders, state):
    """[PLN-7] a decision keeps what the order does to others, as it was shown to those
    who decided. Called when a review ends; other orders cost nothing."""
    if state != "approved":
        return
    for order in orders.filtered(lambda order: shows_impact(order)):
        # whoever signs need not see production
        orders.env["order.capacity.check"]._record(order.sudo())


class OrderCapacityCheck(models.Model):
    """产能评估: what production said about making an order by the promised date, as it
    was said (PLN-5). Written by the engine; it counts while goods, quantities and date
    of the order are the same, and for some days only."""

    _name = "order.capacity.check"
    _inherit = ["order.append.only.mixin", "order.engine.mixin"]
    _description = "Capacity Check"
    _order = "id desc"
    _check_company_auto = True

    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    user_id = fields.Many2one(
        "res.users",
        string="Capacity Checked by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    date = fields.Datetime(string="Capacity Checked on", required=True, readonly=True)
    promised_on = fields.Date(string="Promised or Wanted", readonly=True)
    earliest_on = fields.Date(
        string="Could Be Made by", readonly=True, help="Empty: nothing is made here."
    )
    late_days = fields.Integer(string="Days Too Late", readonly=True)
    capacity_answer = fields.Json(readonly=True, groups="base.group_system")
    digest = fields.Char(readonly=True, groups="base.group_system")
    reason_id = fields.Many2one(
        "order.capacity.reason",
        string="Promised All the Same",
        readonly=True,
        ondelete="restrict",
    )
    remark = fields.Text(string="What Was Agreed", readonly=True)
    passed_by_id = fields.Many2one(
        "res.users", string="Said by", readonly=True, ondelete="restrict"
    )
    passed_on = fields.Datetime(string="Said on", readonly=True)
    text = fields.Html(
        string="What It Said", compute="_compute_text", compute_sudo=True
    )

    @api.depends("capacity_answer")
    @api.depends_context("lang", "uid")
    def _compute_text(self):
        for check in self:
            check.text = check._draw(check.capacity_answer or {})

    @api.depends("order_id", "date")
    def _compute_display_name(self):
        for check in self.sudo():  # those who read it need not see the order
            day = check.company_id._calendar_day(check.date)
            check.display_name = f"{check.order_id.name} {day}"

    def _check_alteration(self, vals):
        if not self.env.su or vals.keys() - PASS or self.filtered("passed_on"):
            super()._check_alteration(vals)

    @api.model
    def _draw(self, answer):
        """Return an answer, see ``answer.py``, as the reader sees it."""
        orders = self.env["sale.order"].sudo(False)
        if orders.has_access("read"):
            answer = without_strangers(orders, answer)
        if not self.env.user._has_group(PRICE_GROUP):
            answer = without_money(answer)
        return self.env["ir.qweb"]._render(
            "order_process_cn.order_capacity_answer", {"answer": answer}
        )

    @api.model
    def _draw_card(self, order, is_decided):
        """Return what one order does to others as the reader sees it: now, or as it was
        kept when it was decided; nothing where nothing was.

        :param order: superuser record; whoever reads it signs it, or may read it
        """
        answer, kept = {}, False
        if is_decided:
            # what was shown to those who decided, to whoever may read the order
            checks = self.sudo().search([("order_id", "=", order.id)])
            check = checks.filtered(lambda c: (c.capacity_answer or {}).get("impact"))
            if check := check[:1]:
                answer = check.capacity_answer
                kept = str(order.company_id._calendar_day(check.date))
        else:
            answer = {"impact": find_impact(order)}
        if not answer:
            return ""
        if not order.review_is_mine:
            # whoever signs is told whom it concerns, others what they may read
            answer = without_strangers(self.env["sale.order"].sudo(False), answer)
        if not self.env.user._has_group(PRICE_GROUP):
            answer = without_money(answer)
        return self.env["ir.qweb"]._render(
            "order_process_cn.order_impact_card",
            {"impact": answer["impact"], "kept": kept},
        )

    @api.model
    def _get_latest(self, orders):
        """Return ``{order: its last check}`` of superuser records, in one query."""
        # what a condition says of the orders at hand, not what somebody looks up
        checks = self.sudo().search([("order_id", "in", orders.ids)], order="id")
        return {check.order_id: check for check in checks}

    def _find_gap(self):
        """Return why one check does not count any more, in words, or ``False``."""
        self.ensure_one()
        if self.digest != get_fingerprint(self.order_id):
            return self.env._("goods, quantity or date were changed since")
        days = get_order_type(self.order_id).capacity_days
        if days and self.date + timedelta(days=days) < fields.Datetime.now():
            return self.env._("it is older than %s days", days)
        return False

    @api.model
    def _keep(self, order):
        """Check one order and keep what was said.

        :param order: whoever asks; may read the order
        :raise AccessError: he neither sells it nor works in production
        """
        order.ensure_one()
        order.check_access("read")
        if not (
            order.has_access("write") or self.env.user.has_group("mrp.group_mrp_user")
        ):
            raise AccessError(
                self.env._(
                    "Whoever may change %s or works in production checks its capacity.",
                    order.name,
                )
            )
        # what production says is told to whoever promises, also without its rights
        check = self._record(order.sudo())
        order.sudo()._mark_for_recheck("confirm")
        return check.with_env(self.env)

    @api.model
    def _record(self, order):
        """Keep what production says about one order.

        :param order: superuser record
        """
        take_turns(order)
        answer = find_all(order)
        # nobody may create one: the callers have checked who asks
        return self.sudo().create(
            {
                "order_id": order.id,
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
                "promised_on": answer["promised"] or False,
                "earliest_on": answer["earliest"] or False,
                "late_days": answer["late_days"],
                "capacity_answer": answer,
                "digest": get_fingerprint(order),
            }
        )

    def _pass(self, reason, remark):
        """Promise all the same, for a reason that the caller may give.

        :raise AccessError: somebody else has to say so
        :raise UserError: it does not count, or there is nothing to pass
        """
        self.ensure_one()
        check = self.sudo()  # who may say so is looked at here
        take_turns(check.order_id)
        if gap := check._find_gap():
            raise UserError(
                self.env._(
                    "%(check)s: %(gap)s. Check again.",
                    check=check.display_name,
                    gap=gap,
                )
            )
        if not check.late_days or check.passed_on:
            raise UserError(
                self.env._("%s: nothing stands against the date.", check.display_name)
            )
        # who may give a reason is no secret, nor how it is called
        if not reason or not reason.sudo()._may_be_given(
            self.env.user, check.company_id
        ):
            raise AccessError(
                # names of configuration, for whoever is refused
                self.env._(
                    "“%(reason)s” is said by the people of %(department)s.",
                    reason=reason.sudo().name or "",
                    department=reason.sudo().department_id.name or "",
                )
            )
        check.write(
            {
                "reason_id": reason.id,
                "remark": remark or False,
                "passed_by_id": self.env.uid,
                "passed_on": fields.Datetime.now(),
            }
        )
        check.order_id._mark_for_recheck("confirm")

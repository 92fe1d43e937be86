from odoo import api, fields, models

from ..effect.held import is_held
from ..mechanism.order_condition_mixin import Condition


class SaleOrder(models.Model):
    """Enough, late or short, with dates, at review and at release (ALC-1, ALC-2)."""

    _inherit = "sale.order"

    stock_state = fields.Selection(
        [("enough", "Enough"), ("late", "Late"), ("short", "Short")],
        string="Stock",
        compute="_compute_stock_state",
        compute_sudo=True,
        groups="base.group_user",
    )

    # the same lines once more: a decision on each that is short or late
    stock_line_ids = fields.One2many(
        "sale.order.line",
        "order_id",
        domain=[("display_type", "=", False)],
        groups="base.group_user",
    )

    @api.depends("order_line.stock_state")
    def _compute_stock_state(self):
        for order in self:
            states = set(order.order_line.mapped("stock_state"))
            order.stock_state = next(
                (state for state in ("short", "late", "enough") if state in states),
                False,
            )

    def _condition_stock(self):
        """[ALC-2] what happens with short lines was agreed with the customer."""
        concerned = self.filtered("order_type_id.requires_stock_decision")
        found = {}
        # what is being confirmed is to be approved no more, and not held yet
        now = concerned.filtered(lambda order: is_confirmed_just_now(order))
        answers = now.order_line._find_availability(now)
        states = {line: answer.state for line, answer in answers.items()}
        for order in concerned:
            open_lines = order.order_line.filtered(
                lambda line: (
                    (states.get(line) or line.stock_state) in {"late", "short"}
                    and not line.short_decision
                )
            )
            found[order] = Condition(
                "stock",
                self.env._("Decision on short lines"),
                not open_lines,
                order.user_id.name or "",
                ", ".join(open_lines.product_id.mapped("display_name")),
            )
        return found


def is_asked_for_goods(order):
    """Whether it is asked where the goods come from: at the review and at the
    release, not between them. Orders without a procedure cost nothing."""
    order.ensure_one()
    return bool(order.order_type_id or order.needs_review) and (
        is_held(order) or is_to_be_approved(order)
    )


def is_confirmed_just_now(order):
    """Whether it is being decided whether the order is held: nothing is launched."""
    order.ensure_one()
    return order.state == "sale" and not order.effect_state


def is_to_be_approved(order):
    order.ensure_one()
    return order.state in {"draft", "sent"} and order.review_state != "approved"

"""What orders still owe, and what of their money may be offset (DEP-5, DEP-7)."""

from odoo.exceptions import AccessError, UserError

from ..mechanism.order_condition_mixin import Condition
from ..money.receipts import convert_receipts, read_receipts
from ..money.received import get_unbilled
from ..prices.res_users import PRICE_GROUP
from .pickup_clock import is_deposit_withheld
from .settlements import get_forfeited_amount, get_settled_amount


def filtered_paid_before_shipping(orders):
    """Return those of these orders whose goods leave only after payment."""
    return orders.filtered(lambda order: order.goods_leave == "paid")


def tell_balance(order, owed):
    """Return the condition that one order owes nothing of ``owed`` any more."""
    order.ensure_one()
    # the balance is not for everybody's eyes
    tells = order.env.user._has_group(PRICE_GROUP)
    return Condition(
        "balance",
        order.env._("Balance paid"),
        order.currency_id.compare_amounts(owed, 0) <= 0,
        order.env._("Finance"),
        lambda: (
            order.env._("still to be paid: %s", order._format_money(owed))
            if tells
            else ""
        ),
    )


def get_balance_figures(order):
    """Return the figures of the balance of one order, for forms (F16, F30)."""
    order.ensure_one()
    return collect_balance_figures(order)[order]


def collect_balance_figures(orders):
    """Return ``{order: figures}`` in the currency of each order.

    ``total``: what is invoiced by the books and will still be, with taxes, see
    :meth:`_get_agreed_totals`; ``deposit`` required; ``deposit_received`` and
    ``received`` in all; ``other``: settled without money; ``unbilled``: what of
    ``total`` is not invoiced yet; ``withheld``: the part of the deposit
    that is not offset, because the goods were not taken in time, or the
    order was cancelled, and nobody has decided yet; ``forfeited``: what was
    decided; ``balance`` still to be paid, negative if something is to be returned;
    ``due_date`` by which, or ``False``.
    """
    if not orders:
        return {}
    # entries and payments are the accountants'; the figures are the order's
    known = orders.sudo()
    received = known._get_received()
    unbilled = get_agreed_totals(known)
    due_dates = find_due_dates(known)
    figures = {}
    for order in known:
        money = received[order]
        withheld = get_withheld_amount(order, money.deposit_in_order)
        forfeited = get_forfeited_amount(order) + get_settled_amount(order)
        total = order.currency_id.round(money.billed_in_order + unbilled[order])
        settled = money.total_in_order + money.other_in_order
        balance = total + forfeited + withheld - settled
        figures[order.with_env(orders.env)] = {
            "currency": order.currency_id,
            "total": total,
            "unbilled": unbilled[order],
            "deposit": order.deposit_required,
            "deposit_received": money.deposit_in_order,
            "received": money.total_in_order,
            "other": money.other_in_order,
            "withheld": withheld,
            "forfeited": forfeited,
            "balance": order.currency_id.round(balance),
            "due_date": due_dates.get(order, order.pickup_deadline),
        }
    return figures


def get_withheld_amount(order, deposit):
    """Return the part of ``deposit`` received that is not offset for now.

    Of an order that is prepaid in full only what can be lost: the customer is not asked
    for its price again.
    """
    order.ensure_one()
    if deposit <= 0 or not is_deposit_withheld(order):
        return 0.0
    required, total = order.deposit_required, order.amount_total
    if order.currency_id.compare_amounts(required, total) < 0:
        return deposit
    return min(deposit, order.deposit_legal_part)


def get_agreed_totals(orders):
    """Return ``{order: amount}``: what will still be owed for the goods beyond what
    is invoiced, in the currency of each order. Nothing for a cancelled order."""
    cancelled = orders.filtered(lambda order: order.state == "cancel")
    return dict.fromkeys(cancelled, 0.0) | get_unbilled(orders - cancelled)


def find_due_dates(orders):
    """Return ``{order: date}``: when the first open invoice of each is due."""
    lines = orders.env["account.move.line"]._read_group(
        [
            ("move_id.line_ids.sale_line_ids.order_id", "in", orders.ids),
            ("parent_state", "=", "posted"),
            ("account_type", "=", "asset_receivable"),
            ("amount_residual", ">", 0),
            ("date_maturity", "!=", False),
        ],
        ["move_id"],
        ["date_maturity:min"],
    )
    due_dates = {}
    for move, day in sorted(lines, key=lambda found: found[1]):
        for order in move.line_ids.sale_line_ids.order_id & orders:
            due_dates.setdefault(order, day)
    return due_dates


def check_may_invoice_deposit(orders):
    orders.check_access("write")
    if not any(
        orders.env.user.has_group(group)
        for group in (
            "sales_team.group_sale_salesman",
            "account.group_account_invoice",
        )
    ):
        raise AccessError(orders.env._("You may not invoice deposits."))
    if orders.state == "cancel" or not orders.deposit_required:
        raise UserError(orders.env._("%s needs no deposit.", orders.name))


def get_uninvoiced_deposit(order):
    """Return what is missing beyond down-payment invoices, drafts included, and
    payments registered before any invoice."""
    order.ensure_one()
    lines = order.order_line.filtered("is_downpayment").invoice_lines
    invoices = lines.move_id.filtered(
        lambda move: move.state != "cancel" and move._is_downpayment()
    )
    asked = sum(-move.direction_sign * move.amount_total for move in invoices)
    before = sum(
        amount
        for _order, kind, _booked, amount in convert_receipts(
            order, read_receipts(order)
        )
        if kind in {"advance", "online"}
    )
    return order.currency_id.round(order.deposit_required - asked - before)


def filter_invoiceable_before_effect(orders, lines):
    """Return the lines of a held order that a regular invoice may contain: none,
    unless the company lets it. The deposit has an invoice of its own."""
    if orders.company_id.order_invoice_before_effect:
        return lines
    return lines.browse()


def filter_offset(orders, lines):
    """Return ``lines`` without the deposit while it is not offset (暂不冲抵)."""
    if is_deposit_withheld(orders):
        return lines.filtered(lambda line: not line.is_downpayment)
    return lines

"""A promised date that moves is told by itself: to who answers for the order, to the
departments that work for it, and to the customer where the type says so (ANA-4)."""

from odoo import fields
from odoo.tools import format_date

from ..effect.take_back import get_all_productions, get_all_purchases

MOVED, TOLD = "date_moved", "date_told"
CLOSED = {"done", "cancel"}


def get_promises(orders, vals):
    """Return ``{order: moment promised}`` of confirmed orders in a procedure, before
    ``vals`` are written. Before the confirmation another date is another offer."""
    if "commitment_date" not in vals:
        return {}
    return {
        order: order.commitment_date
        for order in orders.sudo()  # what follows is the engine's, whoever writes
        if order.state == "sale" and order.progress
    }


def note_moved_dates(promises):
    """Note which of these promises have moved to another day."""
    for order, before in promises.items():
        spell = order.company_id._calendar_day
        note_move(
            order,
            before and spell(before),
            order.commitment_date and spell(order.commitment_date),
        )


def note_move(order, before, now):
    """Note that what was promised for the day ``before`` is promised for ``now``; the
    worker tells it, not the transaction in which it happens."""
    if before == now or not before:
        return  # a first promise is no news of this kind
    days = (fields.Date.to_string(day) or "" for day in (before, now))
    order._emit(MOVED, detail="/".join(days))
    order._mark_for_recheck("moved")


def tell_moved_dates(orders):
    """Tell everybody concerned which dates of these orders have moved since the last
    time. What was moved to and fro in between is nobody's business."""
    for order, moves in _find_untold(orders).items():
        if moves and order.state == "sale":
            for user in _find_concerned(order):
                _leave_word(order, moves, user)
            if order.order_type_id.tells_moved_dates:
                _tell_customer(order, moves)
        order._emit(TOLD)


def _find_untold(orders):
    """Return ``{order: {day before: day now}}``, from the events."""
    events = orders.env["order.event"].sudo()  # the worker reads, nobody is shown
    events.flush_model()
    found = events.search(
        [
            ("res_model", "=", orders._name),
            ("res_id", "in", orders.ids),
            ("code", "in", [MOVED, TOLD]),
        ],
        order="at, id",
    )
    untold = {}
    for event in found:
        order = orders.browse(event.res_id)
        if event.code == TOLD:
            untold.pop(order, None)
            continue
        before, now = event.detail.split("/")
        moves = untold.setdefault(order, {})
        first = next((day for day, last in moves.items() if last == before), before)
        moves[first] = now
    return {
        order: {before: now for before, now in moves.items() if before != now}
        for order, moves in untold.items()
    }


def _find_concerned(order):
    """Return who answers for the order and for what is open of it: production,
    purchases, transfers; where nobody does, the head of the department."""
    env = order.env
    work = (
        ("production", get_all_productions(order)),
        ("purchase", get_all_purchases(order)),
        ("warehouse", order.picking_ids),
    )
    users = order._get_owner()
    for department, documents in work:
        left = documents.filtered(lambda document: document.state not in CLOSED)
        if not left:
            continue
        head = env.ref(f"order_process_cn.order_department_{department}", False)
        users |= left.user_id or (head or env["order.department"]).head_id
    return users.filtered(lambda u: u.active and order.company_id in u.company_ids)


def _leave_word(order, moves, user):
    spoken = order.with_context(lang=user.lang)
    spoken._leave_todo(
        "moved_date",
        spoken.env._("The promised date has moved"),
        _spell_moves(spoken, moves),
        user=user,
    )


def _tell_customer(order, moves):
    template = order.env.ref("order_process_cn.mail_template_moved_date", False)
    if not template:
        return
    spoken = order.with_context(lang=order.partner_id.lang or order.env.lang)
    spoken.with_context(
        moved_dates=_spell_moves(spoken, moves)
    ).message_post_with_source(
        template,
        email_layout_xmlid="mail.mail_notification_light",
        subtype_xmlid="mail.mt_comment",
    )


def _spell_moves(order, moves):
    return "; ".join(
        f"{format_date(order.env, before)} → {format_date(order.env, now) or '?'}"
        for before, now in moves.items()
    )

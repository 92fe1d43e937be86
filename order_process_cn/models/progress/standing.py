"""Where an order is, whose move it is and since when, in the same words everywhere
(ANA-4)."""

from odoo.tools import SQL

from ..effect.held import is_held
from .acceptance import waits_for_acceptance

# one statement for all of a list: when the order came to its step, and since when the
# seats that are open have waited
SINCE = """
    SELECT o.id,
           (SELECT e.at FROM order_event e
             WHERE e.res_model = 'sale.order' AND e.res_id = o.id
               AND e.code = 'progress' AND e.detail = o.progress
             ORDER BY e.at DESC, e.id DESC LIMIT 1),
           (SELECT MIN(t.opened_at) FROM order_review_task t
             WHERE t.review_id = o.review_id AND t.state = 'open')
      FROM sale_order o
     WHERE o.id = ANY (%s) AND o.progress IS NOT NULL
"""


def spell_standings(orders, for_customer=False):
    """Return ``{order: words}`` for those of these orders that are in a procedure:
    the step, whose move it is and since when, by the clock of the company.

    Called as superuser, with whoever may read a document made for an order.

    :param for_customer: he is told whether it is his move or ours, and no names
    """
    concerned = orders.filtered("progress")
    if not concerned:
        return {}
    steps = dict(orders._fields["progress"]._description_selection(orders.env))
    since = _find_since(concerned)
    standings = {}
    for order in concerned:
        who, is_his = _find_party(order)
        if for_customer and who:
            who = orders.env._("you") if is_his else order.company_id.name
        standings[order] = _spell(order, steps[order.progress], who, since.get(order))
    return standings


def _spell(order, step, who, since):
    since = since and order.company_id._spell_instant(since)
    words = {"step": step, "who": who, "since": since}
    if who and since:
        return order.env._("%(step)s → %(who)s, since %(since)s", **words)
    if since:
        return order.env._("%(step)s since %(since)s", **words)
    return f"{step} → {who}" if who else step


def _find_since(orders):
    """Return ``{order: moment}``: when it became the move of whoever has it now."""
    orders.flush_model(["progress", "review_id"])
    orders.env["order.event"].flush_model(
        ["res_model", "res_id", "code", "detail", "at"]
    )
    orders.env["order.review.task"].flush_model(["review_id", "state", "opened_at"])
    rows = orders.env.execute_query(SQL(SINCE, orders.ids))
    found = {order_id: (came, opened) for order_id, came, opened in rows}
    since = {}
    for order in orders:
        came, opened = found.get(order.id, (None, None))
        waits = order.progress == "review" and order.review_state == "running"
        since[order] = (waits and opened) or came
    return since


def _find_party(order):
    """Return ``(whose move it is, whether the customer's)``; nobody's after the end."""
    # names are looked up only where they are said
    if order.suspension_state:
        return _find_owner(order)
    if order.progress == "review":
        return _find_party_in_review(order)
    if order.progress == "confirmed":
        return _find_party_of_held(order)
    if order.progress in {"shipped", "settled"} and order._can_confirm_receipt():
        return _find_customer(order)
    if order.progress in {"received", "settled"} and waits_for_acceptance(order):
        return _find_customer(order)
    ours = _name_department(order)
    return _find_owner(order) if ours is None else (ours, False)


def _name_department(order):
    """Return in words who has an order in effect, "" for nobody any more."""
    match order.progress:
        case "effective":
            return order.env._("Planning")
        case "production":
            return order.env._("Production")
        case "stock":
            return order.env._("Warehouse")
        case "shipped" | "received":
            return order.env._("Finance")
        case "archived":
            return ""
    return None


def _find_customer(order):
    return order.partner_id.display_name, True


def _find_owner(order):
    names = order.user_id.name or order.team_id.user_id.name
    return names or order.env._("Sales"), False


def _find_party_in_review(order):
    if order.review_state == "running":
        return order.review_waiting_for or _find_owner(order)[0], False
    # approved and sent to him: he accepts and signs
    answers = order.state == "sent" and order.review_state == "approved"
    return _find_customer(order) if answers else _find_owner(order)


def _find_party_of_held(order):
    waiting = set(order.effect_waiting or []) if is_held(order) else set()
    if waiting & {"deposit", "drawing"}:
        return _find_customer(order)
    if "review" in waiting and order.review_waiting_for:
        return order.review_waiting_for, False
    if waiting - {"window"}:
        return _find_owner(order)
    return order.env._("Planning"), False

"""What is collected when goods are handed over against payment (SHP-6)."""

from ..pickup.balance import collect_balance_figures
from ..shipping.release_states import LETS_LEAVE

HANDOVER = "handover"


def get_collectable(order, release=None):
    """Return what the deliverer collects of one order, in its currency: what is owed of
    the whole order or of what leaves, as its type says, without what is retained.

    :param release: the request that is asked for; none: what has been let go
    """
    order.ensure_one()
    if order.goods_leave != HANDOVER:
        return 0.0
    figures = collect_balance_figures(order)
    # what has been let go counts together: one of them says it for all
    let_go = order.shipping_release_ids.filtered(lambda r: r.state in LETS_LEAVE)
    leaving = release or let_go[-1:]
    owed = leaving._get_owed(figures) if leaving else figures[order]["balance"]
    if order.payment_plan_id:
        later = order.payment_step_ids.filtered(lambda step: step.due_on == "received")
        owed -= sum(later.mapped("open_amount"))
    return max(order.currency_id.round(owed), 0.0)

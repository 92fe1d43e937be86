"""What is ordered less is taken from what is open, for whichever day and however it is
got by now: core takes it only from what is alike, and makes a return of the rest."""

from ..effect.growth import filtered_growth_guarded
from .follow import get_orders

# what a delivery was launched with, and what may have changed since: the day it is
# promised for, and that its production was cancelled
CHANGED_SINCE = ("date_deadline", "procure_method")


def get_fields_of_less(moves):
    """Return the fields by which what takes something away need not be alike what it
    is taken from; none where core goes its own way."""
    less = moves.filtered(lambda move: move.product_uom_qty < 0)
    if not less:
        return ()
    # whoever reduces an order need not see what is delivered, made and bought for it
    orders = get_orders(less.sudo())
    is_guarded = orders and orders == filtered_growth_guarded(orders)
    return CHANGED_SINCE if is_guarded else ()

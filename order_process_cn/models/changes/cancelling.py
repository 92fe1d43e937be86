"""Orders that have taken effect are cancelled by a change request, where their type
says so (CHG-3): asked at the gate of the order's state, on every road."""

from ..intake.order_states import EFFECTIVE
from ..mechanism.order_condition_mixin import Condition
from .change_states import APPLIED, CANCEL


def condition_cancel(orders):
    """Return ``{order: Condition}``: a change of that kind was agreed to."""
    asking = orders.env["order.type"]._ids_cancelled_by_change()
    if not asking:
        return {}
    # the effect is taken from them only after the gate
    concerned = orders.filtered(
        lambda order: (
            order.effect_state == EFFECTIVE and order.order_type_id.id in asking
        )
    )
    label = orders.env._("Change request to cancel the order")
    return {
        order: Condition(
            "change",
            label,
            any(
                change.kind == CANCEL and change.state == APPLIED
                for change in order.change_request_ids
            ),
            order.user_id.name or orders.env._("Sales"),
            orders.env._("press “Change” and choose “Cancel the Order”"),
        )
        for order in concerned
    }

"""What a change of an order in force costs: written by the worker, seen on the form.

Price of a line and promised date of an order with five lines, signed by those whom it
touches; its goods are in stock.
"""

from . import fixtures, review_cycle, screens, shipping
from .measure import queries

ROUNDS = 3
SIGNER = "quality"


def measure(bench) -> dict:
    side = bench.side("changing")
    seller = side.data["seller"]
    side.call(shipping.fill_stock, side.data)
    views = side.act(screens.specifications, uid=seller).value
    _open(side, views, _confirmed(side))  # warm
    without = queries([_open(side, views, _confirmed(side)) for _number in range(3)])
    samples, forms = [], []
    for _round in range(1 + ROUNDS):  # the first one warms up
        order = _confirmed(side)
        change = side.act(ask, order, uid=seller).value
        signer = side.data["signers"][SIGNER][0]
        side.act(sign, change, uid=signer)
        samples.append(side.act(apply, change))
        assert side.call(state, change) == "applied"
        forms.append(_open(side, views, order))
    return {
        "change_apply_queries": queries(samples[1:]),
        "order_form_with_changes_extra_queries": queries(forms[1:]) - without,
    }


def _confirmed(side):
    """Return an order that everybody has signed, confirmed."""
    before = side.orders[0]
    review_cycle.approve(side)
    side.rpc(side.data["seller"], "sale.order", "action_confirm", [before])
    side.call(review_cycle.is_awake)
    return before


def _open(side, views, order):
    return side.act(screens.open_form, order, views["form"], uid=side.data["seller"])


def company(env) -> dict:
    """The company whose orders are reviewed, and changes of them as well."""
    data = fixtures.reviewed_company(env)
    department = env.ref(f"order_process_cn.order_department_{SIGNER}")
    seat = {"source": "department", "department_id": department.id}
    stage = {"name": "Touched", "seat_ids": [(0, 0, seat)]}
    env["order.review.route"].create(
        {
            "name": "Changes",
            "active": True,
            "res_model": "order.change.request",
            "stage_ids": [(0, 0, stage)],
        }
    )
    return data


def ask(env, order_id) -> int:
    """Ask for a change, as its seller does; return it."""
    changes = env["order.change.request"]
    change = changes.browse(changes.action_open(order_id)["res_id"])
    change.write(
        {
            "reason_id": env.ref("order_process_cn.order_change_reason_quantity").id,
            "new_commitment_date": "2030-05-27 08:00:00",
            "line_ids": [(1, change.line_ids[0].id, {"price_unit": 90.0})],
        }
    )
    change.action_review_submit()
    return change.id


def sign(env, change_id):
    change = env["order.change.request"].browse(change_id)
    seen = change.sudo().review_id.digest
    change.with_context(order_review_seen=seen).action_review_agree()


def apply(env, change_id):
    """What the worker does for a change that waits."""
    env["order.change.request"].browse(change_id)._apply_what_waited()


def state(env, change_id):
    return env["order.change.request"].browse(change_id).state

"""10,000 reviewed orders with 60,000 seats: what a company has after some years.

One order goes through a review; its rows are copied. Runs inside a worker.
"""

from . import copies, fixtures

ORDERS = 10_000
SEATS = 6


def company(env, lines=fixtures.LINES) -> dict:
    """The reviewed company, one order approved and one with open seats, with a sixth
    seat that everybody has left behind; orders have ``lines`` lines."""
    data = fixtures.reviewed_company(env)
    stage = env["order.review.stage"].search([("name", "=", "Countersign")])
    deputy = env.ref("order_process_cn.order_department_deputy")
    deputy.write({"member_ids": [(6, 0, [data["seller"]])]})
    stage.seat_ids = [(0, 0, {"source": "department", "department_id": deputy.id})]
    stage.route_id.submitter_policy = "allow"
    done, waiting = copies.copy_orders(env, data["order"], 2)
    for order_id in (done, waiting):
        order = env["sale.order"].browse(order_id).with_user(data["seller"])
        order.order_line[lines:].unlink()
        order.action_review_submit()
    signers = [members[0] for members in data["signers"].values()]
    for uid in (*signers, data["seller"]):
        _sign(env, done, uid)
    return {**data, "done": done, "waiting": waiting}


def _sign(env, order_id, uid):
    order = env["sale.order"].browse(order_id)
    digest = order.review_id.digest
    order.with_user(uid)._my_open_tasks().action_sign("agree", digest)


def fill(env, data, count) -> list[int]:
    """Make ``count`` orders with an approved review."""
    ids = copy_reviewed(env, data["done"], count)
    copies.analyze(env)
    return ids


def pile_up(env, data, count) -> list[int]:
    """Make ``count`` orders whose seats all wait."""
    ids = copy_reviewed(env, data["waiting"], count)
    copies.analyze(env)
    return ids


def copy_reviewed(env, order_id, count):
    order = env["sale.order"].browse(order_id)
    review = order.review_id
    made = copies.Copies(env, count)
    name = "name || '-' || copy.number"
    # the order and its review refer to each other: the review does so without a key
    first = made.announce("sale_order", order.ids)
    made.copy("order_review", review.ids, res_id=f"{first} + copy.number - 1")
    made.copy(
        "sale_order",
        order.ids,
        {"review_id": "order_review"},
        name=name,
        access_token="NULL",
    )
    made.copy("sale_order_line", order.order_line.ids, {"order_id": "sale_order"})
    made.copy(
        "order_review_task",
        review.task_ids.ids,
        {"review_id": "order_review"},
        signature_id="NULL",
    )
    made.copy(
        "order_review_signature",
        review.signature_ids.ids,
        {"review_id": "order_review", "task_id": "order_review_task"},
    )
    env.cr.execute(
        "UPDATE order_review_task task SET signature_id = record.id "
        "FROM order_review_signature record WHERE record.task_id = task.id "
        "AND task.state = 'agreed' AND task.signature_id IS NULL"
    )
    return list(range(first, first + count))

"""Changes of the configuration while 60,000 seats exist: nothing decided moves."""

from .measure import queries


def measure(bench) -> dict:
    side = bench.side("history")
    before = side.call(decided)
    added = [side.act(toggle_member, side.data) for _number in range(6)]
    edited = [side.act(edit_route, number) for number in range(4)]
    assert side.call(decided) == before
    return {
        "member_change_queries": queries(added[2:]),
        "member_change_ms": 1000 * min(sample.seconds for sample in added[2:]),
        "route_edit_queries": queries(edited[2:]),
        "route_edit_ms": 1000 * min(sample.seconds for sample in edited[2:]),
    }


def toggle_member(env, data):
    """Add the seller to a department, or take him out again."""
    department = env["order.department"].browse(data["department"])
    member = data["seller"] in department.member_ids.ids
    department.write({"member_ids": [(3 if member else 4, data["seller"])]})


def edit_route(env, number):
    route = env["order.review.route"].search([("name", "=like", "Countersign%")])
    route.write({"name": f"Countersign {number}"})
    route.stage_ids.write({"mode": "any" if number % 2 else "all"})


def decided(env):
    """What has been decided, as one fingerprint."""
    env.cr.execute(
        "SELECT md5(string_agg(concat_ws(',', id, state, user_id, department_id, "
        "decided_by_id, signature_id, names), ';' ORDER BY id)) FROM order_review_task"
    )
    return env.cr.fetchone()[0]

"""[AFS-1] Two cases ask for the last pieces at the same moment, and one case is settled
twice: two connections."""

from steps import at_once, ref

from devkit.rpc import RpcError

DATABASE = "plain"
ROUNDS = 8
SERVER = {"cron_threads": 0}


def deliver(session, name):
    """Return an order over four whose goods have left and come back on a case only."""
    kind = session.call(
        "order.type", "create", {"name": name, "asks_service_case": True}
    )
    product = session.call("product.product", "create", {"name": "Pump"})
    customer = session.call("res.partner", "create", {"name": "Customer"})
    order = session.call(
        "sale.order",
        "create",
        {
            "partner_id": customer,
            "order_type_id": kind,
            "order_type_reason": "Goods come back on a case",
            "order_line": [(0, 0, {"product_id": product, "product_uom_qty": 4})],
        },
    )
    session.call("sale.order", "action_confirm", [order])
    moves = session.call(
        "stock.move", "search", [("sale_line_id.order_id", "=", order)]
    )
    session.call("stock.move", "write", moves, {"quantity": 4, "picked": True})
    pickings = session.call("stock.picking", "search", [("sale_id", "=", order)])
    session.call("stock.picking", "button_validate", pickings)
    return order


def ask(session, order, quantity, kind="return"):
    """Return a case about so many, entered."""
    case = session.call("order.service.case", "action_open", order, kind)["res_id"]
    reason = session.call("order.service.reason", "search", [], limit=1)[0]
    said = {"reason_id": reason, "description": "Leaks"}
    session.call("order.service.case", "write", [case], said)
    lines = session.call("order.service.case.line", "search", [("case_id", "=", case)])
    session.call("order.service.case.line", "write", lines, {"quantity": quantity})
    return case


def test_the_last_pieces(boss, rival):
    order = deliver(boss, "The Last Pieces")
    for _round in range(ROUNDS):
        cases = [ask(session, order, 3) for session in (boss, rival)]
        outcomes = at_once(
            *(
                lambda s=session, c=case: s.call(
                    "order.service.case", "action_request", [c]
                )
                for session, case in zip((boss, rival), cases, strict=True)
            )
        )
        refused = [o for o in outcomes if isinstance(o, RpcError)]
        assert len(refused) == 1
        assert "at most 1" in str(refused[0])
        states = boss.call("order.service.case", "read", cases, ["state"])
        assert sorted(row["state"] for row in states) == ["approved", "draft"]
        boss.call("order.service.case", "action_cancel", cases)


def take_back(session, order, kind):
    """Return a case about one piece that is back and inspected."""
    case = ask(session, order, 1, kind)
    session.call("order.service.case", "action_request", [case])
    session.call("order.service.case", "action_collect", [case])
    lines = session.call("order.service.case.line", "search", [("case_id", "=", case)])
    moves = session.call("order.service.case.line", "read", lines, ["move_ids"])
    moves = moves[0]["move_ids"]
    session.call("stock.move", "write", moves, {"quantity": 1, "picked": True})
    pickings = session.call("stock.picking", "search", [("move_ids", "in", moves)])
    session.call("stock.picking", "button_validate", pickings)
    papers = session.call("order.service.case.line", "read", lines, ["inspection_ids"])[
        0
    ]["inspection_ids"]
    session.call("order.inspection", "write", papers, {"quantity_passed": 1})
    session.call("order.inspection", "action_done", papers)
    (row,) = session.call("order.service.case", "read", [case], ["state"])
    assert row["state"] == "inspected"
    return case


def test_settled_twice(boss, rival, database):
    """Whoever comes second finds it settled: one reduction of the order, one delivery
    in place of what came back, one line in its history."""
    inspectors = ref(database, "order_group_inspector")
    boss.call("res.users", "write", [boss.uid], {"group_ids": [(4, inspectors)]})
    order = deliver(boss, "Settled Twice")
    moves = [("sale_line_id.order_id", "=", order)]
    for kind, ordered, again in (("return", 3, 0), ("exchange", 3, 1)):
        case = take_back(boss, order, kind)
        before = boss.call("stock.move", "search_count", moves)
        outcomes = at_once(
            *(
                lambda s=session, c=case: s.call(
                    "order.service.case", "action_settle", [c]
                )
                for session in (boss, rival)
            )
        )
        assert outcomes == [True, True]
        (line,) = boss.call(
            "sale.order.line",
            "search_read",
            [("order_id", "=", order)],
            ["product_uom_qty"],
        )
        assert line["product_uom_qty"] == ordered
        assert boss.call("stock.move", "search_count", moves) == before + again
        (row,) = boss.call(
            "order.service.case", "read", [case], ["state", "display_name"]
        )
        assert row["state"] == "settled"
        said = boss.call(
            "mail.message",
            "search_count",
            [
                ("model", "=", "sale.order"),
                ("res_id", "=", order),
                ("body", "ilike", row["display_name"] + " was settled"),
            ],
        )
        assert said == 1

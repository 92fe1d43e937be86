"""[AFS-1] Two cases ask for the last pieces at the same moment: two connections."""

from steps import RETRIED, at_once

from devkit.rpc import RpcError

DATABASE = "plain"
ROUNDS = 8
SERVER = {"cron_threads": 0}
# a transaction that comes second is refused by the database and retried by Odoo
EXPECTED_ERRORS = RETRIED


def deliver(session):
    """Return an order over four whose goods have left and come back on a case only."""
    kind = session.call(
        "order.type", "create", {"name": "On a Case", "asks_service_case": True}
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


def ask(session, order, quantity):
    """Return a case about so many, entered."""
    case = session.call("order.service.case", "action_open", order)["res_id"]
    reason = session.call("order.service.reason", "search", [], limit=1)[0]
    said = {"reason_id": reason, "description": "Leaks"}
    session.call("order.service.case", "write", [case], said)
    lines = session.call("order.service.case.line", "search", [("case_id", "=", case)])
    session.call("order.service.case.line", "write", lines, {"quantity": quantity})
    return case


def test_the_last_pieces(boss, rival):
    order = deliver(boss)
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

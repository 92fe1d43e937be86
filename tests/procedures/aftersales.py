"""What comes back after a delivery, said once for all procedures."""

from company import QUALITY, SALESMAN, SUPERVISOR, WAREHOUSE
from making import INSPECTOR, look_at

CASE, LINE = "order.service.case", "order.service.case.line"


def send_back(company, order, words, decision="replace"):
    """The customer sends one piece back: sales and quality approve it, it is collected,
    looked at, and settled as was decided; return the case."""
    case = company.as_(SALESMAN).call(CASE, "action_open", order)["res_id"]
    reason = company.ref("order_service_reason_quality")
    said = {"reason_id": reason, "description": words}
    company.do(SALESMAN, CASE, "write", case, said)
    lines = company.search(SALESMAN, LINE, ("case_id", "=", case))
    company.do(SALESMAN, LINE, "write", lines, {"quantity": 1})
    company.do(SALESMAN, CASE, "action_request", case)
    company.refused("", SALESMAN, CASE, "action_collect", case)
    for login in (SUPERVISOR, QUALITY):
        assert company.decide(login, CASE, case), login
    company.do(SALESMAN, CASE, "action_collect", case)
    receive(company, company.read(SALESMAN, CASE, case, "return_picking_ids"))
    inspect(company, lines)
    company.do(SALESMAN, LINE, "write", lines, {"decision": decision})
    company.do(SALESMAN, CASE, "action_settle", case)
    assert company.read(SALESMAN, CASE, case, "state") == "settled"
    company.work()
    return case


def receive(company, transfers):
    """The warehouse takes back what was sent."""
    company.do(WAREHOUSE, "stock.picking", "action_assign", transfers)
    company.do(WAREHOUSE, "stock.picking", "button_validate", transfers)


def inspect(company, lines):
    """Quality looks at what came back: it can be sold again."""
    model = "order.inspection"
    waiting = ("case_line_id", "in", lines), ("state", "=", "draft")
    for inspection in company.search(INSPECTOR, model, *waiting):
        look_at(company, inspection)
        company.do(INSPECTOR, model, "action_pass_all", inspection)

"""Which screens are photographed: who opens what, how wide, in which language."""

from typing import NamedTuple

OURS = "order_process_cn."
DESK, LIST, PHONE = (1280, 860), (1280, 480), (390, 844)


class Screen(NamedTuple):
    """A screen and the file it becomes.

    ``address`` is that of an action: its path, or its XML id; ``record`` an XML id, or
    a model and a domain, in which ``@name`` stands for a record of ours. A ``paper`` is
    printed instead, and a ``portal`` screen is what the customer of an order sees.
    """

    name: str
    person: str
    address: str = ""
    record: str | tuple[str, list] = ""
    size: tuple[int, int] = DESK
    language: str = "zh_CN"
    # pressed one after another before the picture is taken
    clicks: tuple[str, ...] = ()
    # what is brought into sight
    shows: str = ""
    paper: str = ""
    portal: bool = False
    # looked at, and not part of the documentation
    private: bool = False


ASSISTANT, SALESMAN, SUPERVISOR = "zhangli", "linhao", "limin"
ENGINEER, PLANNER, BUYER = "wangzhiqiang", "chenqihang", "sunping"
PRODUCER, WAREHOUSE, FINANCE = "zhoujian", "wuyong", "zhengcaihong"
BOSS, ADMINISTRATOR = "huangweidong", "guanliyuan"
ORDER = "sale.action_orders"
CHANGING = ("order.change.request", [("order_id", "=", "@demo_order_changing")])
DASHBOARDS = "spreadsheet_dashboard.ir_actions_dashboard_action"

SCREENS = (
    Screen("order-form", SALESMAN, ORDER, "demo_order_countersign"),
    Screen(
        "order-form-en", SALESMAN, ORDER, "demo_order_countersign", language="en_US"
    ),
    Screen("my-signatures", PRODUCER, "my-signatures", size=LIST),
    Screen("my-signatures-en", PRODUCER, "my-signatures", size=LIST, language="en_US"),
    Screen("phone", PRODUCER, "my-signatures", size=PHONE),
    Screen("my-day", PLANNER, "my-day", size=LIST),
    Screen("issue-desk", PLANNER, "issue-desk", size=LIST),
    Screen("issue-desk-en", PLANNER, "issue-desk", size=LIST, language="en_US"),
    Screen("urgent-order", SALESMAN, ORDER, "demo_order_urgent"),
    Screen(
        "route",
        ADMINISTRATOR,
        OURS + "order_review_route_action",
        "order_review_route_two_step",
    ),
    Screen("procedures", ADMINISTRATOR, "order-procedures"),
    Screen("procedures-en", ADMINISTRATOR, "order-procedures", language="en_US"),
    Screen("switch-on", ADMINISTRATOR, "first-steps"),
    Screen(
        "f03",
        SALESMAN,
        record=(
            "order.review",
            [("res_id", "=", "@demo_order_approved"), ("res_model", "=", "sale.order")],
        ),
        paper="report_f03_review_sheet",
    ),
    Screen("change-request", ASSISTANT, OURS + "order_change_request_action", CHANGING),
    Screen("portal", ASSISTANT, record="demo_order_countersign", portal=True),
    Screen(
        "service-case-phone",
        ASSISTANT,
        record="demo_order_returning",
        portal=True,
        size=PHONE,
        clicks=("#order_case summary",),
        shows="#order_case",
    ),
    Screen("order-import", ASSISTANT, "import-orders", size=LIST),
    Screen(
        "capacity",
        SALESMAN,
        "sale.action_quotations_with_onboarding",
        "demo_order_ready",
        clicks=("button:has(.fa-industry)",),
    ),
    Screen(
        "demand-plan", SUPERVISOR, OURS + "order_demand_plan_action", "demo_demand_east"
    ),
    Screen(
        "meeting", SUPERVISOR, OURS + "order_meeting_action", "demo_meeting_summary"
    ),
    Screen(
        "drawings", ENGINEER, OURS + "order_drawing_set_action", "demo_drawings_issued"
    ),
    Screen(
        "purchase-request",
        BUYER,
        OURS + "order_purchase_request_action",
        "demo_purchase_request",
    ),
    Screen(
        "production-plan",
        PLANNER,
        OURS + "order_production_plan_action",
        "demo_production_plan",
    ),
    Screen("service-cases", SALESMAN, OURS + "order_service_case_action", size=LIST),
    Screen("archive", ASSISTANT, OURS + "sale_order_action_archive", size=LIST),
    Screen("scores", SUPERVISOR, OURS + "order_score_sheet_action", size=LIST),
    Screen("hints", BOSS, OURS + "order_hint_action", private=True),
    Screen("steps", BOSS, OURS + "order_step_report_action", private=True),
    Screen("dashboard-on-time", BOSS, DASHBOARDS),
    *(
        Screen(
            f"dashboard-{number}",
            BOSS,
            DASHBOARDS,
            clicks=(f".o_search_panel li:nth-child({number})",),
            private=True,
        )
        for number in range(2, 6)
    ),
    Screen(
        "f25b",
        BOSS,
        record=("order.score.sheet", []),
        paper="report_f25b_score_sheet",
        private=True,
    ),
    Screen(
        "f15",
        SUPERVISOR,
        record="demo_demand_east",
        paper="report_f15_demand_plan",
        private=True,
    ),
)

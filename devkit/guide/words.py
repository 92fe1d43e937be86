"""What the guide says in its own words, English and Chinese; all else is read."""

from typing import NamedTuple

LANGUAGES = {"en": "en_US", "zh": "zh_CN"}


class Say(NamedTuple):
    en: str
    zh: str


class Topic(NamedTuple):
    """A piece of daily work that comes with certain parts of a procedure.

    ``when`` names the parts, see ``pages.tags``: a field of order types, a paper, a
    kind of record, or what a route reviews. An empty one is always there.
    """

    when: tuple[str, ...]
    who: Say
    does: Say
    menu: str
    papers: tuple[str, ...] = ()
    # what the route of this kind asks stands after it
    route: str = ""


OURS = "order_process_cn."
QUOTATIONS = "sale.menu_sale_quotations"
ORDERS = "sale.menu_sale_order"
ISSUED = OURS + "order_form_issue_menu"
SIGNATURES = OURS + "order_review_task_menu_mine"
PROCEDURES = OURS + "order_procedure_menu"
LIMITS = OURS + "order_time_limit_menu"
INVOICES = "account.menu_action_move_out_invoice_type"
DELIVERIES = "stock.out_picking"

SALES = Say("Salesperson", "业务员")
ENTRY = Say("Sales assistant", "销售助理（下单员）")
PLANNER = Say("Planner", "计划员")
PRODUCTION = Say("Production", "生产")
WORKSHOP = Say("Workshop", "车间")
ENGINEERING = Say("Engineering", "工程（技质）")
QUALITY = Say("Quality", "品质")
PURCHASING = Say("Purchasing", "采购")
WAREHOUSE = Say("Warehouse", "仓库")
FINANCE = Say("Finance", "财务")
MANAGER = Say("Heads", "部门负责人")
ITSELF = Say("By itself", "系统自动")
EVERYBODY = Say("Everybody concerned", "有关各人")

# in the order in which an order meets them; the first one of Orders is what comes
# before its review, see pages.daily
BEFORE = (
    Topic(
        ("order.demand.cycle", "F15"),
        Say("Head of the region", "区域负责人"),
        Say(
            "hands in what the region needs before the hour is past; what exceeds a "
            "stock cap waits for its signature",
            "在截止时间前报本区域需求；超出库存上限的等审批",
        ),
        OURS + "order_menu_demand_plans",
        ("F15",),
        "order.demand.plan",
    ),
    Topic(
        (),
        ENTRY,
        Say(
            "enters the order; what is missing is listed at once, a type is proposed "
            "with its reasons",
            "录入订单；缺什么一次列全，系统建议订单类别并写明原因",
        ),
        QUOTATIONS,
        ("F29",),
    ),
    Topic(
        ("order_review_route_urgent",),
        ENTRY,
        Say(
            "ticks *Urgent* and gives the reason and the day by which the customer "
            "wants an answer; team and departments are told",
            "勾“紧急”，写明原因和客户要求答复的日期；小组和部门收到通知",
        ),
        QUOTATIONS,
        ("F04",),
    ),
    Topic(
        ("order.type.checks_capacity",),
        PLANNER,
        Say(
            "says from the load of the work centers whether the date can be kept",
            "按工作中心的负荷答复能否按期",
        ),
        OURS + "order_capacity_check_menu",
    ),
    Topic(
        ("order.type.requires_stock_decision",),
        SALES,
        Say(
            "decides lines that are short with the customer: in part, later, "
            "substitute, cancel",
            "缺货行与客户商定：分批、延期、替代、取消",
        ),
        QUOTATIONS,
    ),
    Topic(
        ("order.type.asks_configuration_sheet",),
        ENTRY,
        Say(
            "enters how each line is configured, its samples and accessories",
            "填每行的配置、样机和配件",
        ),
        QUOTATIONS,
        ("F02", "F27", "F28"),
    ),
    Topic(
        ("order_review_routes",),
        ENTRY,
        Say("presses *Submit to Review*", "按“提交评审”"),
        QUOTATIONS,
    ),
)
AFTER = (
    Topic(
        ("order.type.reviews_before_sending",),
        SALES,
        Say(
            "sends the quotation: before the review was approved it is refused",
            "发送报价单：评审通过之前发不出去",
        ),
        QUOTATIONS,
    ),
    Topic(
        ("order.type.requires_return", "F01"),
        SALES,
        Say("sends the order confirmation to the customer", "把订单确认书发给客户"),
        QUOTATIONS,
        ("F01",),
    ),
    Topic(
        ("order.type.requires_return",),
        SALES,
        Say(
            "registers what came back signed, or the customer signs in the portal",
            "登记客户回签，或客户在门户里签字",
        ),
        QUOTATIONS,
    ),
    Topic(
        ("order_review_routes",),
        SALES,
        Say("confirms the order", "确认订单"),
        QUOTATIONS,
    ),
    Topic(
        ("order.type.requires_technical",),
        Say("Engineering and Purchasing", "工程、采购"),
        Say("confirm technique and material in writing", "书面确认技术和物料"),
        OURS + "order_menu_statements",
        ("F23",),
    ),
    Topic(
        ("order.type.requires_drawing",),
        SALES,
        Say(
            "registers that the customer has confirmed drawing or measurements",
            "登记客户对图纸或尺寸的确认",
        ),
        ORDERS,
        ("F23",),
    ),
    Topic(
        ("order.deposit.rule",),
        FINANCE,
        Say(
            "registers the deposit; with the money the order takes effect",
            "登记定金；款到账，订单生效",
        ),
        OURS + "order_deposit_menu",
    ),
    Topic(
        ("order.payment.plan",),
        FINANCE,
        Say(
            "registers payments; each step opens what stands beside it",
            "登记收款；每一步款到，放行所列环节",
        ),
        ORDERS,
    ),
    Topic(
        ("order.type.sends_acknowledgement",),
        ITSELF,
        Say("the customer is told the number of his order", "把单号告诉客户"),
        ORDERS,
    ),
    Topic(
        ("order.issue.window", "order.type.issue_window_id", "F14"),
        PLANNER,
        Say(
            "issues on the issue day all orders that are ready",
            "在下发日把就绪的订单一次下发",
        ),
        OURS + "order_menu_issue_desk_orders",
        ("F14",),
    ),
    Topic(
        ("F05",),
        PRODUCTION,
        Say("acknowledges the production instruction", "点收生产指令单"),
        ISSUED,
        ("F05",),
    ),
    Topic(
        ("F10", "order.drawing.set", "order.type.asks_drawings"),
        ENGINEERING,
        Say("hands out drawings against signature", "凭签字交接图纸"),
        OURS + "order_menu_drawing_sets",
        ("F10",),
        "order.drawing.set",
    ),
    Topic(
        ("F08", "F09", "order.purchase.request"),
        PURCHASING,
        Say(
            "buys and gives out what was requested and approved",
            "按批准的申请采购、委外",
        ),
        OURS + "order_menu_purchase_requests",
        ("F08", "F09"),
        "order.purchase.request",
    ),
    Topic(
        ("F06",),
        PLANNER,
        Say("issues the production plan", "下达生产计划"),
        OURS + "order_menu_production_plans",
        ("F06",),
        "order.production.plan",
    ),
    Topic(
        ("mrp.production", "F07"),
        PLANNER,
        Say(
            "submits the work order; before it is signed it cannot start",
            "生产单提交会签；签完之前不能开工",
        ),
        "mrp.menu_mrp_production_action",
        ("F07",),
        "mrp.production",
    ),
    Topic(
        ("order.type.asks_step_owners",),
        PRODUCTION,
        Say("enters an owner and a date for each step", "给每道工序填负责人和日期"),
        OURS + "order_menu_steps",
    ),
    Topic(
        ("F11",),
        WORKSHOP,
        Say(
            "scans the route card and reports good and bad",
            "扫流转单报工，报良品和不良品",
        ),
        OURS + "order_menu_scan_work",
        ("F11",),
    ),
    Topic(
        ("F31",),
        PRODUCTION,
        Say("issues the daily report", "出生产日报"),
        OURS + "order_menu_daily_reports",
        ("F31",),
    ),
    Topic(
        ("order_time_limit_delay",),
        PRODUCTION,
        Say(
            "reports what will be late; sales tells the customer",
            "报告延误；业务通知客户",
        ),
        OURS + "order_delay_report_menu",
    ),
    Topic(
        ("order.reallocation",),
        SALES,
        Say("asks for stock that is reserved for others", "申请调用别人预留的库存"),
        OURS + "order_reallocation_menu",
        (),
        "order.reallocation",
    ),
    Topic(
        ("F12", "order.inspection", "order.inspection.point"),
        QUALITY,
        Say(
            "inspects; what has not passed does not enter stock",
            "检验；不合格的不能入库",
        ),
        OURS + "order_menu_inspections",
        ("F12",),
        "order.inspection",
    ),
    Topic(
        ("F13",),
        WAREHOUSE,
        Say("takes the goods into stock", "凭通知进仓"),
        OURS + "order_menu_receipt_notices",
        ("F13",),
    ),
    Topic(
        ("F33", "order_time_limit_shipment_plan"),
        SALES,
        Say("makes the shipment plan of the week", "排本周发货计划"),
        OURS + "order_menu_shipment_plans",
        ("F33",),
    ),
    Topic(
        ("F16",),
        SALES,
        Say("reminds the customer of the balance", "催收余款"),
        OURS + "order_deposit_menu",
        ("F16",),
    ),
    Topic(
        ("order.type.asks_shipping_release", "order.shipping.release", "F17"),
        SALES,
        Say(
            "asks for the release of the goods; before it is signed nothing leaves",
            "申请发货；放行签好之前不能发",
        ),
        OURS + "order_menu_shipping_desk",
        ("F17",),
        "order.shipping.release",
    ),
    Topic(
        ("order.type.announces_payment",),
        SALES,
        Say(
            "tells the customer to have the payment ready; before that nothing leaves",
            "通知客户备好货款；通知之前不能发货",
        ),
        OURS + "order_menu_shipping_desk",
    ),
    Topic(
        ("order.type.asks_packing_check",),
        WAREHOUSE,
        Say(
            "counts what is packed and compares the receiver; a difference stays here",
            "点数装箱并核对收货人；有差异不能发",
        ),
        DELIVERIES,
    ),
    Topic(
        ("F18", "F18B"),
        WAREHOUSE,
        Say("picks, packs and delivers", "拣货、打包、发货"),
        DELIVERIES,
        ("F18", "F18B"),
    ),
    Topic(
        ("F19",),
        SALES,
        Say("tells the customer that goods are on their way", "通知客户货已发出"),
        DELIVERIES,
        ("F19",),
    ),
    Topic(
        ("F20", "order_time_limit_p28_receipt"),
        SALES,
        Say("registers the receipt that came back signed", "登记签回的到货回单"),
        OURS + "order_menu_delivery_receipts",
        ("F20",),
    ),
    Topic(
        ("order.type.asks_acceptance",),
        Say("Customer", "客户"),
        Say(
            "accepts what was delivered, or refuses it and says why",
            "验收所交货物，或拒收并写明原因",
        ),
        OURS + "order_menu_delivery_receipts",
    ),
    Topic(
        ("order.type.asks_rating",),
        Say("Customer", "客户"),
        Say(
            "says on the page of his order how satisfied he is",
            "在订单页面评价满意度",
        ),
        ORDERS,
    ),
    Topic(
        ("order.change.request", "F21", "F22", "order.edit.rule"),
        SALES,
        Say(
            "changes what was agreed by a change request",
            "约定好的内容，用变更申请来改",
        ),
        OURS + "order_menu_change_requests",
        ("F21", "F22"),
        "order.change.request",
    ),
    Topic(
        ("order.type.change_in_portal",),
        Say("Customer", "客户"),
        Say(
            "asks for a change in the portal; sales makes a request of it",
            "在门户里提出变更；业务据此开变更申请",
        ),
        OURS + "order_menu_change_requests",
    ),
    Topic(
        ("order.forfeiture",),
        FINANCE,
        Say(
            "has decided what of a deposit is forfeited",
            "提请决定定金扣罚多少",
        ),
        OURS + "order_forfeiture_menu",
        (),
        "order.forfeiture",
    ),
    Topic(
        ("order.service.case", "order.type.asks_service_case", "F26", "F26B", "F32"),
        SALES,
        Say(
            "opens a service case: return, exchange, complaint",
            "开售后单：退货、换货、投诉",
        ),
        OURS + "order_service_case_menu",
        ("F26", "F26B", "F32"),
        "order.service.case",
    ),
    Topic(
        ("F30",),
        FINANCE,
        Say(
            "invoices, registers payments, prints the statement", "开票、收款、打对账单"
        ),
        INVOICES,
        ("F30",),
    ),
    Topic(
        ("F24", "order.type.asks_summary_meeting", "order_time_limit_p02_summary"),
        MANAGER,
        Say("hold the meeting and send the minutes", "开会，发会议纪要"),
        OURS + "order_meeting_menu",
        ("F24",),
    ),
    Topic(
        ("order.archive.item",),
        ENTRY,
        Say("files the papers", "资料归档"),
        OURS + "order_menu_archive",
    ),
    Topic(
        ("order.ledger.rule", "F25"),
        MANAGER,
        Say("decide fines and rewards", "决定奖罚"),
        OURS + "order_ledger_entry_menu",
        ("F25",),
    ),
    Topic(
        ("order.score.role", "F25B"),
        MANAGER,
        Say("score the work of their people", "给各岗位打分"),
        OURS + "order_score_sheet_menu",
        ("F25B",),
    ),
    Topic(
        ("order.time.limit",),
        EVERYBODY,
        Say(
            "see what runs late and what is soon due",
            "看哪些超时、哪些快到时限",
        ),
        OURS + "order_time_limit_run_menu_late",
    ),
)
SIGNS = Say("signs", "签署")
# whose page has no orders of its own
ROLES = Topic(
    (),
    EVERYBODY,
    Say(
        "open what waits for them, what runs late and what they handed on",
        "看等我办的、超时的、我交出去的",
    ),
    OURS + "order_day_line_menu",
)

# where each kind of record is changed
SETTINGS = {
    "order.review.route": OURS + "order_review_route_menu",
    "order.time.limit": LIMITS,
    "order.deposit.rule": OURS + "order_deposit_rule_menu",
    "order.payment.plan": OURS + "order_payment_plan_menu",
    "order.issue.window": OURS + "order_issue_window_menu",
    "order.edit.rule": OURS + "order_edit_rule_menu",
    "order.entry.rule": OURS + "order_entry_rule_menu",
    "order.type": OURS + "order_type_menu",
    "order.channel": OURS + "order_channel_menu",
    "order.form": OURS + "order_form_menu",
    "order.demand.cycle": OURS + "order_demand_cycle_menu",
    "order.score.role": OURS + "order_score_role_menu",
    "order.ledger.rule": OURS + "order_ledger_rule_menu",
    "order.archive.item": OURS + "order_archive_item_menu",
    "order.inspection.point": OURS + "order_inspection_point_menu",
    "order.drawing.recipient": OURS + "order_drawing_recipient_menu",
    "order.urgent.role": OURS + "order_urgent_role_menu",
    "order.hint.rule": OURS + "order_hint_rule_menu",
}
DEPARTMENTS = OURS + "order_department_menu"
HOLIDAYS = OURS + "order_calendar_exception_menu"

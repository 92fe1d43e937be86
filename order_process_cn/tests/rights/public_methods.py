"""Who may call what: the declared side of the matrix of public methods and roles."""

from typing import NamedTuple

OURS = "order_process_cn.order_group_"
# role -> groups. Each is somebody who neither entered the document nor holds a seat.
ROLES = {
    "public": "base.group_public",
    "portal": "base.group_portal",
    "employee": "base.group_user",
    "salesman": "sales_team.group_sale_salesman",
    "sales manager": "sales_team.group_sale_manager",
    "stock user": "stock.group_stock_user",
    "stock manager": "stock.group_stock_manager",
    "mrp user": "mrp.group_mrp_user",
    "mrp manager": "mrp.group_mrp_manager",
    "accountant": "account.group_account_invoice",
    "settings": "base.group_system",
    "submitter": f"base.group_user,{OURS}submitter",
    "registrar": f"{OURS}registrar",
    "release": f"{OURS}release",
    "finance": f"{OURS}finance",
    "engineering": f"{OURS}engineering",
    "type override": f"{OURS}type_override",
    "urgency": f"{OURS}urgency",
    "reallocation": f"{OURS}reallocation",
    "hold": f"{OURS}hold",
    "emergency": f"{OURS}shipping_emergency",
    "reopen": f"{OURS}reopen",
    "ledger": f"{OURS}ledger",
    "inspector": f"{OURS}inspector",
    "auditor": f"{OURS}auditor",
    "manager": f"{OURS}manager",
}


class Public(NamedTuple):
    """What a public method is: "act" (writes), "question" (answers or opens a form) or
    "core" (an override; who may is what core says)."""

    kind: str
    # the roles for which it does something on a document that is not theirs
    roles: frozenset = frozenset()
    # what keeps the others out, in words
    because: str = ""


def act(*roles, because=""):
    return Public("act", frozenset(roles), because)


def question(*roles, because=""):
    return Public("question", frozenset(roles), because)


def core(*roles):
    return Public("core", frozenset(roles))


STRANGERS = {"public", "portal"}
COLLEAGUES = set(ROLES) - STRANGERS
# core lets them write every order of their companies
WRITE_ORDERS = {
    "sales manager",
    "stock user",
    "stock manager",
    "mrp user",
    "mrp manager",
    "accountant",
}
# whoever produces moves goods as well
MOVES_GOODS = {"stock user", "stock manager", "mrp user", "mrp manager"}
SELLS = {"sales manager", "accountant"}
WRITE_TRANSFERS = {*MOVES_GOODS, "salesman", "sales manager"}
TAKES = {"sales manager", "stock manager", "mrp manager"}
READS_REVIEWS = {"sales manager", "registrar", "auditor", "manager"}
HOLDER = "who holds the seat, or did what is to be undone"
PLANNER = "who manages the project, or answers for what is done"
CHAIR = "who chairs the meeting, took part or sees to the improvement"
OWN = "whoever was asked: a question is nobody else's"

PUBLIC = {
    # -- production --------------------------------------------------------------------
    "mrp.bom": {"action_release": act("engineering")},
    "mrp.production": {
        "action_confirm": core("salesman", "sales manager", "mrp user", "mrp manager"),
        "action_merge": core(),
        "action_request_drawings": act("mrp user", "mrp manager"),
        "action_request_inspection": act("mrp user", "mrp manager"),
        "action_view_inspections": question(*MOVES_GOODS, "salesman", "sales manager"),
        "action_start": core("salesman", "sales manager", "mrp user", "mrp manager"),
        "action_take_stock": act(*TAKES),
        "button_mark_done": core(),
        "button_plan": core(),
        "get_view": core(),
    },
    "mrp.workorder": {
        "action_cancel": core(),
        "action_mark_as_done": core(),
        "action_report_work": question("mrp user", "mrp manager"),
        # whoever reads operations
        "action_view_work_reports": question(
            "salesman", "sales manager", "mrp user", "mrp manager"
        ),
        "button_finish": core(),
        "button_start": core(),
    },
    "order.daily.report": {
        "action_fill": act("mrp user", "mrp manager"),
        "action_hand_in": act("mrp user", "mrp manager"),
    },
    "order.production.plan": {
        "action_cancel": act("mrp user", "mrp manager"),
        "action_close": act("mrp user", "mrp manager"),
        "action_fill": act("mrp user", "mrp manager"),
        "action_issue": act("mrp user", "mrp manager"),
        "action_revise": act("mrp user", "mrp manager"),
        "action_view_roster": question("mrp user", "mrp manager", "auditor", "manager"),
    },
    "order.shift.roster": {"action_repeat": act("mrp user", "mrp manager")},
    "order.drawing.handover": {
        "action_receive": act(because="the head of the department"),
        "action_recover": act("mrp user", "mrp manager"),
    },
    "order.drawing.set": {
        "action_cancel": act("engineering", "mrp user", "mrp manager"),
        "action_issue": act("engineering"),
        "action_recover": act("mrp user", "mrp manager"),
        "action_replace": act("engineering"),
    },
    "order.demand.plan": {
        "action_approve_excess": act("sales manager"),
        "action_break_down": act("sales manager"),
        "action_hand_in": act("sales manager"),
        "action_make_shipment_plan": act("sales manager"),
        "action_refuse_excess": act("sales manager"),
        "action_take_back": act("sales manager"),
    },
    "order.purchase.request": {
        "action_cancel": act("mrp user", "mrp manager"),
        "action_fill": act("mrp user", "mrp manager"),
        "action_make_rfqs": act(because="who buys"),
        "action_release": act("mrp user", "mrp manager"),
    },
    "order.work.report": {
        "action_take_back": question("mrp user", "mrp manager", "auditor", "manager"),
    },
    "order.project.plan": {
        "action_begin": act("sales manager", because=PLANNER),
        "action_cancel": act("sales manager", because=PLANNER),
        "action_complete": act("sales manager", because=PLANNER),
        "action_draw_up": act(*SELLS),
        "action_remake": act("sales manager", because=PLANNER),
    },
    "order.project.step": {"action_done": act("sales manager", because=PLANNER)},
    "order.project.completion": {
        "action_cancel": act("sales manager", because=PLANNER),
        "action_close_evaluation": act("sales manager", because=PLANNER),
        "action_complete": act("sales manager", because=PLANNER),
    },
    "order.project.evaluation": {"action_evaluate": act(because=PLANNER)},
    "order.meeting": {
        "action_close": act(because=CHAIR),
        "action_confirm_minutes": act(because=CHAIR),
        "action_send_minutes": act(because=CHAIR),
        "action_take_back": act(because=CHAIR),
    },
    "order.meeting.improvement": {
        "action_done": act(because=CHAIR),
        "action_drop": act(because=CHAIR),
    },
    "order.hint": {"action_open_rows": question("sales manager", "auditor", "manager")},
    "order.delay.report": {
        "action_change_date": question("sales manager", "mrp user", "mrp manager"),
        "action_note_told": act("sales manager"),
        "action_report": act("mrp user", "mrp manager"),
        "action_tell_customer": question("sales manager"),
    },
    "order.procedure": {
        "action_begin": act("manager"),
        "action_export": act("manager"),
        "action_import": act("manager"),
        "action_open_switch": act("manager"),
        "action_open_switch_off": act("manager"),
        "action_open_trial": act("manager"),
    },
    "order.observation": {
        "action_make_binding": act("manager"),
        "action_stop": act("manager"),
    },
    "order.measure": {"action_outsource": act("mrp user", "mrp manager")},
    "purchase.order": {"button_cancel": core()},
    # -- reviews: the document, the run, the seat --------------------------------------
    "order.event.mixin": {"action_open_history": question()},
    "order.review.mixin": {
        "action_review_agree": act(because=HOLDER),
        "action_review_decide": question(*WRITE_ORDERS),
        "action_review_hand": question(*WRITE_ORDERS),
        "action_review_print": question(*WRITE_ORDERS),
        "action_review_reason": question(*WRITE_ORDERS),
        "action_review_register": question(*WRITE_ORDERS),
        "action_review_submit": act(
            *SELLS,
            "mrp user",
            "mrp manager",
            because="who writes the order and submits",
        ),
        "web_save": core(),
    },
    "order.review": {
        "action_comment": act("sales manager", because="who reads the document"),
        "action_copy_to": act("sales manager", because="who reads the document"),
        "action_hand_over": act("manager"),
        "action_open_document": question(*READS_REVIEWS),
        "action_terminate": act("manager"),
        "action_urge": act("sales manager", because="who reads the document"),
        "action_verify": question(*READS_REVIEWS),
        "action_withdraw": act(because="who submitted it"),
        "draw_cards": question("sales manager", because="who reads the document"),
    },
    "order.review.task": {
        "action_add_signers": act(because=HOLDER),
        "action_agree_shown": act(because=HOLDER),
        "action_ask_agree": question(*READS_REVIEWS),
        "action_ask_decline": question(*READS_REVIEWS),
        "action_contest": act(because=HOLDER),
        "action_open_document": question(*READS_REVIEWS),
        "action_register": act("registrar"),
        "action_remove_signers": act(because=HOLDER),
        "action_return": act(because=HOLDER),
        "action_sign": act(because=HOLDER),
        "action_take_back": act(because=HOLDER),
        "action_transfer": act(because=HOLDER),
        "get_empty_list_help": core(),
        "my_waiting_count": question(*COLLEAGUES),
    },
    # -- questions ---------------------------------------------------------------------
    "order.calendar.fill.wizard": {"action_fill": act(because=OWN)},
    "order.capacity.wizard": {
        "action_keep": act(because=OWN),
        "action_pass": act(because=OWN),
    },
    "order.carrier.choice": {"action_ask_outside": act(because=OWN)},
    "order.carrier.choice.line": {"action_choose": act(because=OWN)},
    "order.delivery.receipt.wizard": {"action_confirm": act(because=OWN)},
    "order.packing.wizard": {
        "action_confirm": act(because=OWN),
        "action_stop": act(because=OWN),
    },
    "order.day.line": {
        "action_begin": act(*COLLEAGUES),
        "action_open": question(because=OWN),
    },
    "order.import.wizard": {
        "action_check": act(because=OWN),
        "action_make": act(because=OWN),
        "action_template": question(because=OWN),
    },
    "order.procedure.file": {
        "action_compare": act(because=OWN),
        "action_import": act(because=OWN),
        "action_open_card": question(because=OWN),
    },
    "order.procedure.slip": {"action_make_sample": act(because=OWN)},
    "order.procedure.switch": {
        "action_apply": act(because=OWN),
        "action_make_sample": act(because=OWN),
        "action_observe": act(because=OWN),
        "action_refresh": act(because=OWN),
        "action_remove_sample": act(because=OWN),
    },
    "order.procedure.switch.claim": {
        "action_limit_types": act(because=OWN),
        "action_swap": act(because=OWN),
    },
    "order.procedure.switch.gap": {
        "action_mend": act(because=OWN),
        "action_open": question(because=OWN),
    },
    "order.procedure.trial": {
        "action_open_lines": question(because=OWN),
        "action_run": act(because=OWN),
    },
    "order.review.hand.wizard": {"action_confirm": act(because=OWN)},
    "order.review.leaver.wizard": {"action_confirm": act(because=OWN)},
    "order.review.reason.wizard": {"action_confirm": act(because=OWN)},
    "order.review.register.wizard": {"action_confirm": act(because=OWN)},
    "order.review.sign.wizard": {"action_confirm": act(because=OWN)},
    "order.review.submit.wizard": {"action_confirm": act(because=OWN)},
    "order.settlement.statement.wizard": {"action_print": question(because=OWN)},
    "order.settlement.wizard": {"action_confirm": act(because=OWN)},
    "order.shipping.emergency.wizard": {"action_confirm": act(because=OWN)},
    "order.statement.wizard": {"action_confirm": act(because=OWN)},
    "order.ledger.entry": {
        "action_appeal": act(because="the person concerned"),
        "action_confirm": act("ledger"),
        "action_open_document": question("ledger", "auditor", "manager"),
        "action_waive": act("ledger"),
    },
    "order.ledger.sheet": {
        "action_refresh": act("ledger"),
        "action_sign_off": act("ledger"),
    },
    "order.score.finding": {
        "action_open_document": question("ledger", "auditor", "manager"),
    },
    "order.score.sheet": {
        "action_confirm": act("ledger", because="or the head of the department"),
        "action_count": act("ledger", because="or the head of the department"),
        "action_hand_in": act(because="the person scored"),
    },
    "order.archive.wizard": {"action_confirm": act(because=OWN)},
    "order.suspension.wizard": {"action_confirm": act(because=OWN)},
    "order.work.wizard": {
        "action_report": act(because=OWN),
        "action_take_back": act(because=OWN),
        # decides nothing: an onchange of the page
        "on_barcode_scanned": core(),
    },
    # -- money -------------------------------------------------------------------------
    "order.forfeiture": {
        "action_decide": act("accountant", "finance"),
        "action_invoice": act("accountant", because="who may read invoices as well"),
        "action_settle": act("accountant", "finance"),
        "action_waive": act("accountant", "finance"),
        "action_withdraw": act("accountant", "finance"),
    },
    "order.statement": {
        "action_accept": act("registrar"),
        "action_ask_again": question(*READS_REVIEWS, "release"),
        "action_reject": act("registrar"),
    },
    # -- orders ------------------------------------------------------------------------
    "sale.order": {
        "action_archive_papers": act(*SELLS),
        "action_ask_statement": question(*WRITE_ORDERS, "release"),
        "action_cancel": core(*WRITE_ORDERS),
        "action_confirm": core(*WRITE_ORDERS),
        "action_deposit_invoice": act(*SELLS),
        "action_issue": act("release"),
        "action_issue_all_ready": act("release"),
        "action_quotation_sent": core(*WRITE_ORDERS),
        "action_register_payment": question("accountant"),
        "action_request_shipping": act(*SELLS),
        "action_register_return": act(*WRITE_ORDERS, because="looked at afterwards"),
        "action_send_balance_reminder": question(*SELLS, "release"),
        "action_send_confirmation": question(*WRITE_ORDERS),
        "action_settle_deposit": question(*WRITE_ORDERS),
        "action_state_in_writing": act(because="who belongs to the department"),
        "action_take_stock": act(*TAKES),
        "action_view_shipping_releases": question(*WRITE_ORDERS),
        "action_urgent_replied": act(*SELLS),
        "action_urgent_reply": question(*WRITE_ORDERS),
        "get_portal_url": core(),
        "web_read": core(),
    },
    "sale.order.line": {
        "action_open_delivery_schedule": question(*WRITE_ORDERS),
    },
    "order.issue.batch": {
        "action_refresh": question("salesman", "sales manager", "release"),
    },
    "order.reallocation": {
        "action_cancel": act(*TAKES, "reallocation"),
        "action_execute": act(*TAKES, "reallocation"),
        "action_refresh": act(*TAKES, "reallocation"),
    },
    "order.change.request": {
        "action_apply": act("sales manager"),
        "action_cancel": act("sales manager"),
        "action_correct": act("sales manager"),
        "action_open": act("sales manager"),
        "action_register_agreement": act("sales manager"),
        "action_request": act("sales manager"),
    },
    "order.service.case": {
        "action_ask_inspection": act("sales manager"),
        "action_cancel": act("sales manager"),
        "action_collect": act("sales manager"),
        "action_open": act("sales manager"),
        "action_refuse": act("sales manager"),
        "action_request": act("sales manager"),
        "action_settle": act("sales manager"),
    },
    "stock.return.picking": {
        "action_create_exchanges": core(),
        "action_create_returns": core(),
    },
    "order.version": {
        "action_compare": question("sales manager", "auditor", "manager"),
    },
    "order.shipment.plan": {
        "action_cancel": act("salesman", "sales manager"),
        "action_fill": act("salesman", "sales manager"),
        "action_hand_over": act("salesman", "sales manager"),
    },
    "order.shipping.release": {
        "action_announce_payment": act(*SELLS, "finance", "emergency"),
        "action_cancel": act(*SELLS, "finance", "emergency"),
        "action_check_packing": question(*MOVES_GOODS),
        "action_correct": act(*SELLS, "finance", "emergency"),
        "action_refuse": act("accountant", "finance"),
        "action_release": act("accountant", "finance"),
        "action_release_emergency": act("emergency"),
        "action_request": act(*SELLS, "finance", "emergency"),
        "action_request_inspection": act(*MOVES_GOODS),
        "action_view_inspections": question(
            *SELLS, *MOVES_GOODS, "finance", "emergency", "auditor", "manager"
        ),
        "action_ship": act(*MOVES_GOODS),
        "action_ship_all_ready": act(*MOVES_GOODS),
    },
    "order.shipping.batch": {
        "action_refresh": question(*MOVES_GOODS, "auditor", "manager"),
    },
    "order.inspection": {
        "action_cancel": act("inspector"),
        "action_correct": act("inspector"),
        "action_done": act("inspector"),
        "action_pass_all": act("inspector"),
    },
    "order.receipt.notice": {
        "action_cancel": act(*MOVES_GOODS),
        "action_receive": act(*MOVES_GOODS),
    },
    "stock.picking": {
        "action_request_inspection": act(*MOVES_GOODS),
        "action_view_inspections": question(*WRITE_TRANSFERS, "accountant"),
        "action_check_packing": question(*MOVES_GOODS),
        "action_choose_carrier": act(*MOVES_GOODS),
        "action_request_shipping": act(*SELLS),
        # whoever writes transfers; core lets accountants
        "action_notify_customer": question(*WRITE_TRANSFERS, "accountant"),
        "action_register_receipt": question(*MOVES_GOODS),
        "action_view_receipts": question(*WRITE_TRANSFERS),
        # whoever reads transfers
        "action_view_shipping_releases": question(*WRITE_ORDERS, "salesman"),
    },
    # -- papers, limits, the worker, settings ------------------------------------------
    "order.form.issue": {
        "action_acknowledge": act(because="who belongs to the department"),
        "action_open_document": question(*COLLEAGUES),
    },
    "order.followed": {
        "action_open_document": question("sales manager", "auditor", "manager"),
    },
    "order.time.limit": {"action_open_runs": question(*COLLEAGUES)},
    "order.time.limit.run": {
        "action_open_document": question("sales manager", "auditor", "manager"),
    },
    "order.recheck": {
        "action_open_document": question("settings", "manager"),
        "action_try_again": act("manager"),
    },
    "order.bot": {"action_send_test": act("settings")},
    # -- overrides everywhere ----------------------------------------------------------
    "ir.actions.report": {"get_paperformat": core()},
    "ir.module.module": {"button_uninstall": core()},
    "mail.thread": {"message_subscribe": core()},
    "res.company": {"cache_invalidation_fields": core()},
    "res.config.settings": {"get_values": core(), "set_values": core()},
    "res.users": {"has_groups": core()},
}
# overrides of these say with super() who may; see the matrix of models
CRUD = {
    "create",
    "write",
    "unlink",
    "copy",
    "copy_data",
    "default_get",
    "onchange",
}

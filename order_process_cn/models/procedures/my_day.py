"""What waits for somebody, what runs late and what he handed on (P25): lists that are
there anyway, counted for whoever may open them."""

from typing import NamedTuple

from odoo import fields

WAITS, LATE, HANDED = "waits", "late", "handed"
SELLS = "sales_team.group_sale_salesman"
LEADS = "sales_team.group_sale_manager,order_process_cn.order_group_auditor"
MAKES = "mrp.group_mrp_user"
STOCKS = "stock.group_stock_user"
BUYS = "purchase.group_purchase_user"
MONEY = "order_process_cn.order_group_finance"
ISSUES = "order_process_cn.order_group_release"
INSPECTS = "order_process_cn.order_group_inspector"
REGISTERS = "order_process_cn.order_group_registrar"
OURS = "order_process_cn."
FOLLOWED = "order.followed"
INSPECTIONS = "order.inspection"
PAPERS = "order.form.issue"
PRODUCTIONS = "mrp.production"
PROJECT_ENDS = "order.project.completion"
PROJECT_STEPS = "order.project.step"
PURCHASES = "purchase.order"
RELEASES = "order.shipping.release"
REQUESTS = "order.purchase.request"
REVIEWS = "order.review"
TRANSFERS = "stock.picking"


class Item(NamedTuple):
    """A list, narrowed to what concerns one person."""

    section: str
    label: str
    model: str
    domain: list
    action: str
    # groups for whom it is work, empty: for everybody
    group: str = ""


def get_items(env):
    """Return ``{key: Item}`` of everything that can stand on the page of the reader.

    Which of it does is asked by :func:`may_open`.
    """
    uid, now = env.uid, fields.Datetime.now()
    own = ("user_id", "=", uid)
    tasks, orders = "order.review.task", "sale.order"
    running = [("state", "=", "running")]
    late = [*running, ("due_at", "<", now)]
    late_runs = (
        "order.time.limit.run",
        late,
        OURS + "order_time_limit_run_action_late",
    )
    mine_late = (late_runs[0], [*late, own], late_runs[2])
    follows = ("follower_id", "=", uid)
    return {
        # 所有人
        "sign": Item(
            WAITS,
            env._("To Sign"),
            tasks,
            [("is_mine", "=", True)],
            OURS + "order_review_task_action_mine",
        ),
        "papers": Item(
            WAITS,
            env._("Papers to Receive"),
            PAPERS,
            [("waits_for_me", "=", True)],
            OURS + "order_form_issue_action",
        ),
        "statements": Item(
            WAITS,
            env._("To Confirm to Customers in Writing"),
            orders,
            [("statement_waits_for_me", "=", True)],
            OURS + "order_action_statements",
        ),
        "project_steps": Item(
            WAITS,
            env._("Project Steps to Be Done"),
            PROJECT_STEPS,
            [
                ("responsible_id", "=", uid),
                ("plan_id.state", "=", "in_force"),
                ("done_on", "=", False),
            ],
            OURS + "order_project_step_action",
        ),
        "project_evaluations": Item(
            WAITS,
            env._("Projects to Evaluate"),
            PROJECT_ENDS,
            [
                ("state", "=", "completed"),
                (
                    "evaluation_ids",
                    "any",
                    [("user_id", "=", uid), ("evaluated_on", "=", False)],
                ),
            ],
            OURS + "order_project_completion_action",
        ),
        # 跟单员
        "receipts": Item(
            WAITS,
            env._("Receipts to Bring In"),
            FOLLOWED,
            [follows, ("receipts_due", ">", 0)],
            OURS + "order_followed_action",
        ),
        "papers_out": Item(
            WAITS,
            env._("Papers That Others Have to Receive"),
            FOLLOWED,
            [follows, ("papers_missing", ">", 0)],
            OURS + "order_followed_action",
        ),
        # 业务员, 下单员: who entered an order for somebody else submits it
        "drafts": Item(
            WAITS,
            env._("Own Drafts"),
            orders,
            [
                "|",
                own,
                ("create_uid", "=", uid),
                ("state", "in", ["draft", "sent"]),
                ("review_id", "=", False),
            ],
            OURS + "order_action_by_review",
            SELLS,
        ),
        # 计划员
        "issue": Item(
            WAITS,
            env._("Orders to Issue, Held"),
            orders,
            [("effect_state", "=", "held")],
            OURS + "order_action_issue_desk",
            ISSUES,
        ),
        # 采购
        "buy": Item(
            WAITS,
            env._("Requests to Buy"),
            REQUESTS,
            [("state", "=", "released")],
            OURS + "order_purchase_request_action",
            BUYS,
        ),
        # 仓库
        "ship": Item(
            WAITS,
            env._("Ready to Be Shipped"),
            RELEASES,
            [("state", "=", "released")],
            OURS + "order_shipping_release_action",
            STOCKS,
        ),
        # 品质
        "inspect": Item(
            WAITS,
            env._("To Inspect"),
            INSPECTIONS,
            [("state", "=", "draft"), ("user_id", "in", [uid, False])],
            OURS + "order_inspection_action",
            INSPECTS,
        ),
        # 文员
        "register": Item(
            WAITS,
            env._("Under Review: Register What Was Signed on Paper"),
            REVIEWS,
            running,
            OURS + "order_review_action",
            REGISTERS,
        ),
        # 财务
        "deposits": Item(
            WAITS,
            env._("Deposits Not Fully There"),
            orders,
            [("deposit_state", "in", ["waiting", "partial"])],
            OURS + "sale_order_action_deposit",
            MONEY,
        ),
        "releases": Item(
            WAITS,
            env._("Shipping Waits for Finance"),
            RELEASES,
            [("state", "=", "requested")],
            OURS + "order_shipping_release_action",
            MONEY,
        ),
        # what runs late
        "late": Item(LATE, env._("Limits I Answer For"), *mine_late),
        "followed_late": Item(
            LATE,
            env._("Orders I Follow, Late"),
            FOLLOWED,
            [follows, ("is_late", "=", True)],
            OURS + "order_followed_action",
        ),
        # 主管, 总经理
        "late_all": Item(LATE, env._("Limits of Everybody"), *late_runs, LEADS),
        # 项目经理
        "project_late": Item(
            LATE,
            env._("Steps Behind My Project Plans"),
            PROJECT_STEPS,
            [("is_late", "=", True), ("plan_id.manager_id", "=", uid)],
            OURS + "order_project_step_action",
        ),
        "make_late": Item(
            LATE,
            env._("Production behind Its Plan"),
            PRODUCTIONS,
            [
                ("state", "in", ["confirmed", "progress", "to_close"]),
                ("date_finished", "<", now),
            ],
            "mrp.mrp_production_action",
            MAKES,
        ),
        "buy_late": Item(
            LATE,
            env._("Purchases Not Arrived"),
            PURCHASES,
            [
                ("state", "=", "purchase"),
                ("date_planned", "<", now),
                ("receipt_status", "in", ["pending", "partial"]),
            ],
            "purchase.purchase_form_action",
            BUYS,
        ),
        "ship_late": Item(
            LATE,
            env._("Transfers behind Their Day"),
            TRANSFERS,
            [
                ("state", "in", ["waiting", "confirmed", "assigned"]),
                ("scheduled_date", "<", now),
            ],
            "stock.action_picking_tree_all",
            STOCKS,
        ),
        # what I handed on
        "submitted": Item(
            HANDED,
            env._("Submitted by Me, under Review"),
            REVIEWS,
            [*running, ("submitter_id", "=", uid)],
            OURS + "order_review_action",
        ),
        "returned": Item(
            WAITS,
            env._("Declined, Back with Me"),
            REVIEWS,
            [("state", "=", "declined"), ("submitter_id", "=", uid)],
            OURS + "order_review_action",
        ),
        "held": Item(
            HANDED,
            env._("Own Orders, Not Yet in Production"),
            orders,
            [own, ("effect_state", "=", "held")],
            OURS + "order_action_by_review",
            SELLS,
        ),
        "in_work": Item(
            HANDED,
            env._("Own Orders, Not Yet Delivered"),
            orders,
            [
                own,
                ("state", "=", "sale"),
                ("delivery_status", "in", ["pending", "started", "partial"]),
            ],
            OURS + "order_action_by_review",
            SELLS,
        ),
    }


def may_open(env, item):
    """Whether the list is work of the reader, and one that he may read."""
    if item.group and not env.user.has_groups(item.group):
        return False
    return env[item.model].has_access("read")

"""What the file of a procedure may contain (PRC-4): this table, and nothing else.

A file names kinds and fields of this table only, so that it can never reach another
model or field. Whether something is in force is not in it: that is switched on the card
of the procedure.
"""

from typing import NamedTuple

SCHEMA = "order_process_cn.procedure"
VERSION = 1
# what a person may have written by hand is shorter than that
MOST_BYTES = 1_000_000
MOST_RECORDS = 500
MOST_LINES = 200
MOST_TEXT = 20_000


class Kind(NamedTuple):
    """One kind of record, or of lines."""

    # by which fields one is found again, where no name of the addon says which it is
    key: tuple
    fields: tuple
    # {field: kind of the lines}
    lines: dict = {}


SEAT = Kind(
    ("source", "department_id", "user_ids", "group_id", "user_field_id"),
    (
        "sequence",
        "source",
        "department_id",
        "user_ids",
        "group_id",
        "user_field_id",
        "domain",
        "amount_from",
    ),
)
STAGE = Kind(
    ("name",),
    (
        "sequence",
        "name",
        "mode",
        "count",
        "opens",
        "refusal",
        "return_to",
        "return_stage_id",
        "resume",
        "domain",
        "amount_from",
        "fact_group_ids",
        "question_ids",
        "requires_opinion",
        "requires_drawing",
    ),
    {"seat_ids": SEAT},
)

# what others name comes before those that name it
KINDS = {
    "order.review.question": Kind(("name",), ("name", "sequence")),
    "order.channel": Kind(("name",), ("name", "sequence", "user_id", "is_oral")),
    "order.type": Kind(
        ("name",),
        (
            "name",
            "sequence",
            "color",
            "note",
            "confirms_automatically",
            "replies_automatically",
            "promised_means",
            "closing_rule",
            "before_deposit",
            "long_lead_days",
            "tells_moved_dates",
            "shows_impact",
            "capacity_days",
            "rating_days",
            "rating_questions",
            "cancels_by_change",
            "has_transfer_per_date",
            "project_manager_id",
            "shipping_balance",
            "shipping_short_percent",
            "shipping_over_percent",
        ),
        {
            "rule_ids": Kind(
                ("name",), ("name", "sequence", "kind", "months", "domain", "is_hint")
            ),
            "project_pattern_ids": Kind(
                ("name",), ("name", "sequence", "department_id", "days")
            ),
        },
    ),
    "order.issue.window": Kind(
        ("name",),
        (
            "name",
            "sequence",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "cut_off",
            "lets_urgent_through",
            "exception_type_ids",
        ),
    ),
    "order.deposit.rule": Kind(
        ("name",),
        (
            "name",
            "sequence",
            "order_type_ids",
            "class_ids",
            "categ_ids",
            "amount_from",
            "settlement",
            "method",
            "percent",
            "amount",
            "asks_online",
            "legal_kind",
            "legal_cap_percent",
            "pickup_days",
            "forfeiture_base",
            "note",
        ),
        {"tier_ids": Kind(("from_day",), ("from_day", "percent", "fine_amount"))},
    ),
    "order.payment.plan": Kind(
        ("name",),
        (
            "name",
            "sequence",
            "order_type_ids",
            "payment_term_ids",
            "deposit_rule_id",
            "note",
        ),
        {
            "line_ids": Kind(
                ("kind", "sequence"),
                (
                    "sequence",
                    "kind",
                    "name",
                    "method",
                    "percent",
                    "amount",
                    "opens",
                    "due_on",
                    "due_days",
                ),
            )
        },
    ),
    "order.edit.rule": Kind(
        ("name",),
        (
            "name",
            "sequence",
            "what",
            "fact_group_ids",
            "from_stage",
            "until_stage",
            "order_type_ids",
            "user_group_ids",
            "mode",
        ),
    ),
    "order.form": Kind(
        ("code",),
        ("code", "name", "number", "version", "paperformat_id", "shows_prices"),
        {"copy_ids": Kind(("name",), ("sequence", "name", "department_id"))},
    ),
    "order.review.route": Kind(
        ("name",),
        (
            "name",
            "sequence",
            "res_model",
            "order_type_ids",
            "domain",
            "submitter_policy",
            "repeat_policy",
            "one_seat",
            "lets_withdraw",
            "note",
        ),
        {"stage_ids": STAGE},
    ),
    "order.time.limit": Kind(
        ("name",),
        (
            "name",
            "sequence",
            "res_model",
            "start_event",
            "stop_event",
            "pause_event",
            "resume_event",
            "restarts",
            "order_type_ids",
            "domain",
            "stage_id",
            "seat_department_id",
            "length",
            "unit",
            "calendar_id",
            "cap_field_id",
            "date_replaces",
            "cutoff",
            "responsible",
            "department_id",
            "user_id",
            "remind_length",
            "remind_unit",
            "escalates",
            "escalate_length",
            "escalate_unit",
            "escalation_department_id",
            "note",
        ),
    ),
}
# born switched off: whoever imports switches on the card
BORN_OFF = frozenset(
    {
        "order.issue.window",
        "order.deposit.rule",
        "order.payment.plan",
        "order.edit.rule",
        "order.review.route",
        "order.time.limit",
    }
)
# comes with the program, a file makes none
NEVER_NEW = frozenset({"order.form"})
# chosen when it is made, and the anchor of what hangs on it
NEVER_CHANGED = frozenset({"code"})
# what is no record of the procedure and is found by name only
NAMES = {
    "order.department": ("name",),
    "order.customer.class": ("name",),
    "order.fact.group": ("name",),
    "product.category": ("complete_name",),
    "account.payment.term": ("name",),
    "resource.calendar": ("name",),
    "report.paperformat": ("name",),
    "res.groups": ("full_name", "name"),
    "res.users": ("name", "login"),
}
FIELDS, STAGES = "ir.model.fields", "order.review.stage"

"""What a person may enter on an order, and what is noted of it."""

from .archive.retention import check_filing
from .given.given import check_values
from .intake.classification import check_type_override, log_type_override
from .money.deposits import DEPOSIT_FIELDS, check_deposit_change, note_deposit_choice
from .urgent.urgency import check_urgency_change

# what follows from the process: entered by nobody
EARNED = {
    "effect_state",
    "effective_on",
    "effect_waiting",
    "effect_is_ready",
    "effect_lost_on",
    "before_deposit",
    "issue_group",
    "requested_transition",
    "confirmation_sent_on",
    "slip_days",
    "slipped_from",
    "slipped_to",
    "quoted_facts",
    "urgent_told_on",
    "urgent_replied_on",
    "deposit_state",
    "deposit_is_chosen",
    "payment_plan_id",
    "goods_in_stock_on",
    "goods_taken_on",
    "progress",
    "receipt_confirmed_on",
    "shipped_parts",
    "parts_to_ship",
    "returns_on_case",
    "ships_on_release",
    "suspension_state",
    "has_change_under_way",
    "has_delivery_schedule",
    "has_sheet_rows",
    "closed_on",
    "acknowledged_on",
    "archived_by_id",
    "archived_on",
    "order_type_reasons",
    "delay_count",
    "needs_acceptance",
    "accepted_on",
}

# what is promised and planned is reckoned from these days
DAYS = {"commitment_date", "production_date", "urgent_reply_date", "wanted_date"}


def check_days_of_new(orders, vals_list):
    """Refuse days that nobody can mean, of new orders.

    :param orders: none, of the person who enters them
    :raise UserError: naming them
    """
    if not orders.env.su:
        check_values(orders, vals_list, DAYS)


def check_entry(orders, vals):
    """Refuse what this person may not enter, whichever client he uses."""
    check_values(orders, [vals], DAYS)
    if "order_type_id" in vals:
        check_type_override(orders, vals)
    if DEPOSIT_FIELDS & vals.keys():
        check_deposit_change(orders)
    if "is_urgent" in vals:
        check_urgency_change(orders, vals)
    check_filing(orders, vals)


def note_entry(orders, vals):
    """Note that it was a person who chose this."""
    if "order_type_id" in vals:
        log_type_override(orders)
    if DEPOSIT_FIELDS & vals.keys():
        note_deposit_choice(orders)

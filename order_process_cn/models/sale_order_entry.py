"""What a person may enter on an order, and what is noted of it."""

from .archive.retention import check_filing
from .intake.classification import check_type_override, log_type_override
from .money.deposits import DEPOSIT_FIELDS, check_deposit_change, note_deposit_choice
from .urgent.urgency import check_urgency_change


def check_entry(orders, vals):
    """Refuse what this person may not enter, whichever client he uses."""
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

"""The promised date of orders while their signed return is missing (CFM-2)."""

from datetime import timedelta
from functools import partial

from odoo import fields

from ...tools.canonical import digest
from .statements import find_statements


def get_slip_mark(order):
    """Return the mark of a promised date that slipped over working days which are
    not all known, see ``_mark_not_announced``."""
    order.ensure_one()
    # in which days a company reckons is no secret
    company, slipped = order.company_id.sudo(), order.slipped_to
    if (
        not slipped
        or order.commitment_date != slipped
        or company.order_slip_unit != "working_days"
    ):
        return ""
    return company._mark_not_announced(order.slipped_from.date(), slipped.date())


def spell_promised_date(orders):
    """Return the promised date for paper, with its mark."""
    order = orders.sudo()  # how a date that is printed came about is no secret
    spelled, mark = orders._spell_date(orders.commitment_date), get_slip_mark(order)
    return f"{spelled} ({mark})" if mark else spelled


def record_earlier_slip(orders):
    """Record what these orders have slipped by since their facts were reviewed, as
    an upgrade finds them: before 19.0.1.4.0 a slip was no amendment."""
    spell = orders._fields["commitment_date"].to_string
    unit = orders.company_id.order_slip_unit
    for order in orders:
        review = order.review_id
        now = review._current_facts()[review]
        reviewed = {"commitment_date": spell(get_reviewed_date(order))}
        before = {**now, "dates": {**now["dates"], **reviewed}}
        # what was changed besides is signed again, as ever
        if now != before and digest(before) == review.digest:
            details = {"days": order.slip_days, "unit": unit, "carries": True}
            review._append_amendment(now, None, {"act": "slip"}, details)


def is_slip(orders, change):
    """Whether a ``change`` of facts is that the promised date has slipped."""
    spell = orders._fields["commitment_date"].to_string
    return change["key"] == "commitment_date" and (
        (change["old"], change["new"])
        == (spell(orders.slipped_from), spell(orders.slipped_to))
    )


def get_slipped_date(orders, late, unit):
    """Return the values of a promised date that has slipped by ``late`` days in
    all, counted from the date that was reviewed: it never needs to be counted
    back, and the last day is a working day where working days are counted."""
    if not orders.commitment_date:
        return {}
    reviewed = get_reviewed_date(orders)
    day = orders.company_id._calendar_day(reviewed)
    slipped = reviewed + (orders.company_id._shift_day(day, late, unit) - day)
    return {
        "commitment_date": slipped,
        "slipped_from": reviewed,
        "slipped_to": slipped,
    }


def look_again_tomorrow(orders):
    company = orders.company_id
    today = company._calendar_day(fields.Datetime.now())
    tomorrow = company._start_of_day(today + timedelta(days=1))
    orders._mark_for_recheck("slip", at=tomorrow)


def is_waiting_for_return(order):
    order.ensure_one()
    return (
        order.state in {"draft", "sent"}
        and order.confirmation_sent_on
        and order.order_type_id.requires_return
        and order.review_state == "approved"
        and not find_statements(order, "returned")
    )


def get_reviewed_date(order):
    """Return the promised date without the slip: that is what was reviewed."""
    order.ensure_one()
    promised = order.commitment_date
    if not promised or not order.slip_days:
        return promised
    if order.slipped_from:
        return order.slipped_from if promised == order.slipped_to else promised
    day = order.company_id._calendar_day(promised)
    unit = order.company_id.order_slip_unit
    return promised + (order.company_id._shift_day(day, -order.slip_days, unit) - day)


def slip_promised_dates(orders):
    """Move the promised date of confirmations that did not come back on the day.

    One day for each day: whoever signed has agreed to this rule with the order, so it
    amends what he signed. Called by the worker.
    """
    for order in orders.filtered(lambda order: is_waiting_for_return(order)):
        company = order.company_id
        late = company._days_between(
            company._calendar_day(order.confirmation_sent_on),
            company._calendar_day(fields.Datetime.now()),
            company.order_slip_unit,
        )
        if late > order.slip_days:
            slip_order(order, late)
        look_again_tomorrow(order)


def slip_order(order, late):
    """Move the promised date so that it has slipped by ``late`` days in all."""
    order.ensure_one()
    moved = late - order.slip_days
    unit = order.company_id.order_slip_unit
    values = {"slip_days": late, **get_slipped_date(order, late, unit)}
    order._amend(
        partial(order.env["order.delivery.part"]._slip, order, values, late, unit),
        {"dates"},
        act="slip",
        carries=True,
        details={order: {"days": moved, "unit": unit}},
    )

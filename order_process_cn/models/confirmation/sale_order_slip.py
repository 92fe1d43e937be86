from datetime import timedelta
from functools import partial

from odoo import api, fields, models

from ...tools.canonical import digest
from .statements import find_statements


class SaleOrder(models.Model):
    """The slip of the promised date while the signed return is out (CFM-2)."""

    _inherit = "sale.order"

    slip_days = fields.Integer(
        copy=False,
        readonly=True,
        help="By how many days the promised date has moved because the signed return "
        "did not come on the day.",
        groups="base.group_user",
    )
    # while both stand, the date moved only because the return is late; written by hand,
    # it is another promise
    slipped_from = fields.Datetime(copy=False, readonly=True, groups="base.group_user")
    slipped_to = fields.Datetime(copy=False, readonly=True, groups="base.group_user")

    slip_mark = fields.Char(
        string="Holidays Not Announced",
        compute="_compute_slip_mark",
        groups="base.group_user",
    )

    @api.depends("commitment_date", "slipped_from", "slipped_to")
    @api.depends_context("lang")
    def _compute_slip_mark(self):
        for order in self:
            order.slip_mark = order._get_slip_mark()

    def _get_slip_mark(self):
        """Return the mark of a promised date that slipped over working days which are
        not all known, see ``_mark_not_announced``."""
        self.ensure_one()
        # in which days a company reckons is no secret
        company, slipped = self.company_id.sudo(), self.slipped_to
        if (
            not slipped
            or self.commitment_date != slipped
            or company.order_slip_unit != "working_days"
        ):
            return ""
        return company._mark_not_announced(self.slipped_from.date(), slipped.date())

    def _spell_promised_date(self):
        """Return the promised date for paper, with its mark."""
        order = self.sudo()  # how a date that is printed came about is no secret
        spelled, mark = self._spell_date(self.commitment_date), order._get_slip_mark()
        return f"{spelled} ({mark})" if mark else spelled

    def _slip_promised_date(self):
        """Move the promised date of confirmations that did not come back on the day.

        One day for each day: whoever signed has agreed to this rule with the order, so
        it amends what he signed.
        """
        for order in self.filtered(lambda order: order._is_waiting_for_return()):
            company = order.company_id
            late = company._days_between(
                company._calendar_day(order.confirmation_sent_on),
                company._calendar_day(fields.Datetime.now()),
                company.order_slip_unit,
            )
            if late > order.slip_days:
                order._slip(late)
            order._look_again_tomorrow()

    def _slip(self, late):
        """Move the promised date so that it has slipped by ``late`` days in all."""
        moved = late - self.slip_days
        unit = self.company_id.order_slip_unit
        values = {"slip_days": late, **self._get_slipped_date(late, unit)}
        self._amend(
            partial(self.env["order.delivery.part"]._slip, self, values, late, unit),
            {"dates"},
            act="slip",
            carries=True,
            details={self: {"days": moved, "unit": unit}},
        )

    def _record_earlier_slip(self):
        """Record what these orders have slipped by since their facts were reviewed, as
        an upgrade finds them: before 19.0.1.4.0 a slip was no amendment."""
        spell = self._fields["commitment_date"].to_string
        unit = self.company_id.order_slip_unit
        for order in self:
            review = order.review_id
            now = review._current_facts()[review]
            reviewed = {"commitment_date": spell(order._get_reviewed_date())}
            before = {**now, "dates": {**now["dates"], **reviewed}}
            # what was changed besides is signed again, as ever
            if now != before and digest(before) == review.digest:
                details = {"days": order.slip_days, "unit": unit, "carries": True}
                review._append_amendment(now, None, {"act": "slip"}, details)

    def _is_slip(self, change):
        """Whether a ``change`` of facts is that the promised date has slipped."""
        spell = self._fields["commitment_date"].to_string
        return change["key"] == "commitment_date" and (
            (change["old"], change["new"])
            == (spell(self.slipped_from), spell(self.slipped_to))
        )

    def _get_slipped_date(self, late, unit):
        """Return the values of a promised date that has slipped by ``late`` days in
        all, counted from the date that was reviewed: it never needs to be counted
        back, and the last day is a working day where working days are counted."""
        if not self.commitment_date:
            return {}
        reviewed = self._get_reviewed_date()
        day = self.company_id._calendar_day(reviewed)
        slipped = reviewed + (self.company_id._shift_day(day, late, unit) - day)
        return {
            "commitment_date": slipped,
            "slipped_from": reviewed,
            "slipped_to": slipped,
        }

    def _look_again_tomorrow(self):
        company = self.company_id
        today = company._calendar_day(fields.Datetime.now())
        tomorrow = company._start_of_day(today + timedelta(days=1))
        self._mark_for_recheck("slip", at=tomorrow)

    def _is_waiting_for_return(self):
        self.ensure_one()
        return (
            self.state in {"draft", "sent"}
            and self.confirmation_sent_on
            and self.order_type_id.requires_return
            and self.review_state == "approved"
            and not find_statements(self, "returned")
        )

    def _get_reviewed_date(self):
        """Return the promised date without the slip: that is what was reviewed."""
        self.ensure_one()
        promised = self.commitment_date
        if not promised or not self.slip_days:
            return promised
        if self.slipped_from:
            return self.slipped_from if promised == self.slipped_to else promised
        day = self.company_id._calendar_day(promised)
        unit = self.company_id.order_slip_unit
        return promised + (self.company_id._shift_day(day, -self.slip_days, unit) - day)

from functools import partial

from odoo import api, fields, models

from .slip import (
    get_slip_mark,
    get_slipped_date,
    is_waiting_for_return,
    look_again_tomorrow,
)


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
            order.slip_mark = get_slip_mark(order)

    def _slip_promised_date(self):
        """Move the promised date of confirmations that did not come back on the day.

        One day for each day: whoever signed has agreed to this rule with the order, so
        it amends what he signed.
        """
        for order in self.filtered(lambda order: is_waiting_for_return(order)):
            company = order.company_id
            late = company._days_between(
                company._calendar_day(order.confirmation_sent_on),
                company._calendar_day(fields.Datetime.now()),
                company.order_slip_unit,
            )
            if late > order.slip_days:
                order._slip(late)
            look_again_tomorrow(order)

    def _slip(self, late):
        """Move the promised date so that it has slipped by ``late`` days in all."""
        moved = late - self.slip_days
        unit = self.company_id.order_slip_unit
        values = {"slip_days": late, **get_slipped_date(self, late, unit)}
        self._amend(
            partial(self.env["order.delivery.part"]._slip, self, values, late, unit),
            {"dates"},
            act="slip",
            carries=True,
            details={self: {"days": moved, "unit": unit}},
        )

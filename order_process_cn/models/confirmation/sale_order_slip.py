from odoo import api, fields, models

from .slip import get_slip_mark


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

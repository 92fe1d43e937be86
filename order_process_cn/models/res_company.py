from odoo import api, fields, models

from ..tools.working_time import day_start


class ResCompany(models.Model):
    _inherit = "res.company"

    order_urge_gap = fields.Integer(
        string="Minutes between Urging",
        default=30,
        help="How long a submitter waits before urging the same review again.",
        groups="base.group_user",
    )
    order_production_gate = fields.Selection(
        [
            ("start", "Starting production"),
            ("confirm", "Confirming the production order"),
        ],
        string="Countersign Guards",
        required=True,
        default="start",
        help="What a production order may not do before it is countersigned.",
        groups="base.group_user",
    )
    order_slip_unit = fields.Selection(
        [("calendar_days", "Calendar days"), ("working_days", "Working days")],
        string="Promised Date Slips by",
        required=True,
        default="calendar_days",
        help="In which days the promised date slips while the signed return is out.",
        groups="base.group_user",
    )

    @api.constrains("order_slip_unit", "resource_calendar_id")
    def _check_slip_calendar(self):
        # working days need hours to be reckoned by
        self.filtered(
            lambda company: company.order_slip_unit == "working_days"
        )._check_order_calendar()

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies.filtered("parent_id")._set_up_branches()
        return companies

    def cache_invalidation_fields(self):
        return super().cache_invalidation_fields() | {"order_ships_on_orders_only"}

    def _start_of_day(self, day, calendar=None):
        """Return when ``day`` begins for the company, as naive UTC."""
        return day_start(day, self._order_timezone(calendar))

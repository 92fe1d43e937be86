from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ..mechanism.engine import public_act

OPEN = {"blocked", "ready", "progress"}


class OrderProductionPlan(models.Model):
    """Whether those who work in these days are enough for the plan (P20 三.1)."""

    _inherit = "order.production.plan"

    people_words = fields.Text(
        string="Not Enough People",
        compute="_compute_people_words",
        compute_sudo=True,
        help="Work centers with more hours of work on this plan than people have in "
        "their shifts. Said once shifts are planned in these days.",
    )

    @api.depends("line_ids.production_id", "date_from", "date_to", "state")
    @api.depends_context("lang")
    def _compute_people_words(self):
        for plan in self:
            rows = plan.state in {"draft", "issued"} and plan._find_roster()
            short = rows and plan._find_short_centres(rows)
            plan.people_words = "\n".join(short) if short else False

    def _find_roster(self):
        """Return the shifts in the days of one plan, at its work centres."""
        self.ensure_one()
        if not self.date_from or not self.date_to:
            return self.env["order.shift.roster"]
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("date", ">=", self.date_from)
        domain &= Domain("date", "<=", self.date_to)
        if self.workcenter_ids:
            domain &= Domain("workcenter_id", "in", self.workcenter_ids.ids)
        return self.env["order.shift.roster"].search(domain, order="date, id")

    def _find_short_centres(self, rows):
        """Return in words at which work centres one plan has more work than people."""
        needed, there = defaultdict(float), defaultdict(float)
        for workorder in self.line_ids.production_id.workorder_ids:
            if workorder.state in OPEN:
                needed[workorder.workcenter_id] += _get_hours_left(workorder)
        for row in rows:
            there[row.workcenter_id] += row.hours
        centres = self.env["mrp.workcenter"].union(*needed)
        if self.workcenter_ids:
            centres &= self.workcenter_ids
        return [
            self.env._(
                "%(centre)s: %(needed).1f h of work, people for %(there).1f h",
                centre=centre.name,
                needed=needed[centre],
                there=there[centre],
            )
            for centre in centres.sorted(lambda centre: (centre.sequence, centre.id))
            if needed[centre] > there[centre]
        ]

    @public_act
    def action_view_roster(self):
        """Open who works in the days of one plan, to be planned and changed there."""
        self.ensure_one()
        self.check_access("read")
        self.env["order.shift.roster"].check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "order_process_cn.order_shift_roster_action"
        )
        domain = [("date", ">=", self.date_from), ("date", "<=", self.date_to)]
        # where the work of a plan is done is told to whoever reads the plan
        if centres := self.sudo().workcenter_ids:
            domain.append(("workcenter_id", "in", centres.ids))
        return {
            **action,
            "domain": domain,
            "context": {"default_date": fields.Date.to_string(self.date_from)},
        }


def _get_hours_left(workorder):
    """Return the hours that are still to be worked of one operation."""
    production = workorder.production_id
    # core expects the time of what is being produced
    planned = production.qty_producing or production.product_qty
    if not planned:
        return 0.0
    left = max(production.product_qty - workorder.qty_produced, 0.0)
    return workorder.duration_expected * left / planned / 60

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

OPEN = ("blocked", "ready", "progress")


class MrpWorkcenter(models.Model):
    """Who answers for what is done at a work centre, and how it stands (MFG-12)."""

    _inherit = "mrp.workcenter"

    responsible_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        groups="base.group_user",
        help="Answers for the operations here, unless somebody else is named on one.",
    )
    today_todo = fields.Integer(
        string="To Do Today", compute="_compute_today", groups="base.group_user"
    )
    today_running = fields.Integer(
        string="Running", compute="_compute_today", groups="base.group_user"
    )
    today_inspection = fields.Integer(
        string="Waiting for Inspection",
        compute="_compute_today",
        groups="base.group_user",
        help="Everything is made, and it is not inspected and received yet.",
    )
    today_late = fields.Integer(
        string="Late", compute="_compute_today", groups="base.group_user"
    )
    today_urgent = fields.Integer(
        string="Urgent", compute="_compute_today", groups="base.group_user"
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_today(self):
        for name, domain in self._get_today_domains().items():
            counts = {
                workcenter.id: count
                for workcenter, count in self.env["mrp.workorder"]._read_group(
                    domain & Domain("workcenter_id", "in", self.ids),
                    ["workcenter_id"],
                    ["__count"],
                )
            }
            for workcenter in self:
                workcenter[f"today_{name}"] = counts.get(workcenter.id, 0)

    @api.model
    def _get_today_domains(self):
        """Return ``{what: domain}`` of the operations that the board counts; the
        filters of the list say the same."""
        now = fields.Datetime.now()
        company = self.env.company
        day = company._calendar_day(now) + timedelta(days=1)
        alive = Domain("production_id.state", "not in", ("draft", "done", "cancel"))
        still_open = Domain("state", "in", OPEN) & alive
        return {
            "todo": still_open
            & Domain("state", "!=", "progress")
            & (
                Domain("date_start", "=", False)
                | Domain("date_start", "<", company._start_of_day(day))
            ),
            "running": still_open & Domain("state", "=", "progress"),
            "inspection": alive
            & Domain("state", "=", "done")
            & Domain("needed_by_workorder_ids", "=", False),
            "late": still_open & Domain("date_finished", "<", now),
            "urgent": still_open & Domain("production_id.is_urgent", "=", True),
        }

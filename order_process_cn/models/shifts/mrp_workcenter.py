from odoo import api, fields, models


class MrpWorkcenter(models.Model):
    """Who works at a work centre today (P20 三.1)."""

    _inherit = "mrp.workcenter"

    today_people = fields.Char(
        string="There Today", compute="_compute_today_people", groups="base.group_user"
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_today_people(self):
        today = self.env.company._calendar_day(fields.Datetime.now())
        rows = self.env["order.shift.roster"].search(
            [("workcenter_id", "in", self.ids), ("date", "=", today)],
            order="shift_id, id",
        )
        found = rows.grouped("workcenter_id")
        for workcenter in self:
            own = found.get(workcenter, rows.browse())
            workcenter.today_people = own._spell_people() or False

from datetime import timedelta

from odoo import api, fields, models

from .order_demand_acts import MISSED, OPENED
from .order_demand_plan import DRAFT, MISSING, OPEN

SLICE = 100
# what was due longer ago is history: nobody hands it in any more
LOOKS_BACK = timedelta(days=62)


class OrderDemandCycle(models.Model):
    """Opens the plans of every region and notes which are missing, in slices: what
    nobody has made is a row that is late, not an absence (PLN-2)."""

    _inherit = "order.demand.cycle"

    @api.model
    def _cron_follow(self):
        """Open what is planned next, then note what is missing."""
        cron = self.env["ir.cron"]
        for cycle in self.search([]):
            while made := cycle._open_next():
                cron._commit_progress(made, remaining=SLICE)
        while missed := self._note_missing():
            cron._commit_progress(missed, remaining=SLICE)
        cron._commit_progress(0, remaining=0)

    def _open_next(self):
        """Open a slice of plans that regions have to make by now.

        :return: how many
        """
        self.ensure_one()
        now = fields.Datetime.now()
        since = max(self.in_force_since, now - LOOKS_BACK)
        wanted = []
        for company, teams in self._find_regions().items():
            periods = self._find_periods(company, since, now)
            wanted += [
                (company, team, first, due)
                for first, _last, due in periods
                for team in teams
                # a region that is new begins with what is due next
                if team.create_date < due
            ]
        known = self._find_known(wanted)
        missing = [row for row in wanted if row[:3] not in known][:SLICE]
        plans = self.env["order.demand.plan"].create(
            [
                {
                    "company_id": company.id,
                    "team_id": team.id,
                    "kind": self.kind,
                    "date_from": first,
                    "due_at": due,
                }
                for company, team, first, due in missing
            ]
        )
        plans._tell_opened()
        return len(plans)

    def _find_regions(self):
        """Return ``{company: regions}`` that plan by this cycle."""
        teams = self.env["crm.team"].search([("hands_in_demand", "=", True)])
        found = teams.grouped(lambda t: t._get_demand_company(self.company_id))
        own = self.search(
            [("kind", "=", self.kind), ("company_id", "!=", False)]
        ).company_id
        return {
            company: regions
            for company, regions in found.items()
            if company
            and company == (self.company_id or company)
            # one of the company's own goes before
            and (self.company_id or company not in own)
        }

    def _find_known(self, wanted):
        """Return ``{(company, region, first day), …}`` of plans that are there."""
        plans = self.env["order.demand.plan"].search(
            [
                ("kind", "=", self.kind),
                ("date_from", "in", [first for _c, _t, first, _d in wanted]),
            ]
        )
        return {(plan.company_id, plan.team_id, plan.date_from) for plan in plans}

    @api.model
    def _note_missing(self):
        """Note a slice of plans that were due and are not handed in.

        :return: how many
        """
        plans = self.env["order.demand.plan"].search(
            [
                ("timeliness", "=", OPEN),
                ("state", "=", DRAFT),
                ("due_at", "<", fields.Datetime.now()),
            ],
            limit=SLICE,
        )
        plans._note_missing()
        plans._tell_missing()
        return len(plans)


class OrderDemandPlan(models.Model):
    """Whom the engine tells that a plan is to be made, or was not."""

    _inherit = "order.demand.plan"

    def _tell_opened(self):
        cron = self.env.ref("order_process_cn.order_demand_cron")
        for plan in self:
            plan._emit("demand_opened")
            if head := plan.team_id.user_id:
                due = plan.company_id._spell_instant(plan.due_at)
                plan._leave_todo(
                    OPENED, self.env._("Hand in the demand plan by %s", due), user=head
                )
        for due in {*self.mapped("due_at")}:
            # looked at as soon as it is due, not with the next round
            cron._trigger(due + timedelta(minutes=1))

    def _tell_missing(self):
        for plan in self.filtered(lambda plan: plan.timeliness == MISSING):
            if head := plan.team_id.user_id:
                due = plan.company_id._spell_instant(plan.due_at)
                plan._find_todos(OPENED).unlink()
                plan._leave_todo(
                    MISSED,
                    self.env._("Demand plan missing: it was due on %s", due),
                    user=head,
                )

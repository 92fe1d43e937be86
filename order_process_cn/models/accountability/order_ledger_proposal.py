from ast import literal_eval
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

SLICE = 500


class OrderLedgerRule(models.Model):
    """Proposes what the rules say of what has happened, some time after it (ACC-1):
    never in the transaction of the event, and of each event once."""

    _inherit = "order.ledger.rule"

    @api.model
    def _cron_propose(self):
        """Propose for every rule in force, a slice of events at a time."""
        rules = self.search([])
        left = len(rules)
        for rule in rules:
            last = 0
            while last := rule._propose(last):
                self.env["ir.cron"]._commit_progress(0, remaining=left)
            left -= 1
            self.env["ir.cron"]._commit_progress(1, remaining=left)

    def _propose(self, last=0):
        """Propose for one rule and one slice of events.

        :param int last: the event up to which the rule has looked in this run: what
            fits nobody leaves no entry and would be found again and again
        :return: the last event of the slice, ``0`` when there is no more
        """
        self.ensure_one()
        ids = self._find_new_events(last)
        events = self.env["order.event"].browse(ids)
        documents = self.env[self.res_model].browse(events.mapped("res_id")).exists()
        fitting = documents.filtered_domain(literal_eval(self.domain))
        people = {d.id: self._find_person(d) for d in fitting}
        entries = self.env["order.ledger.entry"]
        entries._insert(
            [
                entries._prepare(self, event, person)
                for event in events
                if event.res_id in people
                and (
                    person := event.user_id
                    if self.person == "actor"
                    else people[event.res_id]
                )
                and not person.share
            ]
        )
        return ids[-1] if len(ids) == SLICE else 0

    def _find_new_events(self, last):
        """Return the ids of events in force after ``last``, without an entry of this
        rule."""
        since = max(
            self.in_force_since, fields.Datetime.now() - timedelta(days=self.days_back)
        )
        self.env["order.event"].flush_model()
        self.env["order.ledger.entry"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.id FROM order_event e
                 WHERE e.res_model = %s AND e.code = %s AND e.at >= %s
                   AND e.id > %s
                   AND (%s IS NULL OR e.company_id = %s)
                   AND NOT EXISTS (SELECT FROM order_ledger_entry l
                                    WHERE l.rule_id = %s AND l.event_id = e.id)
              ORDER BY e.id LIMIT %s
                """,
                self.res_model,
                self.event_code,
                since,
                last,
                self.company_id.id or None,
                self.company_id.id or None,
                self.id,
                SLICE,
            )
        )
        return [number for (number,) in rows]

    def _find_person(self, document):
        """Return whom an event of one document concerns by this rule, or nobody."""
        owner = document._get_limit_owner()
        if self.person != "leader":
            return owner
        order = document["order_id"] if "order_id" in document._fields else document
        team = order["team_id"] if "team_id" in order._fields else owner.sale_team_id
        return (team or owner.sale_team_id).user_id

from odoo import models

from ...tools.facts import lead
from ...tools.peek import peek

# what no facts have as their fingerprint: this has to be said anew
LAPSED = "lapsed"


class OrderStatement(models.Model):
    """What an amendment of the order does to what was said in writing before it: it
    goes along if it was renewed with the change, else it lapses where the change
    touched it (CFM-1, CHG-1)."""

    _inherit = "order.statement"

    def _get_stood_for(self):
        """Return ``{statement: {group: fingerprint}}`` of the facts that each stands
        for now, after the amendments made since."""
        runs = {statement: statement._get_runs_since() for statement in self}
        amendments = self.env["order.review"].union(*runs.values())._get_amendments()
        return {
            statement: statement._lead(
                [
                    record
                    for run in runs[statement]
                    for record in amendments.get(run, ())
                ]
                if amendments
                else []
            )
            for statement in self
        }

    def _get_runs_since(self):
        """Return the runs of the order's review from the one during which this was said
        on, in order."""
        # whether it still counts is the engine's to find out
        run = self.order_id.sudo().review_id
        runs = run
        while run and run != self.review_id and run.previous_id:
            run = run.previous_id
            runs = run + runs
        return runs

    def _lead(self, amendments):
        """Return the fingerprints that this stands for after ``amendments``."""
        given = peek(self, "digests") or {}
        since = [record for record in amendments if record.date >= self.date]
        if not since:
            return given
        return lead(given, [self._get_moves_by(record) for record in since])

    def _get_moves_by(self, amendment):
        """Return the moves of an ``amendment`` as far as they concern this."""
        carries = (peek(amendment, "details") or {}).get("carries")
        if carries is True or self.kind in (carries or ()):
            return amendment._get_moves()
        return {
            group: (old, LAPSED)
            for group, (old, _new) in amendment._get_moves().items()
        }

from odoo import models

from ...tools.review_states import DECISIONS


class OrderReviewSignature(models.Model):
    """Whether a decision came in time, for the countersign sheet (REV-7)."""

    _inherit = "order.review.signature"

    def _spell_limits_kept(self):
        spelled = super()._spell_limits_kept()
        # whoever may print the sheet may see what became of its limits
        runs = self.env["order.time.limit.run"].sudo()
        ended = runs.search_fetch(
            [
                ("res_model", "=", "order.review.task"),
                ("res_id", "in", self.task_id.ids),
                ("state", "in", ["met", "late"]),
            ],
            ["res_id", "state", "started_at"],
            order="started_at",
        ).grouped("res_id")
        words = {"met": self.env._("in time"), "late": self.env._("late")}
        for record in self.filtered(lambda record: record.act in DECISIONS):
            # a seat that was asked again has a limit for each time
            known = ended.get(record.task_id.id, runs)
            known = known.filtered(lambda run, at=record.date: run.started_at <= at)
            if known:
                spelled[record] = words[known[-1].state]
        return spelled

from odoo import models
from odoo.tools import SQL

from ...tools import stage_rules


class OrderReview(models.Model):
    """What the seats of a review say together, read in one query."""

    _inherit = "order.review"

    def _load_tasks(self):
        """Return the seats of all these reviews, read in one query."""
        reviews = self.sudo()  # the engine sees every seat
        known = reviews._fields["task_ids"]
        unread = reviews.browse(known._cache_missing_ids(reviews))
        if unread:
            tasks = reviews.env["order.review.task"]
            found = tasks._load_of_reviews(unread.ids)
            known._insert_cache(
                unread, [found.get(review, tasks)._ids for review in unread]
            )
        return reviews.task_ids

    def _next_step(self, tasks):
        """Say what happens next in one review, without doing it.

        :return: ``(verdict, stage, seats to open, seats to close)``; the verdict is
            "open", "refused" or "approved"
        """
        close, referred, stage = tasks.browse(), False, None
        for stage in self._get_plan()["stages"]:
            own = tasks.filtered(lambda task, no=stage["no"]: task.stage_no == no)
            if all(task.state in stage_rules.SILENT for task in own):
                continue
            if stage["opens"] == "refusal" and not referred:
                continue
            seats = own._seats()
            result = stage_rules.outcome(stage, seats)
            if result == "open":
                turn = tasks.browse(stage_rules.ready_to_open(stage, seats))
                return "open", stage, turn, close
            if result == "refused":
                return "refused", stage, tasks.browse(), close
            referred = result == "referred"
            close += own.filtered(lambda task: task.state in {"waiting", "open"})
        # a refusal that nobody was left to rule on stands
        return "refused" if referred else "approved", stage, tasks.browse(), close

    def _name_open_seats(self):
        """Return ``{review id: names of its open seats}``, in one text each.

        No seat is read as a record: a list shows it of eighty orders at once.
        """
        if not self:
            return {}
        tasks = self.env["order.review.task"]
        tasks.flush_model(["review_id", "state", "names", "stage_no", "sequence"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT review_id, jsonb_agg(names ORDER BY stage_no, sequence, id)
                  FROM order_review_task
                 WHERE review_id = ANY (%s) AND state = 'open'
                 GROUP BY review_id
                """,
                self.ids,
            )
        )
        return {
            review_id: ", ".join(self._text(names) for names in seats)
            for review_id, seats in rows
        }

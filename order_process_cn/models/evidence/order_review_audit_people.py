from odoo import models

from ...tools.peek import peek
from ...tools.review_states import DECIDED


class OrderReview(models.Model):
    """Verifies that whoever signed was allowed to sign besides what else he did (REV-6,
    CSN-3).

    Who is barred from a seat stands in a row that SQL can empty; the record of whoever
    signs it then is sound in itself. What he did stands in the records.
    """

    _inherit = "order.review"

    def _find_barred_signers(self):
        """Return ``{review: reason}`` where somebody signed whom the route forbids to
        as the submitter, or because he has signed another seat."""
        found = {}
        for review in self:
            decided = review.task_ids.filtered(lambda task: task.state in DECIDED)
            if task := review._find_seat_of_submitter(decided):
                found[review] = self.env._(
                    "the seat “%s” was signed by somebody who submitted the document, "
                    "which the route forbids",
                    review._text(task.names),
                )
            elif task := review._find_second_seat(decided):
                found[review] = self.env._(
                    "the seat “%s” was signed by somebody who signed another one, "
                    "which the route forbids",
                    review._text(task.names),
                )
        return found

    def _find_seat_of_submitter(self, decided):
        """Return one of the ``decided`` seats that was agreed to by somebody who
        submitted this run or one before it, where the route forbids it."""
        first = self.signature_ids.sorted("number")[:1]
        if (
            self._get_plan()["submitter_policy"] == "allow"
            # made when whoever submitted a later round was not barred yet
            or "plan" not in (peek(first, "details") or {})
        ):
            return decided.browse()
        submitters, run = set(), self
        while run:
            records = run.signature_ids.filtered(lambda record: record.act == "submit")
            submitters |= set(records.user_id.ids)
            run = run.previous_id
        # a refusal of his stands, as nobody gains by it
        return decided.filtered(
            lambda task: (
                task.state == "agreed" and submitters & task._get_signed_people()
            )
        )[:1]

    def _find_second_seat(self, decided):
        """Return one of the ``decided`` seats that was signed by somebody of whom
        another one was, where the route lets one person sign once."""
        people = set()
        if self._get_plan().get("one_seat"):
            for task in decided:
                signed = task._get_signed_people()
                if people & signed:
                    return task
                people |= signed
        return decided.browse()

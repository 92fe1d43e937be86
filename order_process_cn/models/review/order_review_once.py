from odoo import fields, models

from ...tools.review_states import DECIDED

ON_PAPER = {"paper", "chat"}


class OrderReview(models.Model):
    """One person, one seat a round, where the route says so (CSN-3): whoever has
    signed a seat is barred from the others, as long as what he signed counts."""

    _inherit = "order.review"

    def _bar_signers(self, tasks):
        """Note on every seat who has signed another one; return the reviews in which
        that is news.

        :param tasks: all seats of these reviews
        """
        changed = self.browse()
        for review in self.filtered(lambda review: review._get_plan()["one_seat"]):
            own = tasks.filtered(lambda task, r=review: task.review_id == r)
            decided = own.filtered(lambda task: task.state in DECIDED)
            signed = {task: task._get_signed_people() for task in decided}
            for task in own:
                others = set().union(
                    *(people for other, people in signed.items() if other != task)
                )
                if {*(task.barred_signed or ())} != others:
                    task.barred_signed = sorted(others) or False
                    changed |= review
        return changed


class OrderReviewTask(models.Model):
    """Who has signed a seat, and which of several seats a person may sign at once."""

    _inherit = "order.review.task"

    # a list of ids, not a relation: the engine reads a seat in one row
    barred_signed = fields.Json(
        string="Has Signed Another Seat",
        readonly=True,
        help="Whoever signed another seat of the round, where one person signs once.",
    )

    def _get_signed_people(self):
        """Return the ids of those who used up their signature on this decided seat:
        the person in whose name it was given, and whoever gave it for him. A clerk who
        registers a paper has signed nothing."""
        record = self.signature_id
        people = {self.decided_by_id.id, record.principal_id.id}
        if record.medium not in ON_PAPER:
            people.add(record.user_id.id)
        return people - {False}

    def _first_of_each(self):
        """Return these seats without those that their signer could not sign any more
        once he has signed the ones before."""
        chosen, reviews = self.browse(), self.review_id.browse()
        for task in self:
            review = task.review_id
            if review in reviews and review._get_plan()["one_seat"]:
                continue
            reviews |= review
            chosen |= task
        return chosen

    def _spell_once(self):
        return self.env._(
            "The route lets one person sign one seat a round, for himself or for "
            "somebody else: another candidate has to sign this one."
        )

    def _has_signed(self, user):
        """Whether ``user``, or somebody he stands in for, has signed another seat."""
        people = {person.principal for person in user._get_signing_capacities()}
        return bool({user.id, *people} & {*(self.barred_signed or ())})

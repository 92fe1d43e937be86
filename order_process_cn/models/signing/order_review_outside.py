from odoo import SUPERUSER_ID, api, models

from ...tools.canonical import digest
from ...tools.facts import merge_into
from ...tools.review_states import APPROVED, WATCHED


class OrderReview(models.Model):
    """What becomes different without anybody writing on the document: a contact moves,
    another order uses up the credit, duplicates are merged."""

    _inherit = "order.review"

    def _look_again(self):
        """Take note of it: void what no longer vouches, open the seats needed now.

        The gate refuses such a document anyway; this is what makes it signable again.

        :return: the reviews that something became of
        """
        watched = self.filtered(lambda review: review.state in WATCHED)
        facts = watched._current_facts()
        stale = watched._filtered_needing_more() | watched.filtered(
            lambda review: digest(facts[review]) != review.digest
        )
        stale |= (watched - stale)._filtered_unfounded()
        if not stale:
            return stale
        tasks = stale._lock_with_tasks()
        stale._sync_facts(tasks, facts)
        alive = stale.filtered(lambda review: review.state in WATCHED)
        alive._sync_conditions(tasks)
        alive._reopen(tasks)
        alive._advance(tasks)
        return stale

    def _look_again_after_refusal(self, facts=None):
        """Have the worker take note of what is different now, though the act that met
        it is refused and everything it has written undone: else whoever loads the
        document anew would be refused again, and again.

        :param facts: ``{review: facts of its document now}``, if just read
        """
        watched = self.filtered(lambda review: review.state in WATCHED)
        facts = facts or watched._current_facts()
        stale = watched.filtered(lambda review: digest(facts[review]) != review.digest)
        found = [(model, docs.ids) for model, docs in stale._documents().items()]
        if not found:
            return
        registry = self.env.registry

        def mark():
            # a transaction of its own, which is committed as it ends
            with registry.cursor() as cr:
                # the worker is to look; whose act was refused does not matter
                env = api.Environment(cr, SUPERUSER_ID, {})
                for model, ids in found:
                    env[model].browse(ids).exists()._mark_for_recheck("review")

        self.env.cr.postrollback.add(mark)

    def _filtered_at_rest(self, facts):
        """Return the reviews of finished documents that differ from what was signed
        only in the content behind them.

        The worker leaves them alone; saving such a document must not ask everybody
        again because a product got another name years later.

        :param facts: ``{review: facts of its document now}``
        """
        at_rest = self.browse()
        for model, documents in self._documents().items():
            finished = documents._filtered_finished()
            own = self.filtered(
                lambda review, model=model, ids=set(finished.ids): (
                    review.res_model == model and review.res_id in ids
                )
            )
            at_rest += own.filtered(
                lambda review, documents=documents: all(
                    documents._is_content_fact(change["key"])
                    for change in self._describe_changes(
                        review.facts or {}, facts[review]
                    )
                )
            )
        return at_rest

    def _filtered_needing_more(self):
        """Return the approved reviews with a seat that was left out and whose condition
        holds now."""
        found = self.browse()
        approved = self.filtered(lambda review: review.state == APPROVED)
        approved._load_tasks()
        for documents in approved._documents().values():
            review_of = {
                documents.browse(review.res_id): review
                for review in approved
                if review.res_model == documents._name
            }
            held = self._held_seats(
                documents,
                {d: review._get_plan() for d, review in review_of.items()},
                {d: d._get_reviewed_amount(r) for d, r in review_of.items()},
            )
            for document, review in review_of.items():
                # the engine sees every seat
                if review._is_seat_missing(review.sudo().task_ids, held[document]):
                    found += review
        return found

    def _is_seat_missing(self, tasks, held):
        return any(
            task.state == "skipped" and (task.stage_no, task.position) in held
            for task in tasks
        )

    def _note_merge(self, gone, kept):
        """Contacts became one: what pointed to them is still the same fact.

        :param gone: ids of the contacts that are no more
        :param int kept: id of the one they became part of
        """
        self._lock()
        self._record(
            [
                (
                    review,
                    {
                        "act": "merge",
                        "signer_name": self.env.user.name,
                        "details": {"gone": gone, "kept": kept},
                    },
                )
                for review in self
            ]
        )
        for review in self:
            review.merged = merge_into(review.merged or {}, gone, kept)

from collections import defaultdict

from odoo import api, models

from ...tools.canonical import digest, digests
from ...tools.facts import SCHEMA, changes
from ...tools.review_states import APPROVED, RUNNING, WATCHED
from ..prices.res_users import PRICE_GROUP

# vouched for by every signature, whatever the stage names
ALWAYS = "document"


class OrderReview(models.Model):
    """What signatures vouched for, and what happens when it changes (REV-5).

    Facts are compared, never field names: a changed quantity moves prices without
    any write that names them.
    """

    _inherit = "order.review"

    @api.model
    def _digests(self, facts):
        """Return the fingerprint of each group of facts, as signatures store it."""
        return digests(facts)

    @api.model
    def _stage_groups(self, stage):
        """Return the groups a stage vouches for, or ``None`` for all of them."""
        return {*stage["groups"], ALWAYS, SCHEMA} if stage["groups"] else None

    @api.model
    def _vouches(self, stage, signature, digests, amendments=()):
        """Whether ``signature`` stands for the facts behind ``digests``.

        :param amendments: those of its review that count, see ``_get_amendments``
        """
        given = self._lead_signature(signature, amendments)
        groups = self._stage_groups(stage) or digests.keys() | given.keys()
        return all(given.get(group) == digests.get(group) for group in groups)

    # -- voiding --------------------------------------------------------------------

    @api.model
    def _look_at_facts(self, touched):
        """Compare the facts once more, in the name of the person who changed them."""
        reviews_of = defaultdict(list)
        for uid, review_id in touched["by_person"]:
            reviews_of[uid].append(review_id)
        for uid, review_ids in reviews_of.items():
            # the engine voids in the name of the person, not with his rights
            reviews = self.browse(sorted(review_ids)).with_user(uid).sudo()
            reviews._on_documents_touched()

    def _on_documents_touched(self):
        """Look at the facts again, once per transaction, just before it commits.

        The update of the review row makes an edit and a signature that run in
        parallel exclude each other.
        """
        watched = self.filtered(lambda review: review.state in WATCHED)
        facts = watched._current_facts()
        changed = watched.filtered(
            lambda review: digest(facts[review]) != review.digest
        )
        changed -= changed._filtered_at_rest(facts)
        if not changed:
            return
        tasks = changed._lock_with_tasks()
        changed._sync_facts(tasks, facts)
        changed._advance(tasks)

    def _current_facts(self, read=None):
        """Return ``{review: facts of its document now}``.

        :param read: ``{document: facts}`` that have just been read
        """
        found = {}
        for model, documents in self._documents().items():
            facts = read or documents._collect_review_facts()
            for review in self:
                if review.res_model == model:
                    document = documents.browse(review.res_id)
                    found[review] = document._facts_known_to(review, facts[document])
        return found

    def _sync_facts(self, tasks, facts=None):
        """Take note of changed facts: void what vouched for them, look at the
        conditions again. The caller holds the lock and advances afterwards."""
        facts = facts or self._current_facts()
        changed = self.filtered(lambda review: digest(facts[review]) != review.digest)
        unfounded = (self - changed)._filtered_unfounded()
        changed |= unfounded
        if not changed:
            return
        entries, voided = [], []
        amendments = changed._get_amendments()
        for review in changed:
            counting = amendments.get(review, ())
            void = review._tasks_made_void(tasks, facts[review], counting)
            details = {
                "changes": review._describe_changes(review.facts or {}, facts[review]),
                "void": void.signature_id.ids,
                "before": review.digest,
                "after": digest(facts[review]),
            }
            if review in unfounded:
                details |= review._describe_fallen(counting)
            values = {"act": "change", "signer_name": self.env.user.name}
            voided.append(void)
            entries.append((review, {**values, "details": details}))
        for record, void in zip(self._record(entries), voided, strict=True):
            void._ask_again(voided_by=record)
        for review in changed:
            # what is kept of a document does not depend on who changed it
            review.write(
                {"facts": facts[review], "digest": digest(facts[review])}
                | review._document().sudo()._get_review_summary()
            )
        changed._sync_conditions(tasks)
        outdated = changed._filtered_outdated()
        outdated._end("outdated", "outdate")
        (changed - outdated)._reopen(tasks)

    def _filtered_unfounded(self):
        """Return the reviews of which somebody's signature does not lead to the present
        facts any more, because what led it there has fallen."""
        amended = self.filtered("is_amended")
        if not amended:
            return amended
        tasks = amended._load_tasks()
        amendments = amended._get_amendments()
        return amended.filtered(
            lambda review: review._tasks_made_void(
                tasks, review.facts or {}, amendments.get(review, ())
            )
        )

    def _tasks_made_void(self, tasks, facts, amendments=()):
        digests = self._digests(facts)
        stages = self._get_plan()["stages"]
        return tasks.filtered(
            lambda task: (
                task.review_id == self
                and task.state in {"agreed", "declined"}
                and not self._vouches(
                    stages[task.stage_no], task.signature_id, digests, amendments
                )
            )
        )

    @api.model
    def _describe_changes(self, old, new):
        """Return ``[{group, key, old, new}, …]`` between two sets of facts."""
        return changes(old, new)

    def _sync_conditions(self, tasks):
        """Open the seats whose conditions hold now, leave out the others."""
        for documents in self._documents().values():
            by_id = {document.id: document for document in documents}
            plans = {
                by_id[review.res_id]: review._get_plan()
                for review in self
                if review.res_model == documents._name
            }
            amounts = {
                by_id[review.res_id]: by_id[review.res_id]._get_reviewed_amount(review)
                for review in self
                if review.res_model == documents._name
            }
            held = self._held_seats(documents, plans, amounts)
            own = tasks.filtered(lambda t: t.review_id in self and not t.placement)
            needed = own.filtered(
                lambda task, by_id=by_id, held=held, model=documents._name: (
                    task.review_id.res_id in by_id
                    and task.review_id.res_model == model
                    and (task.stage_no, task.position)
                    in held[by_id[task.review_id.res_id]]
                )
            )
            needed.filtered(lambda task: task.state == "skipped")._wait()
            (own - needed).filtered(
                lambda task: task.state in {"waiting", "open"}
            )._close("skipped")

    def _filtered_outdated(self):
        """Return the reviews whose document now takes another route, or none."""
        outdated = self.browse()
        for documents in self._documents().values():
            routes = documents._get_review_routes()
            for review in self.filtered(lambda r, d=documents: r.res_model == d._name):
                if routes[documents.browse(review.res_id)] != review.route_id:
                    outdated += review
        return outdated

    def _reopen(self, tasks):
        """Set reviews that are no longer complete under review again."""
        pending = self.filtered(
            lambda review: (
                review.state == APPROVED
                and review._next_step(
                    tasks.filtered(lambda task: task.review_id == review)
                )[0]
                != "approved"
            )
        )
        if pending:
            pending.write({"state": RUNNING, "closed_at": False})
            pending._publish_state()
            pending._tell_amended()

    def _explain_difference(self, shown, facts):
        """Return one text: what changed since the signer was shown the document."""
        self.ensure_one()
        changes = self._changes_since(shown) + self._describe_changes(
            self.facts or {}, facts
        )
        told = "; ".join(self._spell_change(change) for change in changes)
        return self.env._(
            "%(document)s changed while you were looking at it (%(changes)s). Look at "
            "it again before you sign.",
            document=self.document_name,
            changes=told or self.env._("reload the page"),
        )

    def _changes_since(self, shown):
        """Return the recorded changes that came after the facts ``shown``."""
        found, current = [], self.digest
        for record in self.signature_ids.sorted("number", reverse=True):
            if current == shown:
                return found
            details = record.details or {}
            if details.get("after") == current:
                found = details["changes"] + found
                current = details["before"]
        return found if current == shown else []

    def _spell_change(self, change):
        """Return "what: old → new" in the language of the reader."""
        return self._spell_change_of(self._document(), change)

    @api.model
    def _spell_change_of(self, document, change):
        """Return the words for a change of ``document``.

        [SEC-1] Somebody who sees no prices learns that one changed, not to what.
        """
        document = document.sudo()  # the name of a fact is no secret
        label = document._describe_fact(change["key"])
        if change["group"] in document._get_price_fact_groups() and not (
            self.env.user.has_group(PRICE_GROUP)
        ):
            return self.env._("%s changed", label)
        old, new = (
            document._describe_fact_value(change["key"], change[side])
            for side in ("old", "new")
        )
        return f"{label} {old} → {new}"

    # -- the gate -------------------------------------------------------------------

    @api.model
    def _find_gaps(self, review_of, facts=None):
        """Return ``{document: reason}`` for those whose review carries no transition.

        :param dict review_of: ``{document: its review}``, documents of one model
        :param dict facts: ``{document: its facts}``, if they have just been read

        The truth at the gate: conditions are evaluated again and each signature is
        compared with the facts as they are now. What the rows say about themselves
        is not believed: it has to follow from the records, see _find_alterations.
        """
        gaps = {
            document: self.env._("the review is not finished")
            for document, review in review_of.items()
            if review.state != APPROVED
        }
        approved = {d: r for d, r in review_of.items() if d not in gaps}
        if not approved:
            return gaps
        documents = next(iter(approved)).browse([d.id for d in approved])
        reviews = self.browse([review.id for review in approved.values()])
        altered = reviews._find_alterations(reviews._load_tasks())
        amendments = reviews._get_amendments()
        found = facts or documents._collect_review_facts()
        facts = {
            document: document._facts_known_to(review, found[document])
            for document, review in approved.items()
        }
        held = self._held_seats(
            documents,
            {d: r._get_plan() for d, r in approved.items()},
            self._reviewed_amounts(approved, facts),
        )
        for document, review in approved.items():
            tasks = review.sudo().task_ids  # the gate reads every seat
            if review in altered:
                gaps[document] = review._spell_alteration(altered[review])
            elif review._is_seat_missing(tasks, held[document]):
                gaps[document] = self.env._(
                    "a limit is reached now and another seat has to sign: the button "
                    "“%s” asks its holder",
                    document._name_asking_button(),
                )
            elif not review._is_carried(
                tasks, held[document], facts[document], amendments.get(review, ())
            ):
                gaps[document] = self.env._(
                    "what was reviewed has changed and has to be signed again"
                )
        return gaps

    @api.model
    def _reviewed_amounts(self, review_of, facts):
        """Return ``{document: amount}`` for those whose facts did not change: limits
        were compared with it at the rate of that day, which goes with the facts."""
        return {
            document: document._get_reviewed_amount(review)
            for document, review in review_of.items()
            if digest(facts[document]) == review.digest
        }

    def _is_carried(self, tasks, held, facts, amendments=()):
        digests = self._digests(facts)
        stages = self._get_plan()["stages"]
        if self._is_seat_missing(tasks, held):
            return False
        if any(
            task.state in {"agreed", "declined"}
            and not self._vouches(
                stages[task.stage_no], task.signature_id, digests, amendments
            )
            for task in tasks
        ):
            return False
        return self._next_step(tasks)[0] == "approved"

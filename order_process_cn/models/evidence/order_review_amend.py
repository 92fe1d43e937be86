from odoo import api, models
from odoo.exceptions import UserError

from ...tools.canonical import digest
from ...tools.facts import carry_over, changes
from ...tools.review_states import APPROVED
from ..mechanism.engine import clean
from ..proof.order_review_amend_proof import AMENDS


class OrderReview(models.Model):
    """Approved facts that become other approved facts (REV-5, CHG-1, CFM-2).

    Nobody signs again and nothing is signed for anybody: a further record says which
    facts became which, why, and on the strength of whose review. It leads signatures
    made before it to the facts behind it, as long as that review stands.
    """

    _inherit = "order.review"

    # -- amending ----------------------------------------------------------------------

    def _amend(self, change, groups, source, values):
        """See ``_amend`` of order.review.mixin; as superuser.

        :param dict values: ``{review: (values of its record, further details)}``
        """
        self.env.flush_all()  # whatever came before is no part of it
        grounds = source.review_id if source else self.browse()
        self._check_amendable(source)
        before = self._current_facts()
        self._check_unchanged(before)
        change()
        self.env.flush_all()
        # after the rows of the documents, as whoever edits them: nobody waits for
        # somebody who waits for him. What was read before is of the same moment.
        (self | grounds)._lock()
        now = self._current_facts()
        after = {r: carry_over(r.facts or {}, before[r], now[r]) for r in self}
        self._check_groups(groups, after)
        records = self.env["order.review.signature"]
        for review in self:
            records += review._append_amendment(after[review], source, *values[review])
        if grounds:
            grounds._note_amended(self)
        self._rest_on_amended(is_bound=bool(source))
        return records

    def _check_amendable(self, source):
        """Check that these reviews stand, and the one they are amended for."""
        problems = [
            self.env._(
                "%s is not approved: there is nothing to amend.", review.document_name
            )
            for review in self
            if review.state != APPROVED
        ]
        if source:
            grounds = source.review_id
            gap = source._find_review_gaps().get(source)
            if gap or not grounds._is_of(source) or grounds in self:
                problems.append(
                    self.env._(
                        "%(document)s justifies no change: %(reason)s.",
                        document=source.display_name,
                        reason=gap or self.env._("it has no review of its own"),
                    )
                )
            elif self.company_id != grounds.company_id:
                problems.append(
                    self.env._(
                        "%s belongs to another company: it justifies no change here.",
                        source.display_name,
                    )
                )
        if problems:
            raise UserError("\n".join(problems))

    def _check_unchanged(self, facts):
        """Check that these documents are what was signed: what somebody else has
        changed is approved by no amendment."""
        changed = self.filtered(lambda review: digest(facts[review]) != review.digest)
        changed -= changed._filtered_at_rest(facts)
        if changed:
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(document)s was changed meanwhile (%(changes)s): that has to "
                        "be signed before anything else is.",
                        document=review.document_name,
                        changes=review._spell_changes(facts[review]),
                    )
                    for review in changed
                )
            )

    def _check_groups(self, groups, facts):
        """Check that nothing became different but what the amendment is about."""
        problems = []
        for review in self:
            stray = [
                change
                for change in changes(review.facts or {}, facts[review])
                if change["group"] not in groups
            ]
            if stray:
                told = "; ".join(review._spell_change(change) for change in stray)
                problems.append(
                    self.env._(
                        "%(document)s would change in what nobody has approved: "
                        "%(changes)s",
                        document=review.document_name,
                        changes=told,
                    )
                )
        if problems:
            raise UserError("\n".join(problems))

    def _spell_changes(self, facts):
        """Return in words how ``facts`` differ from what was signed."""
        found = self._describe_changes(self.facts or {}, facts)
        return "; ".join(self._spell_change(change) for change in found)

    def _append_amendment(self, facts, source, values, details):
        """Take ``facts`` for what was signed; return the record that says so."""
        self.ensure_one()
        old, new = self._digests(self.facts or {}), self._digests(facts)
        moved = [g for g in old.keys() | new.keys() if old.get(g) != new.get(g)]
        told = {
            **details,
            "changes": self._describe_changes(self.facts or {}, facts),
            "from": {group: old.get(group) for group in moved},
            "to": {group: new.get(group) for group in moved},
            "before": self.digest,
            "after": digest(facts),
        }
        if source:
            told["source"] = {
                "document": [source._name, source.id],
                "name": source.display_name,
                "review": source.review_id.id,
                "head": source.review_id.head,
            }
        record = self._record([(self, {**values, "details": told})])
        vals = {"facts": facts, "digest": digest(facts)}
        if moved:
            vals["is_amended"] = True
        # what is kept of a document does not depend on who amended it
        self.write(vals | self._document().sudo()._get_review_summary())
        return record

    def _note_amended(self, reviews):
        """Record in the chain of the document that justified it what was amended.

        Whoever ends that review at the same moment fails to serialize: he comes before
        or after, and finds what rests on it.
        """
        self._note(
            "execute", amended=reviews.ids, to_names=reviews.mapped("document_name")
        )
        self.has_amended = True

    def _rest_on_amended(self, is_bound):
        """Ask those whom the amended facts concern for the first time.

        :param is_bound: another route is no matter of an amendment: refuse it
        """
        tasks = self._load_tasks()
        if is_bound and (outdated := self._filtered_outdated()):
            raise UserError(
                self.env._(
                    "Another route applies to %s then: it has to be reviewed anew.",
                    ", ".join(outdated.mapped("document_name")),
                )
            )
        self._sync_conditions(tasks)
        self._reopen(tasks)
        self._advance(tasks)

    # -- verification --------------------------------------------------------------

    def _find_fallen_amendments(self):
        """What is approved leads to the present facts by amendments that stand."""
        approved = self.filtered(lambda review: review.state == APPROVED)
        unfounded = approved._filtered_unfounded()
        return {
            review: self.env._(
                "it was amended on the strength of a review that does not stand"
            )
            for review in unfounded
        }


class OrderReviewMixin(models.AbstractModel):
    _inherit = "order.review.mixin"

    def _amend(self, change, groups, reason="", source=None, **options):
        """Let other facts count as approved, because somebody approved the change or a
        rule that was agreed to says so; return the records of it.

        For the engine: whoever calls has checked who may. The amendment counts as long
        as the review of ``source`` stands; what is changed later by anybody else voids
        as ever. All or nothing.

        :param change: called once, writes on these documents
        :param set groups: the groups of facts that it may change
        :param str reason: why, in the words of whoever wanted it
        :param source: the document whose approved review justifies it; none where a
            rule does
        :param str act: "amend", or the act of the rule: "slip", "refund"
        :param carries: what else was renewed with the change and goes along with it,
            e.g. kinds of written confirmations; ``True`` for all
        :param dict details: ``{document: {…}}``, to be kept in its record
        :raise UserError: they or ``source`` are not approved, or changed meanwhile;
            something else would change
        """
        # the engine's to write
        documents = clean(self).sudo()
        act, carries = options.get("act", "amend"), options.get("carries", ())
        if act not in AMENDS:
            raise ValueError(f"{act} is no act that amends")
        if act == "amend" and not (reason.strip() and source):
            raise UserError(self.env._("An amendment needs a reason and its document."))
        if source:
            source.ensure_one()
            source = clean(source).sudo()  # the engine looks whether it was approved
        self._check_own_review(documents)
        details = options.get("details", {})
        is_person = self.env.uid != api.SUPERUSER_ID
        values = {"act": act, "opinion": reason}
        if is_person:
            values["signer_name"] = self.env.user.name
        kept = {"carries": carries if carries is True else sorted(carries)}
        return documents.review_id._amend(
            change,
            groups,
            source,
            {
                document.review_id: (values, {**details.get(document, {}), **kept})
                for document in documents
            },
        )

    @api.model
    def _check_own_review(self, documents):
        without = documents.filtered(lambda d: not d.review_id._is_of(d))
        if without:
            raise UserError(
                self.env._(
                    "%s is not approved: there is nothing to amend.",
                    ", ".join(without.mapped("display_name")),
                )
            )

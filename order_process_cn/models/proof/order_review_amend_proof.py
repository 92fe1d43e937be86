from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.facts import lead
from ...tools.peek import peek
from ...tools.review_states import APPROVED

# acts by which approved facts became other approved facts: a document of its own that
# was approved, or a rule that was agreed to with the document (a date that slips, goods
# that came back)
AMENDS = {"amend", "slip", "refund"}


class OrderReview(models.Model):
    """Which amendments count, and where they lead signatures (REV-5, SEC-2).

    Read from the records, never from rows: an amendment that its chain does not prove,
    or whose grounds do not stand any more, leads nowhere.
    """

    _inherit = "order.review"

    # both repeat what the records say; what they say counts
    is_amended = fields.Boolean(string="Amended", readonly=True)
    has_amended = fields.Boolean(
        string="Justifies Amendments",
        readonly=True,
        help="Other documents were amended on the strength of it.",
    )

    # -- what counts -------------------------------------------------------------------

    @api.model
    def _filter_amendments(self, records):
        """Return those of ``records`` that lead from facts to facts."""
        return records.filtered(
            lambda record: (
                record.act in AMENDS and (peek(record, "details") or {}).get("to")
            )
        )

    def _read_amendments(self):
        """Return ``{review: its amendments in order}``, as its records prove them.

        A review that was never amended costs nothing.
        """
        amended = self.sudo().filtered("is_amended")  # the engine reads all
        records = amended._load_records().grouped("review_id") if amended else {}
        return {
            review: self._filter_amendments(own)
            for review, own in records.items()
            if not own._first_broken()
        }

    def _get_amendments(self):
        """Return ``{review: its amendments that count, in order}``: those by a rule,
        and those on the strength of a review that stands."""
        found = self._read_amendments()
        if not found:
            return {}
        heads = {
            record: source
            for records in found.values()
            for record in records
            if (source := (peek(record, "details") or {}).get("source"))
        }
        # the engine looks at whatever an amendment stands on
        grounds = self.sudo().browse(
            sorted({source["review"] for source in heads.values()})
        )
        standing = {
            review.id: {*review.signature_ids.mapped("hash")}
            for review in grounds.exists()._filtered_standing()
        }
        return {
            review: records.filtered(
                lambda record: (
                    record not in heads
                    or heads[record]["head"]
                    in standing.get(heads[record]["review"], ())
                )
            )
            for review, records in found.items()
        }

    def _filtered_standing(self):
        """Return the approved reviews that their seats have brought there, and whose
        records prove it."""
        approved = self.filtered(lambda review: review.state == APPROVED)
        tasks = approved._load_tasks()
        altered = approved._find_alterations(tasks)
        return approved.filtered(
            lambda review: (
                review not in altered
                and review._next_step(review.task_ids)[0] == "approved"
            )
        )

    @api.model
    def _lead_signature(self, signature, amendments):
        """Return the fingerprints of the facts that ``signature`` stands for.

        :param amendments: those of its review that count
        """
        given = peek(signature, "digests") or {}
        if not amendments:
            return given
        return lead(
            given,
            [
                amendment._get_moves()
                for amendment in amendments
                if amendment.number > signature.number
            ],
        )

    def _describe_fallen(self, amendments):
        """Return what a record of facts that nobody vouches for any more says of the
        amendments that have fallen.

        :param amendments: those of this review that count
        """
        fallen = self._read_amendments()[self].filtered(
            lambda record: record not in amendments
        )
        details = [peek(record, "details") for record in fallen]
        return {
            "fallen": fallen.mapped("number"),
            "changes": [change for told in details for change in told["changes"]],
        }

    def _tell_amended(self):
        """Have the worker look at what was amended on the strength of these reviews,
        which are not approved any more."""
        # marks only, whoever ended the review
        noted = self.sudo().filtered("has_amended").signature_ids
        noted = noted.filtered(lambda record: record.act == "execute")
        ids = {
            review_id
            for record in noted
            for review_id in (record.details or {}).get("amended", ())
        }
        for documents in self.browse(sorted(ids))._documents().values():
            documents._mark_for_recheck("review")

    def _draw_amendments(self):
        """Return the amendments of one review for its panel, the last one first.

        As its seats it shows what the rows say, with one query; the gate believes the
        records only.
        """
        if not self.sudo().is_amended:  # whether, not what
            return []
        acts = self.env["order.review.signature"]._fields["act"]
        words = dict(acts._description_selection(self.env))
        return [
            {
                "by": name or "",
                "act": words[act],
                "date": fields.Datetime.to_string(date),
                "changes": [self._spell_change(c) for c in details["changes"]],
                "reason": opinion or "",
                "source": details.get("source", {}).get("name", ""),
                "counts": "source" not in details or source_state == APPROVED,
            }
            for name, act, date, opinion, details, source_state in self._read_shown()
        ]

    def _read_shown(self):
        """Return what is shown of the amendments of one review, and the state of the
        review on the strength of which each was made."""
        self.flush_model(["state"])
        self.env["order.review.signature"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT r.signer_name, r.act, r.date, r.opinion, r.details, g.state
                  FROM order_review_signature r
             LEFT JOIN order_review g
                    ON g.id = (r.details -> 'source' ->> 'review')::int
                 WHERE r.review_id = %s AND r.act IN %s AND r.details ? 'to'
              ORDER BY r.number DESC
                """,
                self.id,
                tuple(AMENDS),
            )
        )

    # -- verification ------------------------------------------------------------------

    def _find_altered_amendments(self, records):
        """Return why the amendments of this review do not follow from its records."""
        amended = bool(self._filter_amendments(records))
        if amended != self.sudo().is_amended:  # the engine reads what it verifies
            return self.env._("it was amended by nobody, or an amendment was hidden")
        return False


class OrderReviewSignature(models.Model):
    _inherit = "order.review.signature"

    def _get_moves(self):
        """Return ``{group: (fingerprint before, after)}`` of one amendment."""
        details = peek(self, "details") or {}
        return {
            group: (details["from"].get(group), new)
            for group, new in details["to"].items()
        }

from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ...tools import hash_chain
from ...tools.peek import peek
from ...tools.review_states import APPROVED
from ..mechanism.engine import public_act

# clocks of two servers are never quite the same
CLOCK_SKEW = timedelta(minutes=5)


class OrderReview(models.Model):
    """Verifies the records (SEC-2): more than the gate needs to know.

    What nobody can do through a client, SQL or a server action can: this shows it.
    """

    _inherit = "order.review"

    @public_act
    def action_verify(self):
        """Check the chain of records and tell the result."""
        self.check_access("read")
        reviews = self.sudo()  # an auditor sees every record
        problems = reviews._find_tampering()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if problems else "success",
                "message": self._spell_tampering(problems) or reviews._spell_sound(),
                "sticky": bool(problems),
            },
        }

    def _spell_tampering(self, problems):
        return "\n".join(
            f"{review.display_name}: {reason}" for review, reason in problems.items()
        )

    def _spell_sound(self):
        """Say what was found in order, and how much that proves."""
        told = [self.env._("The records are complete and unaltered.")]
        unkeyed = self.signature_ids.filtered(lambda record: not record.key_name)
        if unkeyed:
            told.append(
                self.env._(
                    "%s of them were made before there was a key outside the "
                    "database: whoever can write its tables could have made them anew.",
                    len(unkeyed),
                )
            )
        return "\n".join(told)

    def _find_tampering(self):
        """Return ``{review: reason}`` where something does not follow from the records,
        or the records from what is known elsewhere."""
        tasks = self._load_tasks()
        problems = self._find_alterations(tasks)
        for name in (
            "_find_altered_ends",
            "_find_forgotten_decisions",
            "_find_altered_dates",
            "_find_altered_files",
            "_find_lost_runs",
            "_find_barred_signers",
            "_find_fallen_amendments",
            "_find_cut_ends",
            "_find_further_tampering",
        ):
            sound = self - self.browse([review.id for review in problems])
            problems |= getattr(sound, name)()
        return problems

    # -- what the gate does not ask ----------------------------------------------------

    def _find_altered_ends(self):
        """The state of a review is where its seats have brought it."""
        found = {}
        for review in self:
            verdict = review._next_step(review.task_ids)[0]
            records = review.signature_ids.sorted("number")
            submitted = records.filtered(lambda record: record.act == "submit")
            if (review.state == APPROVED and verdict != "approved") or (
                review.round != submitted[-1:].round
            ):
                found[review] = self.env._("its state does not follow from its seats")
        return found

    def _find_forgotten_decisions(self):
        """A decision that counts stands on its seat."""
        found = {}
        for review in self:
            records = review.signature_ids.sorted("number")
            if "plan" not in (peek(records[0], "details") or {}):
                continue  # made when the records did not say all of this
            for task_id, record in review._get_standing(records).items():
                task = review.task_ids.filtered(lambda t, id_=task_id: t.id == id_)
                if not task._says(record):
                    found[review] = review._spell_altered_seat(task)
        return found

    def _find_altered_dates(self):
        found = {}
        for review in self:
            latest = None
            for record in review.signature_ids.sorted("number"):
                if latest and record.date < latest - CLOCK_SKEW:
                    found[review] = self.env._(
                        "the date of record %s runs backwards", record.number
                    )
                latest = max(latest or record.date, record.date)
        return found

    def _find_altered_files(self):
        """Drawn signatures and evidence are what they were when they were recorded."""
        found, drawings = {}, self._read_drawing_digests()
        for record in self.signature_ids:
            details = peek(record, "details") or {}
            if drawings.get(record.id) != details.get("drawing"):
                found[record.review_id] = self.env._(
                    "the drawn signature of record %s was altered", record.number
                )
            elif not record._holds_evidence(details.get("evidence") or []):
                found[record.review_id] = self.env._(
                    "the evidence of record %s was altered", record.number
                )
        return found

    def _read_drawing_digests(self):
        """Return ``{record id: fingerprint}``; the pictures stay in the database."""
        signatures = self.env["order.review.signature"]
        signatures.flush_model(["review_id", "drawing"])
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, encode(sha256(drawing), 'hex')"
                    " FROM order_review_signature"
                    " WHERE review_id IN %s AND drawing IS NOT NULL",
                    self._ids or (0,),
                )
            )
        )

    def _find_lost_runs(self):
        """A run begins where the one before stood at that moment."""
        found = {}
        for review in self:
            first = review.signature_ids.sorted("number")[:1]
            known = {hash_chain.GENESIS}
            if review.previous_id:
                known = set(review.previous_id.signature_ids.mapped("hash"))
            if first.previous_hash not in known:
                found[review] = self.env._("it does not continue the run before it")
        return found

    def _find_cut_ends(self):
        """Every record that an anchor names is still there, see order.review.anchor."""
        if not self:
            return {}
        anchors = self.env["order.review.anchor"]
        anchors.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT named.review_id, anchor.date
                  FROM order_review_anchor anchor
                 CROSS JOIN LATERAL (
                        SELECT key::int AS review_id, value->>0 AS number,
                               value->>1 AS hash
                          FROM jsonb_each(anchor.heads)
                         WHERE key = ANY (%(keys)s)) named
                  LEFT JOIN order_review_signature record
                    ON record.review_id = named.review_id
                   AND record.number = named.number::int AND record.hash = named.hash
                 WHERE anchor.heads ?| %(keys)s AND record.id IS NULL
                 ORDER BY anchor.id DESC
                """,
                keys=[str(review_id) for review_id in self.ids],
            )
        )
        return {
            self.browse(review_id): self.env._(
                "records that were there on %s are missing",
                self._spell_moment(date),
            )
            for review_id, date in rows
        }

    def _find_further_tampering(self):
        """Return ``{review: reason}`` for what stands beside the records, e.g. what the
        customer has signed."""
        return {}

from odoo import api, models
from odoo.tools import SQL

from ...tools import hash_chain, stage_rules
from ...tools.facts import merge_into
from ...tools.peek import peek
from ...tools.review_states import APPROVED, DECIDED
from ..review.order_review_signature import CONTENT, DECIDES

# after one of these nothing carries a transition any more
ENDINGS = {"withdraw", "cancel", "outdate", "terminate"}


class OrderReview(models.Model):
    """What the records say, and whether the rows say the same (SEC-2).

    Seats, state and the copy of the route are rows that SQL can change. The records
    are chained and keyed: they are acted through again, and whatever says something
    else was altered. Asked at every gate, so it costs one query for all reviews.
    """

    _inherit = "order.review"

    @api.model
    def _frame_of(self, values):
        """Return what the first record vouches for, from the values of a new review:
        the document, the copy of the route and the facts it began with."""
        return {
            "document": [values["res_model"], values["res_id"]],
            "plan": hash_chain.plan_digest(values["plan"]),
            "facts": values["digest"],
        }

    def _load_records(self):
        """Return the records of these reviews in order, read in one query."""
        signatures = self.env["order.review.signature"].sudo()  # the engine reads all
        if not self:
            return signatures
        return self.env["order.fact.reader"]._load(
            signatures,
            ["review_id", "previous_hash", "hash", "key_name", *CONTENT],
            SQL("review_id IN %s", self._ids),
            SQL("ORDER BY review_id, number"),
        )

    def _find_alterations(self, tasks):
        """Return ``{review: reason}`` for those whose rows do not follow from their
        records.

        :param tasks: all seats of these reviews
        """
        # the engine reads what it verifies, whoever asks
        self.sudo().fetch(["state", "head", "plan", "merged", "is_amended"])
        records = self._load_records().grouped("review_id")
        seats = tasks.grouped("review_id")
        none = self.env["order.review.signature"].sudo()  # the engine reads all
        found = {
            review: review._find_alteration(
                records.get(review, none), seats.get(review, tasks.browse())
            )
            for review in self
        }
        return {review: reason for review, reason in found.items() if reason}

    def _find_alteration(self, records, tasks):
        """Return why this review proves nothing, or ``False``."""
        self.ensure_one()
        if key := records._find_missing_key():
            return self.env._("the key “%s” is missing on this server", key)
        if broken := records._first_broken():
            return self.env._("record %s was altered", broken.number)
        last = records[-1:]
        if last.hash != self.head or len(records) != last.number:
            return self.env._("records are missing")
        return (
            self._find_altered_frame(records)
            or self._find_altered_amendments(records)
            or self._find_altered_seat(records, tasks)
        )

    def _spell_alteration(self, reason):
        return self.env._(
            "the records of its review cannot be relied on (%s): an administrator of "
            "the order process verifies them and ends the review, then it is submitted "
            "again",
            reason,
        )

    # -- document, route, end -------------------------------------------------------

    def _find_altered_frame(self, records):
        frame = peek(records[0], "details") or {}
        if "plan" in frame:  # else made before it was recorded
            if frame["document"] != [self.res_model, self.res_id]:
                return self.env._("it was held on another document")
            if frame["plan"] != hash_chain.plan_digest(peek(self, "plan") or {}):
                return self.env._("its copy of the route was altered")
        merged = {}
        for record in records.filtered(lambda record: record.act == "merge"):
            merged = merge_into(merged, **peek(record, "details"))
        if merged != (peek(self.sudo(), "merged") or {}):  # as above
            return self.env._("contacts were exchanged that nobody merged")
        ended = ENDINGS & set(records.mapped("act"))
        if ended and self.state in {"running", "declined", APPROVED}:
            return self.env._("it was ended, and made valid again")
        return False

    # -- seats ------------------------------------------------------------------------

    @api.model
    def _get_standing(self, records):
        """Return ``{seat id: record}``: the decisions that count, from ``records`` of
        one review in order."""
        standing = {}
        for record in records:
            details = peek(record, "details") or {}
            again = set(details.get("again") or ())
            void = set(details.get("void") or ())
            if again or void:
                standing = {
                    task_id: earlier
                    for task_id, earlier in standing.items()
                    if earlier.number not in again and earlier.id not in void
                }
            if record.act in DECIDES:
                standing[record.task_id.id] = record
            elif record.act in {"take_back", "contest"}:
                standing.pop(record.task_id.id, None)
        return standing

    def _find_altered_seat(self, records, tasks):
        standing = self._get_standing(records)
        removed = set(records.filtered(lambda r: r.act == "remove").task_id.ids)
        for task in tasks:
            if task.state in DECIDED and not task._says(standing.get(task.id)):
                return self._spell_altered_seat(task)
            if task.state == "removed" and task.id not in removed:
                return self._spell_altered_seat(task)
        return self._find_missing_seat(records, tasks) or self._find_silenced(tasks)

    def _spell_altered_seat(self, task):
        return self.env._(
            "the seat “%s” says something else than its record",
            self._text(task.names),
        )

    def _find_missing_seat(self, records, tasks):
        """Every seat of the route and every signer added has a row."""
        rows = {(t.stage_no, t.position) for t in tasks if not t.placement}
        planned = {
            (stage["no"], position)
            for stage in self._get_plan()["stages"]
            for position in range(len(stage["seats"]))
        }
        added = sum(
            len((peek(record, "details") or {}).get("to") or ())
            for record in records
            if record.act == "add"
        )
        if planned - rows or added != sum(bool(task.placement) for task in tasks):
            return self.env._("seats are missing")
        return False

    def _find_silenced(self, tasks):
        """A seat is closed only because its stage was decided without it."""
        for stage in self._get_plan()["stages"]:
            own = tasks.filtered(lambda task, no=stage["no"]: task.stage_no == no)
            closed = own.filtered(lambda task: task.state == "closed")
            if not closed:
                continue
            asked = [
                seat._replace(state=stage_rules.WAITING)
                if seat.state == "closed"
                else seat
                for seat in own._seats()
            ]
            if stage_rules.outcome(stage, asked) == "open":
                return self._spell_altered_seat(closed[0])
        return False

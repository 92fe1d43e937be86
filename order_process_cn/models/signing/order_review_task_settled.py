from collections import Counter

from odoo import fields, models
from odoo.tools import SQL

from ...tools.review_states import STATE_OF
from ...tools.rows import note_new, remember_written, spell_insert, spell_update

# the to-dos of seats go with the decision
DONE = """
    UPDATE mail_activity SET active = FALSE, date_done = %(today)s
      FROM res_users
     WHERE mail_activity.id = ANY (%(activities)s) AND mail_activity.active
       AND res_users.id = mail_activity.user_id
 RETURNING res_users.partner_id, mail_activity.date_deadline <= %(today)s AS is_due
"""
# nobody has a to-do where notices are off, and the planner need not look for them
NOT_DONE = "SELECT NULL::integer AS partner_id, FALSE AS is_due"
SETTLE = """
      WITH record AS (%(records)s RETURNING id, review_id, number, task_id),
           head AS (%(heads)s),
           seat AS (%(seats)s),
           done AS (%(done)s)
    SELECT (SELECT array_agg(id ORDER BY review_id, number) FROM record),
           (SELECT array_agg(partner_id) FROM done WHERE is_due)
"""


class OrderReviewTask(models.Model):
    """What is written when seats are decided: their records, the heads of the chains,
    the seats, and the to-dos of whoever held them, in one statement where worker and
    ORM would need a dozen."""

    _inherit = "order.review.task"

    def _settle(self, decision, entries):
        """Record ``decision`` on these seats; return the records.

        :param entries: one for each seat, see ``_record`` of order.review
        """
        records = self.env["order.review.signature"].sudo()  # written here only
        if not entries:
            return records
        reviews, activities = self.review_id, self.activity_id
        vals_list, heads = reviews._chain_entries(entries)
        given = [{"medium": "screen", **vals} for vals in vals_list]
        seats = {vals["task_id"]: self._get_settled(decision, vals) for vals in given}
        heads = {
            review.id: {"head": head, "record_count": number}
            for review, (head, number) in heads.items()
        }
        for changed in (self, reviews, activities):
            changed.flush_recordset()
        done = SQL(NOT_DONE)
        if activities:
            today = self[:1].company_id._calendar_day(fields.Datetime.now())
            done = SQL(DONE, today=today, activities=activities.ids)
        [(ids, bearers)] = self.env.execute_query(
            SQL(
                SETTLE,
                records=spell_insert(records, given),
                heads=spell_update(reviews, heads),
                seats=spell_update(
                    self,
                    seats,
                    further=[SQL("signature_id = record.id")],
                    joined=SQL("JOIN record ON record.task_id = given.id"),
                ),
                done=done,
            )
        )
        order = sorted(given, key=lambda vals: (vals["review_id"], vals["number"]))
        numbers = {vals["task_id"]: n for vals, n in zip(order, ids, strict=True)}
        for task_id, values in seats.items():
            values["signature_id"] = numbers[task_id]
        records = records.browse(numbers[vals["task_id"]] for vals in given)
        note_new(records, given)
        remember_written(reviews, heads)
        remember_written(self, seats)
        reviews.invalidate_recordset(["signature_ids"], flush=False)
        if activities:
            self._after_todos_done(activities, bearers or ())
        self._emit("decided")
        return records

    def _get_settled(self, decision, record):
        """Return what the values of a ``record`` of ``decision`` say about its seat."""
        principal = record.get("principal_id")
        return {
            "state": STATE_OF[decision],
            "decision": decision,
            "decided_by_id": principal or record["user_id"],
            "decided_at": fields.Datetime.now(),
            "opinion": record.get("opinion") or False,
            "conditions": record.get("conditions") or False,
            "answers": record.get("answers"),
            "medium": record["medium"],
            "actor_name": record["signer_name"] if principal else False,
            "returned": False,
            "voided_by_id": False,
            "activity_id": False,
        }

    def _after_todos_done(self, activities, bearers):
        """Forget what is known of to-dos that are done; the counters of their bearers
        are told."""
        # for all of its fields core would look through what refers to a to-do
        activities.invalidate_recordset(["active", "date_done", "state"], flush=False)
        for documents in self.review_id._documents().values():
            documents.invalidate_recordset(["activity_ids"], flush=False)
        for partner_id, count in Counter(bearers).items():
            self.env["res.partner"].browse(partner_id)._bus_send(
                "mail.activity/updated",
                {"activity_deleted": True, "count_diff": -count},
            )

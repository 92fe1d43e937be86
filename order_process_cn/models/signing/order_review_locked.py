from datetime import datetime

from odoo import models
from odoo.tools import SQL

from ..review.order_review_task import IN_TURN

LOCKED = """
    SELECT %(columns)s, (
           SELECT json_agg(json_build_array(%(seats)s) ORDER BY %(turn)s)
             FROM order_review_task
            WHERE order_review_task.review_id = order_review.id)
      FROM order_review
     WHERE order_review.id IN %(ids)s
     ORDER BY order_review.id
       FOR NO KEY UPDATE
"""


class OrderReview(models.Model):
    """How every act begins: reviews that nobody else decides on, and their seats."""

    _inherit = "order.review"

    def _lock_to_sign(self):
        """As :meth:`_lock_with_tasks`, without what nobody asks for as long as the
        fingerprint is the one that was shown."""
        return self._lock_with_tasks(unread=("facts", "merged"))

    def _lock_with_tasks(self, unread=()):
        """As :meth:`_lock`; return the seats of these reviews, read by the same
        statement."""
        reviews = self.sudo()  # the engine sees every seat
        reader = reviews.env["order.fact.reader"]
        tasks = reviews.env["order.review.task"]
        if not reviews:
            return tasks
        names, seat_names = self._get_row_names(unread), tasks._engine_fields()
        reviews.flush_model(names)
        tasks.flush_model(seat_names)
        rows = reviews.env.execute_query(
            SQL(
                LOCKED,
                columns=reader._columns(self._name, ("id", *names)),
                seats=reader._columns(tasks._name, ("id", *seat_names)),
                turn=IN_TURN,
                ids=self._ids,
            )
        )
        moments = [
            position
            for position, name in enumerate(seat_names, 1)
            if tasks._fields[name].type == "datetime"
        ]
        seats_of = {row[0]: row[-1] or [] for row in rows}
        seats = [seat for own in seats_of.values() for seat in own]
        for seat in seats:
            for position in moments:
                if seat[position]:
                    seat[position] = datetime.fromisoformat(seat[position])
        locked = reader._keep(reviews, names, [row[:-1] for row in rows])
        reader._keep(tasks, seat_names, seats)
        own = [tuple(seat[0] for seat in seats_of[id_]) for id_ in locked._ids]
        self._fields["task_ids"]._insert_cache(locked, own)
        return reviews.task_ids

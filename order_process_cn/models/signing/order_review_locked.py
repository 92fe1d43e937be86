from odoo import api, models
from odoo.tools import SQL

from ..reading.along import Along

# of a review and of its seats: what nobody asks for while somebody agrees to the facts
# that were shown; read after all where it is asked for
UNASKED = {
    "actor_name",
    "added_by_id",
    "amount",
    "answers",
    "approval_told_at",
    "checked_on",
    "conditions",
    "decided_at",
    "decided_by_id",
    "facts",
    "medium",
    "merged",
    "opinion",
    "submitted_at",
    "voided_by_id",
}
LOCK = SQL("ORDER BY order_review.id FOR NO KEY UPDATE OF order_review")


class OrderReview(models.Model):
    """How every act begins: reviews that nobody else decides on, and their seats."""

    _inherit = "order.review"

    def _lock_to_sign(self):
        """As :meth:`_lock_with_tasks`, without :data:`UNASKED`."""
        return self._lock_with_tasks(UNASKED)

    def _lock_with_tasks(self, unread=()):
        """As :meth:`_lock`; return the seats of these reviews, read by the same
        statement."""
        reviews = self.sudo()  # the engine sees every seat
        tasks = reviews.env["order.review.task"]
        if not reviews:
            return tasks
        reviews.env["order.fact.reader"]._load_with_lines(
            reviews,
            *self._get_names_to_lock(unread),
            SQL("order_review.id IN %s", reviews._ids),
            LOCK,
        )
        return reviews.task_ids

    @api.model
    def _get_names_to_lock(self, unread):
        """Return the columns, the field of the seats, and their columns."""
        names = self.env["order.review.task"]._engine_fields()
        seat_names = [name for name in names if name not in unread]
        return self._get_row_names(unread), self._fields["task_ids"], seat_names

    @api.model
    def _lock_along(self, documents):
        """Return what locks the reviews of ``documents`` where these are read, as
        :meth:`_lock_to_sign` does; what it reads is for :meth:`_keep_along`."""
        reader = self.env["order.fact.reader"]
        names, field, seat_names = self._get_names_to_lock(UNASKED)
        self.flush_model(names)
        self.env["order.review.task"].flush_model(seat_names)
        return Along(
            own=(
                reader._columns(self._name, ("id", *names)),
                reader._gather(self, field, seat_names),
            ),
            joined=SQL(
                "JOIN order_review ON order_review.id = %s",
                SQL.identifier(documents._table, "review_id"),
            ),
            tail=LOCK,
        )

    @api.model
    def _keep_along(self, rows):
        """Put the columns of :meth:`_lock_along`, the last of these ``rows``, into the
        cache."""
        reader = self.env["order.fact.reader"]
        names, field, seat_names = self._get_names_to_lock(UNASKED)
        tasks, columns = self.env["order.review.task"], ("id", *names)
        own = [row[-len(columns) - 1 :] for row in rows]
        read = reader._named(columns, tasks, seat_names, own)
        reader._keep_with_lines(self, names, field, seat_names, read)

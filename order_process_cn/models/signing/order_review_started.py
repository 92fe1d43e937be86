from odoo import api, models
from odoo.tools import SQL

from ...tools.rows import note_new, remember_new, spell_insert

START = """
      WITH review AS (%(reviews)s),
           seat AS (%(seats)s RETURNING id),
           record AS (%(records)s RETURNING id, review_id)
    SELECT (SELECT array_agg(id ORDER BY id) FROM seat),
           (SELECT array_agg(id ORDER BY review_id) FROM record)
"""


class OrderReview(models.Model):
    """What is written when reviews begin: they, their seats and their first records, in
    one statement."""

    _inherit = "order.review"

    @api.model
    def _reserve(self, starts):
        """Return reviews that are going to be written with the values ``starts``."""
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
                " FROM generate_series(1, %s)",
                self._table,
                len(starts),
            )
        )
        return remember_new(self.browse(number for [number] in rows), starts)

    def _write_started(self, starts, first_records, seats):
        """Write these reviews with the values ``starts``, each with its first record,
        and their ``seats``; return those."""
        tasks = self.env["order.review.task"]
        signatures = self.env["order.review.signature"]
        seats = [{"state": "waiting", **vals} for vals in seats]
        records = [
            {"medium": "screen", **record, "review_id": review.id}
            for review, record in zip(self, first_records, strict=True)
        ]
        rows = [
            {"id": review.id, **start}
            for review, start in zip(self, starts, strict=True)
        ]
        [(seat_ids, record_ids)] = self.env.execute_query(
            SQL(
                START,
                reviews=spell_insert(self, rows),
                seats=spell_insert(tasks, seats),
                records=spell_insert(signatures, records),
            )
        )
        tasks = remember_new(tasks.browse(seat_ids or ()), seats)
        note_new(signatures.browse(record_ids or ()), records)
        own, first = tasks.grouped("review_id"), self._fields["signature_ids"]
        for review, record_id in zip(self, record_ids or (), strict=True):
            seats = own.get(review, tasks.browse())
            self._fields["task_ids"]._update_cache(review, seats._ids)
            first._update_cache(review, (record_id,))
        tasks._after_creation()
        return tasks

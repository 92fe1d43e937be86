"""How documents come into the queue of the worker, see ``order.recheck``."""

from odoo.tools import SQL

# the rows, and the call of the scheduler that works them off: marking is part of every
# act, so it is one statement, or part of one
QUEUE = """
    queued AS (
        INSERT INTO order_recheck (res_model, res_id, topic, not_before, state,
                                   attempts, create_uid, create_date, write_uid,
                                   write_date)
        SELECT res_model, res_id, topic, not_before, 'waiting',
               0, %(uid)s, %(now)s, %(uid)s, %(now)s
          FROM (VALUES %(rows)s) AS row (res_model, res_id, topic, not_before)
     RETURNING not_before
    ), called AS (
    INSERT INTO ir_cron_trigger (cron_id, call_at, create_uid, create_date, write_uid,
                                 write_date)
    SELECT DISTINCT cron.id, COALESCE(queued.not_before, %(moment)s),
           %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM queued JOIN ir_cron cron ON cron.id = %(cron)s
     WHERE cron.active OR queued.not_before > %(moment)s
    )
"""
DUE = "state = 'waiting' AND (not_before IS NULL OR not_before <= %s)"
# the rows that are taken next, of one model, each with one attempt more, and how many
# are due; those that were taken before come last and one by one
NEXT = """
         WITH next AS MATERIALIZED (
              SELECT id, res_model, attempts FROM order_recheck
               WHERE %(due)s ORDER BY attempts, id LIMIT %(limit)s
                 FOR UPDATE SKIP LOCKED),
              first AS (SELECT * FROM next ORDER BY attempts, id LIMIT 1)
       UPDATE order_recheck SET attempts = next.attempts + 1
         FROM next JOIN first USING (res_model, attempts)
        WHERE order_recheck.id = next.id
          AND (next.attempts = 0 OR next.id = first.id)
    RETURNING next.id, (SELECT COUNT(*) FROM order_recheck WHERE %(due)s)
"""
# which of some rows nobody else has taken in the meantime, and by which rows their
# documents failed before
STILL_FREE = """
    id IN (
      WITH own AS (
           SELECT id, res_model, res_id FROM order_recheck
            WHERE id IN %(ids)s ORDER BY id FOR UPDATE SKIP LOCKED)
    SELECT id FROM own
     UNION ALL
    SELECT former.id
      FROM order_recheck former JOIN own USING (res_model, res_id)
     WHERE former.id NOT IN %(ids)s
       AND (former.state = 'failed' OR former.error IS NOT NULL))
"""
# take rows out; how many of what is left are due, and how many have failed
REMOVE = """
      WITH gone AS (DELETE FROM order_recheck WHERE id = ANY (%(ids)s))
    SELECT COUNT(*) FILTER (WHERE %(due)s),
           COUNT(*) FILTER (WHERE state = 'failed')
      FROM order_recheck WHERE id <> ALL (%(ids)s)
"""
CALLED = "order_process_cn.called"


def call_once(after, function):
    """Have ``function`` called ``after`` the commit: once, for each time is a query."""
    if not after.data.get(CALLED):
        after.data[CALLED] = True
        after.add(function)


def add_to_queue(rows, moment, cron, now, uid):
    """Return the clauses of a statement's ``WITH`` that add ``rows`` of model, id,
    topic and moment to the queue, and call the scheduler for each: at ``moment`` for
    those without one."""
    places = [
        SQL("(%s, %s::int, %s, %s::timestamp)", model, doc_id, topic or None, at)
        for model, doc_id, topic, at in rows
    ]
    return SQL(
        QUEUE,
        rows=SQL(", ").join(places),
        uid=uid,
        now=now,
        moment=moment,
        cron=cron,
    )

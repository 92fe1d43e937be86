"""What the process could do better, counted from what happened. Each question returns
kind, company, subject and figures; one statement asks them all."""

# when the period of a rule began
BEGIN = "(now() AT TIME ZONE 'UTC') - r.days * INTERVAL '1 day'"

SLOW_SEAT = f"""
    SELECT DISTINCT ON (t.company_id) r.id AS rule_id, r.kind, t.company_id,
           t.department_id,
           CASE WHEN t.department_id IS NULL THEN t.user_id END AS user_id,
           NULL::int AS subject_id, COUNT(*)::int AS cases,
           AVG(EXTRACT(EPOCH FROM t.decided_at - t.opened_at) / 3600)::float8 AS figure
      FROM order_hint_rule r
      JOIN order_review_task t ON t.decided_at >= {BEGIN}
       AND t.opened_at IS NOT NULL AND t.state IN ('agreed', 'declined')
       AND COALESCE(t.department_id, t.user_id) IS NOT NULL
     WHERE r.active AND r.kind = 'slow_seat'
     GROUP BY r.id, t.company_id, t.department_id, 5
    HAVING COUNT(*) >= r.least
       AND AVG(EXTRACT(EPOCH FROM t.decided_at - t.opened_at) / 3600) >= r.threshold
     ORDER BY t.company_id, figure DESC
"""
RETURN_REASON = f"""
    SELECT DISTINCT ON (company_id) rule_id, kind, company_id, NULL::int, NULL::int,
           reason_id, cases, share
      FROM (SELECT r.id AS rule_id, r.kind, c.company_id, c.reason_id, r.threshold,
                   r.least, COUNT(*)::int AS cases,
                   (COUNT(*) / SUM(COUNT(*)) OVER (PARTITION BY c.company_id))::float8
                   AS share
              FROM order_hint_rule r
              JOIN order_service_case c ON c.create_date >= {BEGIN}
               AND c.state NOT IN ('draft', 'cancel') AND c.reason_id IS NOT NULL
               AND c.kind IN ('return', 'exchange', 'difference')
             WHERE r.active AND r.kind = 'return_reason'
             GROUP BY r.id, c.company_id, c.reason_id) AS counted
     WHERE cases >= least AND share >= threshold
     ORDER BY company_id, cases DESC, reason_id
"""
# of a rule for every company, each company that works with the process is told
IDLE = """
    SELECT r.id, r.kind, c.id, NULL::int, NULL::int, rule.id, 0, r.days::float8
      FROM order_hint_rule r
      JOIN {rule} rule ON rule.active AND rule.in_force_since < {begin}
      JOIN res_company c ON c.active AND COALESCE(rule.company_id, c.id) = c.id
     WHERE r.active AND r.kind = '{kind}'
       AND EXISTS (SELECT FROM order_event e
                    WHERE e.company_id = c.id AND e.at >= {begin})
       AND NOT EXISTS (SELECT FROM {done} done
                        WHERE done.rule_id = rule.id AND done.company_id = c.id
                          AND done.{moment} >= {begin})
"""
IDLE_LIMIT = IDLE.format(
    rule="order_time_limit",
    done="order_time_limit_run",
    moment="started_at",
    kind="idle_limit",
    begin=BEGIN,
)
IDLE_LEDGER = IDLE.format(
    rule="order_ledger_rule",
    done="order_ledger_entry",
    moment="create_date",
    kind="idle_ledger",
    begin=BEGIN,
)
# its condition never held, although the route was taken often enough
IDLE_SEAT = f"""
    SELECT r.id, r.kind, t.company_id, NULL::int, NULL::int, t.seat_id,
           COUNT(*)::int, r.days::float8
      FROM order_hint_rule r
      JOIN order_review v ON v.submitted_at >= {BEGIN}
      JOIN order_review_task t ON t.review_id = v.id AND t.seat_id IS NOT NULL
     WHERE r.active AND r.kind = 'idle_seat'
     GROUP BY r.id, t.company_id, t.seat_id
    HAVING COUNT(*) >= r.least AND bool_and(t.state = 'skipped')
"""
UNKEPT_LIMIT = f"""
    SELECT r.id, r.kind, run.company_id, NULL::int, NULL::int, run.rule_id,
           COUNT(*)::int, AVG((run.state = 'late')::int)::float8
      FROM order_hint_rule r
      JOIN order_time_limit_run run ON run.state IN ('met', 'late')
       AND run.stopped_at >= {BEGIN}
     WHERE r.active AND r.kind = 'unkept_limit'
     GROUP BY r.id, run.company_id, run.rule_id
    HAVING COUNT(*) >= r.least AND AVG((run.state = 'late')::int) >= r.threshold
"""
OVERLOADED = """
    SELECT r.id, r.kind, t.company_id, t.department_id,
           CASE WHEN t.department_id IS NULL THEN t.user_id END, NULL::int,
           COUNT(*)::int, COUNT(*)::float8
      FROM order_hint_rule r
      JOIN order_review_task t ON t.state = 'open'
       AND COALESCE(t.department_id, t.user_id) IS NOT NULL
     WHERE r.active AND r.kind = 'overloaded'
     GROUP BY r.id, t.company_id, t.department_id, 5
    HAVING COUNT(*) >= GREATEST(r.least, r.threshold)
"""
QUESTIONS = (
    SLOW_SEAT,
    RETURN_REASON,
    IDLE_LIMIT,
    IDLE_LEDGER,
    IDLE_SEAT,
    UNKEPT_LIMIT,
    OVERLOADED,
)
# the number of a row is the same whenever it is asked for
QUERY = """
    SELECT ('x' || substr(md5(concat_ws(
               '/', kind, company_id, COALESCE(department_id, 0), COALESCE(user_id, 0),
               COALESCE(subject_id, 0)
           )), 1, 7))::bit(28)::int AS id, found.*
      FROM ({}) AS found
""".format(" UNION ALL ".join(f"({question})" for question in QUESTIONS))

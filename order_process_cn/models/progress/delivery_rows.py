"""What is due of each order, by its schedule or by its own date, and what has left."""

from .kept_rows import KeptRows

# the clock of each company, as its days are reckoned
ZONE = """
    SELECT c.id AS company_id, COALESCE(r.tz, 'UTC') AS tz
      FROM res_company c
 LEFT JOIN resource_calendar r ON r.id = c.resource_calendar_id"""
# what is due: parts of a schedule, and whole lines that have none. Quantities are in
# the unit of the product; days are those of the company.
RECKONED = f"""
      WITH zone AS ({ZONE}),
           turned AS (
    -- what has left falls to the parts of a line in turn
    SELECT p.id * 2 AS id, p.order_line_id, p.quantity, p.wanted_date,
           p.promised_date,
           COALESCE(p.first_promised_date, p.promised_date) AS first_promised_date,
           SUM(p.quantity) OVER (
               PARTITION BY p.order_line_id
               ORDER BY COALESCE(p.promised_date, p.wanted_date) NULLS LAST, p.id
               ROWS UNBOUNDED PRECEDING) - p.quantity AS earlier
      FROM order_delivery_part p
      JOIN sale_order_line l ON l.id = p.order_line_id
     WHERE l.order_id {{among}}
     UNION ALL
    SELECT l.id * 2 + 1, l.id, l.product_uom_qty, o.wanted_date,
           (o.commitment_date AT TIME ZONE 'UTC' AT TIME ZONE z.tz)::date,
           (CASE WHEN o.commitment_date = o.slipped_to THEN o.slipped_from
                 ELSE o.commitment_date END
            AT TIME ZONE 'UTC' AT TIME ZONE z.tz)::date, 0
      FROM sale_order_line l
      JOIN sale_order o ON o.id = l.order_id
      JOIN product_product v ON v.id = l.product_id
      JOIN product_template t ON t.id = v.product_tmpl_id AND t.type != 'service'
      JOIN zone z ON z.company_id = l.company_id
     WHERE l.order_id {{among}} AND COALESCE(l.delivery_part_count, 0) = 0
       AND l.display_type IS NULL AND l.is_downpayment IS NOT TRUE),
           met AS (
    SELECT d.*,
           GREATEST(LEAST(s.by_now - d.earlier, d.quantity), 0) AS shipped,
           GREATEST(LEAST(s.by_last - d.earlier, d.quantity), 0) AS on_time,
           GREATEST(LEAST(s.by_first - d.earlier, d.quantity), 0) AS first_on_time,
           l.order_id, l.product_id, l.company_id, lu.factor / pu.factor AS in_unit
      FROM turned d
      JOIN sale_order_line l ON l.id = d.order_line_id
      JOIN zone z ON z.company_id = l.company_id
      JOIN product_product v ON v.id = l.product_id
      JOIN product_template t ON t.id = v.product_tmpl_id
      JOIN uom_uom lu ON lu.id = l.product_uom_id
      JOIN uom_uom pu ON pu.id = t.uom_id
CROSS JOIN LATERAL (
    SELECT COALESCE(SUM(m.left_qty), 0) AS by_now,
           COALESCE(SUM(m.left_qty) FILTER (WHERE m.day <= d.promised_date), 0)
               AS by_last,
           COALESCE(SUM(m.left_qty) FILTER (WHERE m.day <= d.first_promised_date), 0)
               AS by_first
      FROM (SELECT (k.date AT TIME ZONE 'UTC' AT TIME ZONE z.tz)::date AS day,
                   k.quantity * ku.factor / lu.factor
                   * CASE WHEN b.usage = 'customer' THEN 1 ELSE -1 END AS left_qty
              FROM stock_move k
              JOIN uom_uom ku ON ku.id = k.product_uom
              JOIN stock_location a ON a.id = k.location_id
              JOIN stock_location b ON b.id = k.location_dest_id
             WHERE k.sale_line_id = l.id AND k.state = 'done'
               AND k.product_id = l.product_id
               AND (a.usage = 'customer') != (b.usage = 'customer')
               AND (b.usage = 'customer' OR k.to_refund)) m) s)
    SELECT m.id, m.order_line_id, m.order_id, m.product_id, m.company_id,
           o.partner_id, o.team_id, o.user_id, o.state,
           m.wanted_date, m.promised_date, m.first_promised_date,
           COALESCE(m.promised_date, m.wanted_date) AS due_day,
           (m.quantity * m.in_unit)::float8 AS quantity,
           (m.shipped * m.in_unit)::float8 AS shipped_qty,
           (m.on_time * m.in_unit)::float8 AS on_time_qty,
           (m.first_on_time * m.in_unit)::float8 AS first_on_time_qty
      FROM met m
      JOIN sale_order o ON o.id = m.order_id
     WHERE o.state != 'cancel'
"""
KEPT = KeptRows(
    "order_delivery",
    """id order_line_id order_id product_id company_id partner_id team_id user_id state
    wanted_date promised_date first_promised_date due_day
    quantity shipped_qty on_time_qty first_on_time_qty""",
    RECKONED,
    index="due_day",
    told_by={
        "sale.order": "SELECT {row}.id",
        "sale.order.line": "SELECT {row}.order_id",
        "order.delivery.part": "SELECT l.order_id FROM sale_order_line l"
        " WHERE l.id = {row}.order_line_id",
        "stock.move": "SELECT l.order_id FROM sale_order_line l"
        " WHERE l.id = {row}.sale_line_id AND {row}.state = 'done'",
        "product.product": "SELECT l.order_id FROM sale_order_line l"
        " WHERE l.product_id = {row}.id",
        "product.template": "SELECT l.order_id FROM sale_order_line l"
        " JOIN product_product v ON v.id = l.product_id"
        " WHERE v.product_tmpl_id = {row}.id",
    },
)
# whatever depends on today is reckoned when it is read
QUERY = f"""
    SELECT d.*, d.quantity - d.shipped_qty AS open_qty,
           -- of what is not due yet nobody knows whether it will be on time
           CASE WHEN d.promised_date < z.today
                THEN d.shipped_qty / NULLIF(d.quantity, 0) END AS shipped_rate,
           CASE WHEN d.promised_date < z.today
                THEN d.on_time_qty / NULLIF(d.quantity, 0) END AS on_time_rate,
           CASE WHEN d.first_promised_date < z.today
                THEN d.first_on_time_qty / NULLIF(d.quantity, 0)
            END AS first_on_time_rate,
           d.shipped_qty < d.quantity AND d.promised_date < z.today AS is_late
      FROM ({KEPT.query}) d
      JOIN (SELECT zone.company_id, (NOW() AT TIME ZONE zone.tz)::date AS today
              FROM ({ZONE}) zone) z ON z.company_id = d.company_id
"""

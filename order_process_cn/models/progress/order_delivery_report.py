from odoo import fields, models
from odoo.tools import SQL

# what is due: parts of a schedule, and whole lines that have none. Quantities are in
# the unit of the product; days are those of the company.
QUERY = """
      WITH zone AS (
    -- the clock of each company, as its days are reckoned
    SELECT c.id AS company_id, COALESCE(r.tz, 'UTC') AS tz,
           (NOW() AT TIME ZONE COALESCE(r.tz, 'UTC'))::date AS today
      FROM res_company c
 LEFT JOIN resource_calendar r ON r.id = c.resource_calendar_id),
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
     WHERE COALESCE(l.delivery_part_count, 0) = 0
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
           m.quantity * m.in_unit AS quantity,
           m.shipped * m.in_unit AS shipped_qty,
           (m.quantity - m.shipped) * m.in_unit AS open_qty,
           m.on_time * m.in_unit AS on_time_qty,
           m.first_on_time * m.in_unit AS first_on_time_qty,
           -- of what is not due yet nobody knows whether it will be on time
           CASE WHEN m.promised_date < z.today
                THEN m.shipped / NULLIF(m.quantity, 0) END AS shipped_rate,
           CASE WHEN m.promised_date < z.today
                THEN m.on_time / NULLIF(m.quantity, 0) END AS on_time_rate,
           CASE WHEN m.first_promised_date < z.today
                THEN m.first_on_time / NULLIF(m.quantity, 0) END AS first_on_time_rate,
           m.shipped < m.quantity AND m.promised_date < z.today AS is_late
      FROM met m
      JOIN sale_order o ON o.id = m.order_id
      JOIN zone z ON z.company_id = m.company_id
     WHERE o.state != 'cancel'
"""


class OrderDeliveryReport(models.Model):
    """出货排期: what is due when, and how far promises were kept, first and last.

    What has left of an order line falls to its parts in turn (INT-9, PLN-6). No prices.
    Of kits nothing counts as shipped: their components leave.
    """

    _name = "order.delivery.report"
    _description = "Delivery Schedule"
    _auto = False
    _order = "due_day, id"
    _rec_name = "order_id"
    # what is stored before it is read
    _depends = {
        "order.delivery.part": [
            "order_line_id",
            "quantity",
            "wanted_date",
            "promised_date",
            "first_promised_date",
        ],
        "product.product": ["product_tmpl_id"],
        "product.template": ["type", "uom_id"],
        "resource.calendar": ["tz"],
        "res.company": ["resource_calendar_id"],
        "sale.order": [
            "commitment_date",
            "wanted_date",
            "slipped_from",
            "slipped_to",
            "partner_id",
            "team_id",
            "user_id",
            "state",
        ],
        "sale.order.line": [
            "order_id",
            "product_id",
            "product_uom_id",
            "product_uom_qty",
            "company_id",
            "display_type",
            "is_downpayment",
            "delivery_part_count",
        ],
        "stock.location": ["usage"],
        "stock.move": [
            "date",
            "quantity",
            "product_uom",
            "product_id",
            "location_id",
            "location_dest_id",
            "sale_line_id",
            "state",
            "to_refund",
        ],
        "uom.uom": ["factor"],
    }

    order_id = fields.Many2one("sale.order", string="Sales Order", readonly=True)
    order_line_id = fields.Many2one("sale.order.line", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    team_id = fields.Many2one("crm.team", string="Region", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    state = fields.Selection(
        selection=lambda self: (
            self.env["sale.order"]._fields["state"]._description_selection(self.env)
        ),
        string="State of the Order",
        readonly=True,
    )
    wanted_date = fields.Date(readonly=True)
    promised_date = fields.Date(readonly=True)
    first_promised_date = fields.Date(string="First Promise", readonly=True)
    due_day = fields.Date(
        string="Due", readonly=True, help="The promised date, else the wanted one."
    )
    quantity = fields.Float(string="Planned", digits="Product Unit", readonly=True)
    shipped_qty = fields.Float(string="Shipped", digits="Product Unit", readonly=True)
    open_qty = fields.Float(string="Still Open", digits="Product Unit", readonly=True)
    on_time_qty = fields.Float(
        string="Shipped by the Last Promise", digits="Product Unit", readonly=True
    )
    first_on_time_qty = fields.Float(
        string="Shipped by the First Promise", digits="Product Unit", readonly=True
    )
    shipped_rate = fields.Float(
        string="Fulfilment",
        aggregator="avg",
        readonly=True,
        help="How much of what is due has left; each delivery counts the same.",
    )
    on_time_rate = fields.Float(
        string="On Time (Last Promise)", aggregator="avg", readonly=True
    )
    first_on_time_rate = fields.Float(
        string="On Time (First Promise)", aggregator="avg", readonly=True
    )
    is_late = fields.Boolean(string="Late", readonly=True)

    @property
    def _table_query(self):
        return SQL(QUERY)

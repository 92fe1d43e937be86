from odoo import fields, models
from odoo.tools import SQL

from ..progress.delivery_rows import QUERY
from ..progress.order_delivery_report import OrderDeliveryReport

# what counts as planned beside what was promised for the month, by region and product
FULFILMENT = f"""
      WITH delivery AS (SELECT * FROM ({QUERY}) AS found WHERE found.state = 'sale'),
           month_row AS (
    SELECT n.company_id, n.team_id, n.product_id,
           DATE_TRUNC('month', n.date_from)::date AS month,
           CASE WHEN n.kind = 'month' THEN n.quantity ELSE 0 END AS month_qty,
           CASE WHEN n.kind = 'week' THEN n.quantity ELSE 0 END AS week_qty,
           0 AS ordered, 0 AS shipped, 0 AS on_time, 0 AS first_on_time,
           0 AS due, 0 AS first_due
      FROM order_demand_line n
     WHERE n.state = 'counts' AND n.kind != 'day'
     UNION ALL
    SELECT d.company_id, d.team_id, d.product_id,
           DATE_TRUNC('month', d.due_day)::date, 0, 0, d.quantity, d.shipped_qty,
           d.on_time_qty, d.first_on_time_qty,
           -- of what is not due yet nobody knows whether it will be on time
           CASE WHEN d.on_time_rate IS NULL THEN 0 ELSE d.quantity END,
           CASE WHEN d.first_on_time_rate IS NULL THEN 0 ELSE d.quantity END
      FROM delivery d
     WHERE d.due_day IS NOT NULL)
    SELECT ROW_NUMBER() OVER (
               ORDER BY r.month, r.company_id, r.team_id, r.product_id) AS id,
           r.company_id, r.team_id, r.product_id, r.month,
           SUM(r.month_qty) AS month_qty, SUM(r.week_qty) AS week_qty,
           SUM(r.ordered) AS ordered_qty, SUM(r.shipped) AS shipped_qty,
           SUM(r.on_time) AS on_time_qty, SUM(r.first_on_time) AS first_on_time_qty,
           SUM(r.ordered) / NULLIF(SUM(r.month_qty), 0) AS ordered_rate,
           SUM(r.shipped) / NULLIF(SUM(r.month_qty), 0) AS fulfilment_rate,
           SUM(r.on_time) FILTER (WHERE r.due > 0) / NULLIF(SUM(r.due), 0)
               AS on_time_rate,
           SUM(r.first_on_time) FILTER (WHERE r.first_due > 0)
               / NULLIF(SUM(r.first_due), 0) AS first_on_time_rate
      FROM month_row r
  GROUP BY r.company_id, r.team_id, r.product_id, r.month
"""


class OrderDemandReport(models.Model):
    """Fulfilment of regions (PLN-6): planned, ordered and delivered by region, model
    and month; on time against the last and the first promise (ANA-5). No prices.

    What was ordered counts in the month for which it was promised. In the unit of the
    product; one query, whatever there is.
    """

    _name = "order.demand.report"
    _description = "Fulfilment of Demand"
    _auto = False
    _order = "month desc, team_id, product_id"
    _rec_name = "product_id"
    # what is stored before it is read: demand, and what the delivery report reads
    _depends = {
        **OrderDeliveryReport._depends,
        "order.demand.line": [
            "company_id",
            "team_id",
            "product_id",
            "kind",
            "date_from",
            "quantity",
            "state",
        ],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    team_id = fields.Many2one("crm.team", string="Region", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    month = fields.Date(string="Month Planned", readonly=True)
    month_qty = fields.Float(
        string="Planned for the Month", digits="Product Unit", readonly=True
    )
    week_qty = fields.Float(
        string="Planned for Its Weeks", digits="Product Unit", readonly=True
    )
    ordered_qty = fields.Float(
        string="Ordered for the Month",
        digits="Product Unit",
        readonly=True,
        help="What was promised for the month, else wanted.",
    )
    shipped_qty = fields.Float(
        string="Delivered of It", digits="Product Unit", readonly=True
    )
    on_time_qty = fields.Float(
        string="Shipped by the Last Promise", digits="Product Unit", readonly=True
    )
    first_on_time_qty = fields.Float(
        string="Shipped by the First Promise", digits="Product Unit", readonly=True
    )
    ordered_rate = fields.Float(
        string="Ordered / Planned", aggregator="avg", readonly=True
    )
    fulfilment_rate = fields.Float(
        string="Delivered / Planned",
        aggregator="avg",
        readonly=True,
        help="Each product of a region and month counts the same.",
    )
    on_time_rate = fields.Float(
        string="On Time (Last Promise)", aggregator="avg", readonly=True
    )
    first_on_time_rate = fields.Float(
        string="On Time (First Promise)", aggregator="avg", readonly=True
    )

    @property
    def _table_query(self):
        return SQL(FULFILMENT)

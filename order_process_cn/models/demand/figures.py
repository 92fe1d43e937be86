"""What regions have on order, and what they sell in a week: one query each, for any
number of regions and products, in the unit of each product."""

from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

WEEK_DAYS = 7


def find_on_order(env, companies, teams):
    """Return ``{(company id, team id): {product id: quantity}}``: what is ordered and
    has not been delivered (订单在途), of confirmed orders."""
    env["sale.order"].flush_model(["state", "team_id", "company_id"])
    env["sale.order.line"].flush_model()
    return _read(
        env,
        SQL(
            """
            SELECT o.company_id, o.team_id, l.product_id,
                   SUM(GREATEST(l.product_uom_qty - COALESCE(l.qty_delivered, 0), 0)
                       * lu.factor / pu.factor)
              FROM sale_order_line l
              JOIN sale_order o ON o.id = l.order_id
              JOIN product_product v ON v.id = l.product_id
              JOIN product_template t ON t.id = v.product_tmpl_id
              JOIN uom_uom lu ON lu.id = l.product_uom_id
              JOIN uom_uom pu ON pu.id = t.uom_id
             WHERE o.state = 'sale' AND l.display_type IS NULL
               AND l.is_downpayment IS NOT TRUE AND t.type != 'service'
               AND o.company_id IN %s AND o.team_id IN %s
          GROUP BY o.company_id, o.team_id, l.product_id
            """,
            tuple(companies.ids) or (0,),
            tuple(teams.ids) or (0,),
        ),
    )


def find_week_sales(env, companies, teams, weeks):
    """Return ``{(company id, team id): {product id: quantity}}``: what left for the
    customers of each region in one of the last ``weeks`` weeks, on average."""
    env["sale.order"].flush_model(["team_id", "company_id"])
    env["stock.move"].flush_model()
    since = fields.Datetime.now() - timedelta(days=weeks * WEEK_DAYS)
    return _read(
        env,
        SQL(
            """
            SELECT o.company_id, o.team_id, m.product_id,
                   SUM(m.quantity * mu.factor / pu.factor
                       * CASE WHEN b.usage = 'customer' THEN 1 ELSE -1 END) / %s
              FROM stock_move m
              JOIN sale_order_line l ON l.id = m.sale_line_id
              JOIN sale_order o ON o.id = l.order_id
              JOIN product_product v ON v.id = m.product_id
              JOIN product_template t ON t.id = v.product_tmpl_id
              JOIN uom_uom mu ON mu.id = m.product_uom
              JOIN uom_uom pu ON pu.id = t.uom_id
              JOIN stock_location a ON a.id = m.location_id
              JOIN stock_location b ON b.id = m.location_dest_id
             WHERE m.state = 'done' AND m.date >= %s
               AND (a.usage = 'customer') != (b.usage = 'customer')
               AND o.company_id IN %s AND o.team_id IN %s
          GROUP BY o.company_id, o.team_id, m.product_id
            """,
            weeks,
            since,
            tuple(companies.ids) or (0,),
            tuple(teams.ids) or (0,),
        ),
    )


def _read(env, query):
    found = {}
    for company, team, product, quantity in env.execute_query(query):
        found.setdefault((company, team), {})[product] = float(quantity or 0.0)
    return found

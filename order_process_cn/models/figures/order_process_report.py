from odoo import fields, models

from ..progress.kept_rows import KeptRows
from ..progress.sale_order_progress import STEPS
from .order_step_report import PROGRESS_OF

# one row for each order in the process
KEPT = KeptRows(
    "order_process",
    """id order_id name partner_id user_id team_id company_id order_type_id
    order_channel_id progress entered_on effective_on shipped_on delivery_days
    cycle_days case_count return_rate""",
    """
    SELECT o.id, o.id AS order_id, o.name, o.partner_id, o.user_id, o.team_id,
           o.company_id, o.order_type_id, o.order_channel_id, o.progress,
           e.entered_on, e.effective_on, e.shipped_on,
           (EXTRACT(EPOCH FROM e.shipped_on - e.effective_on) / 86400)::float8
               AS delivery_days,
           (EXTRACT(EPOCH FROM e.shipped_on - e.entered_on) / 86400)::float8
               AS cycle_days,
           COALESCE(c.cases, 0) AS case_count,
           CASE WHEN e.shipped_on IS NOT NULL
                THEN (COALESCE(c.returns, 0) > 0)::int::float8 END AS return_rate
      FROM sale_order o
      JOIN (SELECT res_id, MIN(at) AS entered_on,
                   MIN(at) FILTER (WHERE detail = 'effective') AS effective_on,
                   MIN(at) FILTER (
                       WHERE detail IN ('shipped', 'received', 'settled')
                   ) AS shipped_on
              FROM order_event
             WHERE res_model = 'sale.order' AND code = 'progress'
               AND res_id {among}
             GROUP BY res_id) e ON e.res_id = o.id
      LEFT JOIN (SELECT order_id, COUNT(*) AS cases,
                        COUNT(*) FILTER (
                            WHERE kind IN ('return', 'exchange', 'difference')
                        ) AS returns
                   FROM order_service_case
                  WHERE state NOT IN ('draft', 'refused', 'cancel')
                    AND order_id {among}
                  GROUP BY order_id) c ON c.order_id = o.id
     WHERE o.progress IS NOT NULL
    """,
    index="shipped_on",
    told_by={
        "order.event": PROGRESS_OF,
        # a case of an order that is gone, or of none, tells nothing
        "order.service.case": "SELECT {row}.order_id WHERE {row}.order_id IS NOT NULL",
        "sale.order": "SELECT {row}.id",
    },
)


class OrderProcessReport(models.Model):
    """How long orders take until the goods leave, and how many come back (ANA-1): by
    day, week and month, type, channel and region. No prices."""

    _name = "order.process.report"
    _inherit = ["order.kept.report.mixin"]
    _description = "Delivery Time and Returns"
    _auto = False
    _kept = KEPT
    _query = KEPT.query
    _order = "entered_on desc, id desc"
    _rec_name = "name"
    _depends = {
        "order.event": ["res_model", "res_id", "code", "detail", "at"],
        "order.service.case": ["order_id", "kind", "state"],
        "sale.order": [
            "name",
            "partner_id",
            "user_id",
            "team_id",
            "company_id",
            "order_type_id",
            "order_channel_id",
            "progress",
        ],
    }

    name = fields.Char(string="Order Number", readonly=True)
    order_id = fields.Many2one("sale.order", string="Sales Order", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Region", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    order_type_id = fields.Many2one("order.type", readonly=True)
    order_channel_id = fields.Many2one("order.channel", readonly=True)
    progress = fields.Selection(STEPS, readonly=True)
    entered_on = fields.Datetime(string="Order Entered on", readonly=True)
    effective_on = fields.Datetime(string="Took Effect on", readonly=True)
    shipped_on = fields.Datetime(string="Goods Left on", readonly=True)
    delivery_days = fields.Float(
        string="Delivery Time in Days",
        aggregator="avg",
        readonly=True,
        help="Elapsed days from taking effect until all goods have left.",
    )
    cycle_days = fields.Float(
        string="Days from Entry to Shipping", aggregator="avg", readonly=True
    )
    case_count = fields.Integer(string="Service Cases of It", readonly=True)
    return_rate = fields.Float(
        aggregator="avg",
        readonly=True,
        help="How many of the shipped orders something came back of.",
    )

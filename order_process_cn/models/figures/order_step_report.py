from odoo import fields, models

from odoo.addons.sale.models.sale_order import SALE_ORDER_STATE

from ..progress.kept_rows import KeptRows
from ..progress.sale_order_progress import STEPS

# of which order an event tells
PROGRESS_OF = (
    "SELECT {row}.res_id WHERE {row}.res_model = 'sale.order'"
    " AND {row}.code = 'progress'"
)

# one row for each time that an order has come to a step; how long it stayed there is
# known once it has left. Orders without a procedure keep no events.
KEPT = KeptRows(
    "order_step",
    """id order_id process_step entered_on left_on hours mover_id name partner_id
    user_id team_id company_id state order_type_id order_channel_id
    order_class_id is_urgent""",
    """
    SELECT e.id, e.res_id AS order_id, e.detail AS process_step,
           e.at AS entered_on, e.left_on, e.user_id AS mover_id,
           (EXTRACT(EPOCH FROM e.left_on - e.at) / 3600)::float8 AS hours,
           o.name, o.partner_id, o.user_id, o.team_id, o.company_id, o.state,
           o.order_type_id, o.order_channel_id, p.order_class_id, o.is_urgent
      FROM (SELECT id, res_id, detail, at, user_id,
                   LEAD(at) OVER (PARTITION BY res_id ORDER BY at, id) AS left_on
              FROM order_event
             WHERE res_model = 'sale.order' AND code = 'progress'
               AND res_id {among}) e
      JOIN sale_order o ON o.id = e.res_id
      JOIN res_partner p ON p.id = o.partner_id
     WHERE e.detail != 'ended'
    """,
    index="entered_on",
    told_by={
        "order.event": PROGRESS_OF,
        "res.partner": "SELECT o.id FROM sale_order o WHERE o.partner_id = {row}.id",
        "sale.order": "SELECT {row}.id",
    },
)
QUERY = f"""
    SELECT s.*, s.left_on IS NULL AS is_current FROM ({KEPT.query}) s
"""


class OrderStepReport(models.Model):
    """How long orders stay in each step of the process, and where they are (ANA-1):
    by step, type, channel, class, region, day, week and month. No prices."""

    _name = "order.step.report"
    _inherit = ["order.kept.report.mixin"]
    _description = "Steps of Orders"
    _auto = False
    _kept = KEPT
    _query = QUERY
    _order = "entered_on desc, id desc"
    _rec_name = "name"
    # what is stored before it is read
    _depends = {
        "order.event": ["res_model", "res_id", "code", "detail", "at", "user_id"],
        "res.partner": ["order_class_id"],
        "sale.order": [
            "name",
            "partner_id",
            "user_id",
            "team_id",
            "company_id",
            "state",
            "order_type_id",
            "order_channel_id",
            "is_urgent",
        ],
    }

    name = fields.Char(string="Order Number", readonly=True)
    order_id = fields.Many2one("sale.order", string="Sales Order", readonly=True)
    process_step = fields.Selection(
        STEPS,
        readonly=True,
    )
    entered_on = fields.Datetime(string="Began on", readonly=True)
    left_on = fields.Datetime(string="Left the Step on", readonly=True)
    hours = fields.Float(
        string="Hours in the Step",
        aggregator="avg",
        readonly=True,
        help="From the moment the order came to it until the next step; elapsed hours.",
    )
    is_current = fields.Boolean(string="Stands Here Now", readonly=True)
    mover_id = fields.Many2one("res.users", string="Moved by", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Region", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    state = fields.Selection(
        SALE_ORDER_STATE,
        string="State of the Order",
        readonly=True,
    )
    order_type_id = fields.Many2one("order.type", readonly=True)
    order_channel_id = fields.Many2one("order.channel", readonly=True)
    order_class_id = fields.Many2one(
        "order.customer.class", string="Customer Class", readonly=True
    )
    is_urgent = fields.Boolean(readonly=True)

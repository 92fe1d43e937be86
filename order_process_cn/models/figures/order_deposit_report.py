from odoo import fields, models
from odoo.tools import SQL

from ..prices.res_users import PRICE_GROUP

# one row for the deposit of each open order in force, less what was decided on it, and
# one for each forfeiture that was decided; in the currency of the company
QUERY = """
    SELECT o.id * 2 AS id, o.id AS order_id, NULL::integer AS forfeiture_id,
           CASE WHEN o.deposit_state = 'received' THEN 'held' ELSE 'awaited' END kind,
           COALESCE(o.effective_on, o.date_order) AS date,
           (o.deposit_required - COALESCE(lost.amount, 0))
               / COALESCE(NULLIF(o.currency_rate, 0), 1) AS amount,
           o.name, o.partner_id, o.user_id, o.team_id, o.company_id, o.order_type_id,
           o.order_channel_id
      FROM sale_order o
 LEFT JOIN (SELECT order_id, SUM(amount) AS amount FROM order_forfeiture
             WHERE state IN ('decided', 'settled') AND NOT COALESCE(is_former, FALSE)
               AND kind IN ('late_pickup', 'forfeit', 'proportional')
          GROUP BY order_id) lost ON lost.order_id = o.id
     WHERE o.state = 'sale' AND o.deposit_required > 0 AND o.closed_on IS NULL
     UNION ALL
    SELECT f.id * 2 + 1, o.id, f.id,
           CASE WHEN f.kind = 'double' THEN 'doubled' ELSE 'forfeited' END,
           COALESCE(e.at, f.write_date),
           f.amount / COALESCE(NULLIF(o.currency_rate, 0), 1),
           o.name, o.partner_id, o.user_id, o.team_id, o.company_id, o.order_type_id,
           o.order_channel_id
      FROM order_forfeiture f
      JOIN sale_order o ON o.id = f.order_id
 LEFT JOIN (SELECT res_id, MIN(at) AS at FROM order_event
             WHERE res_model = 'order.forfeiture'
               AND code = 'order.forfeiture.decided'
          GROUP BY res_id) e ON e.res_id = f.id
     WHERE f.state IN ('decided', 'settled') AND f.kind != 'none'
"""
ORDER_FIELDS = (
    "name",
    "state",
    "partner_id",
    "user_id",
    "team_id",
    "company_id",
    "order_type_id",
    "order_channel_id",
    "currency_rate",
    "date_order",
    "effective_on",
    "closed_on",
    "deposit_required",
    "deposit_state",
)


class OrderDepositReport(models.Model):
    """Deposits that are held, still awaited, and forfeited, by month, type, channel and
    region (ANA-1)."""

    _name = "order.deposit.report"
    _description = "Deposits Held and Forfeited"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "name"
    # what is stored before it is read
    _depends = {
        "order.event": ["res_model", "res_id", "code", "at"],
        "order.forfeiture": ["order_id", "state", "kind", "amount", "is_former"],
        "sale.order": list(ORDER_FIELDS),
    }

    name = fields.Char(string="Order Number", readonly=True)
    order_id = fields.Many2one("sale.order", string="Sales Order", readonly=True)
    forfeiture_id = fields.Many2one("order.forfeiture", readonly=True)
    kind = fields.Selection(
        [
            ("held", "Deposit Held"),
            ("awaited", "Not Received in Full"),
            ("forfeited", "Forfeited"),
            ("doubled", "Returned Double by Us"),
        ],
        string="What Became of the Deposit",
        readonly=True,
    )
    date = fields.Datetime(
        string="Counted Since",
        readonly=True,
        help="When the order took effect, or when the forfeiture was decided.",
    )
    amount = fields.Monetary(
        string="Deposit Amount",
        readonly=True,
        groups=PRICE_GROUP,
        help="In the currency of the company. Held is what was received in full less "
        "what was forfeited of it; of what is not received in full, what was agreed.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Region", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    order_type_id = fields.Many2one("order.type", readonly=True)
    order_channel_id = fields.Many2one("order.channel", readonly=True)

    @property
    def _table_query(self):
        return SQL(QUERY)

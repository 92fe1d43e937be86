from odoo import fields, models
from odoo.tools import SQL

# orders of a procedure that are not filed yet; who follows one is compared before
# anything else of it is counted
QUERY = """
    SELECT o.id, o.id AS order_id, o.company_id, o.partner_id, o.progress,
           COALESCE(o.tracker_id, o.user_id) AS follower_id,
           promised.day AS promised_day, limits.due_at,
           COALESCE(limits.is_late, FALSE)
           OR COALESCE(promised.is_over, FALSE)
              AND o.progress NOT IN ('shipped', 'received', 'settled') AS is_late,
           receipts.due AS receipts_due, papers.missing AS papers_missing
      FROM sale_order o
      JOIN res_company c ON c.id = o.company_id
 LEFT JOIN resource_calendar k ON k.id = c.resource_calendar_id
CROSS JOIN LATERAL (
    -- days are those of the company
    SELECT d.day, d.day < (NOW() AT TIME ZONE COALESCE(k.tz, 'UTC'))::date AS is_over
      FROM (SELECT (o.commitment_date AT TIME ZONE 'UTC'
                    AT TIME ZONE COALESCE(k.tz, 'UTC'))::date AS day) d) promised
CROSS JOIN LATERAL (
    SELECT MIN(r.due_at) AS due_at,
           BOOL_OR(r.due_at < NOW() AT TIME ZONE 'UTC') AS is_late
      FROM order_time_limit_run r
     WHERE r.document_model = 'sale.order' AND r.document_id = o.id
       AND r.state = 'running') limits
CROSS JOIN LATERAL (
    SELECT COUNT(*) AS due
      FROM stock_picking p
      JOIN stock_picking_type t ON t.id = p.picking_type_id AND t.code = 'outgoing'
     WHERE p.sale_id = o.id AND p.state = 'done'
       AND o.receipt_confirmed_on IS NULL
       AND NOT EXISTS (SELECT FROM order_delivery_receipt d
                        WHERE d.picking_id = p.id)) receipts
CROSS JOIN LATERAL (
    SELECT COUNT(*) AS missing
      FROM order_form_issue i
     WHERE (i.res_model, i.res_id) IN (
               SELECT 'sale.order', o.id
                UNION ALL
               SELECT 'stock.picking', p.id FROM stock_picking p WHERE p.sale_id = o.id)
       AND i.department_id IS NOT NULL AND i.acknowledged_on IS NULL
       AND i.superseded_on IS NULL) papers
     WHERE o.progress != 'archived' AND o.state != 'cancel'
"""


class OrderFollowed(models.Model):
    """跟单 (P25): the orders that somebody follows, where each is, whose move it is and
    since when; what is late, what of its papers and receipts is not back.

    The tracker of an order follows it, or its salesperson where there is none. No
    prices.
    """

    _name = "order.followed"
    _inherit = ["order.standing.mixin", "order.about.mixin"]
    _description = "Order That Is Followed"
    _auto = False
    _order = "is_late desc, due_at, promised_day, id"
    _rec_name = "order_id"
    _standing_paths = ("order_id",)
    # what is stored before it is read
    _depends = {
        "order.delivery.receipt": ["picking_id"],
        "order.form.issue": [
            "acknowledged_on",
            "department_id",
            "res_id",
            "res_model",
            "superseded_on",
        ],
        "order.time.limit.run": ["document_id", "document_model", "due_at", "state"],
        "res.company": ["resource_calendar_id"],
        "resource.calendar": ["tz"],
        "sale.order": [
            "commitment_date",
            "company_id",
            "partner_id",
            "progress",
            "receipt_confirmed_on",
            "state",
            "tracker_id",
            "user_id",
        ],
        "stock.picking": ["picking_type_id", "sale_id", "state"],
        "stock.picking.type": ["code"],
    }

    order_id = fields.Many2one("sale.order", string="Sales Order", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    follower_id = fields.Many2one(
        "res.users",
        string="Followed By",
        readonly=True,
        help="The tracker of the order, or its salesperson.",
    )
    progress = fields.Selection(
        selection=lambda self: (
            self.env["sale.order"]._fields["progress"]._description_selection(self.env)
        ),
        readonly=True,
    )
    promised_day = fields.Date(string="Promised On", readonly=True)
    due_at = fields.Datetime(string="Next Limit", readonly=True)
    is_late = fields.Boolean(
        string="Late",
        readonly=True,
        help="A time limit has run out, or the promised day has passed.",
    )
    receipts_due = fields.Integer(
        readonly=True, help="Deliveries that left and whose receipt is not back."
    )
    papers_missing = fields.Integer(
        string="Papers Not Received",
        readonly=True,
        help="Copies that were handed out and whose receipt nobody has confirmed.",
    )

    @property
    def _table_query(self):
        return SQL(QUERY)

    def _get_document_address(self):
        return "sale.order", self.order_id.id

from odoo import fields, models
from odoo.tools import SQL

# one row for each seat of a review that was opened: of any kind of document
QUERY = """
    SELECT t.id, t.review_id, r.document_name AS name, t.company_id, t.department_id,
           r.order_type_id, r.partner_id, r.owner_id,
           t.user_id AS asked_id, COALESCE(t.decided_by_id, t.user_id) AS signer_id,
           t.state, t.opened_at, t.decided_at, t.opinion,
           CASE WHEN t.decided_at IS NOT NULL
                THEN (EXTRACT(EPOCH FROM t.decided_at - t.opened_at) / 3600)::float8
            END AS hours,
           CASE WHEN t.state IN ('agreed', 'declined')
                THEN (t.state = 'declined')::int END AS decline_rate,
           (t.state = 'open')::int AS open_count
      FROM order_review_task t
      JOIN order_review r ON r.id = t.review_id
     WHERE t.opened_at IS NOT NULL AND t.state IN ('open', 'agreed', 'declined')
"""


class OrderSeatReport(models.Model):
    """How much reviewers have to sign, how long they take, what is sent back and why
    (ANA-1). No figures of the documents."""

    _name = "order.seat.report"
    _description = "Work of Reviewers"
    _auto = False
    _order = "opened_at desc, id desc"
    _rec_name = "name"
    _depends = {
        "order.review": ["document_name", "order_type_id", "partner_id", "owner_id"],
        "order.review.task": [
            "review_id",
            "company_id",
            "department_id",
            "decided_by_id",
            "user_id",
            "state",
            "opened_at",
            "decided_at",
            "opinion",
        ],
    }

    name = fields.Char(string="Reviewed Document", readonly=True)
    review_id = fields.Many2one("order.review", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("order.department", readonly=True)
    signer_id = fields.Many2one("res.users", string="Reviewer", readonly=True)
    asked_id = fields.Many2one("res.users", string="Asked by Name", readonly=True)
    owner_id = fields.Many2one("res.users", string="In Charge", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    order_type_id = fields.Many2one("order.type", readonly=True)
    state = fields.Selection(
        [("open", "To Sign"), ("agreed", "Agreed"), ("declined", "Declined")],
        readonly=True,
    )
    opened_at = fields.Datetime(string="Waiting since", readonly=True)
    decided_at = fields.Datetime(string="Signed on", readonly=True)
    opinion = fields.Text(readonly=True)
    hours = fields.Float(string="Hours until Signed", aggregator="avg", readonly=True)
    decline_rate = fields.Float(string="Sent Back", aggregator="avg", readonly=True)
    open_count = fields.Integer(string="Still to Sign", readonly=True)

    @property
    def _table_query(self):
        return SQL(QUERY)

from odoo import fields, models

from ..prices.res_users import PRICE_GROUP
from .trial import OUTCOMES, TRANSITIONS


class OrderObservationFinding(models.Model):
    """One thing that an observed procedure would have asked of an order, or of another
    document (PRC-3)."""

    _name = "order.observation.finding"
    _inherit = ["order.append.only.mixin", "order.engine.mixin"]
    _description = "What Would Have Been Stopped"
    _order = "day desc, order_name desc, id"
    _rec_name = "step"

    observation_id = fields.Many2one(
        "order.observation",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    procedure_id = fields.Many2one(related="observation_id.procedure_id", store=True)
    company_id = fields.Many2one(
        related="observation_id.company_id", store=True, index=True
    )
    # an order that is observed is deleted as in plain Odoo: its name stays
    order_id = fields.Many2one(
        "sale.order", readonly=True, index="btree_not_null", ondelete="set null"
    )
    order_name = fields.Char(string="Order Number", required=True, readonly=True)
    # of another document than the order: what it is, and its number
    res_model = fields.Char(string="Document Model", readonly=True)
    document_name = fields.Char(string="Other Document", readonly=True)
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer")
    order_type_id = fields.Many2one("order.type", readonly=True, ondelete="set null")
    route_id = fields.Many2one("order.review.route", readonly=True, ondelete="set null")
    day = fields.Date(required=True, readonly=True, index=True)
    transition = fields.Selection(TRANSITIONS, string="Before the Step", readonly=True)
    kind = fields.Selection(
        [*OUTCOMES, ("late", "Would be late")],
        string="What Would Happen",
        required=True,
        readonly=True,
    )
    step = fields.Char(string="Stage, Rule or Limit", required=True, readonly=True)
    seat = fields.Char(string="Signer's Seat", readonly=True)
    people = fields.Char(string="Who Would Have Been Asked", readonly=True)
    reason = fields.Char(string="Why It Stops", readonly=True)
    # in company currency, shares of the price of the order
    amount = fields.Float(
        string="Deposit Due", digits=(16, 2), readonly=True, groups=PRICE_GROUP
    )
    amount_received = fields.Float(
        string="Received Instead", digits=(16, 2), readonly=True, groups=PRICE_GROUP
    )
    wait_days = fields.Integer(string="Days to Wait", readonly=True)

    def _get_key(self):
        """Return what makes one of them the same as another of its observation."""
        about = self.document_name or self.order_id.id
        return about, self.kind, self.step, self.seat or ""

from odoo import fields, models

from ..models.procedures.trial import OUTCOMES, TRANSITIONS


class OrderProcedureTrialLine(models.TransientModel):
    """One thing that would have happened to an order."""

    _name = "order.procedure.trial.line"
    _inherit = ["order.question.mixin"]
    _description = "What Would Have Happened"
    _order = "day desc, order_id desc, id"
    _rec_name = "step"

    trial_id = fields.Many2one(
        "order.procedure.trial", required=True, ondelete="cascade", index=True
    )
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, ondelete="cascade"
    )
    order_type_id = fields.Many2one("order.type", readonly=True, ondelete="cascade")
    route_id = fields.Many2one("order.review.route", readonly=True, ondelete="cascade")
    day = fields.Date(readonly=True)
    transition = fields.Selection(TRANSITIONS, string="Before the Step", readonly=True)
    kind = fields.Selection(
        [*OUTCOMES, ("none", "Is not reviewed")],
        string="Trial Outcome",
        readonly=True,
        required=True,
    )
    step = fields.Char(readonly=True)
    seat = fields.Char(string="Signer's Seat", readonly=True)
    people = fields.Char(string="By Whom, or Why Not", readonly=True)
    amount = fields.Float(string="Deposit Due", digits=(16, 2), readonly=True)
    wait_days = fields.Integer(string="Days to Wait", readonly=True)

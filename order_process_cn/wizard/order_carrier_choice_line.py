from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.mechanism.engine import public_act, take_turns


class OrderCarrierChoiceLine(models.TransientModel):
    """One carrier of a choice. The engine fills it in."""

    _name = "order.carrier.choice.line"
    _inherit = ["order.question.mixin"]
    _description = "Carrier to Choose"
    _order = "id"

    choice_id = fields.Many2one(
        "order.carrier.choice", required=True, ondelete="cascade"
    )
    carrier_id = fields.Many2one("delivery.carrier", required=True, readonly=True)
    currency_id = fields.Many2one(
        "res.currency", related="choice_id.picking_id.company_id.currency_id"
    )
    cost = fields.Monetary(string="Our Cost", readonly=True)
    is_rated = fields.Boolean(readonly=True)
    days = fields.Integer(readonly=True)
    has_days = fields.Boolean(readonly=True)
    arrival = fields.Date(string="Arrives on", readonly=True)
    is_cheapest = fields.Boolean(string="Cheapest", readonly=True)
    is_fastest = fields.Boolean(string="Fastest", readonly=True)
    is_outside = fields.Boolean(readonly=True)
    remark = fields.Char(readonly=True)

    @public_act
    def action_choose(self):
        """Have the transfer go with this carrier."""
        self.ensure_one()
        picking = self.choice_id.picking_id
        picking._check_may_choose_carrier()
        carrier = self.carrier_id
        if carrier not in picking._get_carriers():
            raise UserError(
                self.env._(
                    "%(carrier)s does not take %(transfer)s.",
                    carrier=carrier.name,
                    transfer=picking.name,
                )
            )
        transfer = picking.sudo()  # the right to write was checked above
        take_turns(transfer)
        transfer.carrier_id = carrier
        if self.arrival:
            # what the customer is told before it arrives; a person may know better
            company = transfer.company_id
            next_day = company._start_of_day(self.arrival + timedelta(days=1))
            transfer.expected_arrival = next_day - timedelta(seconds=1)
        return {"type": "ir.actions.act_window_close"}

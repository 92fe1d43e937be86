from odoo import api, fields, models
from odoo.fields import Command

from ..models.mechanism.engine import public_act, take_turns


class OrderCarrierChoice(models.TransientModel):
    """Carriers side by side: what each costs us and when he is there (SHP-2)."""

    _name = "order.carrier.choice"
    _inherit = ["order.question.mixin"]
    _description = "Choose the Carrier"

    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", required=True, readonly=True
    )
    line_ids = fields.One2many("order.carrier.choice.line", "choice_id", readonly=True)
    has_outside = fields.Boolean(compute="_compute_has_outside")

    @api.depends("line_ids.is_outside", "line_ids.is_rated")
    def _compute_has_outside(self):
        for choice in self:
            choice.has_outside = any(
                line.is_outside and not line.is_rated for line in choice.line_ids
            )

    def _fill(self, ask_outside=False):
        """List what each carrier would take, and return how that is shown."""
        self.line_ids = [Command.clear()] + [
            Command.create(values) for values in self._prepare_lines(ask_outside)
        ]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_carrier_choice_action"
        )
        return {**action, "res_id": self.id}

    def _prepare_lines(self, ask_outside):
        """Return the values of a line for each carrier, the cheapest first."""
        transfer = self.picking_id.sudo()  # rates are reckoned with prices, cost shown
        lines = []
        for carrier in self.picking_id._get_carriers():
            offer = carrier._get_offer(transfer, ask_outside=ask_outside)
            lines.append(
                {
                    "carrier_id": carrier.id,
                    "cost": offer.cost or 0.0,
                    "is_rated": offer.cost is not None,
                    "days": offer.days or 0,
                    "has_days": offer.days is not None,
                    "arrival": offer.arrival,
                    "is_outside": carrier._is_asked_outside(),
                    "remark": offer.remark,
                }
            )
        rated = [line["cost"] for line in lines if line["is_rated"]]
        dated = [line["arrival"] for line in lines if line["has_days"]]
        for line in lines:
            line["is_cheapest"] = line["is_rated"] and line["cost"] == min(rated)
            line["is_fastest"] = line["has_days"] and line["arrival"] == min(dated)
        return sorted(lines, key=lambda line: (not line["is_rated"], line["cost"]))

    @public_act
    def action_ask_outside(self):
        """Ask the providers outside for their rates, too."""
        self.ensure_one()
        self.picking_id._check_may_choose_carrier()
        take_turns(self.picking_id)
        return self._fill(ask_outside=True)

from odoo import api, fields, models

from ..models.mechanism.engine import public_act


class OrderSuspensionWizard(models.TransientModel):
    """Asks what of an order is suspended or goes on, and why. [CFM-8]"""

    _name = "order.suspension.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Suspend or Resume an Order"

    order_id = fields.Many2one("sale.order", required=True)
    mode = fields.Selection(
        [("suspend", "Suspend"), ("resume", "Resume")], required=True
    )
    line_ids = fields.Many2many(
        "sale.order.line",
        string="Lines",
        domain="[('order_id', '=', order_id), ('display_type', '=', False), "
        "('is_suspended', '=', mode == 'resume')]",
        help="None: the whole order.",
    )
    reason = fields.Text()
    reservations = fields.Selection(
        [("keep", "Keep"), ("give", "Give back to others")],
        string="Reserved Goods",
        required=True,
        default="keep",
        help="Given back, nothing is reserved for it until it is resumed.",
    )
    tells_customer = fields.Boolean(string="Tell the Customer")
    message = fields.Text(
        string="Message to the Customer",
        compute="_compute_message",
        store=True,
        readonly=False,
    )

    @api.depends("order_id", "mode")
    def _compute_message(self):
        for wizard in self:
            spoken = wizard.with_context(lang=wizard.order_id.partner_id.lang)
            wizard.message = spoken._get_message(wizard.mode, wizard.order_id.name)

    def _get_message(self, mode, name):
        if mode == "suspend":
            return self.env._(
                "We have to suspend your order %s for the moment. We will tell you as "
                "soon as it goes on.",
                name,
            )
        return self.env._("Your order %s goes on from today.", name)

    @public_act
    def action_confirm(self):
        """Suspend or resume what was chosen.

        :raise AccessError: the caller does not belong to those who may
        """
        self.ensure_one()
        told = self.message if self.tells_customer else ""
        suspension = self.env["order.suspension"]
        if self.mode == "suspend":
            suspension._suspend(
                self.order_id,
                self.line_ids,
                self.reason,
                gives_back=self.reservations == "give",
                message=told,
            )
        else:
            suspension._resume(self.order_id, self.line_ids, self.reason, message=told)
        return True

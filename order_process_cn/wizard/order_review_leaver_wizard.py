from odoo import fields, models

from ..models.mechanism.engine import public_act


class OrderReviewLeaverWizard(models.TransientModel):
    """Hands everything that waits for a leaver to somebody else, in one go (CSN-3)."""

    _name = "order.review.leaver.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Hand Over the Seats of a Leaver"

    leaver_id = fields.Many2one(
        "res.users",
        string="Who Leaves",
        required=True,
        domain="[('share', '=', False)]",
        context={"active_test": False},
    )
    user_id = fields.Many2one(
        "res.users",
        string="Signs from Now on",
        required=True,
        domain="[('share', '=', False)]",
    )
    only_empty = fields.Boolean(
        string="Only Seats That Nobody Can Sign",
        help="For somebody who stays, but may not sign a seat that was asked of him.",
    )
    reason = fields.Text()

    @public_act
    def action_confirm(self):
        self.ensure_one()
        count = self.env["order.review"].action_hand_over(
            self.leaver_id.id, self.user_id.id, self.reason, self.only_empty
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%s seats were handed over.", count),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

from odoo import fields, models


class OrderReviewSubmitWizardLine(models.TransientModel):
    _name = "order.review.submit.wizard.line"
    _inherit = ["order.question.mixin"]
    _description = "Chosen Signer"

    wizard_id = fields.Many2one(
        "order.review.submit.wizard", required=True, ondelete="cascade"
    )
    seat_id = fields.Many2one("order.review.seat", required=True)
    stage_id = fields.Many2one(related="seat_id.stage_id")
    user_id = fields.Many2one(
        "res.users", string="Signer", required=True, domain="[('share', '=', False)]"
    )

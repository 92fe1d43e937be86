from odoo import fields, models

from ..models.review_route.order_review_question import ANSWERS


class OrderReviewSignWizardAnswer(models.TransientModel):
    """One question of the stage, answered while signing (URG-2)."""

    _name = "order.review.sign.wizard.answer"
    _inherit = ["order.question.mixin"]
    _description = "Answer of a Signer"

    wizard_id = fields.Many2one(
        "order.review.sign.wizard", required=True, ondelete="cascade"
    )
    question_id = fields.Many2one(
        "order.review.question", required=True, ondelete="cascade"
    )
    answer = fields.Selection(ANSWERS)
    note = fields.Char(string="Remark")

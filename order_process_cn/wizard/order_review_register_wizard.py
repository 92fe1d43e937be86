from odoo import fields, models

from ..models.mechanism.engine import public_act


class OrderReviewRegisterWizard(models.TransientModel):
    """Asks a clerk for what was decided on paper or in a group chat (CSN-4)."""

    _name = "order.review.register.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Register a Decision"

    review_id = fields.Many2one("order.review", required=True)
    task_id = fields.Many2one(
        "order.review.task",
        string="Seat",
        required=True,
        domain="[('review_id', '=', review_id), ('state', '=', 'open')]",
    )
    signer_id = fields.Many2one(
        "res.users",
        string="Who Decided",
        required=True,
        domain="[('share', '=', False)]",
    )
    decision = fields.Selection(
        [
            ("agree", "Agreed"),
            ("conditional", "Agreed with conditions"),
            ("decline", "Declined"),
        ],
        required=True,
        default="agree",
    )
    medium = fields.Selection(
        [("paper", "On paper"), ("chat", "In a group chat")],
        required=True,
        default="paper",
    )
    signed_on = fields.Date(string="Date on It", default=fields.Date.context_today)
    opinion = fields.Text()
    conditions = fields.Text()
    evidence_ids = fields.Many2many("ir.attachment", required=True)

    @public_act
    def action_confirm(self):
        self.ensure_one()
        return self.task_id.action_register(
            self.decision,
            self.signer_id.id,
            self.medium,
            self.evidence_ids.ids,
            opinion=self.opinion,
            conditions=self.conditions,
            signed_on=self.signed_on,
        )

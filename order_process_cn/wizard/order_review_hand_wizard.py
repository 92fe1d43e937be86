from odoo import fields, models

from ..models.mechanism.engine import public_act


class OrderReviewHandWizard(models.TransientModel):
    """Asks to whom a seat goes, or who is to sign as well."""

    _name = "order.review.hand.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Transfer or Add a Signer"

    task_ids = fields.Many2many("order.review.task", required=True)
    act = fields.Selection(
        [
            ("transfer", "Transfer"),
            ("before", "Add before me"),
            ("beside", "Add beside me"),
            ("after", "Add after me"),
        ],
        required=True,
        default="transfer",
    )
    user_ids = fields.Many2many(
        "res.users", string="Persons", required=True, domain="[('share', '=', False)]"
    )
    reason = fields.Text()

    @public_act
    def action_confirm(self):
        self.ensure_one()
        if self.act == "transfer":
            return self.task_ids.action_transfer(self.user_ids[:1].id, self.reason)
        return self.task_ids.action_add_signers(
            self.user_ids.ids, self.act, self.reason
        )

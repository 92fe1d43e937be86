from odoo import fields, models

from ..models.mechanism.engine import public_act


class OrderReviewReasonWizard(models.TransientModel):
    """Asks for a reason or a text before an act on a whole review."""

    _name = "order.review.reason.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Reason"

    review_ids = fields.Many2many("order.review")
    task_ids = fields.Many2many("order.review.task")
    act = fields.Selection(
        [
            ("withdraw", "Withdraw"),
            ("take_back", "Take back my agreement"),
            ("urge", "Urge"),
            ("copy", "Copy to"),
            ("comment", "Comment"),
            ("contest", "Contest"),
            ("remove", "Remove the signer I added"),
            ("terminate", "Terminate"),
        ],
        required=True,
    )
    user_ids = fields.Many2many(
        "res.users", string="Persons", domain="[('share', '=', False)]"
    )
    text = fields.Text(string="Reason")

    @public_act
    def action_confirm(self):
        self.ensure_one()
        acts = {
            "withdraw": lambda: self.review_ids.action_withdraw(self.text),
            "take_back": lambda: self.task_ids.action_take_back(self.text),
            "urge": lambda: self.review_ids.action_urge(self.text),
            "copy": lambda: self.review_ids.action_copy_to(
                self.user_ids.ids, self.text
            ),
            "comment": lambda: self.review_ids.action_comment(self.text),
            "remove": lambda: self.task_ids.action_remove_signers(self.text),
            "contest": lambda: self.task_ids.action_contest(self.text),
            "terminate": lambda: self.review_ids.action_terminate(self.text),
        }
        return acts[self.act]()

from odoo import api, fields, models

from ..models.mechanism.engine import public_act


class OrderReviewSubmitWizard(models.TransientModel):
    """Asks the submitter whom he chooses for the seats that he fills (CSN-2)."""

    _name = "order.review.submit.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Choose the Signers"

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    line_ids = fields.One2many("order.review.submit.wizard.line", "wizard_id")

    @api.model
    def default_get(self, fields_list):  # pylint: disable=arguments-renamed
        values = super().default_get(fields_list)
        seat_ids = self.env.context.get("default_seat_ids") or []
        values["line_ids"] = [
            fields.Command.create({"seat_id": seat_id}) for seat_id in seat_ids
        ]
        return values

    @public_act
    def action_confirm(self):
        self.ensure_one()
        document = self.env[self.res_model].browse(self.res_id)
        return document.action_review_submit(
            {line.seat_id.id: line.user_id.id for line in self.line_ids}
        )

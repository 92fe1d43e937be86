from odoo import fields, models

from ..models.mechanism.engine import public_act


class OrderStatementWizard(models.TransientModel):
    """Asks for a written confirmation of one's own department, for a document that came
    back from the customer, or for what is wrong with one."""

    _name = "order.statement.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Written Confirmation"

    order_id = fields.Many2one("sale.order")
    statement_id = fields.Many2one("order.statement")
    change_id = fields.Many2one("order.change.request")
    mode = fields.Selection(
        [
            ("own", "Own"),
            ("returned", "Returned"),
            ("again", "Again"),
            ("change", "Change"),
        ],
        required=True,
    )
    own_kind = fields.Selection(
        [
            ("technical", "Technical confirmation"),
            ("material", "Material confirmation"),
        ],
        string="What",
        default="technical",
    )
    returned_kind = fields.Selection(
        [
            ("returned", "Signed return of the confirmation"),
            ("conditions", "Acceptance of our conditions"),
            ("drawing", "Drawing confirmed by the customer"),
        ],
        string="Document",
        default="returned",
    )
    signed_by = fields.Char(string="Signed by")
    text = fields.Text()
    evidence_ids = fields.Many2many("ir.attachment", string="Scan")

    @public_act
    def action_confirm(self):
        self.ensure_one()
        if self.mode == "own":
            return self.order_id.action_state_in_writing(
                self.own_kind, self.text, self.evidence_ids.ids
            )
        if self.mode == "returned":
            return self.order_id.action_register_return(
                self.returned_kind, self.signed_by, self.evidence_ids.ids, self.text
            )
        if self.mode == "change":
            return self.change_id.action_register_agreement(
                self.signed_by or "", self.evidence_ids.ids, self.text
            )
        return self.statement_id.action_reject(self.text)

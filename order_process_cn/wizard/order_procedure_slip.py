from odoo import fields, models

from ..models.mechanism.engine import public_act


class OrderProcedureSlip(models.TransientModel):
    """First passwords, shown once and stored nowhere; from there the way goes on to a
    sample order."""

    _name = "order.procedure.slip"
    _inherit = ["order.question.mixin"]
    _description = "First Passwords"

    slip = fields.Text(readonly=True, store=False)
    page_id = fields.Many2one(
        "order.procedure.switch",
        string="Page of the Procedure",
        readonly=True,
        ondelete="cascade",
    )

    @public_act
    def action_make_sample(self):
        """Make a sample order of the procedure, see the page of it."""
        self.ensure_one()
        self.check_access("write")
        return self.page_id.action_make_sample()

from odoo import fields, models


class OrderImportWizardLine(models.TransientModel):
    """A cell that cannot be read, and what to do about it."""

    _name = "order.import.wizard.line"
    _inherit = ["order.question.mixin"]
    _description = "Cell to Be Mended"
    _order = "page_id, row_number, cell, id"
    _rec_name = "cell"

    page_id = fields.Many2one(
        "order.import.wizard", required=True, ondelete="cascade", index=True
    )
    row_number = fields.Integer(string="Row")
    cell = fields.Char()
    column_label = fields.Char(string="Column")
    cell_text = fields.Char(string="In the Cell")
    advice = fields.Char(string="What to Do")

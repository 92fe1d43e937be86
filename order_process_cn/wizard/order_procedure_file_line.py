from odoo import fields, models


class OrderProcedureFileLine(models.TransientModel):
    """One difference between a file and what is configured here."""

    _name = "order.procedure.file.line"
    _inherit = ["order.question.mixin"]
    _description = "Difference of a Procedure"
    _order = "page_id, sequence, id"
    _rec_name = "record_name"

    page_id = fields.Many2one(
        "order.procedure.file", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer()
    state = fields.Selection(
        [
            ("new", "New Here"),
            ("changed", "Is Changed"),
            ("gone", "Is Taken Away"),
            ("same", "The Same"),
        ],
        string="Effect of the File",
        required=True,
    )
    record_name = fields.Char(string="Part")
    field_label = fields.Char(string="Which Field")
    old_value = fields.Text(string="Here Now")
    new_value = fields.Text(string="In the File")

from odoo import fields, models


class OrderProcedureSwitchPart(models.TransientModel):
    """One thing that becomes active, or is switched off."""

    _name = "order.procedure.switch.part"
    _inherit = ["order.question.mixin"]
    _description = "What Becomes Active"
    _order = "id"

    page_id = fields.Many2one(
        "order.procedure.switch", required=True, ondelete="cascade", index=True
    )
    part_id = fields.Many2one(
        "order.procedure.part", required=True, readonly=True, ondelete="cascade"
    )
    res_model = fields.Selection(related="part_id.res_model")
    is_chosen = fields.Boolean(string="Do It")
    is_on = fields.Boolean(string="In Force", readonly=True)
    effect = fields.Char(string="What Happens", readonly=True)
    also_in = fields.Char(string="Also Part of", readonly=True)

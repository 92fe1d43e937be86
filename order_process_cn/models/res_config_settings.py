from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    order_urge_gap = fields.Integer(
        related="company_id.order_urge_gap",
        readonly=False,
        string="Minutes between Urging",
    )
    order_invoice_before_effect = fields.Boolean(
        related="company_id.order_invoice_before_effect",
        readonly=False,
        string="Invoice before Effect",
    )
    order_forfeiture_account_id = fields.Many2one(
        related="company_id.order_forfeiture_account_id",
        readonly=False,
        string="Account of Forfeited Deposits",
    )
    order_forfeiture_tax_ids = fields.Many2many(
        related="company_id.order_forfeiture_tax_ids",
        readonly=False,
        string="Taxes on Forfeited Deposits",
    )
    order_notices = fields.Boolean(
        string="To-Dos for Signers",
        config_parameter="order_process_cn.notices",
        default=True,
    )
    order_production_gate = fields.Selection(
        related="company_id.order_production_gate",
        readonly=False,
        string="Countersign Guards",
    )
    order_slip_unit = fields.Selection(
        related="company_id.order_slip_unit",
        readonly=False,
        string="Promised Date Slips by",
    )

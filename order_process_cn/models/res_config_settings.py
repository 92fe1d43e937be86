from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import str2bool

from .review.order_review_notice import PARAMETER as NOTICES


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
    order_effect_grace_hours = fields.Float(
        related="company_id.order_effect_grace_hours",
        readonly=False,
        string="Grace for Lost Deposits",
    )
    order_legal_cap_percent = fields.Float(
        string="Legal Limit %",
        config_parameter="order_process_cn.legal_cap_percent",
    )
    order_calendar_id = fields.Many2one(
        related="company_id.resource_calendar_id",
        readonly=False,
        string="Working Hours of the Company",
    )
    order_calendar_hint = fields.Char(compute="_compute_order_calendar_hint")
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
    order_notices = fields.Boolean(string="To-Dos for Signers")
    order_production_gate = fields.Selection(
        related="company_id.order_production_gate",
        readonly=False,
        string="Countersign Guards",
    )
    order_retention_years = fields.Integer(
        related="company_id.order_retention_years",
        readonly=False,
        string="Years Orders Are Kept",
    )
    order_purchase_gate = fields.Selection(
        related="company_id.order_purchase_gate",
        readonly=False,
        string="Bought on Request Only",
    )
    order_count_by_manager = fields.Boolean(
        related="company_id.order_count_by_manager",
        readonly=False,
        string="Counts of Inspected Goods by Inventory Managers",
    )
    order_report_over_percent = fields.Float(
        related="company_id.order_report_over_percent",
        readonly=False,
        string="Reported beyond What Came In %",
    )
    order_slip_unit = fields.Selection(
        related="company_id.order_slip_unit",
        readonly=False,
        string="Promised Date Slips by",
    )

    order_ships_on_orders_only = fields.Boolean(
        related="company_id.order_ships_on_orders_only",
        readonly=False,
        string="Goods Leave for Sales Orders Only",
    )

    @api.depends("company_id", "order_calendar_id")
    @api.depends_context("lang")
    def _compute_order_calendar_hint(self):
        for settings in self:
            hours = settings.order_calendar_id
            settings.order_calendar_hint = settings.company_id._find_calendar_hint(
                hours
            )

    @api.constrains("order_legal_cap_percent")
    def _check_legal_cap_percent(self):
        if any(not 0 <= s.order_legal_cap_percent <= 100 for s in self):
            raise ValidationError(self.env._("Percentages are between 0 and 100."))

    # core forgets a parameter that is false, but this one is on where nothing is said

    @api.model
    def get_values(self):
        notices = self.env["ir.config_parameter"].get_param(NOTICES, "True")
        return {**super().get_values(), "order_notices": str2bool(notices)}

    def set_values(self):
        super().set_values()
        self.env["ir.config_parameter"].set_param(NOTICES, str(self.order_notices))

from odoo import api, fields, models


class OrderLedgerSheetLine(models.Model):
    """What one entry of the ledger adds to a monthly sheet, as it was then (ACC-1)."""

    _name = "order.ledger.sheet.line"
    _inherit = ["order.engine.mixin"]
    _description = "Line of the Monthly Sheet"
    _order = "sheet_id, department_id, user_id, happened_on, id"
    _rec_name = "entry_id"

    sheet_id = fields.Many2one(
        "order.ledger.sheet",
        string="Monthly Sheet",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="sheet_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(
        string="Month of the Sheet", related="sheet_id.date_from", store=True
    )
    sheet_state = fields.Selection(
        related="sheet_id.state", string="State of the Sheet", store=True
    )
    entry_id = fields.Many2one(
        "order.ledger.entry",
        string="Fine or Reward",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    rule_id = fields.Many2one(related="entry_id.rule_id", string="Reason")
    document_name = fields.Char(related="entry_id.document_name")
    decided_by_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Person Concerned",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    department_id = fields.Many2one(
        "order.department",
        string="Department of the Person",
        readonly=True,
        ondelete="restrict",
    )
    team_id = fields.Many2one(
        "crm.team", string="Region", readonly=True, ondelete="restrict"
    )
    happened_on = fields.Date(required=True, readonly=True)
    balance = fields.Monetary(string="Counts", readonly=True)
    is_correction = fields.Boolean(
        string="Correction",
        readonly=True,
        help="The entry stood on a sheet before; this is what has changed since.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self.sheet_id._check_open()

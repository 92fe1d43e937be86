from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..given.given import check_given
from .order_score_standard import SATISFACTION

LEDGER, LIMIT, COMPLAINT, HAND = "ledger", "limit", "complaint", "hand"


class OrderScoreFinding(models.Model):
    """What takes points off a score sheet: noted by the process, each once, or by
    whoever scores, with a reason (ACC-2)."""

    _name = "order.score.finding"
    _inherit = ["order.engine.mixin", "order.about.mixin"]
    _description = "Finding of a Score Sheet"
    _order = "happened_on, id"
    _rec_name = "document_name"

    sheet_id = fields.Many2one(
        "order.score.sheet",
        string="Score Sheet",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    line_id = fields.Many2one(
        "order.score.line",
        string="Takes Off From",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('sheet_id', '=', parent.id), ('per_finding', '>', 0)]",
    )
    company_id = fields.Many2one(related="sheet_id.company_id", store=True)
    user_id = fields.Many2one(related="sheet_id.user_id", store=True)
    kind = fields.Selection(
        [
            (LEDGER, "Fine"),
            (LIMIT, "Limit Missed"),
            (COMPLAINT, "Customer Complaint"),
            (HAND, "Entered by Hand"),
        ],
        string="Kind of Finding",
        required=True,
        readonly=True,
        default=HAND,
    )
    # what it was found in, once a person; where that is shown
    source = fields.Char(readonly=True)
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", readonly=True
    )
    document_name = fields.Char(string="Document Number", readonly=True)
    happened_on = fields.Date(string="Noted on", required=True, readonly=True)
    reason = fields.Char(string="Why It Takes Points Off")
    entered_by_id = fields.Many2one(
        "res.users", string="Entered by", readonly=True, ondelete="restrict"
    )
    struck_reason = fields.Char(
        string="Does Not Count Because",
        help="Whoever scores says why it is not counted against the person.",
    )
    is_counted = fields.Boolean(
        string="Takes Points Off", compute="_compute_is_counted", store=True
    )

    _source_uniq = models.UniqueIndex(
        "(user_id, source) WHERE source IS NOT NULL",
        "This was counted against the person already.",
    )

    @api.depends("struck_reason")
    def _compute_is_counted(self):
        for finding in self:
            finding.is_counted = not (finding.struck_reason or "").strip()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            check_given(self, vals_list)  # before it is looked for
            vals_list = [self._complete_entry(vals) for vals in vals_list]
        findings = super().create(vals_list)
        findings.sheet_id._check_not_confirmed()
        return findings

    @api.model
    def _complete_entry(self, vals):
        """Return the values of what somebody enters by hand."""
        if vals.keys() - {"line_id", "reason", "sheet_id"}:
            raise AccessError(self._spell_entered())
        line = self.env["order.score.line"].browse(vals.get("line_id")).exists()
        if not line or not line.per_finding:
            raise UserError(
                self.env._("Choose the line that the finding takes points off from.")
            )
        if not (vals.get("reason") or "").strip():
            raise UserError(self.env._("Say what was found."))
        line.check_access("read")
        sheet = line.sheet_id
        if vals.get("sheet_id", sheet.id) != sheet.id:
            raise AccessError(self._spell_entered())
        sheet._check_may_score()
        today = sheet.company_id._calendar_day(fields.Datetime.now())
        return {
            "sheet_id": sheet.id,
            "line_id": line.id,
            "kind": COMPLAINT if line.section == SATISFACTION else HAND,
            "reason": vals["reason"],
            "happened_on": min(today, sheet.date_to),
            "entered_by_id": self.env.uid,
        }

    def write(self, vals):
        if not self.env.su:
            if vals.keys() - {"struck_reason"}:
                raise AccessError(self._spell_entered())
            self.sheet_id._check_may_score()
        if "struck_reason" in vals:
            self.sheet_id._check_not_confirmed()
        return super().write(vals)

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Of a finding one enters the line and what was found, and later why it "
            "does not count."
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self.sheet_id._check_not_confirmed()

    def _get_document_address(self):
        if not self.res_model:
            raise UserError(
                self.env._("It was entered by hand: no document is behind it.")
            )
        return super()._get_document_address()

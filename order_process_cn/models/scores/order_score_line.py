from odoo import api, fields, models
from odoo.exceptions import AccessError

from .order_score_standard import SECTIONS

OWN = frozenset({"self_points"})
SCORED = frozenset({"manager_points", "remark"})


class OrderScoreLine(models.Model):
    """One line of a score sheet, with words and figures of its standard as they were
    when the sheet was made (ACC-2)."""

    _name = "order.score.line"
    _inherit = ["order.engine.mixin"]
    _description = "Line of a Score Sheet"
    _order = "sheet_id, sequence, id"

    sheet_id = fields.Many2one(
        "order.score.sheet",
        string="Score Sheet",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="sheet_id.company_id", store=True)
    standard_id = fields.Many2one(
        "order.score.standard",
        string="Standard of a Score Sheet",
        readonly=True,
        index="btree_not_null",
    )
    sequence = fields.Integer(readonly=True)
    section = fields.Selection(
        SECTIONS, string="Scored Subject", required=True, readonly=True
    )
    # {"name": {language: text}, "standard": {…}}
    standard_words = fields.Json(readonly=True)
    name = fields.Char(string="Indicator", compute="_compute_standard")
    standard = fields.Text(string="Standard of Scoring", compute="_compute_standard")
    max_points = fields.Integer(string="Full Score", required=True, readonly=True)
    per_finding = fields.Integer(string="Taken Off per Finding", readonly=True)
    finding_ids = fields.One2many("order.score.finding", "line_id")
    finding_count = fields.Integer(
        string="Number of Findings", compute="_compute_points", store=True
    )
    self_points = fields.Integer(string="Own Points")
    manager_points = fields.Integer(string="Points Given")
    points = fields.Integer(
        string="Points That Count",
        compute="_compute_points",
        store=True,
        help="The full score less what the findings take off, or what whoever scores "
        "has given.",
    )
    remark = fields.Char(string="Remark on the Score")

    _points_in_range = models.Constraint(
        "CHECK(self_points BETWEEN 0 AND max_points "
        "AND manager_points BETWEEN 0 AND max_points)",
        "Points are between 0 and the full score of the line.",
    )

    @api.depends(
        "finding_ids.is_counted", "max_points", "per_finding", "manager_points"
    )
    def _compute_points(self):
        for line in self:
            count = len(line.finding_ids.filtered("is_counted"))
            line.finding_count = count
            if line.per_finding:
                line.points = max(0, line.max_points - line.per_finding * count)
            else:
                line.points = line.manager_points

    @api.depends("standard_words")
    @api.depends_context("lang")
    def _compute_standard(self):
        lang = self.env.lang or "en_US"
        for line in self:
            for name in ("name", "standard"):
                texts = (line.standard_words or {}).get(name) or {}
                line[name] = texts.get(lang) or texts.get("en_US") or ""

    @api.depends("standard_words")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name

    @api.model
    def _prepare(self, standard):
        """Return the values of a line, of what the standard says now."""
        return {
            "standard_id": standard.id,
            "sequence": standard.sequence,
            "section": standard.section,
            "standard_words": {
                name: standard._translations_of(name) for name in ("name", "standard")
            },
            "max_points": standard.max_points,
            "per_finding": standard.per_finding,
        }

    def write(self, vals):
        if not self.env.su:
            self._check_entered(vals.keys())
        if (OWN | SCORED) & vals.keys():
            self.sheet_id._check_not_confirmed()
        return super().write(vals)

    def _check_entered(self, names):
        """Refuse what this person may not enter now: the person scored his own points,
        whoever scores those that he gives."""
        if names - OWN - SCORED:
            raise AccessError(
                self.env._(
                    "Lines of a score sheet come from the standards of the role: only "
                    "points and remarks are entered."
                )
            )
        if names & OWN:
            self.sheet_id._check_own_score()
        if names & SCORED:
            self.sheet_id._check_may_score()

import re

from odoo import api, fields, models

from .order_inspection_item import MEASURE, PASS

PASSED, FAILED = "pass", "fail"


class OrderInspectionLine(models.Model):
    """What was found of one item: as it was asked when the inspection began."""

    _name = "order.inspection.line"
    _inherit = ["order.document.line.mixin"]
    _description = "Inspected Item"
    _document = "inspection_id"
    _entered = frozenset({"verdict", "measures", "note", "snapshot"})
    _order = "inspection_id, sequence, id"

    inspection_id = fields.Many2one(
        "order.inspection",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(readonly=True)
    name = fields.Char(string="Inspected Item", required=True, readonly=True)
    kind = fields.Selection(
        [(PASS, "Pass or Fail"), (MEASURE, "Measurement")], required=True, readonly=True
    )
    norm = fields.Char(string="Criteria", readonly=True)
    min_value = fields.Float(string="Minimum", digits=(16, 4), readonly=True)
    max_value = fields.Float(string="Maximum", digits=(16, 4), readonly=True)
    unit = fields.Char(readonly=True)
    wants_picture = fields.Boolean(readonly=True)
    asked = fields.Char(string="To Be", compute="_compute_asked")
    verdict = fields.Selection([(PASSED, "Pass"), (FAILED, "Fail")])
    measures = fields.Char(
        string="Measured Values",
        help="One number a piece, with a space between them.",
    )
    result = fields.Selection(
        [(PASSED, "Pass"), (FAILED, "Fail")], compute="_compute_result", store=True
    )
    note = fields.Char(string="Found")
    snapshot = fields.Image(string="Picture", max_width=1920, max_height=1920)

    @api.depends("norm", "kind", "min_value", "max_value", "unit")
    def _compute_asked(self):
        for line in self:
            line.asked = line._spell_asked()

    def _spell_asked(self):
        parts = [self.norm]
        if self.kind == MEASURE:
            spell = self.env["res.lang"]._spell_number
            low, high = (spell(n, 4) for n in (self.min_value, self.max_value))
            parts.append(f"{low} ~ {high} {self.unit or ''}".rstrip())
        return " ".join(part for part in parts if part)

    @api.depends("kind", "verdict", "measures", "min_value", "max_value")
    def _compute_result(self):
        for line in self:
            if line.kind == PASS:
                line.result = line.verdict
            else:
                numbers = line._get_numbers()
                fits = all(line.min_value <= n <= line.max_value for n in numbers or ())
                line.result = bool(numbers) and (PASSED if fits else FAILED)

    def _get_numbers(self):
        """Return the measures of one line; ``None``: something is no number."""
        words = re.split(r"[\s,;，；、]+", (self.measures or "").strip())
        try:
            return [float(word) for word in words if word]
        except ValueError:
            return None

    def _find_problems(self):
        """Return what is missing of one item, in words."""
        problems = []
        if self.kind == MEASURE and self._get_numbers() is None:
            problems.append(
                self.env._("%s: measures are numbers with spaces between", self.name)
            )
        elif not self.result:
            problems.append(self.env._("%s: say what was found", self.name))
        if self.wants_picture and not self.snapshot:
            problems.append(self.env._("%s: take a picture", self.name))
        return problems

    def _spell(self):
        """Return one item and what was found of it."""
        results = dict(self._fields["result"]._description_selection(self.env))
        found = [results.get(self.result), self.measures, self.note]
        return f"{self.name}: {', '.join(filter(None, found))}"

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Of an inspected item people enter what they found; what is asked follows "
            "from the inspection point."
        )

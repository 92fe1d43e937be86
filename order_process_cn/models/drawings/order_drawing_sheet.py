from odoo import api, fields, models

from ...tools.canonical import digest

SHEET_KINDS = [
    ("part", "Part Drawing"),
    ("weld", "Welding Drawing"),
    ("assembly", "Assembly Drawing"),
    ("outside", "Drawing for Subcontracting"),
]


class OrderDrawingSheet(models.Model):
    """One drawing of a set: number, revision, file (MFG-2)."""

    _name = "order.drawing.sheet"
    _inherit = ["order.document.line.mixin"]
    _description = "Drawing"
    _order = "set_id, sequence, id"
    _document = "set_id"
    _entered = frozenset({"sequence", "number", "revision", "title", "kind", "file"})
    _entered |= {"file_name"}
    _given = frozenset()

    set_id = fields.Many2one(
        "order.drawing.set", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    number = fields.Char(string="Drawing No.", required=True)
    revision = fields.Char(string="Drawing Version")
    title = fields.Char(string="Name of Drawing")
    kind = fields.Selection(
        SHEET_KINDS, string="Kind of Drawing", required=True, default="part"
    )
    file = fields.Binary(string="Drawing File", attachment=True)
    file_name = fields.Char()

    @api.depends("number", "revision")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = sheet._spell()

    def _spell(self):
        """Return number and version of one drawing."""
        return " ".join(filter(None, [self.number, self.revision]))

    def write(self, vals):
        result = super().write(vals)
        if "file" in vals:
            # its checksum is a fact, and no field of the line
            self.set_id._watch_review_facts()
        return result

    def unlink(self):
        self.set_id._check_open()
        return super().unlink()

    def _get_checksums(self):
        """Return ``{id: checksum of its file}``: of the bytes as they are stored now,
        by whatever road they came there."""
        # whoever vouches for a drawing need not see the file itself
        files = self.env["ir.attachment"].sudo()
        found = files.search_fetch(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "file"),
                ("res_id", "in", self.ids),
            ],
            ["res_id", "checksum"],
        )
        return {file.res_id: file.checksum or "" for file in found}

    def _get_digest(self):
        """Return what was handed over, as one fingerprint: numbers, versions, files."""
        checksums = self._get_checksums()
        return digest(
            sorted(
                [sheet.number, sheet.revision or "", checksums.get(sheet.id, "")]
                for sheet in self
            )
        )

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Of a drawing people enter number, version, name, kind and file."
        )

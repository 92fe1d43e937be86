from odoo import models

from ...tools.paper_blocks import Cell, Column, Facts, Row, Table


class OrderPaperF25B(models.AbstractModel):
    """绩效考核表 (F25): standards, points of the person and of whoever scores, what was
    found, adjustment and the final score. [ACC-2]"""

    _name = "order.paper.f25b"
    _inherit = ["order.paper"]
    _description = "Score Sheet"

    _code = "F25B"

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        sheet = doc.sudo()  # whoever may read a sheet may read all of its paper
        return [
            Facts(self._get_score_head(sheet)),
            self._get_scores(sheet),
            *self._get_findings(sheet),
            *self._get_countersign(
                [
                    self._get_box(
                        self.env._("Person Scored"),
                        sheet.user_id.name if sheet.handed_on else "",
                        time=sheet._spell_moment(sheet.handed_on),
                    ),
                    self._get_box(
                        self.env._("Department Manager"),
                        sheet.confirmed_by_id.name,
                        time=sheet._spell_moment(sheet.confirmed_on),
                    ),
                ]
            ),
        ]

    def _get_score_head(self, sheet):
        period = [sheet._spell_date(day) for day in (sheet.date_from, sheet.date_to)]
        facts = [
            (self.env._("Person Scored"), sheet.user_id.name),
            (self.env._("Scored Role"), sheet.role_id.name),
            (self.env._("Department"), sheet.department_id.name or ""),
            (self.env._("Period"), " – ".join(period)),
            (self.env._("Complaints Counted"), str(sheet.complaint_count)),
        ]
        if sheet.adjustment:
            label = self.env._("Points Added or Taken Away")
            said = f"{sheet.adjustment:+d}: {sheet.adjustment_reason or ''}"
            facts.append((label, said))
        label = self.env._("Final Score")
        return [*facts, (label, f"{sheet.final_score} / {sheet.full_score}")]

    def _get_scores(self, sheet):
        """Return the table of P27 1.3, a row for each standard and one for the sum."""
        sections = dict(
            sheet.line_ids._fields["section"]._description_selection(self.env)
        )
        columns = [
            Column(self.env._("Scored Subject"), 12),
            Column(self.env._("Indicator"), 14),
            Column(self.env._("Standard of Scoring"), 36),
            Column(self.env._("Full Score"), 7, "center"),
            Column(self.env._("Own Points"), 7, "center"),
            Column(self.env._("Department Manager's Points"), 9, "center"),
            Column(self.env._("Remarks"), 15),
        ]
        rows = [
            [
                sections[line.section],
                line.name,
                (line.standard or "").splitlines() or "",
                line.max_points,
                line.self_points,
                line.points,
                self._spell_remark(line),
            ]
            for line in sheet.line_ids
        ]
        total = Row(
            [
                Cell([self.env._("Total")], span=3, bold=True),
                Cell([str(sheet.full_score)], bold=True),
                Cell([str(sheet.self_total)], bold=True),
                Cell([str(sum(sheet.line_ids.mapped("points")))], bold=True),
                Cell([""]),
            ]
        )
        return Table(columns, [*rows, total])

    def _spell_remark(self, line):
        found = self.env._("Findings: %s", line.finding_count)
        return [
            *([found] if line.finding_count else []),
            *([line.remark] if line.remark else []),
        ] or ""

    def _get_findings(self, sheet):
        """Return the table of what was noted, if there is anything."""
        rows = sheet.finding_ids
        if not rows:
            return []
        kinds = dict(rows._fields["kind"]._description_selection(self.env))
        columns = [
            Column(self.env._("Noted on"), 14, "center"),
            Column(self.env._("Kind of Finding"), 16),
            Column(self.env._("Document Number"), 22),
            Column(self.env._("Finding"), 24),
            Column(self.env._("Does Not Count Because"), 24),
        ]
        return [
            Table(
                columns,
                [
                    Row(
                        [
                            sheet._spell_date(row.happened_on),
                            kinds[row.kind],
                            row.document_name or "",
                            row.reason or row.line_id.name,
                            row.struck_reason or "",
                        ],
                        "" if row.is_counted else "void",
                    )
                    for row in rows
                ],
            )
        ]

    def _get_form(self, doc):
        form = super()._get_form(doc)
        if doc.state != "confirmed":
            form["watermark"] = self.env._("Not Confirmed")
        return form

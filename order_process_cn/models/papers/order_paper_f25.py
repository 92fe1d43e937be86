from odoo import models

from ...tools.paper_blocks import Cell, Column, Facts, Row, Table


class OrderPaperF25(models.AbstractModel):
    """奖惩月度汇总 (F25): what was decided, person by person, with the sums of each
    person, department and region, and what the law says of deductions. [ACC-1]"""

    _name = "order.paper.f25"
    _inherit = ["order.paper"]
    _description = "Monthly Sheet of Fines and Rewards"

    _code = "F25"

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        sheet = doc.sudo()  # whoever may read a sheet may read all of its paper
        month = [sheet._spell_date(day) for day in (sheet.date_from, sheet.date_to)]
        law = self.env._(
            "This sheet sums up what was decided; nothing is deducted by it. By law "
            "(interim provisions on the payment of wages, § 16) a deduction from wages "
            "is for damage caused to the employer and needs a basis that people were "
            "told of; it takes at most 20 % of the month's wage and leaves at least "
            "the local minimum wage. Whether it is lawful is examined in each case."
        )
        return [
            Facts(
                [
                    (self.env._("Month of the Sheet"), " – ".join(month)),
                    (
                        self.env._("Rewards Less Fines"),
                        self._spell_amount(sheet, sheet.total_balance),
                    ),
                ]
            ),
            self._get_entries(sheet),
            *self._get_sums(sheet, "department_id", self.env._("Department")),
            *self._get_sums(sheet, "team_id", self.env._("Region")),
            Facts([(self.env._("Law on Deductions"), law)]),
            *self._get_countersign(
                [
                    self._get_box(
                        self.env._("Signed Off by"),
                        sheet.signed_by_id.name,
                        time=sheet._spell_moment(sheet.signed_on),
                    ),
                    self._get_box(self.env._("Finance")),
                    self._get_box(self.env._("General Manager")),
                ]
            ),
        ]

    def _spell_amount(self, sheet, amount):
        return sheet.currency_id.format(amount)

    def _get_entries(self, sheet):
        """Return the table of the entries, with a sum below each person."""
        columns = [
            Column(self.env._("Item"), 6, "center"),
            Column(self.env._("Day"), 12, "center"),
            Column(self.env._("Person Concerned"), 12),
            Column(self.env._("Department"), 12),
            Column(self.env._("Reason"), 24),
            Column(self.env._("Document Number"), 12),
            Column(self.env._("Decided by"), 10),
            Column(self.env._("Amount"), 12, "end"),
        ]
        rows, number = [], 0
        by_person = sheet.line_ids.grouped("user_id")
        for person, lines in by_person.items():
            for line in lines:
                number += 1
                rows.append(self._get_row(number, line))
            label = self.env._("Sum of %s", person.name)
            total = self._spell_amount(sheet, sum(lines.mapped("balance")))
            rows.append(
                Row(
                    [
                        Cell([label], span=7, bold=True, align="end"),
                        Cell([total], bold=True),
                    ]
                )
            )
        return Table(columns, rows)

    def _get_row(self, number, line):
        reason = [line.rule_id.name]
        if line.is_correction:
            reason.append(self.env._("Correction of an earlier sheet"))
        return [
            number,
            line.sheet_id._spell_date(line.happened_on),
            line.user_id.name,
            line.department_id.name or "",
            reason,
            line.document_name or "",
            line.decided_by_id.name or "",
            self._spell_amount(line.sheet_id, line.balance),
        ]

    def _get_sums(self, sheet, name, label):
        """Return the table of the sums by ``name``, if anybody belongs to any."""
        groups = sheet.line_ids.grouped(name)
        if not any(groups):
            return []
        columns = [Column(label, 60), Column(self.env._("Amount"), 40, "end")]
        return [
            Table(
                columns,
                [
                    [
                        group.name or self.env._("None"),
                        self._spell_amount(sheet, sum(lines.mapped("balance"))),
                    ]
                    for group, lines in groups.items()
                ],
            )
        ]

    def _get_form(self, doc):
        form = super()._get_form(doc)
        if doc.state != "signed":
            form["watermark"] = self.env._("Not Signed Off")
        return form

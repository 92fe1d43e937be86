from odoo import models

from ...tools.paper_blocks import Column, Facts, Table


class OrderPaperF12(models.AbstractModel):
    """Inspection sheet (F12): what was looked at and found, and what becomes of it."""

    _name = "order.paper.f12"
    _inherit = ["order.paper"]
    _description = "Inspection Sheet"

    _code = "F12"

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        sheet = doc.sudo()  # whoever may read an inspection may read all of its paper
        return [
            Facts(self._get_inspection_head(sheet)),
            *self._get_items(sheet),
            Table(
                [
                    Column(self.env._("Outcome"), 60),
                    Column(self.env._("Quantity"), 40, "end"),
                ],
                [[label, quantity] for label, quantity in sheet._spell_outcome()],
            ),
            *self._get_texts(sheet),
            *self._get_countersign(self._get_inspectors(sheet)),
            *self._get_countersign(doc._get_form_seats()),
        ]

    def _get_inspection_head(self, sheet):
        unit = sheet.product_id.uom_id
        kinds = dict(sheet._fields["kind"]._description_selection(self.env))
        facts = [
            (self.env._("Kind"), kinds[sheet.kind]),
            (self.env._("Origin"), sheet.origin or ""),
            (self.env._("Product"), sheet.product_id.display_name),
            (self.env._("Vendor or Customer"), sheet.partner_name or ""),
            (self.env._("Quantity"), unit._spell_with_unit(sheet.quantity)),
            (self.env._("Sample"), unit._spell_with_unit(sheet.sample_size)),
            (self.env._("Faulty Allowed"), str(sheet.accept)),
            (self.env._("Faulty Found"), str(sheet.faulty)),
        ]
        if sheet.lot_name:
            facts.append((self.env._("Lot/Serial Number"), sheet.lot_name))
        if sheet.supersedes_id:
            facts.append((self.env._("Takes the Place of"), sheet.supersedes_id.name))
        return facts

    def _get_items(self, sheet):
        """Return the table of what was looked at, if anything is named."""
        if not sheet.line_ids:
            return []
        results = dict(
            sheet.line_ids._fields["result"]._description_selection(self.env)
        )
        return [
            Table(
                [
                    Column(self.env._("Item"), 6, "center"),
                    Column(self.env._("Inspected Item"), 24),
                    Column(self.env._("Criteria"), 26),
                    Column(self.env._("Found"), 32),
                    Column(self.env._("Result"), 12, "center"),
                ],
                [
                    [
                        number,
                        line.name,
                        line._spell_asked(),
                        [text for text in (line.measures, line.note) if text],
                        results.get(line.result, ""),
                    ]
                    for number, line in enumerate(sheet.line_ids, start=1)
                ],
            )
        ]

    def _get_texts(self, sheet):
        texts = [
            (self.env._("Findings"), sheet.finding),
            (self.env._("Rework Advice"), sheet.rework_advice),
        ]
        facts = [(label, text) for label, text in texts if text]
        return [Facts(facts)] if facts else []

    def _get_inspectors(self, sheet):
        seat = self.env._("Inspector")
        if not sheet.inspected_on:
            return [self._get_box(seat)]
        moment = sheet._spell_moment(sheet.inspected_on)
        return [
            self._get_box(seat, sheet.user_id.name, self.env._("Inspected"), moment)
        ]

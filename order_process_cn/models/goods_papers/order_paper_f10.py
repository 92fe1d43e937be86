from odoo import models

from ...tools.paper_blocks import Column, Facts, Table


class OrderPaperF10(models.AbstractModel):
    """图纸交接表 (F10): which drawings went to whom, who signed for them, and when they
    came back. [000 P02 ⑥]"""

    _name = "order.paper.f10"
    _inherit = ["order.paper"]
    _description = "Drawing Hand-over Sheet"

    _code = "F10"

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        drawings = doc.sudo()  # whoever may read a set may read all of its paper
        facts = [
            (self.env._("Product"), drawings.product_id.display_name),
            (self.env._("Origin"), drawings.origin or ""),
            (self.env._("Requested by"), drawings.requested_by_id.name or ""),
            (self.env._("Engineer"), drawings.user_id.name or ""),
        ]
        if drawings.note:
            facts.append((self.env._("What Is Needed"), drawings.note))
        return [
            Facts(facts),
            self._get_sheets(drawings),
            self._get_handovers(drawings),
            *self._get_countersign(doc._get_form_seats()),
        ]

    def _get_sheets(self, drawings):
        sheets = drawings.sheet_ids
        kinds = dict(sheets._fields["kind"]._description_selection(self.env))
        return Table(
            [
                Column(self.env._("Item"), 6, "center"),
                Column(self.env._("Drawing No."), 30),
                Column(self.env._("Drawing Version"), 12, "center"),
                Column(self.env._("Name of Drawing"), 34),
                Column(self.env._("Kind of Drawing"), 18),
            ],
            [
                [
                    number,
                    sheet.number,
                    sheet.revision or "",
                    sheet.title or "",
                    kinds[sheet.kind],
                ]
                for number, sheet in enumerate(sheets, start=1)
            ],
        )

    def _get_handovers(self, drawings):
        handovers = drawings.handover_ids
        kinds = dict(handovers._fields["kind"]._description_selection(self.env))
        return Table(
            [
                Column(self.env._("Kind of Set"), 13),
                Column(self.env._("Drawing Numbers"), 20),
                Column(self.env._("Number of Copies"), 7, "center"),
                Column(self.env._("Handed over by"), 15),
                Column(self.env._("Goes to"), 15),
                Column(self.env._("Received by"), 15),
                Column(self.env._("Recovered by"), 15),
            ],
            [
                [
                    kinds[h.kind],
                    h.sheet_text,
                    h.copy_count,
                    self._sign(drawings, h.given_by_id, h.given_on),
                    [h.place or "", h.department_id.name],
                    self._sign(drawings, h.received_by_id, h.received_on),
                    self._sign(drawings, h.returned_to_id, h.returned_on)
                    if h.must_return
                    else "—",
                ]
                for h in handovers
            ],
        )

    def _sign(self, drawings, user, moment):
        """Return who signed and when, or nothing: a place to sign by hand."""
        return [user.name, drawings._spell_moment(moment)] if moment else ""

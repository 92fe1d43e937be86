from odoo import models

from ...tools.paper_blocks import Column, Facts, Table


class OrderPaperF08(models.AbstractModel):
    """采购申请单 (F08): what is missing, for what, and who approved that it is
    bought; no prices. [000 P02 ③]"""

    _name = "order.paper.f08"
    _inherit = ["order.paper"]
    _description = "Purchase Request"

    _code = "F08"

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        request = doc.sudo()  # whoever may read a request may read all of its paper
        facts = [
            *request._get_review_head(),
            (self.env._("Asked by"), self._who(request)),
        ]
        if request.note:
            facts.append((self.env._("Reason of the Request"), request.note))
        columns = self._get_columns()
        return [
            Facts(facts),
            Table(
                [column for column, _spell in columns],
                [
                    [spell(number, line) for _column, spell in columns]
                    for number, line in enumerate(request.line_ids, start=1)
                ],
            ),
            *self._get_countersign(doc._get_form_seats() or self._get_signers(request)),
        ]

    def _get_signers(self, request):
        """Return the seats of the paper where nobody reviews requests: whoever asks,
        and the general manager. [000 P02 ③]"""
        names = [
            (self.env._("Asked by"), self._who(request)),
            (self.env._("General Manager"), ""),
        ]
        return [self._get_box(seat, signer) for seat, signer in names]

    def _who(self, request):
        return request.user_id.name or ""

    def _get_columns(self):
        """Return ``[(column, function of number and line)]``."""

        def count(name):
            return lambda _number, line: line.product_uom_id._spell_quantity(line[name])

        return [
            (Column(self.env._("Item"), 5, "center"), lambda number, _line: number),
            (
                Column(self.env._("Product"), 21),
                lambda _n, line: self._spell_product(line),
            ),
            (Column(self.env._("Stock on Hand"), 11, "end"), count("on_hand")),
            (Column(self.env._("On Its Way"), 11, "end"), count("on_order")),
            (Column(self.env._("Shortage"), 11, "end"), count("shortage")),
            (Column(self.env._("Quantity Asked"), 11, "end"), count("quantity")),
            (
                Column(self.env._("Unit"), 6, "center"),
                lambda _n, line: self._unit(line),
            ),
            (Column(self.env._("Wanted on"), 10), lambda _n, line: self._day(line)),
            (Column(self.env._("Used for"), 14), lambda _n, line: line.use or ""),
        ]

    def _spell_product(self, line):
        return line.product_id.display_name

    def _unit(self, line):
        return line.product_uom_id.name

    def _day(self, line):
        return str(line.wanted_date or "")

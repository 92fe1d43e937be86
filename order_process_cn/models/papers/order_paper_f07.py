from odoo import models

from ...tools.paper_blocks import Column, Facts, Table


class OrderPaperF07(models.AbstractModel):
    """Work order with its countersign (F07). [MFG-5]"""

    _name = "order.paper.f07"
    _inherit = ["order.paper"]
    _description = "Work Order"

    _code = "F07"

    def _get_blocks(self, doc):
        # the workshop reads customer and order on its own paper
        blocks = [Facts(doc.sudo()._get_review_head()), self._get_components(doc)]
        if doc.workorder_ids:
            blocks.append(self._get_operations(doc))
        blocks += self._get_measures(
            [measure._spell() for measure in doc.order_measure_ids]
        )
        return blocks + self._get_countersign(doc._get_form_seats())

    def _get_components(self, doc):
        moves = doc.move_raw_ids.filtered(lambda move: move.state != "cancel")
        return Table(
            [
                Column(self.env._("Item"), 6, "center"),
                Column(self.env._("Code"), 16),
                Column(self.env._("Component"), 28),
                Column(self.env._("Specification"), 20),
                Column(self.env._("Quantity"), 18, "end"),
                Column(self.env._("Issued Quantity"), 12),
            ],
            [
                [
                    number,
                    move.product_id.default_code or "",
                    move.product_id.name,
                    move.product_id.specification or "",
                    move.product_uom._spell_with_unit(move.product_uom_qty),
                    "",
                ]
                for number, move in enumerate(moves, start=1)
            ],
        )

    def _get_operations(self, doc):
        spell = self.env["res.lang"]._spell_number
        return Table(
            [
                Column(self.env._("Item"), 6, "center"),
                Column(self.env._("Operation"), 38),
                Column(self.env._("Work Centre"), 22),
                Column(self.env._("Planned Time (min)"), 16, "end"),
                Column(self.env._("Operator"), 18),
            ],
            [
                [
                    number,
                    operation.name,
                    operation.workcenter_id.name or "",
                    spell(operation.duration_expected, 2),
                    "",
                ]
                for number, operation in enumerate(doc.workorder_ids, start=1)
            ],
        )

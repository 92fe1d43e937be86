from odoo import models

from ...tools.paper_blocks import Boxes, Cell, Column, Facts, Table


class OrderPaperF27(models.AbstractModel):
    """客户空壳样机配置清单 (F27): the samples of an order and where they are kept."""

    _name = "order.paper.f27"
    _inherit = ["order.paper.sheet"]
    _description = "Sample List"

    _code = "F27"

    def _get_blocks(self, doc):
        columns = [
            Column(self.env._("Item"), 6, "center"),
            Column(self.env._("Sample Name"), 20),
            Column(self.env._("Quantity"), 9, "end"),
            Column(self.env._("Sample Configuration"), 27),
            Column(self.env._("Photo"), 14, "center"),
            Column(self.env._("Where It Is Kept"), 14),
            Column(self.env._("Sample Back on"), 10, "center"),
        ]
        samples = doc.sudo().sample_ids  # whoever may print the order may see them
        rows = [
            [
                number,
                [sample.name, *filter(None, [self._name_line(sample.order_line_id)])],
                self.env["uom.uom"]._spell_quantity(sample.quantity),
                [sample.configuration, *filter(None, [sample.remark])],
                Cell([], picture=self._picture(sample.photo)),
                [*filter(None, [sample.kept_at, sample.keeper_id.name])],
                doc._spell_date(sample.returned_on),
            ]
            for number, sample in enumerate(samples, start=1)
        ]
        return [
            Facts(self._get_sheet_head(doc)),
            Table(columns, rows),
            Boxes(
                [
                    (self.env._("Salesperson"), doc.user_id.name or ""),
                    (self.env._("Tracker of Finished Goods"), ""),
                    (self.env._("Received (signature, date)"), ""),
                ]
            ),
        ]

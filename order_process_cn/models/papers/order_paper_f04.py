from odoo import models

from ...tools.paper_blocks import Column, Facts, Row, Table


class OrderPaperF04(models.AbstractModel):
    """Handling of an urgent order (F04): team, evaluation, measures."""

    _name = "order.paper.f04"
    _inherit = ["order.paper"]
    _description = "Urgent Order"

    _code = "F04"

    def _get_blocks(self, doc):
        blocks = [
            Facts(doc._get_urgent_head()),
            self._get_goods(doc),
            Table(
                [
                    Column(self.env._("Team"), 25),
                    Column(self.env._("Person"), 25),
                    Column(self.env._("Department"), 25),
                    Column(self.env._("Phone"), 25),
                ],
                doc._get_urgent_team(),
            ),
        ]
        if evaluation := doc._get_urgent_evaluation():
            blocks.append(self._get_evaluation(evaluation))
        return blocks + self._get_measures(doc._get_urgent_measures())

    def _get_goods(self, doc):
        return Table(
            [
                Column(self.env._("No."), 6, "center"),
                Column(self.env._("Model"), 16),
                Column(self.env._("Product"), 32),
                Column(self.env._("Specification"), 22),
                Column(self.env._("Quantity"), 15, "end"),
                Column(self.env._("Unit"), 9, "center"),
            ],
            [
                [
                    number,
                    line.product_id.default_code or "",
                    line.product_id.name or line.name,
                    line.specification or "",
                    line.product_uom_id._spell_quantity(line.product_uom_qty),
                    line.product_uom_id.name or "",
                ]
                for number, line in enumerate(doc._get_form_lines(), start=1)
            ],
        )

    def _get_evaluation(self, rows):
        return Table(
            [
                Column(self.env._("Evaluation"), 15),
                Column(self.env._("Person"), 15),
                Column(self.env._("Decision"), 12),
                Column(self.env._("Answers, opinion"), 42),
                Column(self.env._("Time"), 16),
            ],
            [
                Row(
                    [
                        row["seat"],
                        row["signer"],
                        row["decision"],
                        [
                            *(self._spell_answer(item) for item in row["answers"]),
                            *filter(None, [row["words"]]),
                        ],
                        row["time"],
                    ],
                    "tall",
                )
                for row in rows
            ],
        )

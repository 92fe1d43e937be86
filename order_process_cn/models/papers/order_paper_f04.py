from odoo import models

from ...tools.paper_blocks import Cell, Column, Facts, Row, Table


class OrderPaperF04(models.AbstractModel):
    """Handling of an urgent order (F04): team, evaluation, measures."""

    _name = "order.paper.f04"
    _inherit = ["order.paper"]
    _description = "Urgent Order"

    _code = "F04"
    _goods = {
        "number": 6,
        "model": 16,
        "product": 30,
        "specification": 24,
        "quantity": 15,
        "unit": 9,
    }

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
        if seats := doc._get_form_seats():
            blocks.append(self._get_evaluation(seats))
        return blocks + self._get_measures(doc._get_urgent_measures())

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
                        Cell(row["signer"], picture=self._picture(row["drawing"])),
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

from odoo import models

from ...tools.paper_blocks import Column, Facts, Row, Table


class OrderPaperF23(models.AbstractModel):
    """Written confirmation of technique and material (F23). [CFM-3]"""

    _name = "order.paper.f23"
    _inherit = ["order.paper"]
    _description = "Technical and Material Confirmation"

    _code = "F23"

    def _get_blocks(self, doc):
        return [
            Facts(doc._get_review_head()),
            Table(
                [Column(self.env._("Goods"), 100)],
                [[line] for line in doc._get_review_lines()],
            ),
            *(
                Table(
                    [Column(label, 70), Column("", 30)],
                    [
                        Row(
                            [
                                statement.text or "",
                                [
                                    self.env._(
                                        "Signed by %s", statement.signed_by or ""
                                    ),
                                    doc._spell_date(statement.date),
                                ],
                            ],
                            "tall",
                        )
                    ],
                )
                for label, statement in doc._get_written_confirmations()
            ),
            Facts(doc._get_promise_head()),
        ]

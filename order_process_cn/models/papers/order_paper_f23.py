from odoo import models

from ...tools.paper_blocks import Column, Facts, Row, Table
from ..confirmation.slip import spell_promised_date


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
                for label, statement in self._get_written_confirmations(doc)
            ),
            Facts(self._get_promise_head(doc)),
        ]

    def _get_promise_head(self, doc):
        """Return label and value of the dates on the written confirmation."""
        return [
            (self.env._("Promised Date"), spell_promised_date(doc)),
            (self.env._("Goods Finished by"), doc._spell_date(doc.production_date)),
        ]

    def _get_written_confirmations(self, doc):
        """Return ``[(label, statement)]`` for F23; a statement may be empty."""
        # whoever may print the order may see who confirmed what
        statements = doc.sudo().statement_ids
        kinds = dict(statements._fields["kind"]._description_selection(self.env))
        return [
            (kinds[kind], statements.filtered(lambda s, k=kind: s.kind == k)[:1])
            for kind in ("technical", "material")
        ]

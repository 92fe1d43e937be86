from odoo import models

from ...tools.paper_blocks import Cell, Column, Facts, Row, Table
from ..confirmation.slip import spell_promised_date


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
            Facts(self._get_urgent_head(doc)),
            self._get_goods(doc),
            Table(
                [
                    Column(self.env._("Team"), 25),
                    Column(self.env._("Person"), 25),
                    Column(self.env._("Department"), 25),
                    Column(self.env._("Phone"), 25),
                ],
                self._get_urgent_team(doc),
            ),
        ]
        if seats := doc._get_form_seats():
            blocks.append(self._get_evaluation(seats))
        return blocks + self._get_measures(self._get_urgent_measures(doc))

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

    def _get_urgent_head(self, doc):
        """Return label and value of whose order it is, by when, and why the haste."""
        return [
            (self.env._("Customer"), doc.partner_id.commercial_partner_id.name),
            (self.env._("Salesperson"), doc.user_id.name or ""),
            (self.env._("Wanted Date"), doc._spell_date(doc.wanted_date)),
            (self.env._("Promised Date"), spell_promised_date(doc)),
            (self.env._("Reply Wanted by"), doc._spell_date(doc.urgent_reply_date)),
            (self.env._("Replied on"), doc._spell_moment(doc.urgent_replied_on)),
            (self.env._("Why Urgent"), doc.urgent_reason or ""),
        ]

    def _get_urgent_team(self, doc):
        """Return the rows of the team: role, name, department, phone."""
        members = doc.sudo().urgent_member_ids  # names and phones, for the paper
        return [
            (m.role, m.user_id.name or "", m.department_id.name or "", m.phone or "")
            for m in members
        ]

    def _get_urgent_measures(self, doc):
        """Return the rows of the measures, see ``order.measure._spell``."""
        # whoever may print the order may print its measures
        return [measure._spell() for measure in doc.sudo().order_measure_ids]

from odoo import models

from ...tools.paper_blocks import Cell, Column, Facts, Row, Table


class OrderPaperF03(models.AbstractModel):
    """Countersign sheet (F03): who said what in which round. [REV-7]"""

    _name = "order.paper.f03"
    _inherit = ["order.paper"]
    _description = "Order Review Sheet"

    _code = "F03"

    def _get_blocks(self, doc):
        # printed for those who may see the review
        goods = doc._document().sudo()._get_review_lines()
        return [
            Facts(doc._get_form_head()),
            Table(
                [Column(self.env._("Reviewed goods"), 100)], [[line] for line in goods]
            ),
            Table(
                [
                    Column(self.env._("Seat"), 15),
                    Column(self.env._("Signer"), 16),
                    Column(self.env._("Decision"), 13),
                    Column(self.env._("Opinion and conditions"), 40),
                    Column(self.env._("Time"), 16),
                ],
                [
                    row
                    for turn in doc._get_form_rounds()
                    for row in self._get_round(turn)
                ]
                + [
                    Row([task.name, "", "", "", ""], "tall")
                    for task in doc._get_form_open_seats()
                ],
            ),
            Facts(doc._get_form_result()),
        ]

    def _get_round(self, turn):
        title = [self.env._("Round %s", turn["number"])]
        if opening := turn["opening"]:
            title.append(
                self.env._(
                    "submitted by %(user)s %(time)s",
                    # the name of a colleague is no secret
                    user=opening.user_id.sudo().name,
                    time=opening.review_id._spell_moment(opening.date),
                )
            )
        return [
            Row([Cell([" · ".join(title)], 5)], "title"),
            *(
                Row(self._get_cells(row), "void" if row["void"] else "")
                for row in turn["rows"]
            ),
        ]

    def _get_cells(self, row):
        signer = [row["name"]]
        if row["actor"]:
            signer.append(self.env._("(by %s)", row["actor"]))
        decision = [row["act"]]
        if row["void"]:
            decision.append(self.env._("(void)"))
        return [
            row["seat"],
            Cell(signer, picture=self._picture(row["drawing"])),
            [*decision, *filter(None, [row["medium"]])],
            self._get_words(row),
            [row["time"], row["limit"]],
        ]

    def _get_words(self, row):
        words = [row["opinion"]]
        if row["conditions"]:
            words.append(self.env._("Conditions: %s", row["conditions"]))
        words += [self._spell_answer(item) for item in row["answers"]]
        words.append(row["explanation"])
        if row["evidence"]:
            words.append(self.env._("Evidence: %s", row["evidence"]))
        return [text for text in words if text]

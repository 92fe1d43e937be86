from odoo import api, fields, models

from ...tools.translations import in_language

# what a signer can say to a question of his stage
ANSWERS = [
    ("confirmed", "Confirmed"),
    ("clarified", "Confirmed after asking the customer"),
    ("doubt", "Doubtful"),
    ("not_ours", "Not our field"),
]


class OrderReviewQuestion(models.Model):
    """Something a stage asks of every signer, e.g. whether the date can be kept.

    [URG-2] name, quantity, price, process, date, transport, doubts.
    """

    _name = "order.review.question"
    _inherit = ["order.config.mixin"]
    _description = "Question of a Review Stage"
    _order = "sequence, id"

    name = fields.Char(string="Question", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    def _compile(self):
        """Return these questions as plain data."""
        return [
            {"id": question.id, "name": question._translations_of("name")}
            for question in self
        ]

    @api.model
    def _spell(self, answers):
        """Return answers in words: ``[{"question", "answer", "note", "doubt"}]``."""
        wizard_line = self.env["order.review.sign.wizard.answer"]
        labels = dict(wizard_line._fields["answer"]._description_selection(self.env))
        return [
            {
                "question": in_language(item["name"], self.env.lang),
                "answer": labels[item["answer"]],
                "note": item["note"],
                "doubt": item["answer"] == "doubt",
            }
            for item in answers or []
        ]

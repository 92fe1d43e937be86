from odoo import fields, models

from ..review_route.order_review_question import ANSWERS


class OrderReviewTask(models.Model):
    """The questions of a stage, answered by each of its signers (URG-2)."""

    _inherit = "order.review.task"

    # a copy of what the signature record says, for the form
    answers = fields.Json(readonly=True)

    def _find_answer_gap(self, decision, answers):
        """Return what is wrong with the answers to the questions of this seat, in
        words, or ``False``. A refusal need not answer them.

        :param dict answers: ``{question id: {"answer": …, "note": …}}``
        """
        self.ensure_one()
        questions = self._stage()["questions"]
        if decision == "decline" or not questions:
            return False
        problems = []
        for question in questions:
            name = self.review_id._text(question["name"])
            given = answers.get(question["id"]) or {}
            if given.get("answer") not in dict(ANSWERS):
                problems.append(self.env._("answer “%s”", name))
            elif given["answer"] == "doubt" and not (given.get("note") or "").strip():
                problems.append(self.env._("say what is doubtful about “%s”", name))
            elif given["answer"] == "doubt" and decision == "agree":
                problems.append(
                    self.env._(
                        "“%s” is doubtful: ask the customer, or agree with conditions",
                        name,
                    )
                )
        return "; ".join(problems) or False

    def _keep_answers(self, answers):
        """Return the answers of this seat as the signature record keeps them."""
        return [
            {
                "name": question["name"],
                "answer": answers[question["id"]]["answer"],
                "note": answers[question["id"]].get("note") or "",
            }
            for question in self._stage()["questions"]
            if question["id"] in answers
        ]

from odoo import fields, models
from odoo.fields import Command

from .meeting_states import SUMMARY


class OrderProjectCompletion(models.Model):
    """What was said of a project leads to improvements, which sales decides on in a
    meeting (P13 五 3)."""

    _inherit = "order.project.completion"

    def _after_evaluation(self):
        super()._after_evaluation()
        chair = self.env["order.meeting"]._find_head(
            "order_process_cn.order_department_sales",
            self.company_id,
            self.user_id,
            self.manager_id,
        )
        scores = self.env._(
            "Average score of the project: %(score)s. The customer: %(opinion)s",
            score=f"{self.average_score:.1f}",
            opinion=self.customer_opinion,
        )
        people = self.evaluation_ids.user_id | chair
        meeting = self.env["order.meeting"].create(
            {
                "kind": SUMMARY,
                "company_id": self.company_id.id,
                "chair_id": chair.id,
                "date": self.company_id._calendar_day(fields.Datetime.now()),
                "order_ids": [Command.link(self.order_id.id)],
                "efficiency": scores,
                "quality": self._spell_evaluations("went_well"),
                "process": "\n".join(
                    filter(
                        None,
                        [
                            self._spell_evaluations("shortcomings"),
                            self._spell_evaluations("suggestion"),
                        ],
                    )
                ),
                "participant_ids": [
                    Command.create({"user_id": user.id}) for user in people
                ],
            }
        )
        meeting._leave_todo(
            "summary",
            self.env._("Decide on improvements after the project"),
            self.display_name,
            user=chair,
        )

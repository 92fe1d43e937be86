from odoo import fields, models

from ..mechanism.engine import clean


class OrderReviewTask(models.Model):
    _inherit = "order.review.task"

    def _filter_to_notice(self):
        """Return the seats about which the worker has something to do: opened and not
        announced yet, or not open any more and with a to-do left."""
        return self.filtered(
            lambda task: (
                not task.is_announced if task.state == "open" else task.activity_id
            )
        )

    def _addressee(self):
        """Return the one person who gets the to-do: the one named, or the head."""
        self.ensure_one()
        if self.user_id:
            return self.user_id.filtered("active")
        rosters = self.env["order.department"]._rosters(self.company_id.id)
        head, members = rosters.get(self.department_id.id, (False, ()))
        return self.env["res.users"].browse(head or members[:1])

    def _schedule_activities(self, documents):
        """Create one to-do for each of these seats on its document."""
        bearers = {task: task._addressee() for task in self}
        addressed = self.filtered(lambda task: bearers[task])
        if not addressed:
            return
        people = self.env["res.users"].union(*bearers.values())
        # what core asks of them, where it would read rows of a hundred columns
        people.fetch(["partner_id", "active", "share"])
        people.partner_id.fetch(["tz"])
        documents.fetch(["display_name"])
        known = self.env["ir.model.data"]
        kind_id = known._xmlid_to_res_id("mail.mail_activity_data_todo")
        model = self.env["ir.model"]._get(documents._name)
        model._fields["model"]._insert_cache(model, [documents._name])  # as above
        now = fields.Datetime.now()
        activities = (
            clean(self.env["mail.activity"])
            .with_company(addressed[0].company_id)
            .with_context(mail_activity_quick_update=True, order_no_follower=True)
            .create(
                [
                    {
                        "res_model_id": model.id,
                        # core finds the same and would need a statement to store it
                        "res_name": task.review_id.document_name,
                        "user_tz": bearers[task].tz,
                        "res_id": task.review_id.res_id,
                        "activity_type_id": kind_id,
                        "date_deadline": task.company_id._calendar_day(now),
                        "summary": self.env._(
                            "Sign: %s", task.review_id._text(task.names)
                        ),
                        "user_id": bearers[task].id,
                    }
                    for task in addressed
                ]
            )
        )
        for task, activity in zip(addressed, activities, strict=True):
            task.activity_id = activity

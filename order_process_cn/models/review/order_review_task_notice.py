from odoo import models


class OrderReviewTask(models.Model):
    _inherit = "order.review.task"

    def _addressee(self):
        """Return the one person who gets the to-do: the one named, or the head."""
        self.ensure_one()
        if self.user_id:
            return self.user_id.filtered("active")
        rosters = self.env["order.department"]._rosters(self.company_id.id)
        head, members = rosters.get(self.department_id.id, (False, ()))
        return self.env["res.users"].browse(head or members[:1])

    def _raise_alarm(self):
        """Tell the administrators of the process about seats that nobody can sign: the
        person was archived, the department lost its members. [CSN-5]"""
        for task in self.filtered(lambda task: not task._addressee()):
            if task.group_id or task.signer_list_id:
                continue  # asked of several: looked at when somebody is missing
            group = self.env.ref("order_process_cn.order_group_manager")
            for user in group.all_user_ids.filtered(
                lambda user, company=task.company_id: (
                    company in user.company_ids and user.active
                )
            ):
                task.review_id._leave_todo(
                    user, self.env._("Nobody can sign: %s", task.name)
                )

    def _schedule_activities(self, documents):
        """Create one to-do for each of these seats on its document."""
        kind = self.env.ref("mail.mail_activity_data_todo")
        model_id = self.env["ir.model"]._get_id(documents._name)
        addressed = self.filtered(lambda task: task._addressee())
        activities = (
            self.env["mail.activity"]
            .with_context(mail_activity_quick_update=True, order_no_follower=True)
            .create(
                [
                    {
                        "res_model_id": model_id,
                        "res_id": task.review_id.res_id,
                        "activity_type_id": kind.id,
                        "summary": self.env._(
                            "Sign: %s", task.review_id._text(task.names)
                        ),
                        "user_id": task._addressee().id,
                    }
                    for task in addressed
                ]
            )
        )
        for task, activity in zip(addressed, activities, strict=True):
            task.activity_id = activity

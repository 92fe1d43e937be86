from odoo import api, models

from .order_review_task_empty import MANAGER

# what decides for whom somebody may sign
BELONGING = {"active", "group_ids", "company_ids", "share"}


class ResUsers(models.Model):
    """What waits for somebody who leaves goes to those who stay (CSN-5)."""

    _inherit = "res.users"

    def _after_people_changed(self, vals):
        """Look after what waits, when somebody is archived or loses a right."""
        if not self.env.registry.ready or not BELONGING & vals.keys():
            return
        tasks = self.env["order.review.task"].sudo()  # the engine sees every seat
        if vals.get("active") is False:
            tasks.search(
                [("state", "=", "open"), *self._leaver_domain()]
            ).review_id._mark_for_notices()
            self._hand_on_todos()
        tasks._look_for_empty_seats()

    @api.model
    def _get_process_managers(self, company):
        """Return who looks after the process in ``company``; never nobody, as long as
        anybody administers Odoo."""
        for name in (MANAGER, "base.group_system"):
            # who administers is no secret to the engine
            users = self.env.ref(name).sudo().all_user_ids
            found = users.filtered(
                lambda user: (
                    user.active and not user.share and company in user.company_ids
                )
            )
            if found:
                return found
        return self.browse()

    def _get_successor(self, document):
        """Return who does now what this user was asked to do about ``document``: the
        head of a department of his who may read it, else an administrator."""
        self.ensure_one()
        if self.active:
            return self
        departments = self.env["order.department"].sudo()  # the engine's own question
        heads = (
            departments.with_context(active_test=False)
            .search(["|", ("member_ids", "in", self.ids), ("head_id", "in", self.ids)])
            .head_id
        )
        # of which company it is, is asked to find somebody who works there
        company = document.sudo()._mail_get_companies(default=self.env.company)[
            document.id
        ]
        managers = self._get_process_managers(company)
        for user in heads.filtered("active") | managers:
            if document.with_user(user).has_access("read"):
                return user
        return managers[:1] or self

    def _hand_on_todos(self):
        """Give the to-dos that the process has left these users to their successors."""
        # everybody's to-dos: the engine has made them
        todos = self.env["mail.activity"].sudo()
        todos = todos.search(
            [("user_id", "in", self.ids), ("order_todo_key", "!=", False)]
        )
        for todo in todos:
            document = self.env[todo.res_model].browse(todo.res_id)
            todo.user_id = todo.user_id._get_successor(document)

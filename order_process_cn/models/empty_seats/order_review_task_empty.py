from odoo import api, models

ALARM = "seat.empty."
MANAGER = "order_process_cn.order_group_manager"


class OrderReview(models.Model):
    _inherit = "order.review"

    def _refresh_notices(self):
        super()._refresh_notices()
        self._load_tasks()._sync_alarms()


class OrderReviewTask(models.Model):
    """Seats that nobody is left to sign (CSN-5): the person was archived, a department,
    a list or a group has lost its last member, everybody left is barred.

    The administrators of the process get a to-do on the document, which goes when
    somebody can sign again.
    """

    _inherit = "order.review.task"

    @api.model
    def _look_for_empty_seats(self):
        """Have the worker look at the open seats that nobody can sign, and at those of
        which an alarm speaks. To be called when people come or go."""
        tasks = self.sudo().with_context({})  # the engine sees every seat
        empty = tasks.search([("state", "=", "open")])._filtered_empty()
        # nobody needs the right to read the to-dos of administrators
        alarms = self.env["mail.activity"].sudo()
        told = alarms.search([("order_todo_key", "=like", f"{ALARM}%")])
        numbers = [
            int(key.removeprefix(ALARM)) for key in told.mapped("order_todo_key")
        ]
        (empty | tasks.browse(numbers).exists()).review_id._mark_for_notices()

    def _filtered_empty(self):
        """Return those of these open seats that nobody can sign."""
        known = {}

        def is_empty(task):
            address = task._address_values()
            key = (task.company_id.id, repr(address))
            if key not in known:
                known[key] = not self._candidates_of(address, task.review_id)
            return known[key]

        return self.filtered(is_empty)

    def _sync_alarms(self):
        """Raise an alarm for each of these seats that is open and that nobody can sign,
        and take back those that are over."""
        empty = self.filtered(lambda task: task.state == "open")._filtered_empty()
        (self - empty)._take_back_alarms()
        for task in empty:
            for user in self.env["res.users"]._get_process_managers(task.company_id):
                task.review_id._tell_on_document(
                    f"{ALARM}{task.id}",
                    user,
                    self.env._("Nobody can sign: %s", task.name),
                    task._spell_way_out(),
                )

    def _take_back_alarms(self):
        if not self:
            return
        # of administrators, whoever has named the successor
        activities = self.env["mail.activity"].sudo()
        activities.search(
            [("order_todo_key", "in", [f"{ALARM}{task.id}" for task in self])]
        ).unlink()

    def _spell_way_out(self):
        """Return who was asked, and what an administrator can do about it."""
        self.ensure_one()
        free = {**self._address_values(), "barred_signed": False}
        if not self._candidates_of(free, self.review_id):
            return self._spell_cure()
        return self.env._(
            "Whoever could sign it has signed another seat, and the route lets one "
            "person sign once a round. %s",
            self._spell_cure(),
        )

    def _spell_cure(self):
        if self.department_id and self.is_head_only:
            return self.env._(
                "The department %s has no head who can sign: name another one.",
                self.department_id.name,
            )
        if self.department_id:
            return self.env._(
                "No member of %s can sign it: add one to the department.",
                self.department_id.name,
            )
        if self.group_id:
            return self.env._(
                "Nobody with the right “%s” can sign it: give it to somebody.",
                self.group_id.full_name,
            )
        people = (
            self.user_id or self.signer_list_id.with_context(active_test=False).user_ids
        )
        return self.env._(
            "It was asked of %s: hand the seat over under Order Process → "
            "Configuration → Hand Over a Leaver's Seats. Of somebody who stays, hand "
            "over only the seats that nobody can sign.",
            ", ".join(people.mapped("name")),
        )

from odoo import api, fields, models


class OrderReviewTask(models.Model):
    """Time limits of seats: what falls due first is signed first (SLA-2)."""

    _inherit = "order.review.task"

    due_at = fields.Datetime(string="Due on", readonly=True)

    def _after_creation(self):
        super()._after_creation()
        if self._has_limits():
            # the seats of the first stage are created open
            self.filtered(lambda task: task.state == "open")._emit("opened")

    @api.model
    def _get_limit_events(self):
        return {
            **super()._get_limit_events(),
            "opened": self.env._("Seat waits for a signature"),
            "decided": self.env._("Seat decided"),
            "waiting": self.env._("Seat has to wait again"),
        }

    @api.model
    def _get_limit_voids(self):
        # nobody is asked any more, or will be asked anew
        return {
            **super()._get_limit_voids(),
            "waiting": None,
            "closed": None,
            "ended": None,
        }

    def _filtered_in_process(self):
        # a seat says itself when it was opened and decided
        return self.browse()

    def _filter_for_limit(self, rule):
        tasks = self.filtered(
            lambda task: (
                rule["seats_of"] in {False, task.department_id.id}
                and (not rule["stage"] or rule["stage"] == task._stage()["stage"])
            )
        )
        return super(OrderReviewTask, tasks)._filter_for_limit(rule)

    def _get_limit_type(self):
        return self.review_id.order_type_id

    def _get_limit_owner(self):
        return self.review_id.owner_id

    def _get_limit_addressee(self):
        return self._addressee(), self.department_id

    def _get_limit_finisher(self):
        return self.decided_by_id

    def _get_limit_document(self):
        review = self.review_id
        return review.res_model, review.res_id, review.document_name

    @api.model
    def _get_limit_anchor(self):
        return "res_model", "res_id"

    def _after_limit_change(self):
        super()._after_limit_change()
        runs = self.env["order.time.limit.run"].sudo()  # a copy, for the list
        due = dict(
            runs._read_group(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("state", "=", "running"),
                ],
                ["res_id"],
                ["due_at:min"],
            )
        )
        for task in self:
            if task.due_at != due.get(task.id, False):
                task.due_at = due.get(task.id, False)

from odoo import models

# of a large group only some are named
SHOWN = 8


class OrderReview(models.Model):
    """What the group bots tell about a review."""

    _inherit = "order.review"

    def _after_notices(self, opened_tasks):
        self.env["order.bot"]._announce(opened_tasks)
        return super()._after_notices(opened_tasks)

    def _spell_announcement(self, tasks):
        """Return what a group is told: the document and whose move it is. No prices:
        not everybody in a group may see them.

        The seats come last, because a text that is too long is cut at its end.

        :param tasks: open seats of this review
        """
        self.ensure_one()
        title = self.env._("%s waits for your signature", self.document_name)
        stages = {task.stage_no: self._text(task._stage()["name"]) for task in tasks}
        lines = [self.env._("URGENT: %s", title) if self.is_urgent else title]
        if self.partner_id:
            lines.append(self.env._("Customer: %s", self.partner_id.display_name))
        lines.append(self.env._("Stage: %s", ", ".join(stages.values())))
        lines.append(
            f"{self.get_base_url()}/mail/view?model={self.res_model}"
            f"&res_id={self.res_id}"
        )
        return "\n".join(lines + self._spell_seats(tasks))

    def _spell_seats(self, tasks):
        """Return one line for each seat: what it is called, whom it waits for."""
        candidates = {task: task._candidates() for task in tasks}
        # read the names of all of them in one go
        self.env["res.users"].union(*candidates.values()).mapped("name")
        lines = []
        for task, users in candidates.items():
            people = ", ".join(users[:SHOWN].mapped("name")) or self.env._("nobody")
            if len(users) > SHOWN:
                people += f" … ({len(users)})"
            seat = self._text(task.names)
            # a seat of named persons is called by their names
            lines.append(f"- {seat}" if seat == people else f"- {seat}: {people}")
        return lines

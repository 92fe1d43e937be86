from odoo import api, fields, models

from ..models.mechanism.engine import public_act


class OrderReviewSignWizard(models.TransientModel):
    """Asks a signer for opinion, conditions or a drawn signature, for one seat or for
    many at once. Remembers the facts that were shown when it opened."""

    _name = "order.review.sign.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Sign"

    task_ids = fields.Many2many("order.review.task", string="Seats", required=True)
    decision = fields.Selection(
        [
            ("agree", "Agree"),
            ("conditional", "Agree with conditions"),
            ("decline", "Decline"),
            ("return", "Return"),
        ],
        required=True,
        default="agree",
    )
    opinion = fields.Text()
    conditions = fields.Text(
        help="For example another delivery date or a technical alternative. They go to "
        "the customer for acceptance.",
    )
    drawing = fields.Binary(string="Signature")
    answer_ids = fields.One2many(
        "order.review.sign.wizard.answer", "wizard_id", string="Questions"
    )
    needs_opinion = fields.Boolean(compute="_compute_needs")
    needs_drawing = fields.Boolean(compute="_compute_needs")
    seen = fields.Json()
    return_stage = fields.Selection(
        selection="_selection_return_stage", string="Return to"
    )
    summary = fields.Json(compute="_compute_summary")
    failures = fields.Text(readonly=True)

    @api.model
    def default_get(self, fields_list):  # pylint: disable=arguments-renamed
        values = super().default_get(fields_list)
        tasks = self.env["order.review.task"].browse(
            self.env.context.get("default_task_ids") or values.get("task_ids") or []
        )
        if tasks:
            tasks.check_access("read")
            stages = [task._stage() for task in tasks.sudo()]  # what he is asked
            asked = {item["id"] for stage in stages for item in stage["questions"]}
            values["answer_ids"] = [
                fields.Command.create({"question_id": question.id})
                for question in self.env["order.review.question"].search(
                    [("id", "in", list(asked)), ("active", "in", [True, False])]
                )
            ]
            # what the signer is shown from now on is what he vouches for
            values["task_ids"] = [fields.Command.set(tasks.ids)]
            values["seen"] = self.env.context.get("order_review_seen") or {
                str(review.id): review.digest for review in tasks.sudo().review_id
            }
        return values

    @api.depends("task_ids", "decision")
    def _compute_needs(self):
        for wizard in self:
            stages = [task._stage() for task in wizard._get_own_tasks()]
            wizard.needs_drawing = any(stage["drawing"] for stage in stages)
            wizard.needs_opinion = wizard.decision in {"decline", "return"} or any(
                stage["opinion"] for stage in stages
            )

    @api.model
    def _selection_return_stage(self):
        """The stages before the seat being signed, and the submitter."""
        choices = [("submitter", self.env._("The submitter"))]
        task_ids = self.env.context.get("default_task_ids") or []
        tasks = self.env["order.review.task"].browse(task_ids)
        tasks = tasks._filtered_access("read").sudo()  # the names of its stages
        if len(tasks) == 1:
            review = tasks.review_id
            before = review._stages_before(tasks, review.task_ids)
            choices += [
                (str(stage["no"]), review._text(stage["name"]))
                for stage in review.plan["stages"]
                if stage["no"] in before
            ]
        return choices

    @api.depends("task_ids")
    def _compute_summary(self):
        for wizard in self:
            wizard.summary = [task._summarize() for task in wizard._get_own_tasks()]

    def _get_own_tasks(self):
        """Return the seats of one question, which its reader may read."""
        tasks = self.task_ids._origin
        tasks.check_access("read")
        return tasks.sudo()  # what a signer is shown of the document

    @public_act
    def action_confirm(self):
        """Decide every seat; with several, report those that could not be decided."""
        self.ensure_one()
        tasks = self.task_ids
        if self.decision == "return":
            target = self.return_stage
            return tasks.action_return(
                int(target) if target and target != "submitter" else False, self.opinion
            )
        given = {
            "opinion": self.opinion,
            "conditions": self.conditions,
            "drawing": self.drawing,
            "answers": {
                line.question_id.id: {"answer": line.answer, "note": line.note}
                for line in self.answer_ids
            },
        }
        if len(tasks) == 1:
            return tasks.action_sign(self.decision, self.seen, **given)
        self.failures = tasks._sign_each(self.decision, self.seen, given)
        if not self.failures:
            return True
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [
                (
                    self.env.ref(
                        "order_process_cn.order_review_sign_wizard_view_form_result"
                    ).id,
                    "form",
                )
            ],
            "target": "new",
            "name": self.env._("Not everything could be signed"),
        }

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..document.entered import check_entered
from ..mechanism.engine import public_act, take_turns
from .project_states import COMPLETED

ENTERED = frozenset({"score", "went_well", "shortcomings", "suggestion"})


class OrderProjectEvaluation(models.Model):
    """What somebody who took part thinks of a project: a score, what went well, what
    did not, and what should be better (P13 五 1, 2)."""

    _name = "order.project.evaluation"
    _inherit = ["order.engine.mixin"]
    _description = "Evaluation of a Project"
    _order = "completion_id, id"
    _rec_name = "user_id"

    completion_id = fields.Many2one(
        "order.project.completion", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="completion_id.company_id", store=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Evaluated by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    department_id = fields.Many2one(
        "order.department",
        string="Department of the Step",
        readonly=True,
        ondelete="restrict",
    )
    score = fields.Selection(
        [
            ("1", "1 – bad"),
            ("2", "2 – weak"),
            ("3", "3 – fair"),
            ("4", "4 – good"),
            ("5", "5 – very good"),
        ],
        string="Score of the Project",
    )
    went_well = fields.Text()
    shortcomings = fields.Text(string="Problems and Shortcomings")
    suggestion = fields.Text(string="Proposed Improvement")
    evaluated_on = fields.Datetime(readonly=True, copy=False)
    is_mine = fields.Boolean(string="Own Evaluation", compute="_compute_is_mine")

    _user_uniq = models.Constraint(
        "UNIQUE(completion_id, user_id)", "Everybody evaluates a project once."
    )

    @api.depends("user_id", "evaluated_on")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for row in self:
            row.is_mine = row.user_id == self.env.user and not row.evaluated_on

    def write(self, vals):
        check_entered(self, [vals], ENTERED, self._spell_entered)
        if not self.env.su:
            self._check_mine()
        return super().write(vals)

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Of an evaluation people enter score, what went well, problems and "
            "proposed improvement; who evaluates follows from the plan."
        )

    def _check_mine(self):
        """Check that the caller says this himself, and has not said it for good."""
        for row in self:
            if row.user_id != self.env.user:
                raise AccessError(
                    self.env._("Only %s evaluates here.", row.user_id.name)
                )
            if row.evaluated_on or row.completion_id.state != COMPLETED:
                raise UserError(
                    self.env._(
                        "%s: this was said and stays as it is.",
                        row.completion_id.display_name,
                    )
                )

    @public_act
    def action_evaluate(self):
        """Say these evaluations for good. The last one ends the evaluation of the
        project.

        :raise UserError: the score, or what should be better where something was wrong
        """
        self.check_access("write")
        take_turns(self.sudo().completion_id)  # whoever is asked
        take_turns(self)
        self._check_mine()
        problems = [
            self.env._("%s: give a score.", row.completion_id.display_name)
            for row in self
            if not row.score
        ]
        problems += [
            self.env._(
                "%s: say what should be better, where something was wrong.",
                row.completion_id.display_name,
            )
            for row in self
            if (row.shortcomings or "").strip() and not (row.suggestion or "").strip()
        ]
        if problems:
            raise UserError("\n".join(problems))
        rows = self.sudo()  # his own, checked above
        rows.write({"evaluated_on": fields.Datetime.now()})
        for completion in rows.completion_id:
            completion._find_todos("project.evaluation", self.env.user).unlink()
            if not completion._get_unevaluated():
                completion._close_evaluation()
        return True

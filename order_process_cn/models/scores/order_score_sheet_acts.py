from odoo import fields, models
from odoo.exceptions import UserError

from ..document.moving import check_may_become
from ..mechanism.engine import public_act, take_turns
from .order_score_sheet import CONFIRMED, HANDED, MOVES


class OrderScoreSheet(models.Model):
    """What people do with a score sheet: hand it in, count anew, confirm it."""

    _inherit = "order.score.sheet"

    @public_act
    def action_hand_in(self):
        """Hand in the score that one gives oneself.

        :raise AccessError: it is the sheet of somebody else
        :raise UserError: it was handed in already
        """
        sheets = self._enter()
        take_turns(sheets)
        sheets._check_own_score()
        sheets.handed_on = fields.Datetime.now()
        sheets._move_to(HANDED)
        for sheet in sheets:
            sheet._find_todos("score").filtered(
                lambda todo: todo.user_id == self.env.user
            )._action_done()
            sheet._ask_head()
        return True

    @public_act
    def action_count(self):
        """Count anew what the process has noted about the period of these sheets.

        :raise AccessError: the caller does not score them
        :raise UserError: they are confirmed
        """
        sheets = self._enter()
        take_turns(sheets)
        sheets._check_may_score()
        sheets._count()
        return True

    @public_act
    def action_confirm(self):
        """Confirm these scores as whoever scores them; from now on they stay.

        :raise AccessError: the caller does not score them, or it is his own
        :raise UserError: everything that is missing, of all of them at once
        """
        sheets = self._enter()
        take_turns(sheets)
        sheets._check_may_score()
        if problems := [text for sheet in sheets for text in sheet._find_problems()]:
            raise UserError("\n".join(problems))
        sheets.write(
            {
                "confirmed_on": fields.Datetime.now(),
                "confirmed_by_id": self.env.uid,
            }
        )
        sheets._move_to(CONFIRMED)
        for sheet in sheets:
            sheet._find_todos("score").unlink()
            sheet._find_todos("scoring").unlink()
            sheet._issue_form("F25B")
        return True

    def _find_problems(self):
        """Return in words what the scores of one sheet lack."""
        self.ensure_one()
        name = self.display_name
        silent = self.line_ids.filtered(
            lambda line: (
                not line.per_finding
                and not line.manager_points
                and not (line.remark or "").strip()
            )
        )
        problems = [
            self.env._(
                "%(sheet)s: give points for “%(what)s”, or say in its remark why there "
                "are none",
                sheet=name,
                what=line.name,
            )
            for line in silent
        ]
        if self.adjustment and not (self.adjustment_reason or "").strip():
            problems.append(self.env._("%s: say why it is adjusted", name))
        return problems

    def _move_to(self, state):
        check_may_become(self, state, MOVES)
        self.state = state
        self._emit(f"score.{state}")

    def _ask_head(self):
        """Leave a to-do with the head of the department, unless it is about him."""
        self.ensure_one()
        head = self.department_id.head_id
        if head and head != self.user_id:
            words = self.env._("Score and confirm the score sheet")
            self._leave_todo("scoring", words, self.display_name, user=head)

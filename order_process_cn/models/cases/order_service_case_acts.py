from odoo import models
from odoo.exceptions import UserError

from ..document.moving import follow_review
from ..mechanism.engine import public_act, take_turns
from .case_states import APPROVED, CANCELLED, DRAFT, ENDED, REFUSED, REQUESTED


class OrderServiceCase(models.Model):
    """What is done about a service case before its goods come back (AFS-1)."""

    _inherit = "order.service.case"

    # -- buttons -----------------------------------------------------------------------

    @public_act
    def action_request(self):
        """Ask for these cases to be approved: through the review where one applies;
        what nobody has to sign is approved at once.

        :raise UserError: what stands in the way, all of it
        """
        self._check_may_work()
        reviewed = self.filtered("needs_review")
        # the right was checked above; the gates stand behind
        free = (self - reviewed).sudo()
        if free:
            take_turns(free.order_id)
            free._move_to(REQUESTED)
            free._move_to(APPROVED)
        return reviewed.action_review_submit() if reviewed else True

    @public_act
    def action_refuse(self):
        """Refuse these cases; the customer reads the answer.

        :raise UserError: no answer was given, or goods are under way
        """
        self._check_may_work()
        if mute := self.filtered(lambda case: not (case.answer_text or "").strip()):
            raise UserError(
                self.env._(
                    "Say why in “Answer to the Customer”: %s",
                    ", ".join(mute.mapped("display_name")),
                )
            )
        self._end(REFUSED)
        return True

    @public_act
    def action_cancel(self):
        """Give these cases up.

        :raise UserError: goods have come back: what becomes of them is decided
        """
        self._check_may_work()
        self._end(CANCELLED)
        return True

    def _end(self, state):
        take_turns(self)
        cases = self.sudo()  # the callers have checked who may
        if came := cases.filtered(lambda case: case._has_goods_back()):
            raise UserError(
                self.env._(
                    "Goods of %s have come back: enter what becomes of them, and "
                    "settle it.",
                    ", ".join(came.mapped("display_name")),
                )
            )
        under_way = cases.line_ids.move_ids.filtered(lambda m: m.state != "done")
        cases._move_to(state)
        cases.review_id._end("cancelled", "cancel")
        under_way._action_cancel()

    def _check_may_work(self):
        """Check that the reader works on these cases."""
        self.check_access("write")
        self._check_may_submit()

    # -- moving ------------------------------------------------------------------------

    def _tell_of_new(self):
        """Leave whoever is in charge a to-do."""
        for case in self:
            case._leave_todo(
                "case.new",
                self.env._("A customer has come back: look at it"),
                "\n".join(filter(None, [case.display_name, case.description])),
                user=case._get_owner(),
            )

    def _move_to(self, state):
        result = super()._move_to(state)
        # whatever was asked about it is answered
        if state in {REQUESTED, *ENDED}:
            self._find_todos("case.new").unlink()
        return result

    def _before_submission(self):
        super()._before_submission()
        take_turns(self.order_id)

    def _after_review(self, state):
        super()._after_review(state)
        follow_review(self, state, REQUESTED, APPROVED, REFUSED)

    def _is_review_used(self):
        return self.state not in {DRAFT, REQUESTED, APPROVED}

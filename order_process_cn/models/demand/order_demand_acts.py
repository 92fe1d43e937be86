from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import public_act, take_turns
from .order_demand_evaluation import DECIDES
from .order_demand_plan import COUNTS, DRAFT, HANDED, LATE, MISSING, ON_TIME, SEES_ALL

OPENED, MISSED = "demand.opened", "demand.missed"


class OrderDemandPlan(models.Model):
    """What is done with a demand plan: handed in, its excess approved, taken back.
    [PLN-2, PLN-3]"""

    _inherit = "order.demand.plan"

    @public_act
    def action_hand_in(self):
        """Hand these plans in: they count at once, or wait for the approval of what
        they exceed.

        :return: ``True``, or an action that asks who is to sign
        :raise UserError: everything that is missing, or somebody has handed it in
        :raise AccessError: the region of somebody else
        """
        self.check_access("write")
        self._check_region()
        plans = self.sudo()  # checked as the caller, written by the engine
        plans._take_turns()
        if problems := plans._find_problems():
            raise UserError("\n".join(problems))
        plans._evaluate()
        routes = plans._get_review_routes()
        reviewed = plans.filtered(lambda plan: routes[plan])
        others = plans - reviewed
        # asked for less than was refused: nobody has to sign any more
        others.filtered(lambda plan: plan.review_state == "declined").review_id._end(
            "cancelled", "cancel"
        )
        others._hand_in()
        others.filtered(lambda plan: not plan.is_over)._move_to(COUNTS)
        if reviewed:
            return self.browse(reviewed.ids).action_review_submit()
        return True

    def _take_turns(self):
        """Let one at a time hand in plans that have a part in the same plan."""
        take_turns(self)
        take_turns(self.browse().union(*self._find_above().values()))
        self.invalidate_recordset()

    def _find_problems(self):
        """Return in words what keeps these plans from being handed in."""
        problems = []
        for plan in self:
            if plan.state != DRAFT:
                words = self.env._("it was handed in already")
            elif not plan.line_ids:
                words = self.env._(
                    "enter what the region needs; a product with the quantity 0 says "
                    "that it needs none"
                )
            else:
                continue
            problems.append(f"{plan.display_name}: {words}")
        return problems

    def _hand_in(self):
        """Note who hands these superuser plans in, and whether in time."""
        now = fields.Datetime.now()
        self._take_turns()
        self._evaluate()
        for plan in self.filtered(lambda plan: not plan.handed_on):
            late = plan.due_at and now > plan.due_at
            if late and plan.timeliness != MISSING:
                plan._note_missing()
            plan.timeliness = LATE if late else ON_TIME
        self.filtered(lambda plan: not plan.handed_on).handed_on = now
        self.write(
            {
                "handed_by_id": self.env.uid,
                "approved_by_id": False,
                "approved_on": False,
            }
        )
        self._move_to(HANDED)
        self._emit("demand_handed")
        for key in (OPENED, MISSED):
            self._find_todos(key).unlink()

    def _note_missing(self):
        """Note of plans that were due that nobody has handed them in: once."""
        self.timeliness = MISSING
        self._emit("demand_missed")

    @public_act
    def action_approve_excess(self):
        """Approve what these plans exceed, where no review decides on it.

        :raise AccessError: the caller has not the right, or handed it in himself
        :raise UserError: nothing waits for it
        """
        self._check_may_decide()
        plans = self._enter()
        take_turns(plans)
        plans._check_waiting()
        plans.write(
            {"approved_by_id": self.env.uid, "approved_on": fields.Datetime.now()}
        )
        plans._move_to(COUNTS)
        return True

    @public_act
    def action_refuse_excess(self):
        """Give these plans back to their regions, to ask for less.

        :raise AccessError: the caller has not the right, or handed it in himself
        :raise UserError: nothing waits for it
        """
        self._check_may_decide()
        plans = self._enter()
        take_turns(plans)
        plans._check_waiting()
        plans._move_to(DRAFT)
        for plan in plans:
            plan._leave_todo(
                OPENED,
                self.env._("Demand plan not approved: ask for less"),
                "\n".join(plan._spell_excess()),
                user=plan.handed_by_id,
            )
        return True

    @public_act
    def action_take_back(self):
        """Open these plans once more, to correct them; what was agreed to ends.

        :raise AccessError: a plan that counts is opened by the sales office
        """
        self.check_access("write")
        self._check_region()
        plans = self.sudo()  # checked as the caller, written by the engine
        take_turns(plans)
        counting = plans.filtered(lambda plan: plan.state == COUNTS)
        if counting and not self.env.user.has_group(SEES_ALL):
            raise AccessError(
                self.env._(
                    "%s counts already: only the sales office opens it once more.",
                    ", ".join(counting.mapped("display_name")),
                )
            )
        plans.review_id._end("cancelled", "cancel")
        # the end of a review may have brought it there already
        plans.filtered(lambda plan: plan.state != DRAFT)._move_to(DRAFT)
        plans._evaluate()
        return True

    def _check_may_decide(self):
        if not self.env.user.has_group(DECIDES):
            raise AccessError(
                self.env._(
                    "Only some people approve what exceeds stock caps. Ask for the "
                    "group “Approve Demand over Caps”."
                )
            )
        self.check_access("read")
        if any(plan.handed_by_id == self.env.user for plan in self):
            raise AccessError(self.env._("Nobody approves what he has handed in."))

    def _check_waiting(self):
        """Check that these plans wait for somebody who holds the right."""
        waiting = self.filtered(lambda plan: plan.state == HANDED)
        idle = self - waiting | waiting._filtered_reviewed()
        if idle:
            raise UserError(
                self.env._(
                    "%s does not wait for this approval: it was decided on, or its "
                    "review decides.",
                    ", ".join(idle.mapped("display_name")),
                )
            )

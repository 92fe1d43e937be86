from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import arguments
from ..mechanism.engine import public_act, take_turns
from ..mechanism.mail_activity_mixin import WARNING
from ..mechanism.order_condition_mixin import Condition
from .release_states import (
    CANCELLED,
    DRAFT,
    LETS_LEAVE,
    RELEASED,
    REQUESTED,
)

GROUP = "order_process_cn.order_group_shipping_emergency"


class OrderShippingRelease(models.Model):
    """Emergency release (SHP-1): 客服主管 lets goods go at once and answers for it. The
    signature of finance and the balance are not waited for; that the order is in
    effect, its quantities and a suspension are. The papers are made up afterwards."""

    _inherit = "order.shipping.release"

    is_emergency = fields.Boolean(
        string="Emergency Release",
        copy=False,
        readonly=True,
        index="btree_not_null",
        tracking=True,
        help="Let go without waiting for finance; its papers are made up afterwards.",
    )
    emergency_reason = fields.Text(
        string="Why It Was Urgent", copy=False, readonly=True
    )
    emergency_by_id = fields.Many2one(
        "res.users",
        string="Let Go in an Emergency by",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    emergency_on = fields.Datetime(
        string="Emergency Release on", copy=False, readonly=True
    )
    emergency_refused_on = fields.Datetime(
        string="Refused Afterwards on",
        copy=False,
        readonly=True,
        tracking=True,
        help="Finance did not agree afterwards: nothing more leaves on it.",
    )
    is_paper_missing = fields.Boolean(
        string="Papers Missing",
        compute="_compute_is_paper_missing",
        compute_sudo=True,
        store=True,
        index="btree_not_null",
        help="Released in an emergency, and finance has not agreed yet.",
    )

    @api.depends("is_emergency", "state", "review_state", "released_by_id")
    def _compute_is_paper_missing(self):
        for release in self:
            agreed = release.review_state == "approved" or release.released_by_id
            release.is_paper_missing = (
                release.is_emergency and release.state != CANCELLED and not agreed
            )

    # -- letting go --------------------------------------------------------------------

    @public_act
    @arguments.checked(reason=arguments.text)
    def action_release_emergency(self, reason):
        """Let these goods go at once.

        :raise AccessError: the caller is none of those who may
        :raise UserError: no reason, or something stands in the way even so
        """
        self.check_access("write")
        if not self.env.user.has_group(GROUP):
            raise AccessError(
                self.env._(
                    "You may not let goods go in an emergency. Ask for the group "
                    "“Emergency Release of Goods”."
                )
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Say why it cannot wait for finance."))
        releases = self.sudo()  # group and rights were checked; the gates stand behind
        take_turns(releases.order_id)
        take_turns(releases)
        waiting = releases.filtered(lambda r: r.state in {DRAFT, REQUESTED})
        if late := releases - waiting:
            raise UserError(
                self.env._(
                    "%s is not a request any more: there is nothing to let go.",
                    ", ".join(late.mapped("display_name")),
                )
            )
        releases.write(
            {
                "is_emergency": True,
                "emergency_reason": reason,
                "emergency_by_id": self.env.uid,
                "emergency_on": fields.Datetime.now(),
                "requested_transition": False,
            }
        )
        releases.filtered(lambda r: r.state == DRAFT)._move_to(REQUESTED)
        releases._move_to(RELEASED)
        releases._emit("emergency")
        for release in releases:
            words = self.env._("Released in an emergency: %s", reason)
            release._message_log(body=words, author_id=self.env.user.partner_id.id)
            release._ask_for_papers()
        return True

    def _ask_for_papers(self):
        """Leave whoever sells it a to-do until finance was asked."""
        self.ensure_one()
        if self.review_state != "running":
            self._leave_todo(
                "shipping.papers",
                self.env._("Released in an emergency: make up its papers"),
                self.env._(
                    "Submit the shipping release to review, or have finance let it go: "
                    "the goods may have left already."
                ),
                user=self.user_id,
            )

    # -- what it need not wait for -----------------------------------------------------

    def _filtered_waiting(self):
        """Return those that wait for finance: an emergency does not."""
        return self.filtered(lambda release: not release.is_emergency)

    def _condition_review(self):
        waiting = self._filtered_waiting()
        return super(OrderShippingRelease, waiting)._condition_review()

    def _condition_balance(self):
        waiting = self._filtered_waiting()
        return super(OrderShippingRelease, waiting)._condition_balance()

    def _get_condition_providers(self):
        providers = super()._get_condition_providers()
        more = [self._condition_emergency]
        return {**providers, "ship": [*providers["ship"], *more]}

    def _condition_emergency(self):
        """[SHP-1] once finance has refused it, nothing more leaves on it."""
        # what is no emergency was read at the gate already
        refused = self.filtered(lambda r: r.is_emergency and r.emergency_refused_on)
        label = self.env._("Finance agrees to the emergency release")
        return {
            release: Condition(
                "emergency", label, False, release.emergency_by_id.name or ""
            )
            for release in refused
        }

    @api.model
    def _get_limit_events(self):
        label = self.env._("Emergency release")
        return {**super()._get_limit_events(), "emergency": label}

    # -- the papers, afterwards --------------------------------------------------------

    def _may_start_review(self):
        made_up = self.is_paper_missing and self.state in LETS_LEAVE
        return made_up or super()._may_start_review()

    def _after_review(self, state):
        super()._after_review(state)
        gone = self.filtered(lambda r: r.is_emergency and r.state in LETS_LEAVE)
        if state == "approved":
            gone.emergency_refused_on = False
        elif state == "declined":
            gone._refuse_afterwards()
        if state in {"running", "approved"}:
            gone._find_todos("shipping.papers").unlink()
        elif state in {"withdrawn", "terminated", "outdated"}:
            for release in gone:
                release._ask_for_papers()

    def _agree_afterwards(self):
        """Note that finance agrees to what was let go in an emergency, where nobody has
        to sign; return those that this was about."""
        gone = self.filtered(lambda r: r.is_paper_missing and r.state in LETS_LEAVE)
        gone.write({"released_by_id": self.env.uid, "emergency_refused_on": False})
        gone._find_todos("shipping.papers").unlink()
        gone._emit("submitted")
        return gone

    def _refuse_afterwards(self):
        """Stop what is still here, and tell those who answer for what has left."""
        self._follow_goods()
        self.emergency_refused_on = fields.Datetime.now()
        for release in self:
            left = release.line_ids.filtered("shipped_qty")
            note = self.env._(
                "Nothing more leaves on it. Left already: %s",
                ", ".join(line._spell_shipped() for line in left)
                or self.env._("nothing"),
            )
            for user in release.emergency_by_id | release._get_emergency_heads():
                release._leave_todo(
                    "shipping.emergency_refused",
                    self.env._("Finance refuses an emergency release"),
                    note,
                    user=user,
                    kind=WARNING,
                )

    def _get_emergency_heads(self):
        """Return who is in charge of whoever let it go: the head of his department,
        else of the sales team of the order."""
        departments = self.env["order.department"].search(
            [
                ("member_ids", "in", self.emergency_by_id.ids),
                ("company_id", "in", [False, self.company_id.id]),
            ]
        )
        return departments.head_id or self.order_id.team_id.user_id

    # -- what is shown -----------------------------------------------------------------

    def _get_review_head(self):
        head = super()._get_review_head()
        if self.is_emergency:
            head += [
                (self.env._("Let Go in an Emergency by"), self.emergency_by_id.name),
                (self.env._("Why It Was Urgent"), self.emergency_reason),
            ]
        return head

    def _get_form_watermark(self):
        if self.is_paper_missing and not self.emergency_refused_on:
            return self.env._("To be made up")
        if self.emergency_refused_on:
            return self.env._("Not approved")
        return super()._get_form_watermark()

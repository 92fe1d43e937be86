from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import public_act, take_turns
from ..prices.res_users import INSIDE_PRICES
from .order_goods import get_value_of
from .release_states import (
    CANCELLED,
    DRAFT,
    LETS_LEAVE,
    REFUSED,
    RELEASED,
    REQUESTED,
    SHIPPED,
)


class OrderShippingRelease(models.Model):
    """发货申请单 (F17): what of an order may leave, asked for by sales and released by
    finance (SHP-1). Never the transfer itself: the warehouse splits, merges and repeats
    transfers, and what was released stays what it was.

    Spread over files: conditions (``…_conditions``), proposing and following the goods
    (``…_progress``), emergencies (``…_emergency``), its lines
    (``order_shipping_line``). The gate asks from ``stock_move_line_shipping``; what
    becomes of it when the order says something else is the room ``releases_follow``.
    """

    _name = "order.shipping.release"
    _inherit = ["order.case.mixin"]
    _description = "Shipping Release"
    _moves = {
        DRAFT: {REQUESTED, CANCELLED},
        # a signature that is taken back or withdrawn opens it again
        REQUESTED: {RELEASED, REFUSED, DRAFT, CANCELLED},
        RELEASED: {SHIPPED, REQUESTED, CANCELLED},
        REFUSED: {DRAFT, CANCELLED},
        SHIPPED: set(),
        CANCELLED: set(),
    }
    _gates = {
        "request": ("state", {REQUESTED}),
        "release": ("state", {RELEASED}),
    }
    _entered = frozenset({"planned_on", "valid_until", "note"})
    _facts = {
        "document": ["order_id", "company_id", "partner_shipping_id"],
        "dates": ["valid_until"],
        "special": ["note"],
    }
    _lines = "line_ids"
    _line_facts = {"document": ["order_line_id", "product_id", "quantity"]}

    state = fields.Selection(
        [
            (DRAFT, "To Request"),
            (REQUESTED, "Requested"),
            (RELEASED, "Released"),
            (SHIPPED, "Shipped"),
            (REFUSED, "Refused"),
            (CANCELLED, "Cancelled"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
        group_expand=True,
    )
    line_ids = fields.One2many("order.shipping.line", "release_id", string="Goods")
    # its own: what was signed goes where it was signed for, see ``_redirect``
    partner_shipping_id = fields.Many2one(
        "res.partner",
        string="Receiver",
        compute="_compute_partner_shipping_id",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    is_proposal = fields.Boolean(
        string="Proposed by Itself",
        copy=False,
        readonly=True,
        help="Nobody has entered a quantity: it follows what is ready.",
    )
    planned_on = fields.Date(string="Shipping Day", help="When the goods are to leave.")
    valid_until = fields.Date(
        help="After this day nothing more leaves on this release. Empty: no limit.",
        tracking=True,
    )
    note = fields.Text(
        string="Remark", help="What finance and the warehouse should know."
    )
    released_on = fields.Datetime(string="Let Go on", copy=False, readonly=True)
    released_by_id = fields.Many2one(
        "res.users",
        string="Released by",
        copy=False,
        readonly=True,
        help="Who released it where no review is needed.",
    )
    goods_leave = fields.Selection(related="order_id.goods_leave")
    currency_id = fields.Many2one(related="order_id.currency_id")
    balance_due = fields.Monetary(
        string="Balance of the Order",
        compute="_compute_balance_due",
        compute_sudo=True,
        groups=INSIDE_PRICES,
        help="Total and forfeited deposit, less what was received and may be offset.",
    )

    @api.depends("order_id")
    def _compute_partner_shipping_id(self):
        for release in self:
            release.partner_shipping_id = release.order_id.partner_shipping_id

    @api.depends("order_id.balance_due")
    def _compute_balance_due(self):
        # no related field: by one of those somebody who sees no prices could filter
        for release in self:
            release.balance_due = release.order_id.balance_due

    def _spell_name(self, order, run):
        return self.env._("Shipping of %(order)s, no. %(run)s", order=order, run=run)

    # -- buttons -----------------------------------------------------------------------

    @public_act
    def action_request(self):
        """Ask finance to let these goods go: through the review, where one applies.

        :raise UserError: what stands in the way
        """
        self.check_access("write")
        self._check_may_submit()
        reviewed = self.filtered("needs_review")
        # the right was checked above; the gate stands behind
        (self - reviewed).sudo()._request()
        return reviewed.action_review_submit() if reviewed else True

    @public_act
    def action_release(self):
        """Let these goods go, where nobody has to sign for it."""
        self._check_may_release()
        take_turns(self)
        releases = self.sudo()  # the group was checked above; the gate stands behind
        releases -= releases._agree_afterwards()
        releases._raise_open_conditions("release")
        releases.released_by_id = self.env.user
        releases._move_to(RELEASED)
        return True

    @public_act
    def action_refuse(self):
        """Refuse these requests, where nobody has to sign for them."""
        self._check_may_release()
        take_turns(self)
        releases = self.sudo()  # the group was checked above
        gone = releases.filtered(lambda r: r.is_emergency and r.state in LETS_LEAVE)
        gone._refuse_afterwards()
        (releases - gone)._move_to(REFUSED)
        return True

    @public_act
    def action_correct(self):
        """Open refused requests again, to be changed and asked for anew."""
        self.check_access("write")
        self._check_may_submit()
        self.sudo()._move_to(DRAFT)  # the right was checked above
        return True

    @public_act
    def action_cancel(self):
        """Give these releases up; nothing more leaves on them.

        :raise UserError: something has left on one of them
        """
        self.check_access("write")
        self._check_may_submit()
        take_turns(self)  # against goods that leave at this moment
        releases = self.sudo()  # the right was checked above
        releases._follow_goods()
        if begun := releases.filtered(lambda r: any(r.line_ids.mapped("shipped_qty"))):
            raise UserError(
                self.env._(
                    "Goods have left on %s: it cannot be cancelled. What is not to "
                    "leave any more simply stays.",
                    ", ".join(begun.mapped("display_name")),
                )
            )
        releases._move_to(CANCELLED)
        releases.review_id._end("cancelled", "cancel")
        return True

    def _check_may_release(self):
        self.check_access("write")
        if not self.env.user.has_group("order_process_cn.order_group_finance"):
            raise AccessError(self.env._("Only finance lets goods go."))
        # whether somebody has to sign is no secret
        if reviewed := self.sudo().filtered("needs_review"):
            raise UserError(
                self.env._(
                    "%s is decided by those who sign it.",
                    ", ".join(reviewed.mapped("display_name")),
                )
            )

    # -- moving ------------------------------------------------------------------------

    def _request(self):
        if self:
            # two of them together may not ask for more than is left of an order
            take_turns(self.order_id)
            self._move_to(REQUESTED)

    def _move_to(self, state):
        super()._move_to(state)
        if state == RELEASED:
            self.released_on = fields.Datetime.now()
            self.order_id._emit("arranged")
        self.filtered("is_proposal").is_proposal = False
        # what was asked about them is answered
        self._find_todos("shipping.request").unlink()
        self.order_id._mark_for_recheck("shipping")

    def _before_submission(self):
        super()._before_submission()
        take_turns(self.order_id)

    def _after_review(self, state):
        super()._after_review(state)
        if state == "running":
            self.filtered(lambda r: r.state == DRAFT)._move_to(REQUESTED)
            # somebody who had signed does not stand by it any more
            signed = self.filtered(lambda r: not r.is_emergency)
            signed.filtered(lambda r: r.state == RELEASED)._move_to(REQUESTED)
        requested = self.filtered(lambda r: r.state == REQUESTED)
        if state == "approved":
            requested._release_when_ready()
        elif state == "declined":
            requested._move_to(REFUSED)
        elif state in {"withdrawn", "terminated", "outdated"}:
            requested._move_to(DRAFT)

    def _release_when_ready(self):
        """Let go what was agreed to; the rest as soon as nothing is missing."""
        ready = self._filtered_ready("release")
        ready._move_to(RELEASED)
        (self - ready)._keep_waiting("release")

    @api.model
    def _get_recheck_handlers(self):
        return {**super()._get_recheck_handlers(), "release": "_release_what_waited"}

    @api.model
    def _get_recheck_followers(self):
        return {
            **super()._get_recheck_followers(),
            "review": {"release"},
            "release": {"review"},
        }

    @api.model
    def _get_recheck_labels(self):
        label = self.env._("Release of what was agreed to")
        return {**super()._get_recheck_labels(), "release": label}

    def _release_what_waited(self):
        self.filtered(
            lambda r: r.state == REQUESTED and r.requested_transition == "release"
        )._filtered_ready("release")._move_to(RELEASED)

    def _is_review_used(self):
        # what has left cannot be signed back
        return self.state in {SHIPPED, CANCELLED}

    # -- what a review asks about it ---------------------------------------------------

    def _get_review_head(self):
        self.ensure_one()
        days = [("planned_on", self.planned_on), ("valid_until", self.valid_until)]
        return [
            *super()._get_review_head(),
            (self.env._("Receiver"), self.partner_shipping_id.display_name),
            *(
                (self._fields[name]._description_string(self.env), str(day))
                for name, day in days
                if day
            ),
        ]

    def _get_review_lines(self):
        self.ensure_one()
        return [line._spell() for line in self.line_ids if line._is_chosen()]

    def _get_review_amount(self):
        value = get_value_of(self.order_id, self.line_ids)
        return value / (self.order_id.currency_rate or 1.0)

    # -- paper -------------------------------------------------------------------------

    def _get_form_watermark(self):
        if watermark := super()._get_form_watermark():
            return watermark
        if self.state not in LETS_LEAVE:
            # where nobody has to sign for it, it is finance that lets it go
            return self.env._("Not approved")
        if self.state == RELEASED and self._is_expired():
            return self.env._("Expired")
        return False

    @api.model
    def _is_fact_line(self, values):
        return values["quantity"] > 0

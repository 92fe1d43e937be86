from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...tools import arguments
from ..document.moving import follow_review
from ..given.given import find_given
from ..mechanism.engine import public_act, take_turns
from ..prices.res_users import INSIDE_PRICES, PRICE_GROUP
from .change_states import (
    AGREED,
    APPLIED,
    CANCEL,
    CANCELLED,
    CHANGE,
    CLOSE,
    DRAFT,
    OPEN,
    PRODUCT,
    REFUSED,
    REQUESTED,
    UNDER_WAY,
)


class OrderChangeRequest(models.Model):
    """订单变更申请 (F21, F22): from the wish to its effect. What an order says is
    edited here in place, looked at with all that follows from it, signed by those it
    touches, agreed to by the customer, and then written to the order as a whole
    (CHG-1…3).

    Spread over files: what is old and new (``…_values``), what stands in the way
    (``…_conditions``), writing it (``…_apply``), lines (``order_change_line``), the
    documents it reaches (``order_change_effect``), what the order was before
    (``order_version``).
    """

    _name = "order.change.request"
    _inherit = ["order.case.portal.mixin"]
    _description = "Change Request"
    _moves = {
        DRAFT: {REQUESTED, CANCELLED},
        # a signature that is taken back or withdrawn opens it again
        REQUESTED: {AGREED, REFUSED, DRAFT, CANCELLED},
        AGREED: {APPLIED, REFUSED, REQUESTED, DRAFT, CANCELLED},
        REFUSED: {DRAFT, CANCELLED},
        APPLIED: set(),
        CANCELLED: set(),
    }
    _gates = {
        "request": ("state", {REQUESTED}),
        "agree": ("state", {AGREED}),
        "apply": ("state", {APPLIED}),
    }
    _entered = frozenset(
        {
            "kind",
            "requested_by",
            "reason_id",
            "reason",
            "wish",
            "extra_cost",
            "cost_note",
            "new_commitment_date",
            "new_wanted_date",
            "new_payment_term_id",
            "new_partner_shipping_id",
            "new_packing_requirements",
            "new_special_requirements",
        }
    )
    _facts = {
        # the base: what the order was when this was asked for
        "document": [
            "order_id",
            "run",
            "company_id",
            "kind",
            "requested_by",
            "reason_id",
            "reason",
            "base_digest",
        ],
        "product": ["wish"],
        "price": ["extra_cost", "cost_note"],
        "dates": ["new_commitment_date", "new_wanted_date"],
        "terms": ["new_payment_term_id"],
        "delivery": ["new_partner_shipping_id"],
        "packing": ["new_packing_requirements", "new_special_requirements"],
    }
    _lines = "line_ids"
    _line_facts = {
        "product": ["order_line_id", "product_id", "product_uom_id", "specification"],
        "quantity": ["quantity"],
        "price": ["price_unit", "discount"],
    }
    _portal_fields = ("new_commitment_date",)

    kind = fields.Selection(
        [
            (CHANGE, "Change"),
            (CLOSE, "Close the Rest"),
            (CANCEL, "Cancel the Order"),
            (PRODUCT, "Product Modification"),
        ],
        required=True,
        default=CHANGE,
        help="Close the rest: nothing more is made or delivered than has left. Product "
        "modification: R&D says when it will be finished.",
    )
    # while it is entered: the kind before the one that is chosen now
    kind_shown = fields.Char(compute="_compute_kind_shown")
    state = fields.Selection(
        [
            (DRAFT, "Being Entered"),
            (REQUESTED, "Requested"),
            (AGREED, "Agreed To"),
            (APPLIED, "Applied"),
            (REFUSED, "Refused"),
            (CANCELLED, "Cancelled"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
    )
    requested_by = fields.Selection(
        [("customer", "The customer"), ("company", "We")],
        string="Wanted by",
        required=True,
        default="customer",
    )
    reason_id = fields.Many2one(
        "order.change.reason", index="btree_not_null", ondelete="restrict"
    )
    reason = fields.Text(string="Explanation")
    wish = fields.Text(
        string="Change Wanted", help="What is to be different about the product."
    )
    rd_finish_date = fields.Date(
        string="R&D Finish Date",
        copy=False,
        tracking=True,
        help="When R&D will have finished the modification. Given by R&D.",
    )
    line_ids = fields.One2many("order.change.line", "change_id", string="Lines")
    effect_ids = fields.One2many(
        "order.change.effect", "change_id", string="What It Reaches", readonly=True
    )
    new_commitment_date = fields.Datetime(string="Promised Date")
    new_wanted_date = fields.Date(string="Wanted Date")
    new_payment_term_id = fields.Many2one(
        "account.payment.term",
        string="Payment Terms",
        check_company=True,
        ondelete="restrict",
    )
    new_partner_shipping_id = fields.Many2one(
        "res.partner",
        string="Delivery Address",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    new_packing_requirements = fields.Text(string="Packing Requirements")
    new_special_requirements = fields.Text(string="Special Requirements")
    currency_id = fields.Many2one(related="order_id.currency_id")
    extra_cost = fields.Monetary(
        groups=INSIDE_PRICES,
        help="What the change costs beside the difference of the amount: work done in "
        "vain, scrap, express freight.",
    )
    cost_note = fields.Char(
        string="What the Cost Is", help="What is scrapped or done twice, and who pays."
    )
    amount_before = fields.Monetary(readonly=True, copy=False, groups=PRICE_GROUP)
    amount_after = fields.Monetary(readonly=True, copy=False, groups=PRICE_GROUP)
    applied_on = fields.Datetime(readonly=True, copy=False)
    applied_by_id = fields.Many2one(
        "res.users", string="Applied by", readonly=True, copy=False
    )

    _one_open = models.UniqueIndex(
        "(order_id) WHERE state IN ('draft', 'requested', 'agreed')",
        "Another change of this order is open already: finish it or cancel it first.",
    )

    def _spell_name(self, order, run):
        return self.env._("Change of %(order)s, no. %(run)s", order=order, run=run)

    # -- entering ----------------------------------------------------------------------

    def _sells(self):
        # engineering has access for the day of a product modification only
        return self.env.user.has_group("sales_team.group_sale_salesman")

    def _may_submit(self):
        return self._sells() and super()._may_submit()

    def _check_may_submit(self):
        if not self._sells():
            raise AccessError(self.env._("Changes of orders are asked for by sales."))
        super()._check_may_submit()

    @api.model
    @public_act
    @arguments.checked(order_id=arguments.record_id)
    def action_open(self, order_id):
        """Open the change of an order that is being entered, or begin one.

        :raise UserError: the order is not in force
        """
        order = find_given(self.env["sale.order"], order_id)
        order.check_access("write")
        self.browse().check_access("write")
        self._check_may_submit()
        take_turns(order)  # one change, whoever asks first
        order = order.sudo()  # may ask for it: checked above
        if order.state != "sale":
            raise UserError(
                self.env._(
                    "%s is not confirmed, or cancelled: edit it as it is.", order.name
                )
            )
        changes = self.sudo()  # as above
        change = changes.search(
            [("order_id", "=", order.id), ("state", "in", OPEN)], limit=1
        ) or changes.create({"order_id": order.id})
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_change_request_action"
        )
        return {**action, "views": [(False, "form")], "res_id": change.id}

    @api.model
    def _complete(self, vals_list):
        """Fill in what the orders say now: it is edited in place."""
        completed = []
        for vals in super()._complete(vals_list):
            order = self.env["sale.order"].browse(vals["order_id"])
            lines = self.env["order.change.line"]._propose(order)
            commands = [Command.create(line) for line in lines]
            base = {**self._read_base(order), "line_ids": commands}
            completed.append({**base, **vals})
        return completed

    @api.model_create_multi
    def create(self, vals_list):
        changes = super().create(vals_list)
        changes._look_ahead()
        return changes

    def _compute_kind_shown(self):
        for change in self:
            change.kind_shown = change._origin.kind

    @api.onchange("kind")
    def _onchange_kind(self):
        """What a kind has entered goes with it, before it is saved as well."""
        if self.kind == CLOSE:
            self.line_ids._close_rest()
        elif self.kind_shown == CLOSE:
            self.line_ids._open_rest()
        self.kind_shown = self.kind

    def write(self, vals):
        closing = opened = self.browse()
        if "kind" in vals and "line_ids" not in vals:
            others = self.filtered(lambda change: change.kind != vals["kind"])
            closing = others if vals["kind"] == CLOSE else closing
            opened = others.filtered(lambda change: change.kind == CLOSE)
        result = super().write(vals)
        # entered with the kind
        closing.sudo().line_ids._close_rest()
        opened.sudo().line_ids._open_rest()
        if vals.get("kind", PRODUCT) != PRODUCT:
            # nobody would see it any more
            self.sudo().filtered(
                lambda change: change.wish or change.rd_finish_date
            )._forget_wish()
        if vals.keys() & self._entered and not self.env.su:
            self.sudo()._look_ahead()  # follows from what was entered
        if "rd_finish_date" in vals:
            self._mark_for_recheck("apply")
        return result

    def _forget_wish(self):
        self.write({"wish": False, "rd_finish_date": False})

    def _check_entry(self, names):
        super()._check_entry(names)
        if self._entered & names:
            self._check_may_submit()
        if "rd_finish_date" in names:  # no fact: it is given while others sign
            self._check_may_date()

    def _check_may_date(self):
        """Check that the reader says when R&D will have finished: nobody else does."""
        if not self.env.user.has_group("order_process_cn.order_group_engineering"):
            raise AccessError(
                self.env._("Only engineering says when R&D will have finished.")
            )
        if ended := self.filtered(lambda change: not change._moves[change.state]):
            ended._check_open()

    # -- buttons -----------------------------------------------------------------------

    @public_act
    def action_request(self):
        """Ask for this change: through the review where one applies; what nobody has to
        sign and nobody has to agree to is applied at once.

        :raise UserError: what stands in the way, all of it
        """
        self.check_access("write")
        self._check_may_submit()
        reviewed = self.filtered("needs_review")
        # the right was checked above; the gates stand behind
        free = (self - reviewed).sudo()
        if free:
            take_turns(free.order_id)
            free._move_to(REQUESTED)
            free._move_to(AGREED)
        result = reviewed.action_review_submit() if reviewed else True
        # a review that asks nobody has agreed at once
        agreed = self.sudo().filtered(lambda c: c.state == AGREED)  # as above
        agreed._apply_when_ready()
        return result

    @public_act
    def action_apply(self):
        """Write to the order what was agreed to.

        :raise UserError: what it still waits for
        """
        self.check_access("write")
        self._check_may_submit()
        self.sudo()._apply()  # the right was checked above; the gate stands behind
        return True

    @public_act
    def action_correct(self):
        """Open these changes again, to be entered anew on the order as it is now."""
        self.check_access("write")
        self._check_may_submit()
        changes = self.sudo()  # the right was checked above
        take_turns(changes.order_id)
        changes.filtered(lambda c: c.state != DRAFT)._move_to(DRAFT)
        changes._take_base()
        changes._look_ahead()
        return True

    @public_act
    def action_cancel(self):
        """Give these changes up."""
        self.check_access("write")
        self._check_may_submit()
        take_turns(self)
        changes = self.sudo()  # the right was checked above
        changes._move_to(CANCELLED)
        changes.review_id._end("cancelled", "cancel")
        return True

    # -- moving ------------------------------------------------------------------------

    def _move_to(self, state):
        super()._move_to(state)
        self.filtered("order_id.ships_on_release")._stop_goods(state in UNDER_WAY)

    def _before_submission(self):
        super()._before_submission()
        take_turns(self.order_id)

    def _after_review(self, state):
        super()._after_review(state)
        under_way = follow_review(self, state, REQUESTED, AGREED, REFUSED)
        if state == "approved":
            # not within the signature of somebody who signs only
            under_way._keep_waiting("apply")

    def _is_review_used(self):
        return self.state in {APPLIED, CANCELLED}

    # -- the customer ------------------------------------------------------------------

    def _is_shown_to_customer(self):
        return self.state in {AGREED, APPLIED}

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from ..mechanism.engine import public_act, take_turns
from ..prices.res_users import PRICE_GROUP
from .pickup_clock import next_tier_start

PROPOSED, DECIDED, WAIVED, SETTLED = "proposed", "decided", "waived", "settled"
LAPSED = "lapsed"


class OrderForfeiture(models.Model):
    """What becomes of a deposit: proposed by the system, decided by people through a
    review (DEP-3), limited to what is a deposit by law (DEP-4)."""

    _name = "order.forfeiture"
    _inherit = ["order.case.mixin"]
    _description = "Deposit Forfeiture"
    # back to decided when the invoice is credited or reset; without effect once the
    # contract goes on
    _moves = {
        PROPOSED: {DECIDED, WAIVED, LAPSED},
        DECIDED: {SETTLED, LAPSED},
        SETTLED: {DECIDED},
        WAIVED: set(),
        LAPSED: set(),
    }
    # nothing is decided, or waived, without the review it needs
    _gates = {"decide": ("state", {DECIDED, WAIVED, SETTLED})}
    _entered = frozenset({"amount", "reason"})
    _facts = {
        "document": ["order_id", "company_id", "kind", "broken_by"],
        "price": ["amount", "proposed_amount", "legal_cap", "fine_amount"],
        "terms": ["base", "percent", "reason"],
    }

    currency_id = fields.Many2one(related="order_id.currency_id")
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    kind = fields.Selection(
        [
            ("late_pickup", "Goods not taken in time"),
            ("forfeit", "The customer broke the contract: forfeited"),
            ("double", "We broke the contract: returned double"),
            ("proportional", "Partly performed: in proportion"),
            ("none", "Neither: returned or offset"),
        ],
        required=True,
        readonly=True,
    )
    broken_by = fields.Selection(
        [("customer", "The customer"), ("us", "We")],
        string="Contract Broken by",
        readonly=True,
        help="The customer loses his deposit; we return it double.",
    )
    state = fields.Selection(
        [
            (PROPOSED, "Proposed"),
            (DECIDED, "Decided"),
            (WAIVED, "Waived"),
            (SETTLED, "Settled"),
            (LAPSED, "Without Effect"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=PROPOSED,
        index=True,
        tracking=True,
    )
    is_former = fields.Boolean(
        string="Before the Order Went On",
        readonly=True,
        help="The order was confirmed again afterwards. What was kept then is no "
        "deposit any more, and another end of the contract is settled anew.",
    )
    days = fields.Integer(
        string="Days in Stock",
        readonly=True,
        help="How long the goods have waited, or had when they were taken.",
    )
    base = fields.Selection(
        [("order", "Of the order total"), ("deposit", "Of the deposit")], readonly=True
    )
    percent = fields.Float(digits=(5, 2), readonly=True)
    legal_cap = fields.Monetary(
        string="At Most",
        readonly=True,
        groups=PRICE_GROUP,
        help="The deposit by law (定金) as far as it was received.",
    )
    proposed_amount = fields.Monetary(readonly=True, groups=PRICE_GROUP)
    amount = fields.Monetary(
        groups=PRICE_GROUP,
        tracking=True,
        help="What the customer loses, or what we pay on top of returning the deposit.",
    )
    fine_amount = fields.Monetary(
        string="Proposed Fine",
        currency_field="company_currency_id",
        readonly=True,
        groups=PRICE_GROUP,
        help="For the person in charge; goes to the ledger of fines.",
    )
    reason = fields.Text(tracking=True, help="Why it is decided like this.")
    invoice_line_ids = fields.One2many(
        "account.move.line", "order_forfeiture_id", readonly=True
    )

    @api.constrains("amount", "legal_cap")
    def _check_amount(self):
        for forfeiture in self:
            currency = forfeiture.currency_id
            above = currency.compare_amounts(forfeiture.amount, forfeiture.legal_cap)
            if forfeiture.amount < 0 or above > 0:
                raise ValidationError(
                    self.env._(
                        "%(forfeiture)s: at most %(cap)s can be forfeited. By law only "
                        "a deposit that was received, up to the limit of the contract "
                        "value, has this effect.",
                        forfeiture=forfeiture.display_name,
                        cap=forfeiture.order_id._format_money(forfeiture.legal_cap),
                    )
                )

    def _spell_name(self, order, run):
        return self.env._("Deposit of %(order)s, no. %(run)s", order=order, run=run)

    # -- write -------------------------------------------------------------------------

    @api.model
    def _complete(self, vals_list):
        return super()._complete(
            [{"amount": vals.get("proposed_amount", 0.0), **vals} for vals in vals_list]
        )

    def _move_to(self, state):
        super()._move_to(state)
        # what was asked about them is answered; by hand too they are settled for good
        self._find_todos("forfeiture.decide").unlink()
        if state == SETTLED:
            self.activity_ids.unlink()

    # -- deciding ----------------------------------------------------------------------

    @public_act
    def action_decide(self):
        """Decide on these forfeitures as they stand, where no review is needed."""
        self._check_may_decide()
        self._check_decidable()
        self._raise_open_conditions("decide")
        self.sudo()._decide()  # the group was checked above; the gate stands behind
        return True

    @public_act
    def action_waive(self):
        """Give up these forfeitures: at once, or through the review."""
        self._check_may_decide()
        self.amount = 0.0
        reviewed = self.filtered("needs_review")
        (self - reviewed).action_decide()
        return reviewed.action_review_submit() if reviewed else True

    @public_act
    def action_settle(self):
        """Note that money and books of decided forfeitures are settled. Those that go
        on an invoice are settled by it."""
        self._check_may_decide()
        self.sudo()._move_to(SETTLED)  # the group was checked above
        return True

    @public_act
    def action_withdraw(self):
        """Give up what was decided when these contracts ended, because they go on.

        :raise UserError: it is not decided, on an invoice, or no end of a contract
        """
        self._check_may_decide()
        take_turns(self)
        problems = [
            self.env._(
                "%s cannot be withdrawn: only what was decided when a contract ended, "
                "and is on no invoice.",
                forfeiture.display_name,
            )
            for forfeiture in self
            if forfeiture.kind == "late_pickup"
            or forfeiture.state != DECIDED
            # whoever decides need not read invoices
            or forfeiture.sudo()._sum_lines({"draft", "posted"})
        ]
        if problems:
            raise UserError("\n".join(problems))
        self.sudo()._lapse()  # the group was checked above
        return True

    def _lapse(self):
        """Take away the effect of these forfeitures: the contracts go on."""
        self.review_id._end("cancelled", "cancel")
        self._move_to(LAPSED)
        self.activity_ids.unlink()
        for forfeiture in self:
            forfeiture.order_id._message_log(
                body=self.env._("%s: without effect", forfeiture.display_name)
            )
        self.is_former = True
        self.order_id._mark_for_recheck("money")

    def _check_may_decide(self):
        self.check_access("write")
        if not self.env.user.has_group("order_process_cn.order_group_finance"):
            raise AccessError(
                self.env._("Only finance decides what becomes of a deposit.")
            )

    def _check_decidable(self):
        # whoever decides need not see the order and its invoices
        if problems := self.sudo()._find_problems():
            raise UserError("\n".join(problems))

    def _find_problems(self):
        """Return what keeps these forfeitures from being decided, in words."""
        problems = []
        for forfeiture in self:
            name = forfeiture.display_name
            if forfeiture.state != PROPOSED:
                problems.append(self.env._("%s was decided already.", name))
            elif forfeiture._is_changed() and not (forfeiture.reason or "").strip():
                problems.append(
                    self.env._("%s: say why it differs from the proposal.", name)
                )
            elif forfeiture.amount and (start := forfeiture._next_tier_day()):
                problems.append(
                    self.env._(
                        "%(forfeiture)s: the goods have not been taken yet, and from "
                        "%(day)s on another tier applies. Decide then, or waive it.",
                        forfeiture=name,
                        day=fields.Date.to_string(start),
                    )
                )
        return problems

    def _is_changed(self):
        """Whether a person entered another amount than was proposed."""
        self.ensure_one()
        return bool(self.currency_id.compare_amounts(self.amount, self.proposed_amount))

    def _next_tier_day(self):
        """Return the day on which another tier would apply, or ``False``."""
        order = self.order_id
        if self.kind != "late_pickup" or order.goods_taken_on:
            return False
        start = next_tier_start(order)
        return start and order.company_id._calendar_day(start)

    def _decide(self):
        waived = self.filtered(lambda f: not f.amount and f.kind != "none")
        waived._move_to(WAIVED)
        (self - waived)._move_to(DECIDED)
        states = dict(self._fields["state"]._description_selection(self.env))
        for forfeiture in self:
            forfeiture.order_id._message_log(
                body=self.env._(
                    "%(forfeiture)s: %(state)s",
                    forfeiture=forfeiture.display_name,
                    state=states[forfeiture.state],
                )
            )
        (self - waived)._remind_of_booking()
        self.order_id._mark_for_recheck("money")

    # -- settled by an invoice ---------------------------------------------------------

    def _remind_of_booking(self):
        """Leave a to-do to whoever has decided, until what was decided is booked."""
        for forfeiture in self.filtered("amount"):
            forfeiture._leave_todo(
                "forfeiture.booking",
                self.env._("Book what was decided about the deposit"),
                user=self.env.user,
            )

    @public_act
    def action_invoice(self):
        """Invoice what the customer loses on an invoice of its own: nothing else is
        left to be invoiced, or the order was cancelled.

        :raise UserError: there is nothing to be invoiced
        """
        self.ensure_one()
        self._check_may_decide()
        take_turns(self)
        if (
            self.state not in {DECIDED, SETTLED}
            or self.broken_by != "customer"
            or self._get_uninvoiced() <= 0
        ):
            raise UserError(
                self.env._("Nothing is left to be invoiced of %s.", self.display_name)
            )
        forfeiture = self.sudo()  # the group was checked above
        order = forfeiture.order_id.with_company(self.company_id)
        values = order._prepare_invoice()
        values["invoice_line_ids"] = [
            Command.create(forfeiture._prepare_invoice_line(1))
        ]
        # by whoever decides about the money of an order, who need not keep accounts
        invoice = self.env["account.move"].sudo().create(values)
        # and is shown to him with his own rights
        return order.action_view_invoice(invoices=invoice.sudo(False))

    def _get_uninvoiced(self):
        """Return what is not yet on an invoice, drafts included."""
        self.ensure_one()
        return self.currency_id.round(
            self.amount - self._sum_lines({"draft", "posted"})
        )

    def _sum_lines(self, states):
        return sum(
            -line.move_id.direction_sign * line.price_total
            for line in self.invoice_line_ids
            if line.parent_state in states
        )

    def _refresh_settled(self):
        """Follow the invoices: settled when posted, open when credited or reset."""
        for forfeiture in self.filtered(lambda f: f.state in {DECIDED, SETTLED}):
            left = forfeiture.amount - forfeiture._sum_lines({"posted"})
            state = DECIDED if forfeiture.currency_id.round(left) > 0 else SETTLED
            if forfeiture.state != state:
                forfeiture._move_to(state)

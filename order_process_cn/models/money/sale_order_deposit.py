from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import formatLang

from ..mechanism.order_condition_mixin import Condition
from ..prices.res_users import INSIDE_PRICES, PRICE_GROUP

# what a person enters about a deposit, sales managers only
DEPOSIT_FIELDS = {"deposit_rule_id", "deposit_agreed", "deposit_required"}


class SaleOrder(models.Model):
    """The deposit an order needs before it takes effect (DEP-1, DEP-2, DEP-4)."""

    _inherit = "sale.order"

    deposit_rule_id = fields.Many2one(
        "order.deposit.rule",
        copy=False,
        check_company=True,
        index="btree_not_null",
        tracking=True,
        ondelete="restrict",
        help="Determined when the order is submitted, sent or confirmed. Sales "
        "managers can change it until the order is approved.",
        groups="base.group_user",
    )
    deposit_required = fields.Monetary(
        compute="_compute_deposit_required",
        store=True,
        copy=False,
        tracking=True,
        groups=INSIDE_PRICES,
        help="The order takes effect when so much was received.",
    )
    deposit_is_chosen = fields.Boolean(
        copy=False,
        readonly=True,
        help="A person chose the rule.",
        groups="base.group_user",
    )
    deposit_agreed = fields.Monetary(
        string="Deposit Agreed Individually",
        copy=False,
        tracking=True,
        groups=INSIDE_PRICES,
        help="Instead of what the rule asks for. 0: as the rule says.",
    )
    deposit_legal_kind = fields.Selection(
        related="deposit_rule_id.legal_kind",
        related_sudo=False,  # else core lets a filter or a group pass by its groups
        groups="base.group_user",
    )
    deposit_legal_part = fields.Monetary(
        string="Deposit by Law (定金)",
        compute="_compute_deposit_parts",
        groups=INSIDE_PRICES,
        help="Civil Code 586: only up to the legal limit, a share of the contract "
        "value, is a deposit that can be forfeited or has to be returned double.",
    )
    deposit_advance_part = fields.Monetary(
        string="Without Deposit Effect (预付款)",
        compute="_compute_deposit_parts",
        groups=INSIDE_PRICES,
        help="The rest is offset against the price or returned, whoever breaks the "
        "contract.",
    )
    deposit_received = fields.Monetary(
        compute="_compute_deposit_received", compute_sudo=True, groups=INSIDE_PRICES
    )
    # what the lists show; refreshed by the recheck worker
    deposit_state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("partial", "Partly Received"),
            ("received", "Fully Received"),
        ],
        string="Deposit",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="Empty: no deposit is needed.",
        groups="base.group_user",
    )

    _deposit_positive = models.Constraint(
        "CHECK (deposit_agreed IS NULL OR deposit_agreed >= 0)",
        "A deposit cannot be negative.",
    )

    # -- computes ----------------------------------------------------------------------

    @api.depends("deposit_rule_id", "deposit_agreed", "amount_total")
    def _compute_deposit_required(self):
        for order in self:
            rule, before = order.deposit_rule_id, order.deposit_required
            if not rule:
                order.deposit_required = 0.0
            elif order.deposit_agreed:
                # no more than is left of an order that was reduced
                total = max(order.amount_total, 0.0)
                order.deposit_required = min(order.deposit_agreed, total)
            elif order.state == "sale" and before:
                # an order that grows afterwards asks for no other deposit, one that is
                # reduced for less
                order.deposit_required = min(before, rule._amount_for(order))
            else:
                order.deposit_required = rule._amount_for(order)

    @api.constrains("deposit_agreed", "order_line")
    def _check_deposit_agreed(self):
        above = self.filtered(
            lambda order: (
                # a negative order has no deposit, and none above its total; a new
                # order gets its lines only afterwards, and is asked again
                order.deposit_agreed
                and order.order_line
                and order.currency_id.compare_amounts(
                    order.deposit_agreed, order.amount_total
                )
                > 0
            )
        )
        if above:
            raise ValidationError(
                self.env._(
                    "No deposit can be agreed above the total of the order: %s.",
                    ", ".join(above.mapped("name")),
                )
            )

    @api.depends("deposit_rule_id", "deposit_required", "amount_total")
    def _compute_deposit_parts(self):
        for order in self:
            legal, rule = 0.0, order.deposit_rule_id
            if rule.legal_kind == "deposit":
                cap = order.amount_total * rule.legal_cap_percent / 100
                legal = min(order.deposit_required, order.currency_id.round(cap))
            order.deposit_legal_part = legal
            order.deposit_advance_part = order.deposit_required - legal

    @api.depends("deposit_required")
    def _compute_deposit_received(self):
        received = self._get_received()
        for order in self:
            order.deposit_received = received[order].deposit_in_order

    # -- determining -------------------------------------------------------------------

    def _determine_deposit(self):
        """Apply the first rule that fits, unless a person has chosen another one.

        Called before anything is signed on the strength of it: at submission, and when
        an order without a review is sent or confirmed. What was asked of the customer
        before he confirmed stays.
        """
        concerned = self.filtered(
            lambda order: (
                not order.deposit_is_chosen
                and not (order.deposit_rule_id and order.state == "sale")
            )
        )
        for order, rule in self.env["order.deposit.rule"]._find_for(concerned).items():
            if order.deposit_rule_id != rule:
                order.deposit_rule_id = rule
        self._store_deposit_state()
        # it may be paid at this moment, see ``sale_order_money.py``
        self.filtered("deposit_rule_id")._mark_for_recheck("money")

    def _determine_deposit_unreviewed(self):
        """Determine the deposit of orders whose facts no review vouches for."""
        # what follows from the rules is the engine's to write
        self.sudo().filtered(lambda order: not order.review_id)._determine_deposit()

    def _filtered_deposit_entered(self, vals_list):
        """Return the new orders of self that were created with a deposit, from the
        values given or from defaults that a client has sent."""
        given = self.browse(
            order.id
            for order, vals in zip(self, vals_list, strict=True)
            if any(vals.get(name) for name in DEPOSIT_FIELDS)
        )
        orders = self.sudo()  # whoever enters orders is asked about it
        return given | orders.filtered(
            lambda order: order.deposit_rule_id or order.deposit_agreed
        ).with_env(self.env)

    def _check_deposit_change(self):
        """Refuse a deposit entered by somebody who may not, or too late.

        :raise AccessError: the person is no sales manager
        :raise UserError: the order is approved or confirmed
        """
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            raise AccessError(
                self.env._(
                    "The deposit follows from the rules. A sales manager can change it "
                    "until the order is approved."
                )
            )
        late = self.filtered(
            lambda order: order.state == "sale" or order.review_state == "approved"
        )
        if late:
            raise UserError(
                self.env._(
                    "The deposit of %(orders)s was agreed: it can be changed until the "
                    "order is approved.",
                    orders=", ".join(late.mapped("name")),
                )
            )

    def _note_deposit_choice(self):
        """Remember that a person chose the rule: it is not determined again. What is
        required follows from it, whatever a client says."""
        orders = self.sudo()  # noted by the engine only
        orders.deposit_is_chosen = True
        orders._compute_deposit_required()

    # -- receiving ---------------------------------------------------------------------

    def _get_deposit_gaps(self):
        """Return ``{order: (received, missing)}`` in the currency of each order, for
        the orders that need a deposit.

        Counted is all that was paid: whoever paid the whole price paid the deposit.
        """
        concerned = self.filtered(lambda order: order.deposit_required > 0)
        gaps = {}
        for order, received in concerned._get_received().items():
            paid = received.total_in_order - received.kept_in_order
            missing = order.currency_id.round(order.deposit_required - paid)
            gaps[order] = (paid, max(missing, 0.0))
        return gaps

    def _condition_deposit(self):
        """[DEP-1] [DEP-2] the deposit was really received."""
        # the deposit is a share of the total: not for everybody's eyes
        tells = self.env.user._has_group(PRICE_GROUP)
        return {
            order: Condition(
                "deposit",
                self.env._("Deposit received"),
                not missing,
                self.env._("Finance"),
                order._spell_deposit(paid) if tells else "",
            )
            for order, (paid, missing) in self._get_deposit_gaps().items()
        }

    def _format_money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    def _spell_deposit(self, paid):
        return self.env._(
            "received %(received)s of %(required)s",
            received=self._format_money(paid),
            required=self._format_money(self.deposit_required),
        )

    def _store_deposit_state(self):
        """Store for the lists how far the deposit of these orders has come."""
        gaps = self._get_deposit_gaps()
        for order in self:
            paid, missing = gaps.get(order, (0.0, 0.0))
            state = False
            if order in gaps:
                partly = "partial" if paid > 0 else "waiting"
                state = partly if missing else "received"
            if order.deposit_state != state:
                order.deposit_state = state

    # -- online, before confirmation ---------------------------------------------------

    def _asks_deposit_online(self):
        self.ensure_one()
        return self.deposit_rule_id.asks_online and self.deposit_required > 0

    def _get_deposit_percent(self):
        """Return the deposit as core's share of the total, over 0 and at most 1."""
        self.ensure_one()
        share = self.deposit_required / (self.amount_total or 1.0)
        return min(max(share, 0.0001), 1.0)

    def _is_deposit_paid(self):
        """Whether there is nothing left to ask online."""
        self.ensure_one()
        gaps = self._get_deposit_gaps()
        return self in gaps and not gaps[self][1]

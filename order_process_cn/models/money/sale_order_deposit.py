from functools import partial

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import formatLang

from ..mechanism.order_condition_mixin import Condition
from ..prices.res_users import INSIDE_PRICES, PRICE_GROUP
from .deposits import get_deposit_gaps, spell_deposit


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

    # -- receiving ---------------------------------------------------------------------

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
                partial(spell_deposit, order, paid) if tells else "",
            )
            for order, (paid, missing) in get_deposit_gaps(self).items()
        }

    def _format_money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    # -- online, before confirmation ---------------------------------------------------

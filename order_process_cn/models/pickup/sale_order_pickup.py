from datetime import timedelta

from odoo import api, fields, models

from ..mechanism.engine import public_act
from ..mechanism.order_condition_mixin import Condition
from .order_forfeiture import DECIDED
from .pickup_clock import get_pickup_mark, is_deposit_withheld
from .settlements import find_settlements


class SaleOrder(models.Model):
    """The pick-up clock: since when all goods of an order wait for the customer, and
    what becomes of his deposit if he does not take them, or the order ends (DEP-3,
    DEP-4).

    Runs only for orders whose deposit rule has forfeiture tiers.
    """

    _inherit = "sale.order"

    goods_in_stock_on = fields.Date(
        string="All Goods in Stock on",
        copy=False,
        readonly=True,
        help="The pick-up period begins on this day.",
        groups="base.group_user",
    )
    goods_taken_on = fields.Date(
        copy=False,
        readonly=True,
        help="The day on which the last goods left.",
        groups="base.group_user",
    )
    pickup_deadline = fields.Date(
        compute="_compute_pickup_deadline",
        store=True,
        help="Until this day the goods can be taken without consequences.",
        groups="base.group_user",
    )

    pickup_mark = fields.Char(
        string="Holidays Not Announced by the Pick-up Date",
        compute="_compute_pickup_mark",
        groups="base.group_user",
    )
    deposit_is_withheld = fields.Boolean(
        string="Deposit Not Offset",
        compute="_compute_deposit_is_withheld",
        compute_sudo=True,
        groups="base.group_user",
    )

    forfeiture_ids = fields.One2many(
        "order.forfeiture",
        "order_id",
        string="Forfeitures",
        copy=False,
        groups="base.group_user",
    )

    @api.depends("goods_in_stock_on", "goods_taken_on", "state", "forfeiture_ids.state")
    def _compute_deposit_is_withheld(self):
        for order in self:
            order.deposit_is_withheld = is_deposit_withheld(order)

    @api.depends("goods_in_stock_on", "deposit_rule_id")
    def _compute_pickup_deadline(self):
        for order in self:
            since, rule = order.goods_in_stock_on, order.deposit_rule_id
            order.pickup_deadline = since and since + timedelta(days=rule.pickup_days)

    @api.depends("pickup_deadline", "company_id")
    @api.depends_context("lang")
    def _compute_pickup_mark(self):
        for order in self:
            order.pickup_mark = get_pickup_mark(order)

    # -- what was decided of the deposit -----------------------------------------------

    def _condition_settlement(self):
        """[DEP-4] what was decided when the contract ended stands in the way of its
        going on, until finance withdraws or books it."""
        found = {}
        for order in self.filtered("deposit_rule_id"):
            decided = find_settlements(order).filtered(lambda f: f.state == DECIDED)
            if decided:
                found[order] = Condition(
                    "settlement",
                    self.env._("Deposit of the cancelled order"),
                    False,
                    self.env._("Finance"),
                    self.env._(
                        "withdraw or book what was decided: %s",
                        ", ".join(decided.mapped("display_name")),
                    ),
                )
        return found

    @public_act
    def action_settle_deposit(self):
        """Open the question who broke the contract, or what was proposed already."""
        self.ensure_one()
        self.check_access("write")
        # whether there is one is known to whoever may settle
        if proposed := find_settlements(self.sudo())[:1]:
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "order_process_cn.order_forfeiture_action"
            )
            return {**action, "views": [(False, "form")], "res_id": proposed.id}
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_settlement_wizard_action"
        )
        action["context"] = {"default_order_id": self.id}
        return action

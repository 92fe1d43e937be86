from odoo import fields, models

from ..mechanism.engine import public_act
from ..mechanism.order_condition_mixin import Condition
from .order_forfeiture import DECIDED
from .settlements import find_settlements


class SaleOrder(models.Model):
    """Forfeited deposits of an order: proposing, invoicing, settling (DEP-3, DEP-4)."""

    _inherit = "sale.order"

    forfeiture_ids = fields.One2many(
        "order.forfeiture",
        "order_id",
        string="Forfeitures",
        copy=False,
        groups="base.group_user",
    )

    # -- goods not taken ---------------------------------------------------------------

    # -- on the final invoice ----------------------------------------------------------

    # -- an order that goes on ---------------------------------------------------------

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

    # -- cancelling --------------------------------------------------------------------

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

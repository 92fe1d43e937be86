from odoo import models
from odoo.exceptions import AccessError

from ...tools.amount_cn import amount_in_capitals
from ..pickup.balance import get_balance_figures
from ..prices.res_users import PRICE_GROUP


class OrderPaper(models.AbstractModel):
    """What papers of an order tell of money: balance, deposit, taxes."""

    _inherit = "order.paper"

    def _check_sees_prices(self, orders):
        """Refuse to print figures for somebody who may not see sale prices.

        A report can be opened by its address: hiding its button protects nothing.
        """
        orders.check_access("read")
        if not self.env.user._has_group(PRICE_GROUP):
            raise AccessError(self.env._("You may not see the prices of sales orders."))

    def _get_balance_rows(self, order):
        """Return ``[(label, amount)]`` that add up to the balance, which comes last."""
        figures = get_balance_figures(order)
        received = figures["received"] - figures["deposit_received"]
        rows = [
            (self._name_claimed(order, figures["total"]), figures["total"]),
            (self.env._("Received as deposit"), -figures["deposit_received"]),
            (self.env._("Received otherwise"), -received),
            (
                self.env._("Settled without money (discounts, set-offs)"),
                -figures["other"],
            ),
            (self.env._("Deposit not offset until decided"), figures["withheld"]),
            (self.env._("Forfeited deposit"), figures["forfeited"]),
        ]
        shown = [rows[0], *(row for row in rows[1:] if row[1])]
        balance = figures["balance"]
        return [*shown, (self._name_balance(order, balance), balance)]

    def _name_claimed(self, order, total):
        """Name what is claimed: the order as it stands, or less or more of it."""
        if order.currency_id.compare_amounts(total, order.amount_total):
            return self.env._("Invoiced and still to be delivered, with taxes")
        return self.env._("Order total with taxes")

    def _name_balance(self, order, balance):
        if order.currency_id.compare_amounts(balance, 0) < 0:
            return self.env._("To be returned to the customer")
        return self.env._("Balance to be paid")

    def _get_money_facts(self, order):
        """Return label and value of what the deposit is and how it is settled."""
        leave = dict(order._fields["goods_leave"]._description_selection(self.env))
        facts = [
            (self.env._("Payment Terms"), order.payment_term_id.name or ""),
            (self.env._("Goods Leave"), leave.get(order.goods_leave, "")),
        ]
        return facts + self._get_deposit_facts(order)

    def _get_deposit_facts(self, order):
        """Return label and value of the deposit and of what it is by law. [DEP-4]"""
        if not order.deposit_rule_id:
            return []
        money = order._format_money
        kinds = dict(
            order._fields["deposit_legal_kind"]._description_selection(self.env)
        )
        facts = [
            (
                self.env._("Deposit"),
                f"{kinds[order.deposit_legal_kind]} {money(order.deposit_required)}",
            )
        ]
        if order.deposit_legal_kind == "deposit" and order.deposit_advance_part:
            facts.append(
                (
                    self.env._("Deposit by Law (Civil Code 586)"),
                    self.env._(
                        "%(legal)s deposit, %(rest)s advance payment",
                        legal=money(order.deposit_legal_part),
                        rest=money(order.deposit_advance_part),
                    ),
                )
            )
        return facts

    def _name_taxes(self, order):
        """Return the words for the taxes of one order, with their rates."""
        taxes = order.order_line.tax_ids.flatten_taxes_hierarchy()
        rates = {tax.amount for tax in taxes if tax.amount_type == "percent"}
        if not rates:
            return self.env._("Taxes")
        spell = self.env["res.lang"]._spell_number
        told = ", ".join(f"{spell(rate, 2)} %" for rate in sorted(rates))
        return self.env._("Taxes (%s)", told)

    def _spell_amount(self, order, amount):
        """Return an amount in Chinese capitals where the order is in yuan."""
        if order.currency_id.name != "CNY":
            return ""
        return amount_in_capitals(amount)

from odoo import api, models

from .order_forfeiture import PROPOSED
from .pickup_clock import count_pickup_days


class OrderForfeiture(models.Model):
    """What is proposed to become of a deposit, before anybody decides (DEP-3)."""

    _inherit = "order.forfeiture"

    @api.model
    def _prepare_proposal(self, order, kind, amount, cap, **values):
        return {
            "order_id": order.id,
            "kind": kind,
            "legal_cap": cap,
            "proposed_amount": order.currency_id.round(min(amount, cap)),
            **values,
        }

    @api.model
    def _propose_late(self, orders):
        """Propose, or bring up to date, what is forfeited on these orders today.

        Tiers replace each other. What was decided stays decided. [DEP-3]
        """
        received = orders._get_received()
        for order in orders:
            days = count_pickup_days(order)
            tier = order.deposit_rule_id._tier_on(days)
            late = order.forfeiture_ids.filtered(lambda f: f.kind == "late_pickup")
            if not tier or late.filtered(lambda f: f.state != PROPOSED):
                continue
            values = self._prepare_late(
                order, tier, days, received[order].deposit_in_order
            )
            if late:
                late._update_proposal(values)
            else:
                self._propose(values)

    @api.model
    def _prepare_late(self, order, tier, days, received):
        rule = order.deposit_rule_id
        base = order.amount_total if rule.forfeiture_base == "order" else received
        return self._prepare_proposal(
            order,
            "late_pickup",
            base * tier.percent / 100,
            max(min(order.deposit_legal_part, received), 0.0),
            broken_by="customer",
            days=days,
            base=rule.forfeiture_base,
            percent=tier.percent,
            fine_amount=tier.fine_amount,
        )

    def _update_proposal(self, values):
        """Bring a proposal up to date; an amount that a person entered is kept as far
        as the law lets it."""
        fixed = {"order_id", "kind"}
        values = {name: value for name, value in values.items() if name not in fixed}
        amount = values["proposed_amount"]
        if self._is_changed():
            amount = min(self.amount, values["legal_cap"])
        values["amount"] = amount
        changed = {k: v for k, v in values.items() if self[k] != v}
        if changed:
            self.write(changed)

    @api.model
    def _propose(self, values):
        forfeiture = self.create(values)
        # who answers for the order decides whether to submit or to waive it
        forfeiture._leave_todo(
            "forfeiture.decide",
            self.env._("Decide on the deposit"),
            user=forfeiture.order_id.user_id,
        )
        return forfeiture

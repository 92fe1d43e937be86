from odoo import models

from ...tools.paper_blocks import Column, Facts, Table, Words
from ..prices.res_users import PRICE_GROUP


class OrderPaperF21(models.AbstractModel):
    """Change of an order and change agreement (F21): what was agreed and what is to
    hold instead, why, what it costs, who signed here and who signs for both. [CHG-1]

    Signed by departments too: prices stand on it only where whoever prints it may see
    sale prices.
    """

    _name = "order.paper.f21"
    _inherit = ["order.paper"]
    _description = "Change of an Order"

    _code = "F21"
    # as far as its reader may see them
    _has_prices = True

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        change = doc.sudo()  # whoever may read a change may read all of its paper
        return [
            Facts(self._get_change_head(change)),
            self._get_difference_table(change),
            *self._get_impact(change),
            *self._get_countersign(change._get_form_seats()),
            Words(
                self.env._(
                    "All other terms of the order stay as they were agreed. This "
                    "change holds once both sides have signed it."
                )
            ),
            *self._get_countersign(self._get_parties(change)),
        ]

    # -- head --------------------------------------------------------------------------

    def _get_change_head(self, change):
        """Return label and value of what is changed, why and for whom."""
        facts = [
            *change._get_review_head(),
            (self.env._("Customer Order No."), change.order_id.client_order_ref or ""),
            (self.env._("Salesperson"), change.user_id.name or ""),
            (self.env._("Requested on"), change._spell_date(change.create_date)),
        ]
        if change.applied_on:
            applied = change._spell_date(change.applied_on)
            facts.append((self.env._("Applied on"), applied))
        if change.review_id:
            code = change.review_id.verification_code
            facts.append((self.env._("Verification Code"), code))
        return facts

    # -- what changes ------------------------------------------------------------------

    def _get_difference_table(self, change):
        columns = [
            Column(self.env._("Item"), 6, "center"),
            Column(self.env._("What Changes"), 34),
            Column(self.env._("Agreed So Far"), 30),
            Column(self.env._("From Now on"), 30),
        ]
        rows = enumerate(change._get_differences(), start=1)
        return Table(columns, [[number, *row] for number, row in rows])

    # -- what it costs -----------------------------------------------------------------

    def _get_impact(self, change):
        """Return the tables of what the change means for amount and date."""
        facts = []
        if change.days_later:
            facts.append((self.env._("Days Later"), str(change.days_later)))
        if change.cost_note:
            facts.append((self.env._("What the Cost Is"), change.cost_note))
        blocks = [Facts(facts)] if facts else []
        if not self.env.user._has_group(PRICE_GROUP):
            return blocks
        order = change.order_id
        rows = [
            (self.env._("Amount so far, with taxes"), change.amount_before),
            (self.env._("Change of Total"), change.amount_change),
        ]
        if change.extra_cost:
            rows.append((self.env._("Extra cost"), change.extra_cost))
        total = change.amount_after + change.extra_cost
        rows.append((self.env._("Amount from now on, with taxes"), total))
        capitals = self._spell_amount(order, total)
        return [*blocks, self._get_balance(order, rows, capitals)]

    # -- who signs ---------------------------------------------------------------------

    def _get_parties(self, change):
        """Return the places where both sides sign."""
        return [
            self._get_box(self.env._("Customer (signature, seal, date)")),
            self._get_box(self.env._("For us (signature, seal, date)")),
        ]

from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from .receipts import convert_receipts, read_receipts, sum_receipts
from .received_queries import READ_UNBILLED, UNBILLED


class SaleOrder(models.Model):
    """What was really received for an order (DEP-2). Nothing else reckons it."""

    _inherit = "sale.order"

    def _get_received(self):
        """Return ``{order: Received}``: money, not promises, each receipt once.

        Down-payment invoices count with the cash on them, at most for what they still
        ask after credit notes; payments registered on the order count until they are
        matched with something else; online payments until they are in the books.
        The number of queries does not depend on the number of orders.
        """
        receipts = defaultdict(list)
        for receipt in convert_receipts(self, read_receipts(self)):
            receipts[receipt[0]].append(receipt)
        return {order: sum_receipts(order, receipts[order.id]) for order in self}

    def _get_unbilled(self):
        """Return ``{order: amount}``: what will still be invoiced, with taxes, in the
        currency of each order. Costs one query."""
        if not self.ids:
            return {order: order.amount_total for order in self}
        for model, names in READ_UNBILLED.items():
            self.env[model].flush_model(names)
        rows = self.env.execute_query(SQL(UNBILLED, orders=self.ids))
        found = {order_id: row for order_id, *row in rows}
        unbilled = {}
        for order in self:
            amount, is_whole = found.get(order._origin.id, (0.0, True))
            # rounded as the order itself is
            unbilled[order] = order.amount_total if is_whole else float(amount)
        return unbilled

from collections import defaultdict

from odoo import models

from .receipts import convert_receipts, read_receipts, sum_receipts


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

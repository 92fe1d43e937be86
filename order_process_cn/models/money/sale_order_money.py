from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from .receipts import convert_receipts, read_receipts, sum_receipts

# the orders whose money is on these journal entries, or on what is matched with them
ORDERS_OF_ENTRIES = """
    WITH touched AS (
        SELECT id FROM account_move_line WHERE move_id IN %(moves)s
    ), entry AS (
        SELECT move_id FROM account_move_line WHERE move_id IN %(moves)s
        UNION
        SELECT other.move_id FROM touched
          JOIN account_partial_reconcile part ON part.debit_move_id = touched.id
          JOIN account_move_line other ON other.id = part.credit_move_id
        UNION
        SELECT other.move_id FROM touched
          JOIN account_partial_reconcile part ON part.credit_move_id = touched.id
          JOIN account_move_line other ON other.id = part.debit_move_id
    )
    SELECT sol.order_id
      FROM entry
      JOIN account_move_line line ON line.move_id = entry.move_id
      JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = line.id
      JOIN sale_order_line sol ON sol.id = rel.order_line_id
    UNION
    SELECT pay.sale_order_id
      FROM entry
      JOIN account_payment pay ON pay.move_id = entry.move_id
     WHERE pay.sale_order_id IS NOT NULL
    UNION
    SELECT allocation.order_id
      FROM entry
      JOIN account_payment pay ON pay.move_id = entry.move_id
      JOIN order_payment_allocation allocation ON allocation.payment_id = pay.id
    UNION
    SELECT forfeiture.order_id
      FROM entry
      JOIN account_move_line line ON line.move_id = entry.move_id
      JOIN order_forfeiture forfeiture ON forfeiture.id = line.order_forfeiture_id
"""


class SaleOrder(models.Model):
    """What was really received for an order, which nothing else reckons (DEP-2), and
    notices of what may have changed it.

    Once per transaction, just before it commits: the orders concerned are marked for
    recheck. The transaction that brought the money does nothing else with them.

    Whether money matters to an order is for the worker to say. Whoever pays cannot: he
    does not see the deposit that is asked for, or the goods that are noted as shipped,
    by somebody who has not committed yet. For the same reason whoever stores a figure
    marks the order, too: what commits last is looked at with all the rest in view.
    """

    _inherit = "sale.order"

    @api.model
    def _mark_for_money(self, touched):
        order_ids = set(touched["orders"])
        if touched["moves"]:
            self.env.flush_all()
            rows = self.env.execute_query(
                SQL(ORDERS_OF_ENTRIES, moves=tuple(touched["moves"]))
            )
            order_ids |= {order_id for (order_id,) in rows}
        self.browse(sorted(order_ids)).exists()._mark_for_recheck("money")

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

from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL


class Received(NamedTuple):
    """Money that has come in for an order.

    :param deposit: what came as a deposit or before any invoice, company currency
    :param total: that and what was paid on the regular invoices, company currency
    :param deposit_in_order: ``deposit`` in the currency of the order
    :param total_in_order: ``total`` in the currency of the order
    """

    deposit: float
    total: float
    deposit_in_order: float
    total_in_order: float


class Receipt(NamedTuple):
    """Receipts of one kind, day and currency for an order, refunds negative.

    :param kind: "downpayment" paid on down-payment invoices; "ceiling" what those
        invoices ask for, less their credit notes; "advance" paid on the order itself;
        "refund" paid back on the order itself; "online" captured, not booked yet;
        "invoice" paid on regular invoices
    :param amount: in ``currency_id``
    :param company_amount: as booked, that is at the rate of the day; ``None`` if it
        was not booked
    """

    order_id: int
    kind: str
    date: object
    currency_id: int
    amount: float
    company_amount: float | None


# Documents of the orders with the real money on them. Counted is cash: payments that
# stand, and bank statement lines. Netting with credit notes and exchange differences is
# none. Documents of several orders are not apportioned, unless the payment says for
# which order it is. A payment's own books tell its value in company currency.
DOCUMENTS = """
    WITH linked AS (
        SELECT DISTINCT line.move_id
          FROM sale_order_line sol
          JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = sol.id
          JOIN account_move_line line ON line.id = rel.invoice_line_id
         WHERE sol.order_id IN %(orders)s
    ), doc AS (
        SELECT move.id, move.currency_id, move.date,
               move.amount_total * CASE WHEN move.move_type = 'out_refund'
                                        THEN -1 ELSE 1 END AS amount,
               move.amount_total_signed AS company_amount,
               ARRAY_AGG(DISTINCT sol.order_id) AS orders,
               -- empty on ordinary lines
               BOOL_AND(COALESCE(sol.is_downpayment, FALSE)) AS is_downpayment
          FROM linked
          JOIN account_move move ON move.id = linked.move_id
          JOIN account_move_line line ON line.move_id = move.id
          JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = line.id
          JOIN sale_order_line sol ON sol.id = rel.order_line_id
         WHERE move.state = 'posted' AND move.move_type IN ('out_invoice', 'out_refund')
         GROUP BY move.id
    ), cash AS (
        SELECT doc.is_downpayment, doc.currency_id, entry.date,
               pay.sale_order_id AS own_order_id,
               COALESCE(pay.payment_type = 'outbound', FALSE) AS is_outbound,
               CARDINALITY(doc.orders) = 1 AS is_single, doc.orders,
               CASE WHEN part.debit_move_id = due.id
                    THEN part.debit_amount_currency
                    ELSE -part.credit_amount_currency END AS amount,
               CASE WHEN part.debit_move_id = due.id
                    THEN part.credit_amount_currency
                    ELSE -part.debit_amount_currency END
                    * COALESCE(other.balance / NULLIF(other.amount_currency, 0), 1)
                    AS company_amount
          FROM doc
          JOIN account_move_line due ON due.move_id = doc.id
          JOIN account_account account ON account.id = due.account_id
               AND account.account_type = 'asset_receivable'
          JOIN account_partial_reconcile part
               ON due.id IN (part.debit_move_id, part.credit_move_id)
          JOIN account_move_line other
               ON other.id = CASE WHEN part.debit_move_id = due.id
                                  THEN part.credit_move_id ELSE part.debit_move_id END
          JOIN account_move entry ON entry.id = other.move_id
          LEFT JOIN account_payment pay ON pay.id = entry.origin_payment_id
         WHERE entry.state = 'posted'
           AND (entry.statement_line_id IS NOT NULL
                OR pay.state IN ('in_process', 'paid'))
    ), receipt AS (
        SELECT CASE WHEN is_single THEN orders[1] ELSE own_order_id END AS order_id,
               CASE WHEN is_downpayment THEN 'downpayment'
                    WHEN own_order_id = ANY(orders) AND NOT is_outbound THEN 'advance'
                    ELSE 'invoice' END AS kind,
               date, currency_id, amount, company_amount
          FROM cash
         WHERE is_single OR own_order_id = ANY(orders)
        UNION ALL
        SELECT orders[1], 'ceiling', date, currency_id, amount, company_amount
          FROM doc
         WHERE is_downpayment AND CARDINALITY(orders) = 1
    )
    SELECT order_id, kind, date, currency_id, SUM(amount), SUM(company_amount)
      FROM receipt
     WHERE order_id IN %(orders)s
     GROUP BY order_id, kind, date, currency_id
"""

# What is left of payments registered on the order itself: the part that is matched with
# its invoices stands above, a part matched with anything else was used elsewhere.
ADVANCES = """
    SELECT pay.sale_order_id,
           CASE WHEN pay.payment_type = 'outbound' THEN 'refund' ELSE 'advance' END,
           line.date, line.currency_id, -SUM(line.amount_residual_currency),
           -SUM(CASE WHEN line.amount_currency = 0 THEN line.amount_residual
                     ELSE line.amount_residual_currency
                          * line.balance / line.amount_currency END)
      FROM account_payment pay
      JOIN account_move entry ON entry.id = pay.move_id AND entry.state = 'posted'
      JOIN account_move_line line ON line.move_id = entry.id
      JOIN account_account account ON account.id = line.account_id
           AND account.account_type IN ('asset_receivable', 'liability_payable')
     WHERE pay.sale_order_id IN %(orders)s AND pay.state IN ('in_process', 'paid')
     GROUP BY 1, 2, 3, 4
"""

# Captured online, without a payment in the books yet (one that an accountant has reset
# to draft will come back; a cancelled or rejected one will not). A refund names its
# order through the payment that it gives back, a partial capture stands for its part.
ONLINE = """
    WITH paid AS (
        SELECT tx.id, MIN(rel.sale_order_id) AS order_id
          FROM payment_transaction tx
          JOIN sale_order_transaction_rel rel
               ON rel.transaction_id IN (tx.id, tx.source_transaction_id)
         WHERE tx.state = 'done' AND tx.operation IS DISTINCT FROM 'validation'
           AND COALESCE(tx.source_transaction_id, tx.id) IN (
               SELECT transaction_id FROM sale_order_transaction_rel
                WHERE sale_order_id IN %(orders)s
               UNION
               SELECT child.source_transaction_id FROM payment_transaction child
                 JOIN sale_order_transaction_rel own ON own.transaction_id = child.id
                WHERE own.sale_order_id IN %(orders)s)
         GROUP BY tx.id
        HAVING COUNT(DISTINCT rel.sale_order_id) = 1
    )
    SELECT paid.order_id, 'online',
           COALESCE(tx.last_state_change, tx.create_date)::date,
           tx.currency_id, SUM(tx.amount), NULL
      FROM paid
      JOIN payment_transaction tx ON tx.id = paid.id
      LEFT JOIN account_payment pay ON pay.id = tx.payment_id
     WHERE (tx.payment_id IS NULL OR pay.state = 'draft')
       AND NOT EXISTS (
           SELECT FROM payment_transaction child
            WHERE child.source_transaction_id = tx.id
              AND child.operation IS NOT DISTINCT FROM tx.operation
              AND child.state IN ('done', 'cancel'))
     GROUP BY 1, 2, 3, 4
"""

RATES = """
    SELECT asked.currency_id, asked.company_id, asked.date, COALESCE(
           (SELECT rate FROM res_currency_rate
             WHERE currency_id = asked.currency_id AND name <= asked.date
               AND (company_id IS NULL OR company_id = asked.company_id)
             ORDER BY company_id, name DESC LIMIT 1),
           (SELECT rate FROM res_currency_rate
             WHERE currency_id = asked.currency_id
               AND (company_id IS NULL OR company_id = asked.company_id)
             ORDER BY company_id, name LIMIT 1),
           1.0)
      FROM (VALUES %s) AS asked (currency_id, company_id, date)
"""

READ = {
    "account.move": ["state", "move_type", "amount_total", "amount_total_signed"],
    "account.move.line": ["account_id", "amount_residual", "amount_residual_currency"],
    "account.payment": ["state", "move_id", "sale_order_id", "payment_type"],
    "account.partial.reconcile": ["debit_amount_currency", "credit_amount_currency"],
    "payment.transaction": ["state", "amount", "payment_id", "sale_order_ids"],
    "sale.order.line": ["order_id", "is_downpayment", "invoice_lines"],
    "res.currency.rate": ["rate"],
}


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
        for receipt in self._convert_receipts(self._read_receipts()):
            receipts[receipt[0]].append(receipt)
        return {order: order._sum_received(receipts[order.id]) for order in self}

    def _read_receipts(self):
        """Return the receipts of these orders, as booked."""
        if not self.ids:
            return []
        for model, names in READ.items():
            self.env[model].flush_model(names)
        return [
            Receipt(*row)
            for query in (DOCUMENTS, ADVANCES, ONLINE)
            for row in self.env.execute_query(SQL(query, orders=tuple(self.ids)))
        ]

    def _convert_receipts(self, receipts):
        """Return ``[(order id, kind, company amount, amount in order), …]``, at the
        rates of the days on which the money came."""
        orders = {order.id: order for order in self}
        asked = set()
        for receipt in receipts:
            order = orders[receipt.order_id]
            own, currency = order.company_id.currency_id, order.currency_id
            if receipt.company_amount is None or receipt.currency_id != currency.id:
                asked |= {
                    (number, order.company_id.root_id.id, receipt.date)
                    for number in (receipt.currency_id, currency.id, own.id)
                }
        rates = self._read_rates(asked)
        return [
            orders[receipt.order_id]._convert_receipt(receipt, rates)
            for receipt in receipts
        ]

    def _convert_receipt(self, receipt, rates):
        """Convert one receipt of this order; see :meth:`_convert_receipts`."""
        root, own = self.company_id.root_id.id, self.company_id.currency_id.id

        def convert(amount, source, target):
            if source == target:
                return amount
            day = receipt.date
            return amount * rates[target, root, day] / rates[source, root, day]

        booked, amount = receipt.company_amount, receipt.amount
        if booked is None:
            booked = convert(amount, receipt.currency_id, own)
        if receipt.currency_id != self.currency_id.id:
            amount = convert(booked, own, self.currency_id.id)
        return receipt.order_id, receipt.kind, booked, amount

    def _read_rates(self, asked):
        """Return ``{(currency id, root company id, date): rate}`` as core has it."""
        if not asked:
            return {}
        values = SQL(", ").join(
            SQL("(%s, %s, %s::date)", currency_id, company_id, date)
            for currency_id, company_id, date in asked
        )
        return {
            (currency_id, company_id, date): rate
            for currency_id, company_id, date, rate in self.env.execute_query(
                SQL(RATES, values)
            )
        }

    def _sum_received(self, receipts):
        """Return the :class:`Received` of one order from its converted receipts."""
        sums = defaultdict(lambda: [0.0, 0.0])
        for _order, kind, booked, amount in receipts:
            sums[kind][0] += booked
            sums[kind][1] += amount
        rounding = (self.company_id.currency_id.round, self.currency_id.round)
        # what was paid back and not matched yet is no longer held on the invoices
        held = [sums["downpayment"][n] + sums["refund"][n] for n in (0, 1)]
        # credited but not refunded yet: not held for this order any more
        if held[1] > sums["ceiling"][1] > 0:
            held = [part * sums["ceiling"][1] / held[1] for part in held]
        elif held[1] > 0 >= sums["ceiling"][1]:
            held = [0.0, 0.0]
        deposit = [held[n] + sums["advance"][n] + sums["online"][n] for n in (0, 1)]
        total = [deposit[n] + sums["invoice"][n] for n in (0, 1)]
        return Received(
            rounding[0](deposit[0]),
            rounding[0](total[0]),
            rounding[1](deposit[1]),
            rounding[1](total[1]),
        )

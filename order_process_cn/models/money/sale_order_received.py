from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from .received_queries import BOOKS, ONLINE, RATES, READ, READ_UNBILLED, UNBILLED


class Received(NamedTuple):
    """What the books say of an order.

    :param deposit: what came as a deposit or before any invoice, as far as a deposit is
        asked for, company currency
    :param total: all money that has come in, company currency
    :param deposit_in_order: ``deposit`` in the currency of the order
    :param total_in_order: ``total`` in the currency of the order
    :param other_in_order: settled without money: discounts, write-offs, netting with
        documents of other orders
    :param billed_in_order: invoices less credit notes, without down payments and what
        was forfeited
    :param kept_in_order: of ``total_in_order``, what was lost when the contract had
        ended before: no deposit of an order that goes on
    """

    deposit: float
    total: float
    deposit_in_order: float
    total_in_order: float
    other_in_order: float
    billed_in_order: float
    kept_in_order: float


class Receipt(NamedTuple):
    """Postings of one kind, day and currency for an order, refunds negative.

    :param kind: "downpayment" paid on down-payment invoices; "ceiling" what those
        invoices ask for, less their credit notes; "advance" paid on the order itself;
        "refund" paid back on the order itself; "online" captured, not booked yet;
        "invoice" paid on regular invoices; "other" settled without money; "billed"
        on regular invoices less credit notes; "kept" lost with a former contract
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
            Receipt(*row[:4], float(row[4]), row[5] and float(row[5]))
            for query in (BOOKS, ONLINE)
            for row in self.env.execute_query(SQL(query, orders=self.ids))
        ]

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
        before = [held[n] + sums["advance"][n] + sums["online"][n] for n in (0, 1)]
        total = [before[n] + sums["invoice"][n] for n in (0, 1)]
        before = [max(before[n] - sums["kept"][n], 0.0) for n in (0, 1)]
        # whoever pays more than the deposit pays a part of the price
        asked = self.sudo().deposit_required  # an amount, shown to nobody here
        share = min(asked / before[1], 1.0) if before[1] > 0 and asked else 1.0
        return Received(
            rounding[0](before[0] * share),
            rounding[0](total[0]),
            rounding[1](before[1] * share),
            rounding[1](total[1]),
            rounding[1](sums["other"][1]),
            rounding[1](sums["billed"][1]),
            rounding[1](sums["kept"][1]),
        )

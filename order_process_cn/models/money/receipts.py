from collections import defaultdict
from typing import NamedTuple

from odoo.tools import SQL

from .received_queries import ADDED, BOOKS, ONLINE, RATES, READ

# What the books say of an order, read and summed up. Pure reading: whatever extends
# what counts as received extends ``sale.order._get_received``.


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


def read_receipts(orders):
    """Return the receipts of these orders, as booked."""
    if not orders.ids:
        return []
    for model, names in READ.items():
        orders.env[model].flush_model(names)
    return [
        Receipt(*row[:4], float(row[4]), row[5] and float(row[5]))
        for query in (BOOKS.format(added=" ".join(ADDED)), ONLINE)
        for row in orders.env.execute_query(SQL(query, orders=orders.ids))
    ]


def convert_receipts(orders, receipts):
    """Return ``[(order id, kind, company amount, amount in order), …]``, at the
    rates of the days on which the money came."""
    by_id = {order.id: order for order in orders}
    asked = set()
    for receipt in receipts:
        order = by_id[receipt.order_id]
        own, currency = order.company_id.currency_id, order.currency_id
        if receipt.company_amount is None or receipt.currency_id != currency.id:
            asked |= {
                (number, order.company_id.root_id.id, receipt.date)
                for number in (receipt.currency_id, currency.id, own.id)
            }
    rates = _read_rates(orders.env, asked)
    return [
        _convert_receipt(by_id[receipt.order_id], receipt, rates)
        for receipt in receipts
    ]


def _convert_receipt(order, receipt, rates):
    """Convert one receipt of an order; see :func:`convert_receipts`."""
    root, own = order.company_id.root_id.id, order.company_id.currency_id.id

    def convert(amount, source, target):
        if source == target:
            return amount
        day = receipt.date
        return amount * rates[target, root, day] / rates[source, root, day]

    booked, amount = receipt.company_amount, receipt.amount
    if booked is None:
        booked = convert(amount, receipt.currency_id, own)
    if receipt.currency_id != order.currency_id.id:
        amount = convert(booked, own, order.currency_id.id)
    return receipt.order_id, receipt.kind, booked, amount


def _read_rates(env, asked):
    """Return ``{(currency id, root company id, date): rate}`` as core has it."""
    if not asked:
        return {}
    values = SQL(", ").join(
        SQL("(%s, %s, %s::date)", currency_id, company_id, date)
        for currency_id, company_id, date in asked
    )
    return {
        (currency_id, company_id, date): rate
        for currency_id, company_id, date, rate in env.execute_query(SQL(RATES, values))
    }


def sum_receipts(order, receipts):
    """Return the :class:`Received` of one order from its converted receipts."""
    sums = defaultdict(lambda: [0.0, 0.0])
    for _order_id, kind, booked, amount in receipts:
        sums[kind][0] += booked
        sums[kind][1] += amount
    rounding = (order.company_id.currency_id.round, order.currency_id.round)
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
    asked = order.sudo().deposit_required  # an amount, shown to nobody here
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

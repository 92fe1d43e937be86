"""插单影响 (PLN-7): what an order that comes first does to what is made already."""

from collections import defaultdict
from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from ..intake.classification import get_order_type
from .answer import find_demands
from .load import Load
from .materials import find_waiting
from .need import reckon_all


def shows_impact(order):
    """Whether it is said what one order does to others: it is urgent, or its type asks
    so."""
    showing = order.env["order.type"]._ids_showing_impact()
    return order.is_urgent or get_order_type(order).id in showing


def find_impact(order):
    """Return what one order does if it is made before everything else: a dictionary
    that can be kept.

    ``rows`` names each open production order that ends on a later day, by how many
    days, by which work center or because of which part that it waits for then, and how
    many days after it is due; whose orders they are, and what these are worth in the
    currency of the company. No days: nobody knows when the part comes. ``stock`` says
    what it takes of what is reserved for others. Arithmetic on what a few queries read,
    however much is open.

    :param order: superuser record
    """
    company, now = order.company_id, fields.Datetime.now()
    demands = find_demands(order.env, [("order_id", "=", order.id)])
    needs, parts = reckon_all(company, demands)
    need = needs.get(order.id, {})
    centres = order.env["mrp.workcenter"].union(*need)
    load = Load(company, centres, now)
    queues = _read_queues(company, centres)
    slips = {}
    for centre in centres:
        for production_id, ends in load.find_both_ends(
            centre, queues[centre.id], need[centre]
        ).items():
            before, after = (company._calendar_day(at) for at in ends)
            days = (after - before).days
            if days > slips.get(production_id, (0,))[0]:
                slips[production_id] = (days, after, centre.name)
    waiting = find_waiting(company, parts, now)
    return {
        "rows": _spell_slips(company, slips, waiting),
        "stock": _read_taken(order),
        "currency": company.currency_id.name,
    }


def _read_queues(company, centres):
    """Return ``{work center id: [(begin, minutes, production id), …]}`` in the order
    in which it is made."""
    queues = defaultdict(list)
    env = company.env
    env["mrp.workorder"].flush_model()
    env["mrp.production"].flush_model()
    for centre_id, *work in env.execute_query(
        SQL(
            """
            SELECT work.workcenter_id,
                   COALESCE(work.date_start, production.date_start),
                   (work.duration_expected * GREATEST(
                       production.product_qty - work.qty_produced, 0
                   ) / COALESCE(
                       NULLIF(production.qty_producing, 0),
                       NULLIF(production.product_qty, 0), 1
                   ))::float,
                   production.id
              FROM mrp_workorder work
              JOIN mrp_production production ON production.id = work.production_id
             WHERE work.workcenter_id = ANY(%s)
               AND work.state IN ('blocked', 'ready', 'progress')
               AND production.state IN ('confirmed', 'progress')
               AND production.company_id = %s
             ORDER BY 1, 2, work.id
            """,
            centres.ids,
            company.id,
        )
    ):
        queues[centre_id].append(work)
    return queues


def _add_waiting(company, slips, waiting):
    """Add to ``slips`` what waits for parts for longer than for a work center."""
    productions = company.env["mrp.production"].browse(waiting)
    products = company.env["product.product"].browse(
        {product_id for product_id, *_days in waiting.values()}
    )
    names = {product.id: product.display_name for product in products}
    for production in productions:
        product_id, *ready = waiting[production.id]
        before, after = (at and company._calendar_day(at) for at in ready)
        days = (after - before).days if after else None
        if days is None:
            slips[production.id] = (None, None, names[product_id])
        elif days > slips.get(production.id, (0,))[0]:
            end = production.date_finished or ready[1]
            end = company._calendar_day(end) + timedelta(days=days)
            slips[production.id] = (days, end, names[product_id])


def _spell_slips(company, slips, waiting):
    """Return the rows of what slips, what slips most first."""
    env = company.env
    productions = env["mrp.production"].browse({*slips, *waiting})
    productions.fetch(["name", "date_deadline", "date_finished"])
    _add_waiting(company, slips, waiting)
    sold = defaultdict(list)
    env["sale.order"].flush_model()
    for production_id, name, partner, amount in env.execute_query(
        SQL(
            """
            SELECT DISTINCT made.production_id, orders.name, partner.complete_name,
                   (orders.amount_total
                       / COALESCE(NULLIF(orders.currency_rate, 0), 1))::float
              FROM stock_reference_production_rel made
              JOIN stock_reference_sale_rel sold
                ON sold.reference_id = made.reference_id
              JOIN sale_order orders ON orders.id = sold.sale_id
              JOIN res_partner partner ON partner.id = orders.partner_id
             WHERE made.production_id = ANY(%s)
             ORDER BY 1, 2
            """,
            list(slips),
        )
    ):
        sold[production_id].append((name, partner, amount))
    rows = []
    for production in productions.filtered(lambda p: p.id in slips):
        days, after, centre = slips[production.id]
        due = production.date_deadline
        late = (after - company._calendar_day(due)).days if due and after else 0
        rows.append(
            {
                "production": production.name,
                "days": days,
                "ends": fields.Date.to_string(after) or "",
                "late_days": max(late, 0),
                "centre": centre,
                "orders": ", ".join(
                    name for name, _who, _amount in sold[production.id]
                ),
                "customers": ", ".join(
                    dict.fromkeys(who for _name, who, _amount in sold[production.id])
                ),
                "amount": round(
                    sum(amount for *_who, amount in sold[production.id]), 2
                ),
            }
        )
    return sorted(
        rows,
        key=lambda row: (
            row["days"] is not None,
            -row["late_days"],
            -(row["days"] or 0),
        ),
    )


def _read_taken(order):
    """Return what is proposed to be taken of what is reserved for others."""
    lines = order.env["order.reallocation.line"].search(
        [
            ("reallocation_id.order_id", "=", order.id),
            ("reallocation_id.state", "!=", "cancel"),
            ("quantity", ">", 0),
        ]
    )
    return [
        {
            "holder": line.holder,
            "product": line.product_id.display_name,
            "quantity": line.product_uom_id._spell_with_unit(line.quantity),
            "customer": line.partner_id.display_name or "",
        }
        for line in lines
    ]


def without_money(answer):
    """Return an answer as those see it to whom prices are closed."""
    impact = answer.get("impact")
    if not impact:
        return answer
    rows = [{**row, "amount": None} for row in impact["rows"]]
    return {**answer, "impact": {**impact, "rows": rows}}


def without_strangers(orders, answer):
    """Return an answer as somebody sees it who reads some orders only: of those that
    he does not read neither name nor customer, nor what they are worth.

    :param orders: ``sale.order``, of the reader
    """
    impact = answer.get("impact")
    if not impact:
        return answer
    names = {name for row in impact["rows"] for name in _split(row)}
    seen = {*orders.search([("name", "in", sorted(names))]).mapped("name")}
    rows = [
        row
        if seen.issuperset(_split(row))
        else {
            **row,
            "orders": ", ".join([*(name for name in _split(row) if name in seen), "…"]),
            "customers": "…",
            "amount": None,
        }
        for row in impact["rows"]
    ]
    return {**answer, "impact": {**impact, "rows": rows}}


def _split(row):
    return [name for name in row["orders"].split(", ") if name]

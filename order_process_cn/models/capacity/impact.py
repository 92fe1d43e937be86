"""插单影响 (PLN-7): what an order that comes first does to what is made already."""

from collections import defaultdict

from odoo import fields
from odoo.tools import SQL

from ..intake.classification import get_order_type
from .answer import find_demands
from .load import Load
from .need import reckon_need


def shows_impact(order):
    """Whether it is said what one order does to others: it is urgent, or its type asks
    so."""
    return order.is_urgent or get_order_type(order).shows_impact


def find_impact(order):
    """Return what one order does if it is made before everything else: a dictionary
    that can be kept.

    ``rows`` names each open production order that ends on a later day, by how many
    days, by which work center, and how many days after it is due; whose orders they
    are, and what these are worth in the currency of the company. ``stock`` says what
    it takes of what is reserved for others. Arithmetic on what a few queries read,
    however much is open.

    :param order: superuser record
    """
    company, now = order.company_id, fields.Datetime.now()
    demands = find_demands(order.env, [("order_id", "=", order.id)])
    need = reckon_need(company, demands).get(order.id, {})
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
    return {
        "rows": _spell_slips(company, slips),
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


def _spell_slips(company, slips):
    """Return the rows of what slips, what slips most first."""
    env = company.env
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
    productions = env["mrp.production"].browse(slips)
    productions.fetch(["name", "date_deadline"])
    rows = []
    for production in productions:
        days, after, centre = slips[production.id]
        due = production.date_deadline
        late = (after - company._calendar_day(due)).days if due else 0
        rows.append(
            {
                "production": production.name,
                "days": days,
                "ends": fields.Date.to_string(after),
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
    return sorted(rows, key=lambda row: (-row["late_days"], -row["days"]))


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

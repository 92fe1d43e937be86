"""Whether production can make an order by the date that is promised (PLN-5)."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.canonical import digest
from ...tools.working_time import DAY, day_start
from ..intake.order_states import HELD
from .load import Load
from .need import reckon_need

# orders of the last twelve months say how long it really takes
REMEMBERED = timedelta(days=365)


def get_promised_day(order):
    """Return the day that is promised, else the one that the customer wants."""
    if order.commitment_date:
        return order.company_id._calendar_day(order.commitment_date)
    return order.wanted_date


def get_fingerprint(order):
    """Return the fingerprint of what an answer is about: goods, quantities, date."""
    spell = order.env["uom.uom"]._spell_quantity
    goods = [
        [
            line.id,
            line.product_id.id,
            spell(line.product_uom_qty),
            line.product_uom_id.id,
        ]
        for line in order.order_line
        if not line.display_type and line.product_id.type == "consu"
    ]
    return digest([sorted(goods), fields.Date.to_string(get_promised_day(order)) or ""])


def find_demands(env, domain):
    """Return ``[(order id, product id, quantity, unit), …]``, see ``need.py``, of the
    lines of ``domain`` that ask for goods; those that were agreed first come first."""
    lines = env["sale.order.line"].search_fetch(
        Domain(domain)
        & Domain("display_type", "=", False)
        & Domain("product_id.type", "=", "consu")
        & Domain("product_uom_qty", ">", 0),
        ["order_id", "product_id", "product_uom_qty", "product_uom_id"],
        order="order_id, id",
    )
    return [
        (
            line.order_id.id,
            line.product_id.id,
            line.product_uom_qty,
            line.product_uom_id,
        )
        for line in lines
    ]


def find_answer(order):
    """Return what is known about making one order: a dictionary that can be kept.

    For each work centre what the order needs, what is to be done before, what is free
    until the date (minutes) and by when it could be done; the same for the order, and
    how long such goods really took. At most twelve queries, whatever the date and the
    number of lines.

    :param order: superuser record
    """
    company, now = order.company_id, fields.Datetime.now()
    held = Domain("order_id.effect_state", "=", HELD)
    demands = find_demands(
        order.env,
        Domain("company_id", "=", company.id)
        & (held | Domain("order_id", "=", order.id)),
    )
    # what was agreed before comes first, and takes the goods that are there
    demands.sort(key=lambda demand: demand[0] == order.id)
    needs = reckon_need(company, demands)
    need = needs.pop(order.id, {})
    centres = order.env["mrp.workcenter"].union(*need)
    load = Load(company, centres, now)
    for other in needs.values():
        for centre in centres:
            load.add(centre, other.get(centre, 0.0))
    promised = get_promised_day(order)
    rows = [
        _answer_for(load, centre, need[centre], promised)
        for centre in centres.sorted(lambda centre: (centre.sequence, centre.id))
    ]
    earliest = max((row["earliest"] for row in rows), default="")
    late = (
        (fields.Date.to_date(earliest) - promised).days if earliest and promised else 0
    )
    return {
        "promised": fields.Date.to_string(promised) or "",
        "earliest": earliest,
        "late_days": max(late, 0),
        "centres": rows,
        "times": _read_real_times(
            company, {demand[1] for demand in demands if demand[0] == order.id}, now
        ),
    }


def _answer_for(load, centre, minutes, promised):
    """Return what one work centre says."""
    company = load.company
    done = company._calendar_day(load.find_end(centre, minutes))
    row = {
        "centre": centre.name,
        "need": round(minutes),
        "earliest": fields.Date.to_string(done),
        "is_late": bool(promised and done > promised),
    }
    if promised:
        end = day_start(promised + DAY, company._order_timezone())
        row["available"] = round(load.get_available(centre, end))
        row["taken"] = round(load.get_taken(centre, end))
    return row


def _read_real_times(company, product_ids, now):
    """Return how long goods like these really took, from the order until they were
    made: ``[{product, median, most, count}, …]`` in days, the last twelve months."""
    env = company.env
    for model in ("mrp.production", "sale.order"):
        env[model].flush_model()
    rows = env.execute_query(
        SQL(
            """
            SELECT product_id,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY days),
                   percentile_cont(0.9) WITHIN GROUP (ORDER BY days),
                   COUNT(*)
              FROM (
                SELECT DISTINCT production.id, production.product_id,
                       EXTRACT(EPOCH FROM production.date_finished
                           - COALESCE(orders.effective_on, orders.date_order)
                       ) / 86400 AS days
                  FROM mrp_production production
                  JOIN stock_reference_production_rel made
                    ON made.production_id = production.id
                  JOIN stock_reference_sale_rel sold
                    ON sold.reference_id = made.reference_id
                  JOIN sale_order orders ON orders.id = sold.sale_id
                 WHERE production.state = 'done'
                   AND production.company_id = %s
                   AND production.product_id = ANY(%s)
                   AND production.date_finished > %s
              ) past
             GROUP BY product_id ORDER BY product_id
            """,
            company.id,
            list(product_ids),
            now - REMEMBERED,
        )
    )
    products = env["product.product"].browse(row[0] for row in rows)
    names = {product.id: product.display_name for product in products}
    return [
        {
            "product": names[product_id],
            "median": round(median),
            "most": round(most),
            "count": count,
        }
        for product_id, median, most, count in rows
    ]

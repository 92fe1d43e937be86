"""齐套: the parts that an order takes if it comes first, and who waits for them then
(PLN-7)."""

from collections import defaultdict
from datetime import datetime

from odoo.tools import SQL

# what is free, what comes, and what open production still waits for, in the unit of the
# product. What is reserved stays with whom it is reserved for.
QUERY = """
    SELECT 'there', quant.product_id, NULL::int, NULL::timestamp,
           SUM(quant.quantity - quant.reserved_quantity)::float
      FROM stock_quant quant
      JOIN stock_location place ON place.id = quant.location_id
     WHERE place.usage = 'internal' AND quant.company_id = %(company)s
       AND quant.product_id = ANY(%(ids)s)
     GROUP BY quant.product_id
     UNION ALL
    SELECT 'comes', move.product_id, move.id, move.date, move.product_qty::float
      FROM stock_move move
      JOIN stock_location source ON source.id = move.location_id
      JOIN stock_location place ON place.id = move.location_dest_id
     WHERE move.state IN ('waiting', 'confirmed', 'assigned', 'partially_available')
       AND source.usage NOT IN ('internal', 'view') AND place.usage = 'internal'
       AND move.company_id = %(company)s AND move.product_id = ANY(%(ids)s)
     UNION ALL
    SELECT 'waits', move.product_id, production.id, production.date_start,
           (move.product_qty * GREATEST(
               1 - COALESCE(move.quantity, 0) / NULLIF(move.product_uom_qty, 0), 0
           ))::float
      FROM stock_move move
      JOIN mrp_production production
        ON production.id = move.raw_material_production_id
     WHERE move.state IN ('waiting', 'confirmed', 'partially_available')
       AND production.state IN ('confirmed', 'progress')
       AND move.company_id = %(company)s AND move.product_id = ANY(%(ids)s)
     ORDER BY 4 NULLS FIRST, 3
"""


def find_waiting(company, parts, now):
    """Return ``{production id: (product id, ready before, ready after)}`` of the open
    production that has its parts later if ``parts`` are taken first, by the part that
    comes last; ``None`` after where nobody knows when it comes. One query.

    :param company: superuser record
    :param parts: ``{product id: quantity}`` in the unit of the product
    """
    found = {}
    if not parts:
        return found
    env = company.env
    for model in ("stock.quant", "stock.move", "mrp.production"):
        env[model].flush_model()
    rows = env.execute_query(SQL(QUERY, company=company.id, ids=list(parts)))
    supplies, waiting = defaultdict(list), defaultdict(list)
    for kind, product_id, number, at, quantity in rows:
        if kind == "waits":
            waiting[product_id].append((number, at or now, quantity))
        else:
            supplies[product_id].append((max(at or now, now), quantity))
    for product_id, taken in parts.items():
        ready = _Ready(supplies[product_id])
        wanted = 0.0
        for number, begin, quantity in waiting[product_id]:
            wanted += quantity
            before, after = ready.get(wanted), ready.get(wanted + taken)
            if before is None or quantity <= 0:
                continue  # waits for it in any case
            before, after = max(before, begin), after and max(after, begin)
            last = found.get(number, (0, None, datetime.min))[2]
            if after != before and (
                last is not None and (after is None or after > last)
            ):
                found[number] = (product_id, before, after)
    return found


class _Ready:
    """When how much of one part is there: what is free, and what comes in turn."""

    def __init__(self, supplies):
        self.supplies = sorted(supplies)

    def get(self, wanted):
        """Return from when on ``wanted`` is there, or ``None``."""
        for at, quantity in self.supplies:
            wanted -= quantity
            if wanted <= 1e-6:
                return at
        return None

"""What belongs to one arrival of goods: the receipt, its backorders, the transfers that
bring it further to stock; a production order and its backorders (MFG-7).

Inspections say how much of it may enter stock, whichever of these they are about, and
it is counted together: transfers are split, merged and repeated.
"""

from collections import defaultdict
from typing import NamedTuple

from odoo.tools import SQL

from .order_inspection_point import FINAL, INCOMING

# what lies under the stock of a warehouse, and not under a place of quarantine
STOCK = """
    SELECT place.id FROM stock_location place
     WHERE EXISTS (
        SELECT FROM stock_warehouse house
          JOIN stock_location root ON root.id = house.lot_stock_id
         WHERE place.parent_path LIKE root.parent_path || '%%')
       AND NOT EXISTS (
        SELECT FROM stock_location apart
         WHERE apart.id = ANY(%(quarantine)s)
           AND place.parent_path LIKE apart.parent_path || '%%')
"""
# From some moves to all that their goods came from or went to before they were stock:
# through transfers and backorders (p), production orders split from one another (g) and
# moves (m) of the same product.
KIN = """
    WITH RECURSIVE kin(seed, product_id, kind, id) AS (
        SELECT id, product_id, 'm', id FROM stock_move WHERE id IN %(moves)s
         UNION
        SELECT kin.seed, kin.product_id, near.kind, near.id
          FROM kin CROSS JOIN LATERAL (
            SELECT 'p' AS kind, picking_id AS id FROM stock_move
             WHERE kin.kind = 'm' AND id = kin.id
             UNION ALL
            SELECT 'g', made.production_group_id FROM stock_move move
              JOIN mrp_production made ON made.id = move.production_id
             WHERE kin.kind = 'm' AND move.id = kin.id
             UNION ALL
            SELECT 'm', before.id FROM stock_move_move_rel link
              JOIN stock_move before ON before.id = link.move_orig_id
             WHERE kin.kind = 'm' AND link.move_dest_id = kin.id
               AND before.product_id = kin.product_id
               AND before.location_dest_id <> ALL(%(stock)s)
             UNION ALL
            SELECT 'm', after.id FROM stock_move_move_rel link
              JOIN stock_move own ON own.id = link.move_orig_id
              JOIN stock_move after ON after.id = link.move_dest_id
             WHERE kin.kind = 'm' AND link.move_orig_id = kin.id
               AND after.product_id = kin.product_id
               AND own.location_dest_id <> ALL(%(stock)s)
             UNION ALL
            SELECT 'm', id FROM stock_move
             WHERE kin.kind = 'p' AND picking_id = kin.id
               AND product_id = kin.product_id
             UNION ALL
            SELECT 'p', backorder_id FROM stock_picking
             WHERE kin.kind = 'p' AND id = kin.id
             UNION ALL
            SELECT 'p', id FROM stock_picking
             WHERE kin.kind = 'p' AND backorder_id = kin.id
             UNION ALL
            SELECT 'm', move.id FROM mrp_production made
              JOIN stock_move move ON move.production_id = made.id
             WHERE kin.kind = 'g' AND made.production_group_id = kin.id
               AND move.product_id = kin.product_id
          ) near
         WHERE near.id IS NOT NULL
    )
    SELECT kin.seed, kin.product_id, kin.kind, kin.id,
           -- what goes into stock from here was made here, whatever is chosen for it
           COALESCE(made.id IS NOT NULL AND (
               bom.type IS DISTINCT FROM 'subcontract' OR EXISTS (
                   SELECT FROM stock_move_line line
                    WHERE line.move_id = move.id
                      AND line.location_dest_id = ANY(%(stock)s))), FALSE),
           source.usage = 'supplier' OR move.purchase_line_id IS NOT NULL
               OR type.code = 'incoming' OR bom.type = 'subcontract',
           -- whom it was bought from, whoever is written on the transfer
           COALESCE(vendor.commercial_partner_id, partner.commercial_partner_id),
           type.id
      FROM kin
      LEFT JOIN stock_move move ON kin.kind = 'm' AND move.id = kin.id
      LEFT JOIN stock_location source ON source.id = move.location_id
      LEFT JOIN mrp_production made ON made.id = move.production_id
      LEFT JOIN mrp_bom bom ON bom.id = made.bom_id
      LEFT JOIN purchase_order_line bought ON bought.id = move.purchase_line_id
      LEFT JOIN res_partner vendor ON vendor.id = bought.partner_id
      LEFT JOIN stock_picking picking ON kin.kind = 'p' AND picking.id = kin.id
      LEFT JOIN stock_picking_type type ON type.id = picking.picking_type_id
      LEFT JOIN res_partner partner ON partner.id = picking.partner_id
"""
# how much of each lot has entered stock by these moves, less what has left it again on
# its way out
ENTERED = """
    SELECT line.move_id, COALESCE(lot.name, line.lot_name, ''),
           SUM(CASE WHEN line.location_dest_id = ANY(%(stock)s)
                    THEN line.quantity_product_uom ELSE -line.quantity_product_uom END)
      FROM stock_move_line line
      JOIN stock_location source ON source.id = line.location_id
      JOIN stock_location target ON target.id = line.location_dest_id
      LEFT JOIN stock_lot lot ON lot.id = line.lot_id
     WHERE line.move_id IN %(moves)s AND line.state = 'done'
       AND (line.location_dest_id = ANY(%(stock)s))
           <> (line.location_id = ANY(%(stock)s))
       AND source.usage NOT IN ('inventory', 'customer')
       AND target.usage IN ('internal', 'transit')
     GROUP BY 1, 2
"""
# Whoever asks takes turns on what was decided (an update: of two who asked at once the
# second fails to serialize, is tried again by core, and then sees what the first did).
# Asked of transfers and groups of production orders.
INSPECTED = """
    UPDATE order_inspection found SET write_date = write_date
     WHERE found.id IN (
        SELECT done.id FROM order_inspection done
          LEFT JOIN mrp_production made ON made.id = done.production_id
         WHERE done.state IN ('draft', 'waiting', 'done')
           AND done.kind IN ('incoming', 'final')
           AND done.product_id IN %(products)s
           AND (done.picking_id = ANY(%(pickings)s)
                OR made.production_group_id = ANY(%(groups)s)))
 RETURNING found.id
"""
# what has to be stored before it is counted
COUNTED = {
    "purchase.order.line": ["partner_id"],
    "mrp.production": ["bom_id", "production_group_id"],
    "order.inspection": ["picking_id", "product_id", "production_id", "state"],
    "stock.lot": ["name"],
    "stock.move": [
        "location_dest_id",
        "location_id",
        "move_orig_ids",
        "picking_id",
        "product_id",
        "production_id",
        "purchase_line_id",
    ],
    "stock.move.line": [
        "location_dest_id",
        "location_id",
        "lot_id",
        "lot_name",
        "move_id",
        "quantity_product_uom",
        "state",
    ],
    "stock.picking": ["backorder_id", "partner_id", "picking_type_id"],
}


class Family(NamedTuple):
    """One arrival of one product; the fields hold ids.

    :param made: whether it was made here, and not by a subcontractor
    :param bought: whether a vendor or subcontractor sent it
    """

    product: int
    moves: frozenset
    pickings: frozenset
    groups: frozenset
    made: bool
    bought: bool
    partner: int
    operation: int

    def get_points(self, product, company):
        """Return the points at which its goods are inspected and for which they wait,
        the first to be asked first."""
        known = self.made or self.bought
        partner = (self.partner or 0) if self.bought else None
        operation = self.operation if known else None
        return [
            point
            for point in product.env["order.inspection.point"]._get_guarding(
                *self.get_kinds()
            )
            if point.is_for(product, company.id, partner, operation)
        ]

    def get_kinds(self):
        """Return the kinds of inspection that its goods pass. Of what comes from
        nowhere it may be either."""
        if self.made:
            return (FINAL,)
        return (INCOMING,) if self.bought else (INCOMING, FINAL)


def get_stock_ids(env):
    """Return the ids of the locations whose goods are free: the stock of warehouses,
    without what lies in quarantine."""
    env["stock.location"].flush_model(["parent_path"])
    env["stock.warehouse"].flush_model(["lot_stock_id"])
    quarantine = list(env["order.inspection.point"].browse()._ids_quarantine())
    return [row[0] for row in env.execute_query(SQL(STOCK, quarantine=quarantine))]


def find_families(moves, stock):
    """Return ``{move id: Family}``.

    :param list stock: ids of the locations whose goods are free
    """
    for model, names in COUNTED.items():
        moves.env[model].flush_model(names)
    rows = moves.env.execute_query(SQL(KIN, moves=tuple(moves.ids), stock=stock))
    kin = defaultdict(list)
    for seed, *row in rows:
        kin[seed].append(row)
    return {seed: _make_family(own) for seed, own in kin.items()}


def _make_family(rows):
    ids = defaultdict(set)
    for _product, kind, node, *_facts in rows:
        ids[kind].add(node)
    # the transfer by which it came is the first of its chain
    arrivals = sorted(row[1:] for row in rows if row[1] == "p")
    incoming = [row for row in arrivals if row[3]] or arrivals
    vendor = next((row[5] for row in rows if row[1] == "m" and row[5]), None)
    return Family(
        rows[0][0],
        *(frozenset(ids[kind]) for kind in "mpg"),
        made=any(row[3] for row in rows),
        bought=any(row[4] for row in rows),
        partner=vendor or next((row[4] for row in incoming if row[4]), None),
        operation=next((row[5] for row in incoming), None),
    )


def count_entered(env, families, stock):
    """Return ``{family: {lot name: quantity}}``: what has entered stock of each."""
    moves = {move: family for family in families for move in family.moves}
    entered = {family: defaultdict(float) for family in families}
    if moves:
        rows = env.execute_query(SQL(ENTERED, moves=tuple(moves), stock=stock))
        for move, lot, quantity in rows:
            entered[moves[move]][lot] += quantity
    return entered


def find_inspections(env, families):
    """Return ``{family: inspections}`` that count or are to be made; take turns."""
    query = SQL(
        INSPECTED,
        products=tuple({family.product for family in families}),
        pickings=[picking for family in families for picking in family.pickings],
        groups=[group for family in families for group in family.groups],
    )
    # a gate counts the same for everybody
    every = (
        env["order.inspection"]
        .sudo()
        .browse([row[0] for row in env.execute_query(query)])
    )
    return {
        family: every.filtered(
            lambda i, family=family: (
                i.product_id.id == family.product
                and (
                    i.picking_id.id in family.pickings
                    or i.production_id.production_group_id.id in family.groups
                )
            )
        )
        for family in families
    }


def get_excess(entered, inspections):
    """Return how much more is in stock than was let through: of each lot what was let
    through for it, the rest of what was let through for whatever lot."""
    credit = defaultdict(float)
    for inspection in inspections:
        credit[inspection.lot_name or ""] += inspection._get_credit()
    anyhow = credit.pop("", 0.0)
    excess = sum(
        max(quantity - credit.get(lot, 0.0), 0.0) for lot, quantity in entered.items()
    )
    return excess - anyhow


class Weighed(NamedTuple):
    """What has entered stock of one arrival, by lot, and what was let through."""

    entered: dict
    inspections: object
    excess: float


def weigh(env, families, stock, pending=None):
    """Return ``{family: Weighed}``; take turns on what was decided.

    :param env: of the superuser: whoever moves goods need not see inspections
    :param dict pending: ``{family: {lot name: quantity}}`` that is about to enter too
    """
    entered = count_entered(env, families, stock)
    for family, lots in (pending or {}).items():
        for lot, quantity in lots.items():
            entered[family][lot] += quantity
    inspections = find_inspections(env, families)
    return {
        family: Weighed(
            entered[family],
            inspections[family],
            get_excess(entered[family], inspections[family]),
        )
        for family in families
    }

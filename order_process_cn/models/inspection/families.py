"""What belongs to one arrival of goods: the receipt, its backorders, the transfers that
bring it further to stock; a production order and its backorders (MFG-7).

Inspections say how much of it may enter stock, whichever of these they are about, and
it is counted together: transfers are split, merged and repeated.
"""

from collections import defaultdict
from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.arrivals import INSPECTED, KIN, STOCK
from .order_inspection_point import FINAL, INCOMING

COUNTING = ("draft", "waiting", "done")
# what has to be stored before it is counted
COUNTED = {
    "purchase.order.line": ["partner_id"],
    "mrp.production": ["bom_id", "production_group_id"],
    "order.inspection": [
        "kind",
        "lot_name",
        "picking_id",
        "product_id",
        "production_id",
        "quantity",
        "quantity_concession",
        "quantity_passed",
        "state",
    ],
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
    """Return ``({move id: Family}, {family: {lot name: quantity}})``: what belongs to
    one arrival, and how much of it has entered stock.

    :param list stock: ids of the locations whose goods are free
    """
    for model, names in COUNTED.items():
        moves.env[model].flush_model(names)
    rows = moves.env.execute_query(SQL(KIN, moves=tuple(moves.ids), stock=stock))
    kin = defaultdict(list)
    for seed, *row in rows:
        kin[seed].append(row)
    families = {seed: _make_family(own) for seed, own in kin.items()}
    entered = {}
    for seed, family in families.items():
        if family not in entered:
            entered[family] = lots_of = defaultdict(float)
            for *_facts, lots in kin[seed]:
                for lot, quantity in (lots or {}).items():
                    lots_of[lot] += quantity
    return families, entered


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


def take_turns_on(env, families):
    """Take turns with others who weigh these arrivals, see :data:`INSPECTED`; return
    the ids of their inspections."""
    products, pickings, groups = _get_sources(families)
    query = SQL(INSPECTED, products=products, pickings=pickings, groups=groups)
    return [row[0] for row in env.execute_query(query)]


def find_inspections(env, families, is_final):
    """Return ``{family: inspections}`` that count or are to be made.

    :param is_final: goods have entered stock: take turns
    """
    # a gate counts the same for everybody
    every = env["order.inspection"].sudo()
    if is_final:
        every = every.browse(take_turns_on(env, families))
    else:
        products, pickings, groups = _get_sources(families)
        source = Domain("picking_id", "in", pickings)
        if groups:
            source |= Domain("production_id.production_group_id", "in", groups)
        kinds = Domain("state", "in", COUNTING) & Domain(
            "kind", "in", [INCOMING, FINAL]
        )
        domain = source & kinds & Domain("product_id", "in", products)
        every = every.search_fetch(domain, COUNTED["order.inspection"])

    def belongs(inspection, family):
        return inspection.product_id.id == family.product and (
            inspection.picking_id.id in family.pickings
            or inspection.production_id.production_group_id.id in family.groups
        )

    return {
        family: every.filtered(lambda i, family=family: belongs(i, family))
        for family in families
    }


def _get_sources(families):
    return (
        tuple({family.product for family in families}),
        [picking for family in families for picking in family.pickings],
        [group for family in families for group in family.groups],
    )


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


def weigh(env, entered, pending=None):
    """Return ``{family: Weighed}``; take turns on what was decided of what is there.

    :param env: of the superuser: whoever moves goods need not see inspections
    :param dict entered: ``{family: {lot name: quantity}}`` that is in stock
    :param dict pending: the same of what is about to enter too
    """
    for family, lots in (pending or {}).items():
        for lot, quantity in lots.items():
            entered[family][lot] += quantity
    inspections = find_inspections(env, entered, is_final=pending is None)
    return {
        family: Weighed(
            lots, inspections[family], get_excess(lots, inspections[family])
        )
        for family, lots in entered.items()
    }

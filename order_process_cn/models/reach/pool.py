"""What comes for an order, and what waits for it.

A pool is what is made and bought to order of one product in one warehouse for the same
reason, and the moves that wait for it. Core links both, and adds to what comes when
more is ordered. It takes nothing away when less is, and forgets what comes too much
when more is ordered again.

Where goods are taken from the shelf first and only the rest is made or bought, core
links nothing: what comes and what waits carry the same reference. Such a move waits for
what it has not reserved.
"""

from ..effect.take_back import get_all_productions, get_all_purchases

CLOSED = {"done", "cancel"}


class Pool:
    """The supplies of one pool and the moves that need them."""

    def __init__(self, productions, lines):
        self.productions = productions
        self.lines = lines
        self.needs = _find_needs(self)
        self._close()
        self.shelf_needs = _find_shelf_needs(self)

    def _close(self):
        """Take in whatever serves the same needs, for whichever order it was begun."""
        while True:
            productions, lines = _find_origins(self.needs, self.get_goods())
            productions = _filtered_making(productions | self.productions)
            lines = _filtered_buying(lines | self.lines)
            if productions == self.productions and lines == self.lines:
                return
            self.productions, self.lines = productions, lines
            self.needs |= _find_needs(self)

    def get_goods(self):
        """Return the product."""
        return self.productions.product_id or self.lines.product_id

    def get_supplies(self):
        """Return single production orders and purchase lines: what is used up first
        is what was begun first."""
        productions = self.productions.sorted("id")
        lines = self.lines.sorted("id")
        supplies = [*productions, *lines]
        return sorted(supplies, key=lambda supply: not supply._is_supply_begun())

    def count_coming(self):
        """Return how much is still to come, in the unit of the product."""
        coming = sum(supply._count_coming() for supply in self.get_supplies())
        # on its way within the warehouse, nobody who needs it has it yet
        moving = _get_outputs(self, is_done=True).move_dest_ids.filtered(
            lambda move: move.state not in CLOSED and not _is_need(move)
        )
        return coming + sum(map(_count_moved, moving))

    def is_for_nobody(self):
        """Whether nothing ever waited for it: somebody added it by hand."""
        return not self.productions and not self.needs and not self.shelf_needs

    def has_left_over(self):
        """Whether something came that nobody who waits has: core may reserve it for
        them later, when as much was made or bought anew."""
        _taken, had, came = self._count_served(self._get_open_and_gone())
        return self.get_goods().uom_id.compare(came, had) > 0

    def _get_open_and_gone(self):
        return self.needs.filtered(lambda move: move.state != "cancel")

    def _count_served(self, needs):
        """Return how much has gone by ``needs``, how much they had with what they have
        reserved, and how much came."""
        gone = needs.filtered(lambda move: move.state == "done")
        taken = sum(map(_count_moved, gone))
        had = taken + sum(map(_count_moved, needs - gone))
        return taken, had, sum(map(_count_moved, _get_outputs(self, is_done=True)))

    def count_missing(self, sees_shelf=False, added=0.0):
        """Return how much more is waited for than is to come; below nothing: that
        much is too much.

        :param sees_shelf: whether what is free on the shelf counts as had by those who
            take from it first; else only what they have reserved
        :param added: how much more is ordered by somebody who takes from it first
        """
        needs = self._get_open_and_gone()
        taken, had, came = self._count_served(needs)
        waiting = needs.filtered(lambda move: move.state != "done")
        # what came and nobody who waits has may be somebody else's by now
        wanted = taken + sum(waiting.mapped("product_qty")) - min(came, had)
        wanted += count_wanted_beside_shelf(self.shelf_needs, sees_shelf, added)
        return wanted - self.count_coming()


def find_pools(order, product=None):
    """Return the pools of one order, those of ``product`` only if one is given."""
    productions = _filtered_making(get_all_productions(order))
    lines = _filtered_buying(get_all_purchases(order).order_line)
    if product:
        productions = productions.filtered(lambda p: p.product_id == product)
        lines = lines.filtered(lambda line: line.product_id == product)
    places = {_get_place(one) for supplies in (productions, lines) for one in supplies}
    pools = []
    for place in sorted(places):
        made = productions.filtered(lambda p, place=place: _get_place(p) == place)
        bought = lines.filtered(lambda p, place=place: _get_place(p) == place)
        # what core made for a transfer without linking it is found by its reference
        pool = Pool(made, bought)
        pool.needs |= _find_unlinked(order, *place)
        if not pool.is_for_nobody():
            pools.append(pool)
    return pools


def _get_place(supply):
    warehouse = supply._get_supply_document().picking_type_id.warehouse_id
    return supply.product_id.id, warehouse.id


def _filtered_making(productions):
    """What a subcontractor makes is counted by its purchase."""
    return productions.filtered(
        lambda p: p.state != "cancel" and p.bom_id.type != "subcontract"
    ).sorted("id")


def _filtered_buying(lines):
    """What goes from the vendor to the customer is no supply of a warehouse."""
    return lines.filtered(
        lambda line: (
            line.state != "cancel"
            and line.product_id.type == "consu"
            and line.order_id.picking_type_id.code != "dropship"
        )
    ).sorted("id")


def _get_outputs(pool, is_done=False):
    made = pool.productions.move_finished_ids.filtered(
        lambda move: move.product_id == pool.get_goods()
    )
    outputs = made | pool.lines.move_ids
    return outputs.filtered(lambda move: move.state == "done") if is_done else outputs


def _is_need(move):
    return bool(move.raw_material_production_id) or move._leads_out()


def _find_needs(pool):
    """Return the moves that wait for what one pool brings."""
    ends = find_ends(_get_outputs(pool).move_dest_ids | pool.lines.move_dest_ids)
    return ends.filtered(lambda move: move.product_id == pool.get_goods())


def find_ends(moves):
    """Return the moves at which each chain from ``moves`` on ends: to a customer, or
    into production."""
    queue = moves
    needs = seen = queue.browse()
    while queue:
        seen |= queue
        found = queue.filtered(_is_need)
        needs |= found
        queue = (queue - found).move_dest_ids - seen
    return needs


def _find_origins(needs, product):
    """Return the production orders and purchase lines that ``needs`` wait for."""
    lines = needs.created_purchase_line_ids
    productions = needs.move_orig_ids.production_id.browse()
    queue, seen = needs.move_orig_ids, needs
    while queue:
        seen |= queue
        productions |= queue.production_id
        lines |= queue.purchase_line_id
        begun = queue.filtered(lambda m: m.production_id or m.purchase_line_id)
        queue = (queue - begun).move_orig_ids - seen
    return (
        productions.filtered(lambda p: p.product_id == product),
        lines.filtered(lambda line: line.product_id == product),
    )


def _find_unlinked(order, product_id, warehouse_id):
    return order.stock_reference_ids.move_ids.filtered(
        lambda move: (
            move.product_id.id == product_id
            and move.location_id.warehouse_id.id == warehouse_id
            and move.procure_method == "make_to_order"
            and move.state in {"waiting", "confirmed", "partially_available"}
            and not move.move_orig_ids
            and not move.created_purchase_line_ids
            and _is_need(move)
        )
    )


def is_from_shelf_first(move):
    """Whether something comes for one move only as far as the shelf is empty."""
    return (
        move.procure_method == "make_to_stock"
        and move.rule_id.procure_method == "mts_else_mto"
    )


def _find_shelf_needs(pool):
    """Return the moves that may wait for what one pool brings, for whichever order:
    they and what comes for them carry a reference in common."""
    documents = pool.lines.order_id
    references = pool.productions.reference_ids | documents.reference_ids
    types = pool.productions.picking_type_id | documents.picking_type_id
    goods, warehouses = pool.get_goods(), types.warehouse_id
    return references.move_ids.filtered(
        lambda move: (
            move.product_id == goods
            and move.location_id.warehouse_id in warehouses
            and is_from_shelf_first(move)
        )
    )


def count_wanted_beside_shelf(needs, sees_shelf, added=0.0):
    """Return how much has to come for moves that take from the shelf first, and for
    what is ``added`` to them."""
    waiting = needs.filtered(lambda move: move.state not in CLOSED)
    wanted = added + sum(move.product_qty - _count_moved(move) for move in waiting)
    if sees_shelf:
        wanted -= sum(
            max(moves.product_id.with_context(location=place.id).free_qty, 0.0)
            for place, moves in waiting.grouped("location_id").items()
        )
    return max(wanted, 0.0)


def _count_moved(move):
    """Return what one move has moved or has reserved, in the unit of the product."""
    return move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id)

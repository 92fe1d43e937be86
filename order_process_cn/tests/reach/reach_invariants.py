"""What holds after every change of an order, counted over all that names the order and
not by the links that the addon follows."""

from collections import Counter
from copy import copy

from ...models.effect.take_back import get_all_productions, get_all_purchases

CLOSED = {"done", "cancel"}
SMALL = 1e-6


class Watch:
    """What was signed and closed of one order so far."""

    def __init__(self, case, order):
        self.case = case
        self.order = order
        self.ordered = self.signed = self._get_ordered()
        # before the last act, and after it
        self.before = self.launched = self._get_launched()
        self.closed = Counter()

    def fork(self):
        """Return one that knows the same: what this one sees later is its own."""
        other = copy(self)
        other.closed = self.closed.copy()
        return other

    def check(self, act, is_refused=False):
        """Raise ``AssertionError`` for the first thing that does not hold after one
        act, on top of what was seen before it."""
        self.before, self.launched = self.launched, self._get_launched()
        self.ordered = self._get_ordered()
        self._note_closed(act, is_refused)
        if self.order.sudo().review_state == "approved":
            self.signed = self.ordered
        self._check_launched_is_signed()
        self._check_delivery()
        self._check_supplies()
        found = self.order.sudo().review_id._find_tampering()
        assert not found, f"tampering: {list(found.values())}"

    # -- what is seen ------------------------------------------------------------------

    def _get_ordered(self):
        found = Counter()
        for line in self.order.sudo().order_line:
            quantity = line._get_ordered_quantity()
            found.update(line._get_kit_goods(quantity) or {line.product_id: quantity})
        return found

    def _get_waiting(self):
        found = Counter()
        for line in self.order.sudo().order_line:
            held = line.held_quantity
            found.update(line._get_kit_goods(held) or {line.product_id: held})
        return found

    def _get_launched(self):
        found = Counter()
        for move in self.case._out_moves(self.order):
            if move.state != "cancel":
                done = move.state == "done"
                found[move.product_id] += moved(move) if done else move.product_qty
        return found

    def _note_closed(self, act, is_refused):
        """What the warehouse takes back is closed, until it is ordered less."""
        name = str(act).split(":")[0]
        if name in {"cancel delivery", "deliver and close"} and not is_refused:
            for product, quantity in self.before.items():
                self.closed[product] += quantity - self.launched[product]
        if self.order.sudo().state != "sale":
            self.closed = Counter()

    # -- what holds --------------------------------------------------------------------

    def _check_launched_is_signed(self):
        for product, quantity in self.launched.items():
            most = max(self.signed[product], self.before[product])
            assert quantity <= most + SMALL, f"unsigned: {quantity} of {most}"

    def _check_delivery(self):
        """Open delivery is what was ordered without what is delivered or closed."""
        if self.order.sudo().state != "sale":
            is_open = self.case._open_deliveries(self.order)
            assert not is_open, f"open without an order: {is_open}"
            return
        waiting = self._get_waiting()
        for product, quantity in self.ordered.items():
            free = quantity - waiting[product]
            launched = self.launched[product]
            missing = free - launched
            assert missing >= -SMALL, f"too much: {launched} of {free}"
            closed = self.closed[product]
            assert missing <= closed + SMALL, f"too little: {missing}, {closed} closed"
            self.closed[product] = min(closed, missing)  # it is not ordered any more

    def _check_supplies(self):
        """What is to come is waited for, or somebody is told."""
        order = self.order.sudo()
        productions = get_all_productions(order).filtered(
            lambda p: p.bom_id.type != "subcontract"
        )
        lines = get_all_purchases(order).order_line
        needs = self.case._out_moves(order) | productions.move_raw_ids
        told = self._get_told()
        for product in productions.product_id | lines.product_id:
            own = needs.filtered(
                lambda m, product=product: (
                    m.product_id == product and m.state != "cancel"
                )
            )
            came = coming = 0.0
            for production in productions.filtered(
                lambda p, product=product: p.product_id == product
            ):
                came += production.qty_produced
                if production.state not in CLOSED:
                    coming += max(production.product_qty - production.qty_produced, 0)
            for line in lines.filtered(
                lambda one, product=product: one.product_id == product
            ):
                ratio = (
                    line.product_uom_qty / line.product_qty if line.product_qty else 1
                )
                came += line.qty_received * ratio
                coming += max(line.product_uom_qty - line.qty_received * ratio, 0)
            gone = sum(moved(move) for move in own if move.state == "done")
            waiting = own.filtered(lambda m: m.state != "done")
            had = gone + sum(map(moved, waiting))
            served = min(came, had)
            if from_shelf(own):
                served = had
            wanted = gone + sum(waiting.mapped("product_qty")) - served
            surplus = coming - max(wanted, 0)
            assert surplus <= told[product] + SMALL, (
                f"{product.name}: {coming} to come for {wanted}, "
                f"{told[product]} of it told"
            )
            if from_shelf(own):
                short = wanted - coming - max(self._count_free(product), 0)
                assert short <= SMALL, f"{product.name}: {short} given back too much"

    def _count_free(self, product):
        place = self.case.warehouse.lot_stock_id
        return product.with_context(location=place.id).free_qty

    def _get_told(self):
        found = Counter()
        for reductions in self.case._todos(self.order).values():
            for product, before, after in reductions:
                found[product] += before - after
        return found


def moved(move):
    return move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id)


def from_shelf(moves):
    """Whether these take from the shelf first, and only the rest is got for them."""
    return "mts_else_mto" in moves.rule_id.mapped("procure_method")

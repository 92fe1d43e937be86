from collections import defaultdict

from odoo import fields, models

from ..mechanism.engine import take_turns
from ..shipping.release_states import (
    CANCELLED,
    DRAFT,
    REFUSED,
    RELEASED,
    REQUESTED,
    SHIPPED,
)

# who keeps his quantity when an order says less: what was let go before what is asked
# for, that before what is only proposed
RANKS = {SHIPPED: 0, RELEASED: 1, REQUESTED: 2, REFUSED: 3, DRAFT: 3}


class OrderShippingRelease(models.Model):
    """What becomes of requests and releases when their order says something else
    (CHG-5). Of what was signed less still leaves, never more; what is asked for says
    what the order says, so whoever has signed it is asked again."""

    _inherit = "order.shipping.release"

    # -- quantities --------------------------------------------------------------------

    def _plan_fit(self, ordered):
        """Return ``{line: what may still leave on it}`` of the lines that get less, in
        the units of the products, what has left on it counted.

        :param ordered: ``{(order line, product): quantity}`` of what may leave at all
        """
        ranked = self.sorted(
            lambda r: (RANKS[r.state], r.released_on or fields.Datetime.now(), r.id)
        )
        lines = ranked.line_ids
        left = defaultdict(float, ordered)
        # what came back for something else in its place
        nobody = self.browse()
        for key, taken in lines.order_line_id._get_taken_for_shipping().items():
            left[key] -= taken.get(nobody, 0.0)
        kept = {line: line.used_qty for line in lines}
        for line in lines:
            left[line._get_key()] -= line.used_qty
        for line in lines:
            more = min(line.product_qty - line.used_qty, left[line._get_key()])
            kept[line] += max(more, 0.0)
            left[line._get_key()] -= max(more, 0.0)
        # what has left was counted for one line of an order, and may have been another
        over = defaultdict(float)
        for (line, product), quantity in left.items():
            over[line.order_id, product] -= quantity
        for line in reversed(lines):
            key = line.release_id.order_id, line.product_id
            less = min(max(over[key], 0.0), kept[line] - line.used_qty)
            kept[line] -= less
            over[key] -= less
        return {
            line: quantity
            for line, quantity in kept.items()
            if line.product_id.uom_id.compare(quantity, line.product_qty) < 0
        }

    def _fit_to_order(self):
        """Let no more leave on these, nor be asked for, than their orders say."""
        take_turns(self)  # against goods that leave at this moment
        self._follow_goods()
        plan = self._plan_fit(self.order_id.order_line._get_shippable())
        for line, quantity in plan.items():
            line._take_off(quantity)
        for release, lines in _by_release(plan).items():
            release._log_less(lines)
            release._end_if_empty()

    def _move_to(self, state):
        if state == REQUESTED:
            # let go anew is what the order still says
            for line in self.line_ids.filtered("cut_qty"):
                line._forget_cut()
        elif state == DRAFT:
            self.filtered("released_on").released_on = False
        super()._move_to(state)

    def _filtered_at_gate(self, transition):
        documents = super()._filtered_at_gate(transition)
        if transition != "request":
            return documents
        # nothing keeps anybody from taking back what was let go: it was asked for
        return documents.filtered(lambda release: not release.released_on)

    def _log_less(self, lines):
        self._message_log(
            body=self.env._(
                "The order says less now: %s",
                ", ".join(line._spell_may_leave() for line in lines),
            )
        )

    def _end_if_empty(self):
        """End one release on which nothing more can leave."""
        open_lines = self.line_ids.filtered(
            lambda line: line.product_id.uom_id.compare(line.product_qty, line.used_qty)
        )
        if open_lines or self.state == SHIPPED:
            self.order_id._mark_for_recheck("shipping")
        elif any(self.line_ids.mapped("used_qty")):
            self._move_to(SHIPPED)
        else:
            self._move_to(CANCELLED)
            self.review_id._end("cancelled", "cancel")

    # -- where it goes -----------------------------------------------------------------

    def _redirect(self):
        """Send what has not left where the orders want it now: it is let go anew. What
        has left in part ends with that, and the rest is proposed."""
        take_turns(self)
        self._follow_goods()
        for release in self.filtered(lambda r: r.state not in {SHIPPED, CANCELLED}):
            if any(release.line_ids.mapped("used_qty")):
                release._end_rest(self.env._("The rest goes to another address."))
                continue
            release._message_log(
                body=self.env._(
                    "Goes elsewhere: %(before)s → %(after)s",
                    before=release.partner_shipping_id.display_name,
                    after=release.order_id.partner_shipping_id.display_name,
                )
            )
            # a fact: whoever has signed it is asked again
            release.partner_shipping_id = release.order_id.partner_shipping_id
            if release._is_let_go_unsigned():
                release._move_to(REQUESTED)

    def _is_let_go_unsigned(self):
        return (
            self.state == RELEASED and not self.is_emergency and not self.needs_review
        )

    # -- all of it ---------------------------------------------------------------------

    def _end_rest(self, reason):
        """Let nothing more leave on these, nor be asked for.

        :param reason: why, in words
        """
        for release in self:
            for line in release.line_ids:
                line._take_off(line.used_qty)
            release._message_log(body=reason)
            release._end_if_empty()


def _by_release(plan):
    found = {}
    for line in plan:
        found.setdefault(line.release_id, []).append(line)
    return found


# -- what the conductors call ----------------------------------------------------------


def get_open_releases(orders):
    """Return requests and releases of these orders that are not given up; superuser
    records. Orders whose goods need no release cost nothing."""
    if not orders.env["order.type"]._ids_releasing():
        return orders.env["order.shipping.release"].sudo()  # of nothing
    # whoever edits an order need not see its releases
    guarded = orders.sudo().filtered("ships_on_release")
    return guarded.shipping_release_ids.filtered(lambda r: r.state != CANCELLED)


def fit_releases(orders):
    """Bring requests and releases down to what these orders say, after they were
    written."""
    if releases := get_open_releases(orders):
        releases._fit_to_order()


def redirect_releases(orders, vals):
    """Follow the address of these orders, after ``vals`` were written on them."""
    if {"partner_id", "partner_shipping_id"} & vals.keys():
        elsewhere = get_open_releases(orders).filtered(
            lambda r: r.partner_shipping_id != r.order_id.partner_shipping_id
        )
        if elsewhere:
            elsewhere._redirect()


def give_up_releases(orders):
    """End what was asked for and let go of orders that were cancelled."""
    ending = get_open_releases(orders).filtered(lambda r: r.state != SHIPPED)
    if ending:
        take_turns(ending)
        ending._follow_goods()
        ending.filtered(lambda r: r.state != SHIPPED)._end_rest(
            orders.env._("The order was cancelled.")
        )

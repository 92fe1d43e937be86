from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .order_goods import (
    filtered_shipping,
    is_any_shipping_guarded,
    is_early,
    spell_excess,
)
from .stock_move_shipping import MARKED

# How much has left of each product for these orders, what came back taken off, and how
# much was let go. Whoever asks takes turns on what was let go (an update: of two who
# ship the last pieces at the same moment one is tried again and then sees the other's).
# Joined from the orders: asked from the moves the same takes a hundred times as long.
SHIPPED_AND_RELEASED = """
    WITH %(marks)s turn AS (
        UPDATE order_shipping_release SET write_date = write_date
         WHERE order_id IN %(orders)s AND state IN ('released', 'shipped')
     RETURNING id, order_id, state, valid_until, is_emergency
    ), own AS (
        SELECT move.id, sol.order_id
          FROM sale_order_line sol
          JOIN stock_move move ON move.sale_line_id = sol.id
         WHERE sol.order_id IN %(orders)s
        UNION
        SELECT move.id, picking.sale_id
          FROM stock_picking picking
          JOIN stock_move move ON move.picking_id = picking.id
         WHERE picking.sale_id IN %(orders)s AND move.sale_line_id IS NULL
           AND move.till_order_id IS NULL
        UNION
        SELECT id, till_order_id FROM stock_move
         WHERE till_order_id IN %(orders)s AND sale_line_id IS NULL
    ), moved AS (
        SELECT own.order_id, line.product_id,
               COALESCE(line.quantity_product_uom, 0) AS quantity,
               src.usage = 'customer'
               OR COALESCE(src.parent_path LIKE transit.parent_path || '%%', FALSE)
                   AS back,
               dst.usage = 'customer'
               OR COALESCE(dst.parent_path LIKE transit.parent_path || '%%', FALSE)
                   AS away
          FROM own
          JOIN stock_move_line line ON line.move_id = own.id
          JOIN stock_location src ON src.id = line.location_id
          JOIN stock_location dst ON dst.id = line.location_dest_id
          LEFT JOIN stock_location transit ON transit.id = %(transit)s
         WHERE line.state = 'done'
    )
    SELECT order_id, product_id, NULL AS release_id,
           SUM(CASE WHEN away THEN quantity ELSE -quantity END) AS quantity,
           NULL AS used, NULL AS state, NULL::date AS valid_until,
           NULL::bool AS is_emergency, NULL AS term_id, NULL AS settlement
      FROM moved WHERE away <> back GROUP BY order_id, product_id
     UNION ALL
    SELECT turn.order_id, goods.product_id, turn.id, SUM(goods.product_qty),
           SUM(goods.used_qty), turn.state, turn.valid_until, turn.is_emergency,
           term.id, term.settlement
      FROM turn JOIN order_shipping_line goods ON goods.release_id = turn.id
      JOIN sale_order ON sale_order.id = turn.order_id
      LEFT JOIN account_payment_term term ON term.id = sale_order.payment_term_id
     GROUP BY turn.order_id, goods.product_id, turn.id, turn.state, turn.valid_until,
              turn.is_emergency, term.id, term.settlement
"""

# what has to be stored before it is counted
COUNTED = {
    "stock.move": ["picking_id", "sale_line_id", "till_order_id"],
    "stock.move.line": [
        "location_dest_id",
        "location_id",
        "move_id",
        "product_id",
        "quantity_product_uom",
        "state",
    ],
    "stock.picking": ["sale_id"],
    "order.shipping.release": ["is_emergency", "order_id", "state", "valid_until"],
    "sale.order": ["payment_term_id"],
    "account.payment.term": ["settlement"],
    "order.shipping.line": ["product_id", "product_qty", "release_id", "used_qty"],
}

# where goods are ours, or nobody's any more. From one warehouse to the next and back to
# a vendor are deliveries too
INSIDE = {"internal", "inventory", "production"}


class Released(NamedTuple):
    """What a release lets leave of one product, and how much of it has left."""

    quantity: float
    used: float


def filtered_outside(places):
    """Return the places that are no more ours, as core's ``_is_outgoing`` says one by
    one: it looks the place between companies up for every answer."""
    transit = places.env["ir.model.data"]._xmlid_to_res_id(
        "stock.stock_location_inter_company"
    )
    return places.filtered(
        lambda place: (
            place.usage == "customer"
            or (transit and f"/{transit}/" in f"/{place.parent_path}")
        )
    )


class StockMoveLine(models.Model):
    """The gate on goods that leave (SHP-1): on the line, because that is where they
    leave in the books, on whichever road; by quantity for order and product, because
    transfers are split, merged and repeated."""

    _inherit = "stock.move.line"

    # -- which lines -------------------------------------------------------------------

    def _is_shipping_guarded(self):
        """Whether anything that leaves is looked at. Costs no query."""
        return bool(
            self.env["order.type"]._ids_releasing()
            or self.env["res.company"]._ids_shipping_on_orders_only()
        )

    def _filtered_leaving(self):
        outside = filtered_outside(self.location_id | self.location_dest_id)
        return self.filtered(
            lambda line: (
                line.location_dest_id in outside and line.location_id not in outside
            )
        )

    def _filtered_redirected(self, leaving):
        """Return the lines of deliveries that do not take goods from us to outside:
        nothing leaves in the books, and the goods are gone all the same."""
        places = (
            self.move_id.location_dest_id | self.location_id | self.location_dest_id
        )
        outside = filtered_outside(places)
        return (self - leaving).filtered(
            lambda line: (
                # the order counts the move, the stock its lines
                (
                    line.move_id.location_dest_id in outside
                    and not line._is_sent_by_sister(outside)
                )
                or (
                    line.location_dest_id.usage in INSIDE
                    and line.location_id not in outside
                    and line._is_of_delivery()
                )
            )
        )

    def _is_sent_by_sister(self, outside):
        """Whether one line goes straight from another company of ours to the customer:
        it has left there."""
        return (
            self.location_id.usage == "transit"
            and self.location_dest_id in outside
            and not self._is_of_delivery()
        )

    def _is_of_delivery(self):
        """Whether one line belongs to a delivery, or to what was one before somebody
        gave the transfer another type."""
        picking_type = self.move_id.rule_id.picking_type_id
        codes = {picking_type.code, self._get_picking().picking_type_code}
        return "outgoing" in codes

    def _filtered_made_up(self):
        """Return the lines that say of themselves what does not follow from their move
        and quantity: nothing of that is counted."""
        return self.filtered(
            lambda line: (
                line.move_id.state == "done"
                and (line.state != "done" or line._is_miscounted())
            )
        )

    def _is_miscounted(self):
        """Whether one line names another quantity than it moves."""
        unit = self.product_id.uom_id
        quantity = self.product_uom_id._compute_quantity(
            self.quantity, unit, rounding_method="HALF-UP"
        )
        return bool(unit.compare(quantity, self.quantity_product_uom))

    def _get_picking(self):
        # a line that names the transfer of another move is counted with its move
        return self.move_id.picking_id or self.picking_id

    def _get_shipping_order(self):
        """Return the order for which one line leaves, as it is counted above."""
        return self.move_id._get_shipping_order() or self._get_picking().sale_id

    def _is_of_guarded_order(self):
        """Whether one line is for an order whose goods need a release. One that is not
        in effect has none."""
        order = self._get_shipping_order()
        return is_any_shipping_guarded(order) or is_early(order)

    # -- the gate ----------------------------------------------------------------------

    def _check_released(self, is_new=True):
        """Raise unless what has left of these lines was let go.

        :param is_new: whether they leave now: then what the releases wait for is asked
            again, money above all. A correction of what has left asks the count only.
        :raise UserError: everything that has to stay, in words
        """
        if self._is_shipping_guarded():
            # whoever moves goods need not see orders, releases and money
            lines = self.sudo()
            gone = lines.filtered(lambda line: line.state == "done")
            leaving = gone._filtered_leaving()
            problems = lines._filtered_made_up()._find_made_up()
            problems += gone._filtered_redirected(leaving)._find_redirected()
            problems += leaving._find_unreleased(is_new)
            gone._raise_to_stay(problems)

    def _check_may_leave(self):
        """As :meth:`_check_released`, for lines that are about to leave."""
        if self._is_shipping_guarded():
            coming = self.filtered(lambda line: line.state != "done" and line.picked)
            coming = coming.sudo()._filtered_leaving()  # as above
            coming._raise_to_stay(coming._find_unreleased(True, is_counted=False))

    def _check_stays_with_move(self):
        """Refuse that what has left of guarded orders gets another move, which may be
        counted for another one."""
        if self.env["order.type"]._ids_releasing():
            # whoever moves goods need not read orders
            for line in self.sudo().filtered(lambda line: line.state == "done"):
                order = line._get_shipping_order()
                if order.ships_on_release:
                    line.move_id._raise_stays(line.product_id, order)

    def _raise_to_stay(self, problems):
        if problems:
            lines = "\n".join(f"- {problem}" for problem in problems)
            raise UserError(self.env._("Goods have to stay here:\n%s", lines))

    def _find_made_up(self):
        return [
            self.env._(
                "%(product)s for %(order)s: state and quantity of what has left follow "
                "from its transfer; correct the quantity there",
                product=line.product_id.display_name,
                order=line._get_shipping_order().name,
            )
            for line in self
            if line._is_of_guarded_order()
        ]

    def _find_redirected(self):
        return [
            self.env._(
                "%(product)s: the delivery of %(order)s has to begin in our warehouse "
                "and to end where the customer gets it",
                product=line.product_id.display_name,
                order=line._get_shipping_order().name,
            )
            for line in self
            if line._is_of_guarded_order()
        ]

    def _find_unreleased(self, is_new, is_counted=True):
        """Return in words what of the goods of these lines has to stay.

        :param is_counted: whether these lines have left already
        """
        asking = self.env["res.company"]._ids_shipping_on_orders_only()
        problems = [
            self.env._(
                "%(product)s leaves without a sales order, which %(company)s does not "
                "allow → Sales enters the order",
                product=line.product_id.display_name,
                company=line.company_id.name,
            )
            for line in self
            if line.company_id.id in asking
            and not filtered_shipping(line._get_shipping_order())
        ]
        guarded = self.filtered(lambda line: line._is_of_guarded_order())
        if guarded:
            problems += guarded._find_excess(is_new, is_counted)
        return problems

    def _find_excess(self, is_new, is_counted):
        """Return in words where more leaves than was let go, and why no more was."""
        goods = self.grouped(lambda line: (line._get_shipping_order(), line.product_id))
        orders = self.env["sale.order"].union(*(order for order, _product in goods))
        # they are looked at once the goods are gone
        left, held = self._count_shipped(orders, marks=is_new and is_counted)
        releases = self.env["order.shipping.release"].browse(
            {release for own in held.values() for release in own}
        )
        waiting = releases._find_waiting() if is_new else {}
        problems = []
        for (order, product), lines in goods.items():
            key = (order.id, product.id)
            count = left[key]
            if not is_counted:
                count += sum(lines.mapped("quantity_product_uom"))
            let_go = sum(
                part.used if release in waiting else part.quantity
                for release, part in held[key].items()
            )
            if product._is_too_much(order, count, let_go):
                problems.append(spell_excess(order, product, count, let_go))
                problems += [waiting[r] for r in held[key] if r in waiting]
        return list(dict.fromkeys(problems))

    def _count_shipped(self, orders, marks=False):
        """Return ``({(order id, product id): quantity that has left}, {the same:
        {release id: Released}})``, in the units of the products; take turns on what was
        released.

        :param marks: whether the worker shall look at the releases of these orders:
            asked in the same breath, see :meth:`stock.move._watch_shipping`
        """
        for model, names in COUNTED.items():
            self.env[model].flush_model(names)
        transit = self.env["ir.model.data"]._xmlid_to_res_id(
            "stock.stock_location_inter_company"
        )
        rows = self.env.execute_query(
            SQL(
                SHIPPED_AND_RELEASED,
                marks=self._get_marks(orders) if marks else SQL(),
                orders=tuple(orders.ids),
                transit=transit or None,
            )
        )
        left, held = defaultdict(float), defaultdict(dict)
        for order_id, product_id, release_id, quantity, used, *known in rows:
            if release_id:
                held[order_id, product_id][release_id] = Released(quantity, used or 0.0)
                self._remember_release(release_id, order_id, *known)
            else:
                left[order_id, product_id] = quantity
        return left, held

    def _get_marks(self, orders):
        """Return the clause that has the worker look at the releases of these orders,
        for those that were not marked yet."""
        marked = self.env.cr.precommit.data.setdefault(MARKED, set())
        rows = [("sale.order", i, "shipping", None) for i in orders.ids]
        rows = [row for row in rows if row[1] not in marked]
        marked.update(orders.ids)
        # written by the engine, whoever moves goods
        queue = self.env["order.recheck"].sudo()
        return SQL("%s,", queue._get_clause(rows)) if rows else SQL()

    def _remember_release(self, release_id, order_id, state, until, urgent, term, how):
        """Keep what the statement has read anyway of a release and of the terms of its
        order: what is asked again next needs nothing else where nothing is owed."""
        release = self.env["order.shipping.release"].browse(release_id)
        known = {
            release: {
                "order_id": order_id,
                "state": state,
                "valid_until": until,
                "is_emergency": urgent,
            },
            self.env["account.payment.term"].browse(term or []): {"settlement": how},
        }
        for record, values in known.items():
            for name, value in values.items():
                field = record._fields[name]
                # what is known is not older: it was stored before it was read
                if record and any(True for _id in field._cache_missing_ids(record)):
                    field._insert_cache(record, [value])

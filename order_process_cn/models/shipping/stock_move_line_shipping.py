from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .order_goods import is_any_shipping_guarded, spell_excess

# How much has left of each product for these orders, what came back taken off, and how
# much was let go. Whoever asks takes turns on what was let go (an update: of two who
# ship the last pieces at the same moment one is tried again and then sees the other's).
# Joined from the orders: asked from the moves the same takes a hundred times as long.
SHIPPED_AND_RELEASED = """
    WITH turn AS (
        UPDATE order_shipping_release SET write_date = write_date
         WHERE order_id IN %(orders)s AND state IN ('released', 'shipped')
     RETURNING id, order_id
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
    SELECT order_id, product_id, NULL,
           SUM(CASE WHEN away THEN quantity ELSE -quantity END), NULL
      FROM moved WHERE away <> back GROUP BY order_id, product_id
     UNION ALL
    SELECT turn.order_id, goods.product_id, turn.id, SUM(goods.product_qty),
           SUM(goods.used_qty)
      FROM turn JOIN order_shipping_line goods ON goods.release_id = turn.id
     GROUP BY turn.order_id, goods.product_id, turn.id
"""

# what has to be stored before it is counted
COUNTED = {
    "stock.move": ["picking_id", "sale_line_id"],
    "stock.move.line": [
        "location_dest_id",
        "location_id",
        "move_id",
        "product_id",
        "quantity_product_uom",
        "state",
    ],
    "stock.picking": ["sale_id"],
    "order.shipping.release": ["order_id", "state"],
    "order.shipping.line": ["product_id", "product_qty", "release_id", "used_qty"],
}


class Released(NamedTuple):
    """What a release lets leave of one product, and how much of it has left."""

    quantity: float
    used: float


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
        # asked of each place once: core looks something up for every answer
        places = self.location_id | self.location_dest_id
        outside = places.filtered(lambda place: place._is_outgoing())
        return self.filtered(
            lambda line: (
                line.location_dest_id in outside and line.location_id not in outside
            )
        )

    def _filtered_redirected(self):
        """Return the lines of deliveries that end inside: nothing leaves in the books,
        and the goods are gone all the same."""
        return self.filtered(
            lambda line: (
                line.location_dest_id.usage == "internal"
                and line._get_picking().picking_type_code == "outgoing"
            )
        )

    def _get_picking(self):
        return self.picking_id or self.move_id.picking_id

    def _get_shipping_order(self):
        """Return the order for which one line leaves, as it is counted above."""
        return self.move_id.sale_line_id.order_id or self._get_picking().sale_id

    def _is_of_guarded_order(self):
        return is_any_shipping_guarded(self._get_shipping_order())

    # -- the gate ----------------------------------------------------------------------

    def _check_released(self, is_new=True):
        """Raise unless what has left of these lines was let go.

        :param is_new: whether they leave now: then what the releases wait for is asked
            again, money above all. A correction of what has left asks the count only.
        :raise UserError: everything that has to stay, in words
        """
        if self._is_shipping_guarded():
            # whoever moves goods need not see orders, releases and money
            gone = self.filtered(lambda line: line.state == "done").sudo()
            problems = gone._filtered_redirected()._find_redirected()
            problems += gone._filtered_leaving()._find_unreleased(is_new)
            gone._raise_to_stay(problems)

    def _check_may_leave(self):
        """As :meth:`_check_released`, for lines that are about to leave."""
        if self._is_shipping_guarded():
            coming = self.filtered(lambda line: line.state != "done" and line.picked)
            coming = coming.sudo()._filtered_leaving()  # as above
            coming._raise_to_stay(coming._find_unreleased(True, is_counted=False))

    def _raise_to_stay(self, problems):
        if problems:
            lines = "\n".join(f"- {problem}" for problem in problems)
            raise UserError(self.env._("Goods have to stay here:\n%s", lines))

    def _find_redirected(self):
        return [
            self.env._(
                "%(product)s: the delivery of %(order)s has to end where the customer "
                "gets it",
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
            if line.company_id.id in asking and not line._get_shipping_order()
        ]
        guarded = self.filtered(lambda line: line._is_of_guarded_order())
        if guarded:
            problems += guarded._find_excess(is_new, is_counted)
        return problems

    def _find_excess(self, is_new, is_counted):
        """Return in words where more leaves than was let go, and why no more was."""
        goods = self.grouped(lambda line: (line._get_shipping_order(), line.product_id))
        orders = self.env["sale.order"].concat(*(order for order, _product in goods))
        left, held = self._count_shipped(orders)
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

    def _count_shipped(self, orders):
        """Return ``({(order id, product id): quantity that has left}, {the same:
        {release id: Released}})``, in the units of the products; take turns on what was
        released."""
        for model, names in COUNTED.items():
            self.env[model].flush_model(names)
        transit = self.env["ir.model.data"]._xmlid_to_res_id(
            "stock.stock_location_inter_company"
        )
        rows = self.env.execute_query(
            SQL(
                SHIPPED_AND_RELEASED,
                orders=tuple(orders.ids),
                transit=transit or None,
            )
        )
        left, held = defaultdict(float), defaultdict(dict)
        for order_id, product_id, release_id, quantity, used in rows:
            if release_id:
                held[order_id, product_id][release_id] = Released(quantity, used or 0.0)
            else:
                left[order_id, product_id] = quantity
        return left, held

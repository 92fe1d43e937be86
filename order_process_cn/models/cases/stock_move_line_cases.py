from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..inspection.families import get_stock_ids
from ..shipping.stock_move_line_shipping import filtered_outside
from .guard import filtered_on_case

# How much of each product has left for these orders less what came back, and how much
# came back on a case. Whoever asks takes turns on the orders (an update: of two who
# bring back the last pieces at the same moment one is tried again and then sees the
# other's). Joined from the orders as SHIPPED_AND_RELEASED is.
COME_BACK = """
    WITH turn AS (
        UPDATE sale_order SET write_date = write_date WHERE id IN %(orders)s
     RETURNING id
    ), own AS (
        SELECT move.id, sol.order_id, move.service_case_line_id AS on_case
          FROM sale_order_line sol
          JOIN stock_move move ON move.sale_line_id = sol.id
         WHERE sol.order_id IN (SELECT id FROM turn)
        UNION
        SELECT move.id, picking.sale_id, move.service_case_line_id
          FROM stock_picking picking
          JOIN stock_move move ON move.picking_id = picking.id
         WHERE picking.sale_id IN %(orders)s AND move.sale_line_id IS NULL
           AND move.till_order_id IS NULL
        UNION
        SELECT id, till_order_id, service_case_line_id FROM stock_move
         WHERE till_order_id IN %(orders)s AND sale_line_id IS NULL
    ), moved AS (
        SELECT own.order_id, own.on_case, line.product_id,
               COALESCE(line.quantity_product_uom, 0) AS quantity,
               line.location_id = ANY(%(outside)s) AS back,
               line.location_dest_id = ANY(%(outside)s) AS away
          FROM own JOIN stock_move_line line ON line.move_id = own.id
         WHERE line.state = 'done'
    )
    SELECT order_id, product_id,
           SUM(CASE WHEN away THEN quantity ELSE -quantity END),
           SUM(CASE WHEN back AND on_case IS NOT NULL THEN quantity ELSE 0 END)
      FROM moved WHERE away <> back GROUP BY order_id, product_id
"""
# how much of each product has gone from the place of returned goods: to free stock,
# and to any place of ours
GONE_ON = """
    SELECT line.product_id,
           SUM(CASE WHEN line.location_dest_id = ANY(%(stock)s)
                    THEN line.quantity_product_uom
                    WHEN line.location_id = ANY(%(stock)s)
                    THEN -line.quantity_product_uom ELSE 0 END),
           SUM(CASE WHEN line.location_dest_id = ANY(%(place)s)
                    THEN -line.quantity_product_uom
                    ELSE line.quantity_product_uom END)
      FROM stock_move_line line
      JOIN stock_location source ON source.id = line.location_id
      JOIN stock_location target ON target.id = line.location_dest_id
     WHERE line.state = 'done' AND line.product_id IN %(products)s
       AND (line.location_id = ANY(%(place)s) OR line.location_dest_id = ANY(%(place)s))
       AND source.usage IN ('internal', 'transit', 'production')
       AND target.usage IN ('internal', 'transit', 'production')
       AND (line.location_id = ANY(%(place)s))
        <> (line.location_dest_id = ANY(%(place)s))
     GROUP BY line.product_id
"""
OURS = {"internal", "transit", "production"}
COUNTED = {
    "stock.move": [
        "picking_id",
        "sale_line_id",
        "service_case_line_id",
        "till_order_id",
    ],
    "stock.move.line": [
        "location_dest_id",
        "location_id",
        "move_id",
        "product_id",
        "quantity_product_uom",
        "state",
    ],
    "stock.picking": ["sale_id"],
    "order.inspection": [
        "kind",
        "quantity_concession",
        "quantity_passed",
        "quantity_rework",
        "state",
    ],
}


class StockMoveLine(models.Model):
    """The gate on goods that come back (AFS-1): on the line, because that is where they
    come in the books, on whichever road. They go to a place that is no stock, never
    more than was delivered; from there to stock as far as they have passed."""

    _inherit = "stock.move.line"

    def _check_come_back(self):
        """Raise unless these goods may be where they are.

        :raise UserError: everything that has to go elsewhere, in words
        """
        if not self.env["order.type"]._ids_on_case():
            return
        # whoever moves goods need not see orders, cases and inspections
        gone = self.filtered(lambda line: line.state == "done").sudo()
        problems = gone._filtered_coming_back()._find_wrong_returns()
        problems += gone._find_unpassed()
        if problems:
            lines = "\n".join(f"- {problem}" for problem in problems)
            raise UserError(
                self.env._("Returned goods cannot be moved like this:\n%s", lines)
            )

    # -- from the customer -------------------------------------------------------------

    def _get_returned_order(self):
        """Return the order of which one line brings goods back."""
        origin = self.move_id.origin_returned_move_id
        return self._get_shipping_order() or origin.sale_line_id.order_id

    def _filtered_coming_back(self):
        outside = filtered_outside(self.location_id | self.location_dest_id)
        coming = self.filtered(
            lambda line: (
                line.location_id in outside and line.location_dest_id not in outside
            )
        )
        return coming.filtered(
            lambda line: filtered_on_case(line._get_returned_order())
        )

    def _find_wrong_returns(self):
        """Return in words what comes back to the wrong place, or was not delivered."""
        if not self:
            return []
        places = self._get_places_of_return()
        problems = [
            self.env._(
                "%(product)s of %(order)s: goods that come back go to “%(place)s” "
                "→ Sales opens a service case, and has them collected",
                product=line.product_id.display_name,
                order=line._get_returned_order().name,
                place=line.company_id._get_return_location().display_name,
            )
            for line in self
            if line.location_dest_id.usage == "internal"
            and line.location_dest_id not in places
        ]
        goods = self.grouped(lambda li: (li._get_returned_order(), li.product_id))
        orders = self.env["sale.order"].union(*(order for order, _product in goods))
        kept, _on_case = self._count_come_back(orders)
        problems += [
            self.env._(
                "%(product)s of %(order)s: %(excess)s more would come back than the "
                "customer has",
                product=product.display_name,
                order=order.name,
                excess=product.uom_id._spell_with_unit(-kept[order.id, product.id]),
            )
            for order, product in goods
            if product.uom_id.compare(kept[order.id, product.id], 0) < 0
        ]
        return list(dict.fromkeys(problems))

    def _get_places_of_return(self):
        """Return the places of returned goods of the companies of these lines."""
        places = self.company_id.order_return_location_id
        return places and places.search([("id", "child_of", places.ids)])

    def _count_come_back(self, orders):
        """Return ``({(order id, product id): what the customer has}, {the same: what
        came back on cases})``, in the units of the products; take turns on orders."""
        self._store_counted()
        customer = self.env["stock.location"].search([("usage", "=", "customer")])
        transit = self.env.ref(
            "stock.stock_location_inter_company", raise_if_not_found=False
        )
        outside = customer.filtered(lambda place: place._is_outgoing()).ids
        if transit:
            outside += transit.search([("id", "child_of", transit.ids)]).ids
        rows = self.env.execute_query(
            SQL(COME_BACK, orders=tuple(orders.ids), outside=outside)
        )
        kept, on_case = defaultdict(float), defaultdict(float)
        for order, product, quantity, came in rows:
            kept[order, product], on_case[order, product] = quantity, came
        return kept, on_case

    def _store_counted(self):
        for model, names in COUNTED.items():
            self.env[model].flush_model(names)

    def _count_shipped(self, orders, marks=False):
        """What came back on a case needs a release of its own when something leaves in
        its place. See ``sale.order.line._get_taken_for_shipping``."""
        left, held = super()._count_shipped(orders, marks)
        guarded = filtered_on_case(orders)
        if guarded:
            _kept, on_case = self._count_come_back(guarded)
            for key, quantity in on_case.items():
                left[key] += quantity
        return left, held

    # -- to stock ----------------------------------------------------------------------

    def _filtered_entering(self, stock):
        # what came back is looked at in its own way, see _find_unpassed
        entering = super()._filtered_entering(stock)
        if not self.env["order.type"]._ids_on_case():
            return entering
        # whoever moves goods need not see where a company keeps what came back
        places = entering.sudo()._get_places_of_return()
        return entering.filtered(lambda line: line.location_id not in places)

    def _find_unpassed(self):
        """Return in words what leaves the place of returned goods and has not
        passed."""
        places = self._get_places_of_return()
        leaving = self.filtered(
            lambda line: (
                line.location_id in places
                and line.location_dest_id not in places
                and line.location_dest_id.usage in OURS
            )
        )
        return [
            problem
            for company, lines in leaving.grouped("company_id").items()
            for problem in lines._find_excess_of_place(
                company, lines._get_places_of_return()
            )
        ]

    def _find_excess_of_place(self, company, place):
        self._store_counted()
        inspections = self.env["order.inspection"]
        rows = self.env.execute_query(
            SQL(
                GONE_ON,
                stock=get_stock_ids(self.env),
                place=place.ids,
                products=tuple(self.product_id.ids),
            )
        )
        found = inspections._count_passed(self.product_id, company)
        problems = []
        for product_id, to_stock, anywhere in rows:
            product = self.product_id.browse(product_id)
            passed, reworked = found[product]
            unit = product.uom_id
            if (
                unit.compare(to_stock, passed) > 0
                or unit.compare(anywhere, passed + reworked) > 0
            ):
                problems.append(
                    self.env._(
                        "%(product)s: %(passed)s of what came back have passed, "
                        "%(rework)s are to be reworked → Quality inspects",
                        product=product.display_name,
                        passed=unit._spell_with_unit(passed),
                        rework=unit._spell_with_unit(reworked),
                    )
                )
        return problems

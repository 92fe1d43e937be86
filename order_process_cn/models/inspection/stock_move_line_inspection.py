from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

from .families import find_families, get_stock_ids, weigh
from .order_inspection import DRAFT
from .order_inspection_point import FINAL, INCOMING

NO_ARRIVAL = {"inventory", "customer"}


class StockMoveLine(models.Model):
    """The gate on goods that enter stock (MFG-7): on the line, because that is where
    they become free in the books, on whichever road."""

    _inherit = "stock.move.line"

    def _filtered_inspected(self):
        """Return the lines of goods that are inspected at a point for which they wait.
        No point in force: no query."""
        points = self.env["order.inspection.point"]._get_guarding(INCOMING, FINAL)
        if not points:
            return self.browse()
        # whoever moves goods need not see categories
        return self.filtered(
            lambda line: any(
                point.is_for(line.product_id.sudo(), line.company_id.id)
                for point in points
            )
        )

    def _filtered_entering(self, stock):
        """Return the lines by which goods become free, from outside or on their way.

        What is taken apart or counted has not arrived.
        """
        inside = set(stock)
        return self.filtered(
            lambda line: (
                line.location_dest_id.id in inside
                and line.location_id.id not in inside
                and line.location_id.usage not in NO_ARRIVAL
                and not line.move_id._is_taken_apart()
            )
        )

    def _group_arriving(self, stock):
        """Return ``{family: {lot name: quantity}}`` that has entered stock of those
        arrivals of these lines that wait for an inspection."""
        if not self:
            return {}
        of_move, entered = find_families(self.move_id, stock)
        arriving = self.grouped(lambda line: of_move[line.move_id.id])
        return {
            family: entered[family]
            for family, lines in arriving.items()
            if family.get_points(lines.product_id, lines.company_id[:1])
        }

    def _get_lots(self):
        """Return ``{lot name: quantity}`` of these lines, in the product's unit."""
        lots = defaultdict(float)
        for line in self:
            lots[line.lot_id.name or line.lot_name or ""] += line.quantity_product_uom
        return lots

    def _check_inspected(self):
        """Raise unless what has entered stock by these lines has passed.

        :raise UserError: everything that has to stay outside, in words
        """
        gone = self.filtered(lambda line: line.state == "done")._filtered_inspected()
        if gone:
            gone = gone.sudo()  # whoever moves goods need not see inspections
            stock = get_stock_ids(gone.env)
            families = gone._filtered_entering(stock)._group_arriving(stock)
            if families:
                gone._raise_uninspected(weigh(gone.env, families))

    def _raise_uninspected(self, weighed):
        problems = [
            self._spell_uninspected(family, found)
            for family, found in self._filter_excess(weighed).items()
        ]
        if problems:
            lines = "\n".join(f"- {problem}" for problem in problems)
            raise UserError(
                self.env._(
                    "Goods have to be inspected before they enter stock:\n%s", lines
                )
            )

    def _filter_excess(self, weighed):
        products = self.env["product.product"]
        return {
            family: found
            for family, found in weighed.items()
            if products.browse(family.product).uom_id.compare(found.excess, 0) > 0
        }

    def _spell_uninspected(self, family, found):
        product = self.env["product.product"].browse(family.product)
        unit = product.uom_id
        passed = sum(inspection._get_credit() for inspection in found.inspections)
        text = self.env._(
            "%(product)s: %(entered)s would be in stock, %(passed)s may → Quality "
            "inspects",
            product=product.display_name,
            entered=unit._spell_with_unit(sum(found.entered.values())),
            passed=unit._spell_with_unit(passed),
        )
        waiting = found.inspections.filtered(lambda i: i.state == DRAFT)
        return f"{text} ({', '.join(waiting.mapped('name'))})" if waiting else text

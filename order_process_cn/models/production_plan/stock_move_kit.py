from odoo import models
from odoo.tools import format_date


class StockMove(models.Model):
    """What is still to come for one component."""

    _inherit = "stock.move"

    def _get_kit_shortage(self):
        """Return how much of one component neither is there nor comes, in the unit of
        the product."""
        unit, found = self.product_id.uom_id, self.forecast_availability
        if unit.compare(found, 0) < 0:
            # core counts what nothing comes for below zero
            return min(-found, self.product_qty)
        # of a draft it says what would be left once it is confirmed
        needed = 0.0 if self.state == "draft" else self.product_qty
        return needed - found if unit.compare(found, needed) < 0 else 0.0

    def _spell_missing(self, quantity):
        return self.env._(
            "%(component)s: %(quantity)s missing",
            component=self.product_id.display_name,
            quantity=self.product_id.uom_id._spell_with_unit(quantity),
        )

    def _spell_coming(self):
        return self.env._(
            "%(component)s: coming %(day)s",
            component=self.product_id.display_name,
            day=format_date(self.env, self.forecast_expected_date),
        )

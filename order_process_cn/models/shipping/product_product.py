from typing import NamedTuple

from odoo import models


class Tolerance(NamedTuple):
    """In percent, how much more and how much less than agreed may leave."""

    over: float
    short: float


class ProductProduct(models.Model):
    """How exactly the agreed quantity of a product has to leave (SHP-8)."""

    _inherit = "product.product"

    def _get_shipping_tolerance(self, order):
        """Return what is tolerated of one product for one order: as the product has it,
        else the customer, else the type of the order."""
        own = (self, order.partner_id.commercial_partner_id)
        said = [source for source in own if source.has_shipping_tolerance]
        source = (*said, order.order_type_id)[0]
        return Tolerance(source.shipping_over_percent, source.shipping_short_percent)

    def _is_too_much(self, order, left, let_go):
        """Whether more has left for one order than was let go and is tolerated.

        What came back may have left for nobody: less than nothing is never too much.
        """
        if self.uom_id.compare(left, max(let_go, 0.0)) <= 0:
            return False  # as nearly always: nothing is looked up
        over = 1 + self._get_shipping_tolerance(order).over / 100
        return self.uom_id.compare(left, max(let_go * over, 0.0)) > 0

    def _may_be_missing(self, order, missing, agreed):
        """Whether one order counts as delivered although so much is missing."""
        if self.uom_id.compare(missing, 0.0) <= 0:
            return True
        short = self._get_shipping_tolerance(order).short / 100
        return self.uom_id.compare(missing, agreed * short) <= 0

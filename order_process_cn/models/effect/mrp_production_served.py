from odoo import api, models

from .launched import count_productions
from .served import filtered_not_served, refuse_serving
from .signed_goods import refuse_beyond_signed


class MrpProduction(models.Model):
    """[CFM-3] production is begun for orders that may be served only."""

    _inherit = "mrp.production"

    # not on the state: what was begun for an order that is cancelled later may end
    @api.constrains("sale_line_id", "reference_ids")
    def _check_order_is_served(self):
        concerned = self.filtered(
            lambda production: (
                production.state != "cancel" and not production._has_linked_sibling()
            )
        )
        for production in concerned:
            orders = production.sale_line_id.order_id
            referred = production.reference_ids.sale_ids
            # what serves several goes on for the others
            if not referred - filtered_not_served(referred):
                orders |= referred
            refuse_serving(orders)
            production.sale_line_id._refuse_suspended()

    @api.constrains(
        "sale_line_id", "reference_ids", "product_id", "product_qty", "product_uom_id"
    )
    def _check_launch_is_signed(self):
        """[REV-5] while a part of an order waits, no more is made than was signed."""
        splitting = self._get_splitting()
        for production in self.filtered(lambda p: p.state not in {"cancel", "done"}):
            # counted when the division is done
            if splitting & set(production.production_group_id.production_ids.ids):
                continue
            orders = production.sale_line_id.order_id
            for order in orders | production.reference_ids.sale_ids:
                # an assembly that goes into something sold is counted by that
                if production.product_id in order.order_line.product_id:
                    refuse_beyond_signed(
                        order, production.product_id, count_productions
                    )

    def _has_linked_sibling(self):
        """Whether this is a part of a production order that had the link before."""
        self.ensure_one()
        siblings = self.production_group_id.production_ids - self
        return bool(self.sale_line_id or self.reference_ids) and any(
            sibling.id < self.id
            and sibling.sale_line_id == self.sale_line_id
            and sibling.reference_ids >= self.reference_ids
            for sibling in siblings
        )

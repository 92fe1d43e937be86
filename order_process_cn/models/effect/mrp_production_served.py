from odoo import api, models


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
            if not referred - referred._filtered_not_served():
                orders |= referred
            orders._refuse_serving()

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

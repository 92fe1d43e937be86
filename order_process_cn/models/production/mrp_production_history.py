from odoo import models

from ..money.watched_money import is_money_watched


class MrpProduction(models.Model):
    """Which production orders keep a history: those signed, or made for an order that
    is under a procedure."""

    _inherit = "mrp.production"

    def _may_be_in_process(self):
        """Whether any production order can be under a procedure. Costs no query."""
        routes = self.env["order.review.route"]
        return is_money_watched(self.env, self.company_id) or any(
            routes._ids_for(self._name, company.id) for company in self.company_id
        )

    def _filtered_in_process(self):
        in_process = super()._filtered_in_process()
        if not in_process._may_be_in_process():
            return self.browse()
        return in_process.filtered(
            lambda production: (
                production.review_id
                or any(production._get_all_sale_orders().mapped("progress"))
            )
        )

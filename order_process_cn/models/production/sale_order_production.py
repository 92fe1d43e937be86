from datetime import timedelta

from odoo import models

# what the date by which production is bound follows from
DATE_FIELDS = {"production_date", "commitment_date"}


class SaleOrder(models.Model):
    """The date by which production is bound (CFM-5): its own written date, or the one
    promised to the customer where that means finished goods."""

    _inherit = "sale.order"

    def _get_production_deadline(self):
        """Return the moment by which the goods have to be finished, or ``False``."""
        self.ensure_one()
        if self.production_date:
            next_day = self.production_date + timedelta(days=1)
            return self.company_id._start_of_day(next_day) - timedelta(seconds=1)
        means_finished = self.order_type_id.promised_means == "finished"
        return means_finished and self.commitment_date

    def _bind_production(self):
        """Put the date on the open production orders of what is sold; the date that the
        customer was given stays on the deliveries."""
        for order in self:
            deadline = order._get_production_deadline()
            products = order.order_line.product_id
            # whoever releases or dates an order need not see production
            productions = order.sudo()._get_all_productions()
            if deadline and productions:
                productions.filtered(
                    lambda production, sold=products: (
                        production.product_id in sold
                        and production.state not in {"done", "cancel"}
                    )
                ).date_deadline = deadline

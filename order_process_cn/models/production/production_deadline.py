"""The date by which production is bound (CFM-5): its own written date, or the one
promised to the customer where that means finished goods."""

from datetime import timedelta

from ..effect.take_back import get_all_productions

# what the date by which production is bound follows from
DATE_FIELDS = {"production_date", "commitment_date"}


def get_production_deadline(order):
    """Return the moment by which the goods have to be finished, or ``False``."""
    order.ensure_one()
    if order.production_date:
        next_day = order.production_date + timedelta(days=1)
        return order.company_id._start_of_day(next_day) - timedelta(seconds=1)
    means_finished = order.order_type_id.promised_means == "finished"
    return means_finished and order.commitment_date


def bind_production(orders):
    """Put the date on the open production orders of what is sold; the date that the
    customer was given stays on the deliveries."""
    for order in orders:
        deadline = get_production_deadline(order)
        products = order.order_line.product_id
        # whoever releases or dates an order need not see production
        productions = get_all_productions(order.sudo())
        if deadline and productions:
            productions.filtered(
                lambda production, sold=products: (
                    production.product_id in sold
                    and production.state not in {"done", "cancel"}
                )
            ).date_deadline = deadline

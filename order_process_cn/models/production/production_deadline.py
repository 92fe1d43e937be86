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
    customer was given stays on the deliveries. What is delivered in parts is bound by
    the first part that it is for. [INT-9]"""
    for order in orders:
        deadline = get_production_deadline(order)
        products = order.order_line.product_id
        # whoever releases or dates an order need not see production
        productions = get_all_productions(order.sudo())
        if deadline and productions:
            own = productions.filtered(
                lambda production, sold=products: (
                    # or what is sold is put together from it
                    (production.product_id in sold or production.sale_line_id)
                    and production.state not in {"done", "cancel"}
                )
            )
            # a date that was written for production holds for all of it
            if order.production_date or not order.sudo().has_delivery_schedule:
                own.date_deadline = deadline
                continue
            for production in own:
                production.date_deadline = get_part_deadline(production) or deadline


def get_part_deadline(production):
    """Return the moment of the first open part of a delivery schedule that one
    production order is for, or ``False``."""
    leading, parts = production.move_finished_ids, set()
    seen = leading
    while leading:
        leading = leading.move_dest_ids - seen  # through packing to the delivery
        seen |= leading
        waiting = leading.filtered(lambda move: move.state not in {"done", "cancel"})
        parts |= set(waiting.delivery_part_id)
    return min(filter(None, (part._get_moment() for part in parts)), default=False)

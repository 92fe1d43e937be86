from datetime import timedelta

from odoo import api, fields, models

# what the expected date of an order follows from, of its lines
EXPECTED_DATE_FIELDS = (
    "order_id",
    "state",
    "product_id",
    "display_type",
    "is_delivery",
    "customer_lead",
)
# in these states an order has told its customer when he gets his goods
PROMISING = {"sent", "sale"}


class OrderDeliveryPart(models.Model):
    """What was promised: the first promise beside the last, the slip of it (CFM-2), and
    the dates of the order as far as they are the summary of its schedules."""

    _inherit = "order.delivery.part"

    @api.model
    def _slip(self, order, values, late, unit):
        """Write the slipped date of ``order``, and move what its parts promise by
        ``late`` days in all, each from the day that was reviewed."""
        order.write(values)
        company = order.company_id
        lines = order.order_line.filtered("delivery_part_count")
        for part in lines.delivery_part_ids.filtered("promised_date"):
            reviewed = part._get_reviewed_day()
            slipped = company._shift_day(reviewed, late, unit)
            part.write(
                {
                    "promised_date": slipped,
                    "slipped_from": reviewed,
                    "slipped_to": slipped,
                }
            )

    def _get_reviewed_day(self):
        """Return what one part promises without the slip."""
        has_slipped = self.slipped_to and self.promised_date == self.slipped_to
        return self.slipped_from if has_slipped else self.promised_date

    def _get_planned(self, moment):
        """Return when goods that are due at ``moment`` should leave."""
        return moment - timedelta(days=self.company_id.security_lead)

    # -- the dates of the order --------------------------------------------------------

    def _get_moment(self):
        """Return the moment by which one part is due, or ``False``: the day ends."""
        return self._end_of(self.company_id, self._get_day())

    @api.model
    def _end_of(self, company, day):
        if not day:
            return False
        return company._start_of_day(day + timedelta(days=1)) - timedelta(seconds=1)

    @api.model
    def _get_summary(self, order):
        """Return ``(wanted, promised)``: the days of an order that follow from its
        schedules, the earliest ones; ``False`` where they are entered, because lines
        without a schedule follow them."""
        goods = order.order_line.filtered(lambda line: line._has_schedule())
        if not goods or not all(goods.mapped("delivery_part_count")):
            return False, False
        parts = goods.delivery_part_ids
        return tuple(
            min(filter(None, parts.mapped(name)), default=False)
            for name in ("wanted_date", "promised_date")
        )

    @api.model
    def _sum_up(self, orders):
        """Write the dates of orders that are delivered by schedule throughout."""
        for order in orders:
            wanted, promised = self._get_summary(order)
            values = {}
            if wanted and wanted != order.wanted_date:
                values["wanted_date"] = wanted
            if promised and promised != self._get_promised_day(order):
                values["commitment_date"] = self._end_of(order.company_id, promised)
            if values:
                order.write(values)

    @api.model
    def _get_promised_day(self, order):
        promised = order.commitment_date
        return promised and order.company_id._calendar_day(promised)

    @api.model
    def _find_date_problems(self, order):
        """Return where the dates of one order say something else than its schedules."""
        wanted, promised = self._get_summary(order)
        now = self._get_promised_day(order)
        texts = []
        if wanted and wanted != order.wanted_date:
            texts.append(
                self.env._(
                    "the wanted date is that of the first part, %(first)s, not "
                    "%(entered)s",
                    first=fields.Date.to_string(wanted),
                    entered=fields.Date.to_string(order.wanted_date) or "-",
                )
            )
        if promised and promised != now:
            texts.append(
                self.env._(
                    "the promised date is that of the first part, %(first)s, not "
                    "%(entered)s",
                    first=fields.Date.to_string(promised),
                    entered=fields.Date.to_string(now) or "-",
                )
            )
        return texts

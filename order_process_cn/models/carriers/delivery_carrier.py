from typing import NamedTuple

from odoo import fields, models

# rated by figures of our own; whatever else asks somebody outside
OWN_RATES = {"fixed", "base_on_rule"}


class Offer(NamedTuple):
    """What a carrier would take for one delivery. Never what the customer pays."""

    cost: float | None
    days: int | None
    arrival: object
    remark: str


class DeliveryCarrier(models.Model):
    """What a carrier costs us, and when he is there (SHP-2)."""

    _inherit = "delivery.carrier"

    transit_ids = fields.One2many(
        "order.carrier.transit",
        "carrier_id",
        string="Transit Times",
        groups="base.group_user",
    )

    def _is_asked_outside(self):
        """Whether somebody outside has to be asked for the rate."""
        return self.delivery_type not in OWN_RATES

    def _get_offer(self, picking, ask_outside=False):
        """Return the :class:`Offer` of one carrier for one transfer, in the currency of
        its company.

        :param picking: superuser record, as this one: prices stay here
        """
        self.ensure_one()
        company = picking.company_id
        transits = self.with_context(active_test=True).transit_ids
        transit = transits.filtered(
            lambda transit: transit.company_id == company
        )._find_for(picking.partner_id)
        days, arrival = None, False
        if transit:
            days = transit.days
            today = company._calendar_day(fields.Datetime.now())
            arrival = company._shift_day(today, days, transit.unit)
        if transit.has_cost:
            return Offer(transit.cost, days, arrival, "")
        if self._is_asked_outside() and not ask_outside:
            return Offer(None, days, arrival, self.env._("not asked yet"))
        cost, remark = self._get_own_rate(picking)
        return Offer(cost, days, arrival, remark)

    def _get_own_rate(self, picking):
        """Return ``(cost, remark)`` as the method of the carrier has it, without the
        margin that the customer pays."""
        order = picking.sale_id
        rate = getattr(self, f"{self.delivery_type}_rate_shipment", None)
        if rate is None or not order:
            return None, self.env._("no rate")
        found = rate(order)
        if not found["success"]:
            return None, found["error_message"] or self.env._("no rate")
        company = picking.company_id
        return order.currency_id._convert(
            found["price"], company.currency_id, company
        ), found.get("warning_message") or ""

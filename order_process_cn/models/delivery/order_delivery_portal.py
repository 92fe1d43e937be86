from odoo import api, models

from ..progress.steps import confirm_receipt
from .order_delivery_acceptance import ACCEPTED, REFUSED, filtered_without_acceptance
from .order_delivery_receipt import PORTAL
from .order_delivery_receipt_line import CONDITIONS, GOOD, Counted

VERDICTS = {ACCEPTED, REFUSED}


class OrderDeliveryReceipt(models.Model):
    """What the customer sees of deliveries on the page of his order, and what he says
    there of what he has received. [SHP-3] [SHP-4]

    :param order: superuser record everywhere: its page was opened before
    """

    _inherit = "order.delivery.receipt"

    @api.model
    def _get_portal_deliveries(self, order):
        """Return what the page tells of each delivery of an order under a procedure."""
        if not order.progress:
            return []
        deliveries = order.picking_ids.filtered(
            lambda p: p._is_delivery() and p.state != "cancel"
        )
        missing = deliveries._filtered_without_receipt()
        asked = deliveries.browse()
        if order.needs_acceptance:
            asked = filtered_without_acceptance(deliveries)
        return [
            {
                "picking": delivery,
                "facts": delivery._get_journey(),
                "link": delivery.carrier_tracking_url or "",
                "receipt": delivery.receipt_ids.sorted("id")[-1:],
                "goods": delivery._list_goods() if delivery in missing else [],
                "asks_acceptance": delivery in asked,
            }
            for delivery in deliveries.sorted("id")
        ]

    @api.model
    def _get_portal_conditions(self):
        """Return ``[(value, label)]`` of the condition in which goods arrive."""
        lines = self.env["order.delivery.receipt.line"]
        return lines._fields["condition"]._description_selection(self.env)

    @api.model
    def _confirm_in_portal(self, order, name, user, address, said):
        """Record what the customer says that he has received.

        Whoever comes second, with the same click or from another window, finds it done.

        :param user: who is logged in; a visitor with the link is the public user
        :param dict said: what the form sends; without a ``delivery`` everything has
            arrived as it was sent
        :raise UserError: everything that cannot be true of it
        """
        who = {"user_id": user.id, "address": address}
        if said.get("acceptance"):
            self._accept_in_portal(order, name, said, who)
            return
        missing = order.picking_ids._filtered_without_receipt()
        if "delivery" in said and order.progress:
            for picking in missing.filtered(lambda p: str(p.id) == said["delivery"]):
                counted = self._read_counted(picking, said)
                self._record(picking, PORTAL, name, counted, **who)
        elif order._can_confirm_receipt():
            for picking in missing:
                self._record(picking, PORTAL, name, **who)
            confirm_receipt(order, name, address)

    @api.model
    def _accept_in_portal(self, order, name, said, who):
        """Record whether the customer accepts one delivery. [000 P03 6]"""
        asked = order.picking_ids.filtered(lambda p: str(p.id) == said.get("delivery"))
        if asked and order.needs_acceptance and said["acceptance"] in VERDICTS:
            self._record(
                asked,
                PORTAL,
                name,
                goods_verdict=said["acceptance"],
                note=(said.get("note") or "").strip()[:2000],
                **who,
            )

    @api.model
    def _read_counted(self, picking, said):
        """Return what a form says of the goods of one delivery, see ``_record``."""
        conditions = dict(CONDITIONS)
        counted = {}
        for part in picking._list_goods():
            key = f"{part.line.id or 0}_{part.product.id}"
            try:
                quantity = float(said.get(f"received_{key}", ""))
            except ValueError:
                quantity = float("nan")
            condition = said.get(f"condition_{key}") or GOOD
            counted[part.line.id, part.product.id] = Counted(
                quantity,
                condition if condition in conditions else GOOD,
                (said.get(f"reason_{key}") or "").strip()[:200],
            )
        return counted

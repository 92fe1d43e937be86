from odoo import api, models
from odoo.exceptions import UserError


class OrderPaper(models.AbstractModel):
    """What papers of a delivery tell of receiver and transport. [SHP-3]"""

    _inherit = "order.paper"

    # whether its form says if sale prices stand on it
    _offers_prices = False

    @api.model
    def _check_deliveries(self, pickings):
        """Refuse to print what goes to no customer.

        :raise UserError: naming the transfers that are no deliveries
        """
        # which kind a transfer is is no secret
        others = pickings.sudo().filtered(lambda p: not p._is_delivery())
        if others:
            raise UserError(
                self.env._(
                    "No delivery of a sales order: %s",
                    ", ".join(others.mapped("name")),
                )
            )

    @api.model
    def _get_receiver(self, delivery):
        """Return label and value of who gets the goods, and where."""
        receiver = delivery.partner_id or delivery.sale_id.partner_shipping_id
        address = receiver._display_address(without_company=True)
        lines = [line.strip() for line in address.splitlines() if line.strip()]
        return [
            (self.env._("Receiver"), receiver.name or receiver.parent_id.name or ""),
            (self.env._("Phone"), receiver.phone or ""),
            (self.env._("Address"), " ".join(lines)),
        ]

    @api.model
    def _get_transport(self, delivery):
        """Return label and value of by what the goods come; nothing for what is not
        known."""
        driver = filter(None, [delivery.driver, delivery.driver_phone])
        facts = [
            (self.env._("Carrier"), delivery.carrier_id.name),
            (self.env._("Tracking Number"), delivery.carrier_tracking_ref),
            (self.env._("License Plate"), delivery.vehicle_plate),
            (self.env._("Driver"), " ".join(driver)),
            (self.env._("Pieces"), delivery.packages),
            (
                self.env._("Expected Arrival"),
                delivery._spell_moment(delivery.expected_arrival),
            ),
        ]
        return [(label, value) for label, value in facts if value]

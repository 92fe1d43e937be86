from odoo import api, fields, models
from odoo.exceptions import ValidationError


class StockPicking(models.Model):
    """By what a delivery goes to the customer, and when it gets there. [SHP-3]

    Carrier and tracking number are Odoo's own. Nothing of it goes to a backorder: that
    is another journey.
    """

    _inherit = "stock.picking"

    vehicle_plate = fields.Char(
        string="License Plate", copy=False, groups="base.group_user"
    )
    driver = fields.Char(copy=False, groups="base.group_user")
    driver_phone = fields.Char(
        string="Driver's Phone", copy=False, groups="base.group_user"
    )
    packages = fields.Integer(
        string="Pieces",
        copy=False,
        groups="base.group_user",
        help="How many parcels, crates or pallets the receiver has to count.",
    )
    expected_arrival = fields.Datetime(copy=False, groups="base.group_user")
    notified_on = fields.Datetime(
        string="Customer Notified on",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="When the shipping notice went to the customer.",
    )
    arrived_on = fields.Datetime(
        copy=False,
        groups="base.group_user",
        help="When the goods were at the customer's, as carrier or customer say.",
    )
    arrival_note = fields.Char(
        string="Remark on the Arrival", copy=False, groups="base.group_user"
    )

    @api.constrains("packages")
    def _check_packages(self):
        for picking in self:
            if picking.packages < 0:
                raise ValidationError(
                    self.env._("%s: less than no pieces cannot leave.", picking.name)
                )

    def _get_journey(self, with_link=False):
        """Return label and value of how one delivery comes, as far as it is known."""
        self.ensure_one()
        arrival = self.expected_arrival
        facts = [
            (self.env._("Carrier"), self.carrier_id.name),
            (self.env._("Tracking Number"), self.carrier_tracking_ref),
            (self.env._("License Plate"), self.vehicle_plate),
            (
                self.env._("Driver"),
                " ".join(filter(None, [self.driver, self.driver_phone])),
            ),
            (self.env._("Pieces"), self.packages and str(self.packages)),
            (
                self.env._("Expected Arrival"),
                # whoever reads it may live in another zone, or in none
                arrival and self.company_id._spell_instant(arrival),
            ),
            (self.env._("Follow It at"), with_link and self.carrier_tracking_url),
        ]
        return [(label, value) for label, value in facts if value]

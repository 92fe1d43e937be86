from odoo import fields, models

from ..mechanism.engine import take_turns


class ResCompany(models.Model):
    """Where returned goods lie until somebody has looked at them (AFS-1)."""

    _inherit = "res.company"

    order_return_location_id = fields.Many2one(
        "stock.location",
        string="Place of Returned Goods",
        domain="[('usage', '=', 'internal')]",
        ondelete="restrict",
        groups="base.group_user",
        help="Goods that customers send back lie here until they are inspected. It is "
        "in no warehouse, so nothing of it is promised or reserved. Made when the "
        "first goods come back.",
    )

    def _get_return_location(self):
        """Return the place of returned goods of one company; the first who asks makes
        it. As superuser: whoever collects goods need not set up places."""
        self.ensure_one()
        if not self.order_return_location_id:
            take_turns(self)
            places = self.env["stock.location"]
            self.order_return_location_id = places.create(
                {
                    "name": self.env._("Returned, to Be Inspected"),
                    "usage": "internal",
                    "company_id": self.id,
                }
            )
        return self.order_return_location_id

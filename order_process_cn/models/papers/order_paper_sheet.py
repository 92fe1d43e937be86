from odoo import api, models

from ...tools.paper_blocks import Boxes
from ..confirmation.slip import spell_promised_date


class OrderPaperSheet(models.AbstractModel):
    """What the sheets that go with an order have in common. [CFM-7]"""

    _name = "order.paper.sheet"
    _inherit = ["order.paper"]
    _description = "Sheet of an Order"

    @api.model
    def _get_sheet_head(self, doc):
        """Return label and value of whose order it is and by when."""
        customer = doc.partner_id.commercial_partner_id
        return [
            (self.env._("Customer"), customer.name),
            (self.env._("Customer Code"), customer.ref or ""),
            (self.env._("Salesperson"), doc.user_id.name or ""),
            (self.env._("Customer Order No."), doc.client_order_ref or ""),
            (self.env._("Wanted Date"), doc._spell_date(doc.wanted_date)),
            (self.env._("Promised Date"), spell_promised_date(doc)),
        ]

    @api.model
    def _name_line(self, line):
        """Return in one text which line of the order something goes with."""
        return line.product_id.name or line.name or ""

    @api.model
    def _get_seats(self, doc, *blank):
        """Return the boxes of those who signed the order, or boxes to sign by pen.

        :param blank: labels of the boxes of an order that nobody reviews
        """
        seats = doc._get_form_seats()
        if seats:
            return self._get_countersign(seats)
        return [Boxes([(label, "") for label in blank])]

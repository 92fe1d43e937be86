from odoo import models

from ..cases.case_states import COMPLAINT, DIFFERENCE
from ..cases.guard import filtered_on_case, may_have_case


class OrderDeliveryReceipt(models.Model):
    """Goods that were not received as they were sent open a case (AFS-1)."""

    _inherit = "order.delivery.receipt"

    def _tell_of_difference(self):
        super()._tell_of_difference()
        order = self.order_id
        if not filtered_on_case(order) or not may_have_case(order):
            return
        different = self.line_ids.filtered(
            lambda line: line._is_different() and line.order_line_id
        )
        quantities = {}
        for line in different:
            # what did not come, or all of it where it is not in good condition
            count = (
                line.sent_qty - line.received_qty
                if line.condition == "good"
                else line.received_qty
            )
            unit = line.product_id.uom_id
            quantities[line.order_line_id, line.product_id] = (
                line.product_uom_id._compute_quantity(count, unit)
            )
        # follows from what was received
        self.env["order.service.case"].sudo()._open_for(
            order,
            DIFFERENCE,
            quantities,
            description="\n".join(line._spell() for line in different),
            case_contact=self.received_by,
        )

    def _tell_of_refusal(self, key):
        super()._tell_of_refusal(key)
        order = self.order_id
        if self.is_different and not self._is_said_before():
            return  # there is a case of it already
        if not filtered_on_case(order) or not may_have_case(order):
            return
        # follows from what the customer said
        case = (
            self.env["order.service.case"]
            .sudo()
            ._open_for(
                order,
                COMPLAINT,
                description=f"{self.picking_id.name}: {self.note}",
                case_contact=self.received_by,
                is_from_portal=self.medium == "portal",
            )
        )
        case._tell_of_new()

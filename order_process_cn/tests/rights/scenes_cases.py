from .scenes_common import Scene
from .scenes_shipping import ShippingScenes


class CaseScenes(ShippingScenes):
    """Customers who come back after the delivery."""

    def _delivered_order(self):
        self.order_type.asks_service_case = True
        order = self._guarded_order()
        self.order_type.asks_shipping_release = False
        for move in order.sudo().order_line.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        order.sudo().picking_ids._action_done()
        return order

    def _service_case(self):
        """Return a case of an order that is delivered, entered."""
        order = self._delivered_order()
        cases = self.env["order.service.case"].with_user(self.salesman)
        case = cases.browse(cases.action_open(order.id)["res_id"])
        case.write(
            {
                "reason_id": self.env.ref(
                    "order_process_cn.order_service_reason_quality"
                ).id,
                "description": "Leaks",
            }
        )
        case.line_ids[0].quantity = 1
        return case

    def _approved_case(self):
        case = self._service_case()
        case.action_request()
        return case

    def _collected_case(self):
        case = self._approved_case()
        case.action_collect()
        transfer = case.sudo().return_picking_ids
        transfer.move_ids.write({"quantity": 1, "picked": True})
        transfer._action_done()
        return case

    def scene_order_service_case__action_open(self):
        cases = self.env["order.service.case"]
        return Scene(self.salesman, cases, args=[self._delivered_order().id])

    def scene_order_service_case__action_request(self):
        return Scene(self.salesman, self._service_case())

    def scene_order_service_case__action_refuse(self):
        case = self._service_case()
        case.answer_text = "It is as ordered."
        return Scene(self.salesman, case)

    def scene_order_service_case__action_cancel(self):
        return Scene(self.salesman, self._service_case())

    def scene_order_service_case__action_collect(self):
        return Scene(self.salesman, self._approved_case())

    def scene_order_service_case__action_ask_inspection(self):
        case = self._collected_case()
        case.sudo().line_ids.inspection_ids._move_to("cancel")
        return Scene(self.salesman, case)

    def scene_order_service_case__action_settle(self):
        case = self._collected_case()
        for inspection in case.sudo().line_ids.inspection_ids:
            inspection.quantity_passed = inspection.quantity
            inspection._settle(self.env.user)
        return Scene(self.salesman, case)

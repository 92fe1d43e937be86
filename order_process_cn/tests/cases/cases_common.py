from ..set_up_once import set_up_once
from ..shipping.shipping_common import ShippingCommon


class CasesCommon(ShippingCommon):
    """Delivered orders of a type whose goods come back on a service case."""

    @classmethod
    @set_up_once
    def setUpClass(cls):
        super().setUpClass()
        cls.order_type.write(
            {"asks_shipping_release": False, "asks_service_case": True}
        )
        cls.checker = cls._user("checker", "order_process_cn.order_group_inspector")
        cls.reason = cls.env.ref("order_process_cn.order_service_reason_quality")

    def _delivered(self, quantity=5, **values):
        """Return an order of the type whose goods have all left."""
        order = self._shipping_order(quantity, **values)
        self._ship(order)
        self.assertEqual(order.order_line[0].qty_delivered, quantity)
        return order

    def _invoice(self, order):
        invoice = order.sudo()._create_invoices()
        invoice.action_post()
        return invoice

    def _case(self, order, quantity=1, kind="return", **values):
        """Return a case that the assistant has entered."""
        cases = self.env["order.service.case"].with_user(self.salesman)
        action = self._rpc(self.salesman, cases, "action_open", order.id, kind)
        case = cases.browse(action["res_id"])
        case.write({"reason_id": self.reason.id, "description": "Leaks", **values})
        if quantity:
            case.line_ids[0].quantity = quantity
        return case

    def _approved(self, order, quantity=1, kind="return"):
        case = self._case(order, quantity, kind)
        self._rpc(self.salesman, case, "action_request")
        self.assertEqual(case.state, "approved")
        return case

    def _collect(self, case):
        """Have the warehouse bring back all that a case asks for."""
        self._rpc(self.salesman, case, "action_collect")
        for transfer in case.sudo().return_picking_ids:
            self._receive(transfer)
        return case

    def _receive(self, transfer, quantity=None):
        if quantity is not None:
            transfer.move_ids.write({"quantity": quantity, "picked": True})
        own = transfer.with_user(self.stocker)
        result = self._rpc(self.stocker, own, "button_validate")
        self.assertNotIsInstance(result, dict)

    def _inspect(self, case, **outcome):
        """Have quality decide on all that came back; by default all has passed."""
        for inspection in case.sudo().line_ids.inspection_ids:
            own = inspection.with_user(self.checker)
            own.write(outcome or {"quantity_passed": inspection.quantity})
            self._rpc(self.checker, own, "action_done")
        return case

    def _inspected(self, order, quantity=1, kind="return", decision=None, **outcome):
        case = self._inspect(
            self._collect(self._approved(order, quantity, kind)), **outcome
        )
        self.assertEqual(case.state, "inspected")
        if decision:
            case.line_ids[0].decision = decision
        return case

    def _settle(self, case):
        self._rpc(self.salesman, case, "action_settle")
        self.assertEqual(case.state, "settled")
        return case

    def assertCounts(self, order, ordered, delivered, invoiced):
        line = order.sudo().order_line[0]
        self.assertEqual(
            (line.product_uom_qty, line.qty_delivered, line.qty_invoiced),
            (ordered, delivered, invoiced),
        )

    def _free(self):
        return self.env["stock.quant"]._get_available_quantity(self.product, self.stock)

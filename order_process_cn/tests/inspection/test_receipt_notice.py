from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .inspection_common import InspectionCommon


@tagged("post_install", "-at_install")
class TestReceiptNotice(InspectionCommon):
    """[MFG-8] what passed is given notice of, taken over, and told to who waits."""

    def test_notice(self):
        for name, user in (("warehouse", self.stocker), ("production", self.worker)):
            self.departments[name].member_ids = user
        self.route.active = False
        order = self._order(
            order_line=[
                Command.create({"product_id": self.pump.id, "product_uom_qty": 5})
            ]
        )
        order.action_confirm()
        production = self._production(5)
        production.sudo().reference_ids = self.env["stock.reference"].create(
            {"name": order.name, "sale_ids": [Command.set(order.ids)]}
        )
        own = production.with_user(self.worker)
        own.qty_producing = 5
        own._set_qty_producing()
        self._rpc(self.worker, production, "action_request_inspection")
        inspection = production.inspection_ids
        self._inspect(inspection, quantity_rework=2, rework_advice="Deburr")
        notice = inspection.notice_ids
        self.assertEqual((notice.quantity, notice.state), (3, "issued"))
        self.assertEqual(notice.place, self.stock.display_name)
        issues = self.env["order.form.issue"].search(
            [("res_model", "=", notice._name), ("res_id", "=", notice.id)]
        )
        self.assertEqual(
            issues.department_id,
            self.departments["warehouse"] | self.departments["production"],
        )
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._rpc(self.inspector, notice, "action_receive")
        self._rpc(self.stocker, notice, "action_receive")
        self.assertEqual(
            (notice.state, notice.received_by_id), ("received", self.stocker)
        )
        told = order.sudo().activity_ids.filtered(
            lambda todo: todo.summary == "Goods have come in"
        )
        self.assertEqual(told.user_id, self.salesman)
        self.assertIn("3 Units of Pump", told.note)
        # of what passes when it is inspected again: the rest only
        again = inspection.with_user(self.inspector).action_correct()["res_id"]
        again = self._inspect(inspection.browse(again))
        self.assertEqual(again.notice_ids.quantity, 2)
        html = self.env["ir.actions.report"]._render_qweb_html(
            "order_process_cn.report_f13_receipt_notice", notice.ids
        )[0]
        self.assertIn(self.stocker.name, html.decode())
        sheet = self.env["ir.actions.report"]._render_qweb_html(
            "order_process_cn.report_f12_inspection", inspection.ids
        )[0]
        self.assertIn("Deburr", sheet.decode())

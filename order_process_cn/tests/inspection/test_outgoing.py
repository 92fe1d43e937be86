from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..shipping.shipping_common import ShippingCommon


@tagged("post_install", "-at_install")
class TestOutgoing(ShippingCommon):
    """[MFG-7] [SHP-1] goods of an outgoing point leave when they have passed."""

    def test_release_waits_for_its_inspection(self):
        inspector = self._user("inspector", "order_process_cn.order_group_inspector")
        before = self._shipping_order(2)
        old = self._let_go(before)
        point = self.env["order.inspection.point"].create(
            {
                "name": "Outgoing",
                "kind": "outgoing",
                "product_ids": [Command.set(self.product.ids)],
                "item_ids": [Command.create({"name": "Packing"})],
            }
        )
        # let go before there was a point: the warehouse asks
        self.assertFalse(old.inspection_ids)
        self._rpc(self.stocker, old, "action_request_inspection")
        self.assertEqual(old.inspection_ids.quantity, 2)
        order = self._shipping_order(5)
        release = self._let_go(order)
        inspection = release.inspection_ids
        self.assertEqual(
            (
                inspection.kind,
                inspection.quantity,
                inspection.state,
                inspection.order_id,
            ),
            ("outgoing", 5, "draft", order),
        )
        with self.assertRaisesRegex(UserError, "Outgoing inspection"):
            with self.cr.savepoint():
                self._ship(order)
        own = inspection.with_user(inspector)
        own.line_ids.verdict = "pass"
        own.write(
            {"quantity_passed": 4, "quantity_rework": 1, "rework_advice": "Clean"}
        )
        own.action_done()
        # something is missing still
        with self.assertRaisesRegex(UserError, "4 of 5"), self.cr.savepoint():
            self._ship(order)
        again = inspection.browse(own.action_correct()["res_id"])
        again.with_user(inspector).line_ids.verdict = "pass"
        again.with_user(inspector).action_pass_all()
        self._ship(order)
        self.assertEqual(order.order_line.qty_delivered, 5)
        # switched off: as before
        point.active = False
        self._ship(before)
        self.assertEqual(before.order_line.qty_delivered, 2)

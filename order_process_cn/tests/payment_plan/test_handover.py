from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..rights.scenes_shipping import SIGNATURE
from ..shipping.shipping_common import ShippingCommon


@tagged("post_install", "-at_install")
class TestHandover(ShippingCommon):
    """[SHP-6] who pays when the goods are handed over is told before they leave."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order_type.announces_payment = True
        cls.cash = cls.env["account.payment.term"].create(
            {"name": "Cash on delivery", "settlement": "on_delivery"}
        )

    def test_announced_collected_and_registered(self):
        """[SHP-6] the request asks whoever sells it to tell the customer, nothing
        leaves before; the deliverer sees what he collects and nothing else of the
        price, and what he has collected is kept."""
        order = self._shipping_order(quantity=5, payment_term_id=self.cash.id)
        order.order_line.tax_ids = False
        self.assertEqual(order.goods_leave, "handover")
        release = self._request(order)
        self.assertEqual(release.collect_amount, 500)
        todo = release._find_todos("shipping.announce")
        self.assertEqual(todo.user_id, self.salesman)
        self.assertIn("500", todo.note)
        with self._refused("Payment on handover announced"):
            release.with_user(self.finance).action_release()
        with self.assertRaises(AccessError):
            self._rpc(self.stocker, release, "action_announce_payment")
        self._rpc(self.salesman, release, "action_announce_payment")
        self.assertFalse(todo.exists())
        self.assertEqual(release.announced_by_id, self.salesman)
        release.with_user(self.finance).action_release()
        picking = self._ship(order)

        own = picking.with_user(self.stocker).with_context({})
        self.assertEqual(own.collect_amount, 500)
        wizards = self.env["order.delivery.receipt.wizard"].with_user(self.stocker)
        wizard = wizards.create(
            {
                "picking_id": picking.id,
                "received_by": "Li",
                "signature": SIGNATURE,
                "collected_amount": -1,
            }
        )
        with self.assertRaisesRegex(UserError, "less than nothing"):
            wizard.action_confirm()
        wizard.collected_amount = 480
        wizard.action_confirm()
        receipt = picking.receipt_ids
        self.assertEqual(receipt.collected_amount, 480)
        self.assertTrue(order._find_todos(f"handover.{receipt.id}"))
        # the books decide what is still owed
        self._advance(order, 480.0)
        self.env.invalidate_all()
        self.assertEqual(own.collect_amount, 20)

    def test_only_where_it_is_asked(self):
        """[SHP-6] other terms, other types and an emergency wait for no announcement;
        nothing is collected of what is paid otherwise."""
        order = self._shipping_order(quantity=5)
        picking = order.picking_ids.with_user(self.stocker)
        self.assertEqual((order.goods_leave, picking.collect_amount), (False, 0))
        self._let_go(order)
        self._ship(order)
        with self.assertRaisesRegex(UserError, "nothing is collected"):
            self.env["order.delivery.receipt"]._record(
                picking.sudo(), "screen", "Li", collected_amount=1
            )
        self.order_type.announces_payment = False
        self._let_go(self._shipping_order(payment_term_id=self.cash.id))
        self.order_type.announces_payment = True
        rescuer = self._user(
            "rescuer", "order_process_cn.order_group_shipping_emergency"
        )
        urgent = self._shipping_order(payment_term_id=self.cash.id)
        release = self._request(urgent)
        release.with_user(rescuer).action_release_emergency("No time")
        self._ship(urgent)
        self.assertEqual(urgent.picking_ids.state, "done")

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestOutsideChanges(OrderCommon):
    """[REV-5] [REV-6] what changes without a write on the document leaves nobody in
    front of a closed door: there is always an act for somebody whom the screen names.
    K2."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("order_process_cn.notices", "False")
        cls.countersign = cls.route.stage_ids[1]

    def _seat(self, department):
        return self.countersign.seat_ids.filtered(
            lambda seat: seat.department_id == self.departments[department]
        )

    def test_condition_that_holds_later(self):
        """A limit reached by something else: the seat opens, is named and can be
        signed; then the order is confirmed."""
        self._seat("production").domain = "[('partner_id.ref', '=', 'Watch')]"
        order = self._submit()
        self._sign(order, "sales", *(d for d in DEPARTMENTS if d != "production"))
        self.assertEqual(order.review_state, "approved")
        order.partner_id.sudo().ref = "Watch"
        with self.assertRaises(UserError) as refusal:
            self._rpc(self.salesman, order, "write", {"state": "sale"})
        self.assertIn("another seat has to sign", str(refusal.exception))
        answer = order.with_user(self.salesman).action_confirm()
        self.assertIn("Production", answer["params"]["message"])
        self.assertEqual((order.state, order.review_state), ("draft", "running"))
        self._sign(order, "production")
        order.with_user(self.salesman).action_confirm()
        self.assertEqual(order.state, "sale")

    def test_rate_is_the_reviewed_one(self):
        """A rate that rises between approval and confirmation opens no limit."""
        self._seat("production").amount_from = 1000
        currency = self.env.ref("base.EUR")
        currency.active = True
        currency.rate_ids = [Command.clear(), Command.create({"rate": 1.0})]
        pricelist = self.pricelist.copy({"currency_id": currency.id})
        order = self._order(pricelist_id=pricelist.id)
        self._submit(order)
        self._sign(order, "sales", *(d for d in DEPARTMENTS if d != "production"))
        self.assertEqual(order.review_state, "approved")
        currency.rate_ids.rate = 0.01
        self.env.add_to_compute(order._fields["currency_rate"], order.sudo())
        self.env.flush_all()
        self.assertFalse(order._find_review_gaps())

    def test_content_that_changes(self):
        """Approved or still running: after the worker has looked, people can sign."""
        for states in ("approved", "running"):
            order = self._order(partner_id=self.partner.copy({"name": "A"}).id)
            self._submit(order)
            self._sign(order, "sales", *(DEPARTMENTS if states == "approved" else ()))
            self.assertEqual(order.review_state, states)
            shown = self._digest(order)
            order.sudo().partner_shipping_id.street = f"Moved {states}"
            self._run_worker()
            self.assertEqual(order.review_state, "running")
            self.assertNotEqual(self._digest(order), shown)
            self._sign(order, "sales", *DEPARTMENTS)
            self.assertEqual(order.review_state, "approved")
            self.assertFalse(order._find_review_gaps())

    def test_record_behind_a_fact_that_is_deleted(self):
        """The database empties the field of every order, and nobody writes on any.
        Whoever signs or confirms is refused; what he loads anew he can sign."""
        for names in ((), DEPARTMENTS):
            term = self.env["account.incoterms"].create({"name": "Ours", "code": "X"})
            order = self._submit(incoterm=term.id)
            self._sign(order, "sales", *names)
            self._end_of_transaction()
            term.unlink()
            self.env.invalidate_all()
            with self.subTest(order.review_state), self.assertRaises(UserError):
                with self.cr.savepoint():
                    if names:
                        self._rpc(self.salesman, order, "write", {"state": "sale"})
                    self._sign(order, "engineering")
            self._after_a_rollback()
            self._run_worker()
            self.assertEqual((order.state, order.review_state), ("draft", "running"))
            self._sign(order, "sales", *DEPARTMENTS)
            self._rpc(self.salesman, order, "action_confirm")
            self.assertEqual(order.state, "sale")

    def test_delivery_method_that_is_deleted(self):
        """Who carries is chosen with the delivery: it is no fact of the order."""
        product = self.env["product.product"].create({"name": "Freight"})
        carrier = self.env["delivery.carrier"].create(
            {"name": "Truck", "product_id": product.id}
        )
        order = self._approve(carrier_id=carrier.id)
        carrier.unlink()
        self.env.invalidate_all()
        self._rpc(self.salesman, order, "action_confirm")
        self.assertEqual((order.state, order.review_state), ("sale", "approved"))

    def _after_a_rollback(self):
        """Do what a request does after one."""
        with self.enter_registry_test_mode():
            self.env.cr.postrollback.run()

    def _merge(self, gone, kept):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (gone + kept).ids, kept, extra_checks=False
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def test_merged_contacts(self):
        """The same customer under another number is the same fact; his merging is
        recorded. Another address is a change, which can be signed."""
        first = self.partner.copy({"name": "A"})
        same, other = first.copy({"name": "A"}), first.copy({"name": "A"})
        order = self._approve(self._order(partner_id=first.id))
        self._merge(first, same)
        self.assertEqual(order.partner_id, same)
        self._run_worker()
        self.assertFalse(order._find_review_gaps())
        review = order.sudo().review_id
        self.assertEqual(review.signature_ids.sorted("number")[-1].act, "merge")
        self.assertFalse(review._find_tampering())
        # once more, to one who lives elsewhere
        other.street = "Elsewhere"
        self._merge(same, other)
        self._run_worker()
        self.assertEqual(order.review_state, "running")
        self._sign(order, "sales", *DEPARTMENTS)
        self.assertFalse(order._find_review_gaps())

    def test_closed_orders_are_left_alone(self):
        order = self._approve(self._order(partner_id=self.partner.copy().id)).sudo()
        order.closed_on = "2030-01-01 00:00:00"
        order.partner_shipping_id.street = "Moved"
        self._run_worker()
        self.assertEqual(order.review_state, "approved")

    def test_saving_a_closed_order_asks_nobody(self):
        """What is called otherwise since is no change of a finished order, also when
        somebody writes on it; another quantity is one."""
        order = self._approve(self._order(partner_id=self.partner.copy().id)).sudo()
        order.closed_on = "2030-01-01 00:00:00"
        order.partner_shipping_id.street = "Moved"
        order.order_line.product_id.name = "Called Otherwise"
        self._run_worker()
        order.write({"origin": "Filed", "tag_ids": [Command.create({"name": "Old"})]})
        order.order_line.analytic_distribution = False
        self._end_of_transaction()
        self.assertEqual(order.review_state, "approved")
        order.order_line.product_uom_qty = 7
        self._end_of_transaction()
        self.assertEqual(order.review_state, "running")

    def test_merged_contacts_of_a_closed_order(self):
        """Nothing about it has changed: it prints and saves as before."""
        first = self.partner.copy({"name": "A"})
        same = first.copy({"name": "A"})
        order = self._approve(self._order(partner_id=first.id)).sudo()
        order.closed_on = "2030-01-01 00:00:00"
        self._merge(first, same)
        self._run_worker()
        self.assertEqual(order.partner_id, same)
        self.assertFalse(order._find_review_gaps())
        self.assertFalse(order._get_form_watermark())
        order.origin = "Filed"
        self._end_of_transaction()
        self.assertEqual(order.review_state, "approved")
        self.assertFalse(order.review_id._find_tampering())

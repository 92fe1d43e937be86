from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ...models.shipping.order_goods import propose_shipping
from .shipping_common import ShippingCommon

SAID = "requests a shipping release"


@tagged("post_install", "-at_install")
class TestShippingTolerance(ShippingCommon):
    """[SHP-8] over- and short delivery in percent: of the product, else of the
    customer, else of the order type."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._bring_in(1000)

    def _say(self, record, over, short):
        values = {"shipping_over_percent": over, "shipping_short_percent": short}
        if record._name != "order.type":
            values["has_shipping_tolerance"] = True
        record.write(values)

    def _ask(self, order, quantity):
        """Validate the delivery of an order; return core's question."""
        picking = order.picking_ids.filtered(lambda p: p.state != "done")
        picking = picking.with_user(self.stocker)
        picking.move_ids.write({"quantity": quantity, "picked": True})
        result = picking.button_validate()
        return Form.from_action(self.env(user=self.stocker), result).save()

    def _released(self, quantity):
        order = self._shipping_order(quantity)
        return order, self._let_go(order)

    # -- whose word counts -------------------------------------------------------------

    def test_the_most_specific_counts(self):
        """[SHP-8] product before customer before type; none is a word, too."""
        order = self._shipping_order(100)
        tolerance = self.product._get_shipping_tolerance
        self.assertEqual(tolerance(order), (0, 0))
        self._say(self.order_type, 1, 2)
        self.assertEqual(tolerance(order), (1, 2))
        self._say(self.partner, 3, 4)
        self.assertEqual(tolerance(order), (3, 4))
        self._say(self.product.product_tmpl_id, 0, 0)
        self.assertEqual(tolerance(order), (0, 0))
        self.product.has_shipping_tolerance = False
        self.partner.has_shipping_tolerance = False
        self.assertEqual(tolerance(order), (1, 2))

    def test_contacts_follow_their_company(self):
        contact = self.env["res.partner"].create(
            {"name": "Branch", "parent_id": self.partner.id}
        )
        self._say(self.partner, 3, 4)
        self.assertEqual(contact.shipping_over_percent, 3)
        order = self._shipping_order(100, partner_id=contact.id)
        self.assertEqual(self.product._get_shipping_tolerance(order), (3, 4))

    def test_between_none_and_all(self):
        for record in (self.order_type, self.partner, self.product.product_tmpl_id):
            for over, short in ((-1, 0), (0, 101)):
                with (
                    self.subTest(record._name),
                    self.assertRaises(ValidationError),
                    self.env.cr.savepoint(),
                ):
                    self._say(record, over, short)

    # -- more --------------------------------------------------------------------------

    def test_more_than_released(self):
        """[SHP-8] within the tolerance it leaves, outside of it it stops."""
        self._say(self.order_type, 50, 0)
        self._say(self.product.product_tmpl_id, 2, 0)
        order, release = self._released(100)
        self.assertStays(lambda: self._ship(order, 103), SAID)
        self._ship(order, 102)
        self.assertEqual(order.order_line.qty_delivered, 102)
        self._run_worker()
        self.assertEqual(release.state, "shipped")

    # -- less --------------------------------------------------------------------------

    def test_less_within_the_tolerance(self):
        """[SHP-8] no backorder is proposed; without one the order is shipped and so is
        its release."""
        self._say(self.order_type, 0, 5)
        order, release = self._released(100)
        question = self._ask(order, 95)
        self.assertTrue(question.is_within_tolerance)
        question.process_cancel_backorder()
        self._run_worker()
        self.assertTrue(order._is_delivered())
        self.assertEqual(release.state, "shipped")
        self.assertFalse(propose_shipping(order))

    def test_whoever_wants_a_backorder_has_one(self):
        """[SHP-8] then the rest is open, and asks for the money again."""
        self._say(self.order_type, 0, 5)
        order, release = self._released(100)
        self._ask(order, 95).process()
        self._run_worker()
        self.assertFalse(order._is_delivered())
        self.assertEqual(release.state, "released")
        self._ship(order)
        self._run_worker()
        self.assertTrue(order._is_delivered())
        self.assertEqual(release.state, "shipped")

    def test_less_than_is_tolerated(self):
        """[SHP-8] a backorder is proposed, and the rest of the release stays open."""
        self._say(self.order_type, 0, 5)
        order, release = self._released(100)
        question = self._ask(order, 94)
        self.assertFalse(question.is_within_tolerance)
        question.process()
        self._run_worker()
        self.assertFalse(order._is_delivered())
        self.assertEqual(release.state, "released")
        # of the whole order, whatever is left of it
        self.assertTrue(self._ask(order, 1).is_within_tolerance)

    def test_what_people_close_stays_closed(self):
        """[SHP-8] short of the tolerance they may still say that nothing comes."""
        order, release = self._released(100)
        self._ask(order, 60).process_cancel_backorder()
        self._run_worker()
        self.assertTrue(order._is_delivered())
        # what was let go is not complete: it may still leave
        self.assertEqual(release.state, "released")

    def test_orders_without_releases_are_asked_as_by_core(self):
        self._say(self.order_type, 0, 5)
        self.order_type.asks_shipping_release = False
        order = self._shipping_order(100)
        self.assertFalse(self._ask(order, 99).is_within_tolerance)

    def test_several_at_once(self):
        """[SHP-8] each is answered for itself."""
        self._say(self.order_type, 0, 5)
        near, _release = self._released(100)
        far, _release = self._released(100)
        pickings = near.picking_ids + far.picking_ids
        near.picking_ids.move_ids.write({"quantity": 96, "picked": True})
        far.picking_ids.move_ids.write({"quantity": 50, "picked": True})
        action = pickings.with_user(self.stocker).button_validate()
        question = Form.from_action(self.env(user=self.stocker), action).save()
        self.assertFalse(question.is_within_tolerance)
        question.process()
        self.assertEqual(len(near.picking_ids), 1)
        self.assertEqual(len(far.picking_ids), 2)

    def test_of_kits_each_part(self):
        """[SHP-8] what is missing is missing of the parts that leave."""
        kit = self._kit(Rotor=10, Seal=10)
        self._say(self.order_type, 0, 10)
        order = self._shipping_order(
            order_line=[Command.create({"product_id": kit.id, "product_uom_qty": 2})]
        )
        self._let_go(order)
        picking = order.picking_ids.with_user(self.stocker)
        picking.move_ids.picked = True
        rotor, seal = picking.move_ids.sorted(lambda m: m.product_id.name)
        rotor.quantity, seal.quantity = 18, 17
        result = picking.button_validate()
        question = Form.from_action(self.env(user=self.stocker), result).save()
        self.assertFalse(question.is_within_tolerance)
        seal.quantity = 19
        result = picking.button_validate()
        question = Form.from_action(self.env(user=self.stocker), result).save()
        self.assertTrue(question.is_within_tolerance)

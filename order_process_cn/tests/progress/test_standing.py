from odoo import Command
from odoo.tests import freeze_time, tagged

from ...models.effect.take_back import get_all_productions
from ..common import DEPARTMENTS
from ..effect.test_launch import LaunchCommon


@tagged("post_install", "-at_install")
class TestStanding(LaunchCommon):
    """[ANA-4] where an order is, whose move it is and since when, in the same words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls._user("standing_worker", "mrp.group_mrp_user")
        cls.keeper = cls._user("standing_keeper", "stock.group_stock_user")
        cls.buyer = cls._user("standing_buyer", "purchase.group_purchase_user")
        cls.vendor = cls.env["res.partner"].create({"name": "Vendor"})

    def _say(self, user, record):
        """Return what one reader is told, as the client reads it."""
        self.env.invalidate_all()
        [row] = self._rpc(user, record, "read", ["order_standing"])
        return row["order_standing"]

    def test_same_words(self):
        """[ANA-4] the same words on order, production order, transfer, purchase order,
        shipping release and for those who sign; the customer is told no names."""
        with freeze_time("2030-01-07 01:00:00"):
            order = self._submit(order_line=[self._line(self.made, 3)]).sudo()
            self._end_of_transaction()
        words = self._say(self.salesman, order)
        self.assertTrue(words.startswith("Review → "), words)
        self.assertTrue(words.endswith(", since 2030-01-07 01:00"), words)
        task = order.review_id.task_ids.filtered(lambda t: t.state == "open")[:1]
        self.assertEqual(self._say(self.supervisor, task), words)
        with freeze_time("2030-01-08 01:00:00"):
            self._sign(order, "sales", *DEPARTMENTS)
            self._end_of_transaction()
        self.assertEqual(
            self._say(self.salesman, order),
            f"Review → {order.user_id.name}, since 2030-01-07 01:00",
        )
        self.order_type.requires_technical = True
        with freeze_time("2030-01-09 01:00:00"):
            order.action_confirm()
            self._end_of_transaction()
        self.assertIn("Confirmed → ", self._say(self.salesman, order))
        self.order_type.requires_technical = False
        with freeze_time("2030-01-10 01:00:00"):
            self._state(order)
            self._run_worker()
        production = get_all_productions(order)
        purchase = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "reference_ids": [Command.set(order.stock_reference_ids.ids)],
            }
        )
        words = self._say(self.salesman, order)
        self.assertEqual(words, "Effective → Planning, since 2030-01-10 01:00")
        readers = {
            production: self.worker,
            order.picking_ids: self.keeper,
            purchase: self.buyer,
        }
        for record, user in readers.items():
            with self.subTest(record._name):
                self.assertEqual(self._say(user, record), words)
        self.assertFalse(self.keeper.has_group("sales_team.group_sale_salesman"))
        told = order._spell_standing_for_customer()
        self.assertEqual(
            told, f"Effective → {self.company.name}, since 2030-01-10 01:00"
        )

    def test_customers_move(self):
        """[ANA-4] a deposit, a drawing and a receipt are his to give."""
        self.route.active = False
        order = self._held().sudo()
        order.effect_waiting = ["drawing"]
        words = self._say(self.salesman, order)
        self.assertIn(f"→ {order.partner_id.display_name}", words)
        self.assertIn("→ you", order._spell_standing_for_customer())
        order.suspension_state = "whole"
        self.assertIn(f"→ {order.user_id.name}", self._say(self.salesman, order))

    def test_flat(self):
        """[ANA-4] one statement for a list, none where no order is concerned; of
        another company nothing is said."""
        self.route.active = False
        orders = self.env["sale.order"].sudo()
        for _number in range(4):
            orders |= self._held().sudo()
        self._end_of_transaction()
        orders.mapped("partner_id.display_name")
        for some in (orders[:1], orders):
            self.env.invalidate_all()
            some.mapped("name"), some.company_id.partner_id.tz, some.user_id.name
            with self.subTest(len(some)), self.assertQueryCount(6):
                some.mapped("order_standing")
        plain = self.env["stock.picking"].create(
            [
                {
                    "picking_type_id": self.warehouse.int_type_id.id,
                    "location_id": self.warehouse.lot_stock_id.id,
                    "location_dest_id": self.warehouse.lot_stock_id.id,
                }
                for _number in range(3)
            ]
        )
        self.env.flush_all()
        plain.invalidate_recordset()
        plain.mapped("name")
        with self.assertQueryCount(0):
            self.assertFalse(any(plain.mapped("order_standing")))
        plain[:1].sale_id = orders[:1]
        self._begin()
        self.assertTrue(plain[0].order_standing)
        other = self.env["res.company"].create({"name": "Another"})
        self.env.cr.execute(
            "UPDATE stock_picking SET company_id = %s WHERE id = %s",
            [other.id, plain[0].id],
        )
        plain.invalidate_recordset()
        self.assertFalse(plain[0].order_standing)

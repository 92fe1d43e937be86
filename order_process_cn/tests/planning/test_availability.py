from datetime import date, timedelta

from odoo import Command, fields
from odoo.tests import tagged

from ..effect.test_effect import EffectCommon


@tagged("post_install", "-at_install")
class TestAvailability(EffectCommon):
    """[ALC-1] [ALC-2] what stock, incoming goods and production say about a line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wanted = date(2030, 5, 20)

    def _lines(self, *quantities, **values):
        return [
            Command.create(
                {"product_id": self.pump.id, "product_uom_qty": quantity, **values}
            )
            for quantity in quantities
        ]

    def _incoming(self, quantity, day):
        move = self.env["stock.move"].create(
            {
                "product_id": self.pump.id,
                "product_uom_qty": quantity,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
                "date": fields.Datetime.to_datetime(day),
                "company_id": self.company.id,
            }
        )
        move._action_confirm()
        return move

    def _states(self, order):
        order.invalidate_recordset()
        order.order_line.invalidate_recordset()
        return order.order_line.mapped("stock_state")

    def test_enough(self):
        order = self._typed(order_line=self._lines(10))
        line = order.order_line
        self.assertEqual((line.stock_state, line.stock_free), ("enough", 10))
        today = self.company._calendar_day(fields.Datetime.now())
        self.assertEqual(line.stock_date, today)
        self.assertEqual(order.stock_state, "enough")

    def test_short(self):
        """Neither stock, nor goods on their way, nor production."""
        order = self._typed(order_line=self._lines(11))
        self.assertEqual(self._states(order), ["short"])
        self.assertFalse(order.order_line.stock_date)

    def test_lines_share_what_is_there(self):
        order = self._typed(order_line=self._lines(6, 6))
        self.assertEqual(self._states(order), ["enough", "short"])
        self.assertEqual(order.stock_state, "short")

    def test_incoming(self):
        """In time or late, by the date the customer wants."""
        self._incoming(5, self.wanted - timedelta(days=3))
        order = self._typed(order_line=self._lines(15), wanted_date=self.wanted)
        self.assertEqual(self._states(order), ["enough"])
        self.assertEqual(order.order_line.stock_date, date(2030, 5, 17))
        self.assertIn("5 (", order.order_line.stock_incoming)
        order.wanted_date = date(2030, 5, 1)
        self.assertEqual(self._states(order), ["late"])

    def test_production(self):
        """What can be made is there after the lead time."""
        part = self.env["product.product"].create({"name": "Part"})
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": self.pump.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": part.id})],
            }
        )
        self.pump.sale_delay = 20
        today = fields.Date.context_today(self.pump)
        order = self._typed(order_line=self._lines(11))
        self.assertEqual(self._states(order), ["enough"])
        self.assertEqual(order.order_line.stock_make_date, today + timedelta(days=20))
        order.wanted_date = today + timedelta(days=19)
        self.assertEqual(self._states(order), ["late"])

    def test_held_orders_come_first(self):
        """Held demand counts, in the unit of the product; an order does not compete
        with itself."""
        dozen = self.env.ref("uom.product_uom_dozen")
        self.env["stock.quant"]._update_available_quantity(
            self.pump, self.warehouse.lot_stock_id, 4
        )
        held = self._held(order_line=self._lines(1, product_uom_id=dozen.id))
        self.assertEqual(self._states(held), ["enough"])
        order = self._typed(order_line=self._lines(2))
        self.assertEqual(self._states(order), ["enough"])
        order.order_line.product_uom_qty = 3
        self.assertEqual(self._states(order), ["short"])
        self.assertEqual(order.order_line.stock_free, 2)
        # the same answers when both are asked about at once
        both = held | order
        both.order_line.invalidate_recordset()
        self.assertEqual(both.order_line.mapped("stock_state"), ["enough", "short"])

    def test_nothing_is_said_once_goods_are_demanded(self):
        order = self._held()
        self._state(order)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self.assertFalse(order.order_line.stock_state)

    def test_decision_on_short_lines(self):
        """[ALC-2] where the type asks for it, the order waits for the decision."""
        self.order_type.requires_stock_decision = True
        order = self._held(order_line=self._lines(4, 11))
        self._state(order)
        self._run_worker()
        self.assertEqual(order.effect_state, "held")
        order.stock_line_ids[1].write(
            {"short_decision": "later", "short_note": "In June"}
        )
        order._mark_for_recheck()
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")

    def test_the_decision_alone(self):
        """[ALC-2] P09: an order that waits for nothing else waits for it as well, from
        the confirmation on; one for which there is enough takes effect at once."""
        self.order_type.write(
            {"requires_stock_decision": True, "requires_technical": False}
        )
        orders = [self._confirmed_with(quantity) for quantity in (4, 11)]
        states = [(order.effect_state, order.effect_waiting) for order in orders]
        self.assertEqual(states, [("effective", False), ("held", ["stock"])])
        short = orders[1]
        self.assertFalse(short.picking_ids)
        short.order_line.short_decision = "later"
        self._end_of_transaction()
        self._run_worker()
        self.assertEqual(short.effect_state, "effective")
        self.assertTrue(short.picking_ids)

    def _confirmed_with(self, quantity):
        order = self._typed(order_line=self._lines(quantity))
        order.action_confirm()
        return order

    def test_cost(self):
        """[ALC-1] the number of queries does not depend on the number of lines."""
        small = self._typed(order_line=self._lines(1))
        large = self._typed(order_line=self._lines(*[1] * 30))

        def cost(order):
            self.env.flush_all()
            self.env.invalidate_all()
            order.sudo().order_line.mapped("product_id.bom_ids")
            before = self.cr.sql_log_count
            order.order_line.mapped("stock_state")
            return self.cr.sql_log_count - before

        cost(small)  # warms what is the same for all of them
        self.assertEqual(cost(small), cost(large))

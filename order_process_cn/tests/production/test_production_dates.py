from datetime import date, datetime

from odoo import Command
from odoo.tests import tagged

from ...models.effect.take_back import get_all_productions
from ..effect.test_effect import EffectCommon


@tagged("post_install", "-at_install")
class TestProductionDates(EffectCommon):
    """[CFM-5] what the promised date means, and by which date production is bound."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        mto = cls.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        cls.pump.route_ids = mto + cls.warehouse.manufacture_pull_id.route_id
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.pump.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": cls.product.id})],
            }
        )
        cls.promised = datetime(2030, 5, 20, 4, 0)
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"

    def _released(self, **values):
        order = self._held(commitment_date=self.promised, **values)
        self._state(order)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        return order, get_all_productions(order.sudo())

    def test_goods_finished(self):
        """P28: the promised date is the one on which the goods are finished."""
        self.order_type.promised_means = "finished"
        order, production = self._released()
        self.assertEqual(production.date_deadline, self.promised)
        moved = datetime(2030, 5, 27, 4, 0)
        order.commitment_date = moved
        self.assertEqual(production.date_deadline, moved)

    def test_goods_delivered(self):
        """Then core plans production so that the goods are there on the day."""
        self.order_type.promised_means = "delivered"
        _order, production = self._released()
        self.assertEqual(
            production.date_deadline, production.move_finished_ids.date_deadline
        )

    def test_own_written_date(self):
        """Production is bound by its own date, deliveries by the customer's."""
        order, production = self._released(production_date=date(2030, 5, 10))
        end_of_day = datetime(2030, 5, 10, 15, 59, 59)
        self.assertEqual(production.date_deadline, end_of_day)
        self.assertEqual(order.sudo().picking_ids.date_deadline, self.promised)
        self._rpc(self.salesman, order, "write", {"production_date": "2030-05-08"})
        self.assertEqual(production.date_deadline.day, 8)
        self.assertEqual(order.sudo().picking_ids.date_deadline, self.promised)
        less = {"mo_id": production.id, "product_qty": production.product_qty / 2}
        self.env["change.production.qty"].create(less).change_prod_qty()
        self.assertEqual(order.sudo().picking_ids.date_deadline, self.promised)

    def test_finished_production_keeps_its_date(self):
        order, production = self._released(production_date=date(2030, 5, 10))
        production.action_cancel()
        order.sudo().production_date = date(2030, 5, 1)
        self.assertEqual(production.date_deadline.day, 10)

    def test_parts_of_a_schedule(self):
        """[INT-9] production is bound by the first open part that it is for, also when
        the part moves; what was made for it no longer counts once it has left."""
        self.order_type.promised_means = "finished"
        order = self._held(commitment_date=self.promised)
        line = order.order_line.filtered(lambda one: one.product_id == self.pump)
        line.with_user(self.salesman).write(
            {
                "delivery_part_ids": [
                    Command.create({"quantity": quantity, "promised_date": day})
                    for quantity, day in (
                        (1, date(2030, 5, 25)),
                        (line.product_uom_qty - 1, date(2030, 6, 3)),
                    )
                ]
            }
        )
        self._state(order)
        self._run_worker()
        production = get_all_productions(order.sudo())
        made = production.filtered(lambda one: one.product_id == self.pump)
        self.assertEqual(len(made), 2, "one for each part")
        self.assertEqual(min(production.mapped("date_deadline")).day, 25)
        first = line.sudo().delivery_part_ids.sorted("promised_date")[0]
        first.with_user(self.salesman).promised_date = date(2030, 5, 28)
        self.assertEqual(min(production.mapped("date_deadline")).day, 28)
        order.commitment_date = datetime(2030, 5, 30, 4, 0)
        self.assertEqual(min(production.mapped("date_deadline")).day, 28)
        # a date that was written for production goes before them
        order.production_date = date(2030, 5, 9)
        self.assertEqual({d.day for d in production.mapped("date_deadline")}, {9})

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

    def test_finished_production_keeps_its_date(self):
        order, production = self._released(production_date=date(2030, 5, 10))
        production.action_cancel()
        order.sudo().production_date = date(2030, 5, 1)
        self.assertEqual(production.date_deadline.day, 10)

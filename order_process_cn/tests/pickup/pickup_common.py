from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from odoo import Command
from odoo.tests import freeze_time

from ...models.pickup.balance import get_balance_figures
from ..money.money_common import MoneyCommon
from ..set_up_once import set_up_once

# the day on which the goods come in: day 0
DAY_0 = date(2024, 3, 4)


class PickupCommon(MoneyCommon):
    """The rule of P10 6.2 on orders of 10,000 yuan, the goods in stock."""

    @classmethod
    @set_up_once
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.product.is_storable = True
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls._bring_in(20)
        cls.rule.write(
            {
                "pickup_days": 7,
                "tier_ids": [
                    Command.create({"from_day": 8, "percent": 10}),
                    Command.create({"from_day": 16, "percent": 30, "fine_amount": 200}),
                ],
            }
        )

    @classmethod
    def _bring_in(cls, quantity, product=None):
        cls.env["stock.quant"]._update_available_quantity(
            product or cls.product, cls.warehouse.lot_stock_id, quantity
        )

    @contextmanager
    def _day(self, number, hour=10):
        """The given day of the pick-up clock, at an hour of the company's clock."""
        local = datetime.combine(DAY_0 + timedelta(days=number), time(hour))
        with freeze_time(local - timedelta(hours=8)):
            yield

    def _work(self, day):
        with self._day(day):
            self._run_worker()

    def _waiting_order(self, amount=10000.0, paid=3000.0, **values):
        """Return an order in effect whose goods came in on day 0."""
        with self._day(0):
            order = self._deposit_order(amount, **values)
            self._advance(order, paid, day=DAY_0)
            self._run_worker()
            self.assertEqual(order.effect_state, "effective")
            self._run_worker()
        self.assertEqual(order.goods_in_stock_on, DAY_0)
        return order

    def _take(self, order, day):
        """Have the customer take the goods."""
        with self._day(day):
            order.picking_ids.move_ids.picked = True
            order.picking_ids._action_done()
            self._run_worker()
        self.assertEqual(order.goods_taken_on, DAY_0 + timedelta(days=day))

    def _figures(self, order, day):
        with self._day(day):
            self.env.invalidate_all()
            figures = get_balance_figures(order)
        return figures["withheld"], figures["forfeited"], figures["balance"]

    def _decide(self, forfeiture, day, user=None):
        with self._day(day):
            self._rpc(user or self.accountant, forfeiture, "action_decide")

from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..shipping.shipping_common import ShippingCommon

MONDAY = "2026-05-18 02:00"


@tagged("post_install", "-at_install")
class TestCarriers(ShippingCommon):
    """[SHP-2] carriers by what they cost us and when they are there, side by side."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # whatever is there already
        cls.env["delivery.carrier"].search([]).active = False
        cls.calendar = cls.env["order.calendar.exception"]
        cls.calendar.with_context(active_test=False).search([]).unlink()
        cls.state = cls.env.ref("base.state_cn_SH")
        cls.partner.write(
            {
                "country_id": cls.state.country_id.id,
                "state_id": cls.state.id,
                "zip": "200030",
            }
        )
        cls.lorry, cls.train = cls._carrier("Lorry", 300), cls._carrier("Train", 120)
        cls.transits = cls.env["order.carrier.transit"]
        cls._transit(cls.lorry, 1)
        cls._transit(cls.train, 4)

    @classmethod
    def _carrier(cls, name, price, **values):
        product = cls.env["product.product"].create(
            {"name": name, "type": "service", "list_price": price}
        )
        return cls.env["delivery.carrier"].create(
            {
                "name": name,
                "product_id": product.id,
                "fixed_price": price,
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def _transit(cls, carrier, days, **values):
        return cls.env["order.carrier.transit"].create(
            {"carrier_id": carrier.id, "days": days, **values}
        )

    def _make_scene(self):
        self.order = self._shipping_order()
        self.picking = self.order.picking_ids

    def _choice(self, user=None):
        picking = self.picking.with_user(user or self.stocker)
        with freeze_time(MONDAY):
            action = self._rpc(user or self.stocker, picking, "action_choose_carrier")
        choices = self.env["order.carrier.choice"].with_user(user or self.stocker)
        return choices.browse(action["res_id"])

    def _line(self, choice, carrier):
        return choice.line_ids.filtered(lambda line: line.carrier_id == carrier)

    # -- side by side ------------------------------------------------------------------

    def test_cost_and_days_side_by_side(self):
        """[SHP-2] as a plain stock user: the cheapest first, the fastest marked."""
        choice = self._choice()
        self.assertEqual(choice.line_ids.carrier_id, self.train + self.lorry)
        train, lorry = choice.line_ids
        self.assertEqual((train.cost, train.days), (120, 4))
        self.assertEqual((train.is_cheapest, train.is_fastest), (True, False))
        self.assertEqual((lorry.is_cheapest, lorry.is_fastest), (False, True))
        self.assertEqual(lorry.arrival, date(2026, 5, 19))
        self.assertEqual(train.arrival, date(2026, 5, 22))

    def test_working_days_are_the_company_s(self):
        """[SHP-2] [SLA-1] days off are no days of the lorry."""
        self.calendar.create({"date": date(2026, 5, 19), "kind": "day_off"})
        self.lorry.transit_ids.unit = "working_days"
        lorry = self._line(self._choice(), self.lorry)
        self.assertEqual(lorry.arrival, date(2026, 5, 20))

    def test_what_the_customer_pays_is_not_shown(self):
        """[SHP-2] [SEC-1] neither his price nor the margin on it."""
        self.train.write({"margin": 0.5, "fixed_margin": 10, "free_over": True})
        self.train.amount = 0
        self.assertEqual(self._line(self._choice(), self.train).cost, 120)
        self.train.transit_ids.write({"has_cost": True, "cost": 99})
        self.assertEqual(self._line(self._choice(), self.train).cost, 99)

    def test_the_most_exact_transit_counts(self):
        """[SHP-2] ZIP code before province before everywhere; none of another."""
        find = self.transits.search([("carrier_id", "=", self.lorry.id)])
        everywhere = find
        self.assertEqual(find._find_for(self.partner), everywhere)
        state = self._transit(self.lorry, 2, state_ids=[Command.set(self.state.ids)])
        short = self._transit(self.lorry, 3, zip_prefix="20")
        exact = self._transit(self.lorry, 4, zip_prefix="20003")
        other = self._transit(self.lorry, 5, zip_prefix="10")
        every = everywhere + state + short + exact + other
        for rule in (exact, short, state, everywhere):
            self.assertEqual(every._find_for(self.partner), rule)
            every -= rule
        self.assertFalse(every._find_for(self.partner))

    def test_figures(self):
        for values in ({"days": -1}, {"cost": -1}):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.lorry.transit_ids.write(values)

    def test_outside_only_on_click(self):
        """[SHP-2] nobody outside is asked before somebody wants it."""
        asked = []
        model = type(self.train)

        def rate(carrier, order):
            asked.append(carrier)
            return {"success": True, "price": 80, "error_message": False}

        def is_outside(carrier):
            return carrier.id == self.train.id

        with (
            patch.object(model, "_is_asked_outside", is_outside),
            patch.object(model, "fixed_rate_shipment", rate),
        ):
            choice = self._choice()
            self.assertFalse(any(carrier.id == self.train.id for carrier in asked))
            train = self._line(choice, self.train)
            self.assertFalse(train.is_rated or train.is_cheapest)
            self.assertTrue(choice.has_outside)
            self._rpc(self.stocker, choice, "action_ask_outside")
        self.assertIn(self.train, asked)
        self.assertEqual(self._line(choice, self.train).cost, 80)
        self.assertFalse(choice.has_outside)

    # -- choosing ----------------------------------------------------------------------

    def test_chosen_on_the_transfer(self):
        """[SHP-2] [REV-5] never on the confirmed order: no fact that was signed
        changes."""
        before = self.order._collect_review_facts()[self.order]
        choice = self._choice()
        self._rpc(self.stocker, self._line(choice, self.lorry), "action_choose")
        self.assertEqual(self.picking.carrier_id, self.lorry)
        arrival = self._line(choice, self.lorry).arrival
        self.assertTrue(arrival)
        day = self.company._calendar_day(self.picking.expected_arrival)
        self.assertEqual(day, arrival, "[SHP-3] the customer is told of it")
        self.assertFalse(self.order.carrier_id)
        self.assertEqual(len(self.order.order_line), 1)
        self.assertEqual(self.order._collect_review_facts()[self.order], before)
        self._let_go(self.order)
        self._ship(self.order)
        self.assertEqual(self.order._collect_review_facts()[self.order], before)

    def test_who_may_choose(self):
        """[SEC-1] the warehouse of the company; only who takes it; not for ever."""
        with self.assertRaises(AccessError):
            self._choice(self.salesman)
        choice = self._choice()
        line = self._line(choice, self.train)
        germany = [Command.set(self.env.ref("base.de").ids)]
        elsewhere = self._carrier("Ship", 1, country_ids=germany)
        self._rpc(self.stocker, line, "write", {"carrier_id": elsewhere.id})
        with self._refused("does not take"):
            line.action_choose()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = self._user("foreign", "stock.group_stock_user")
        foreign.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        seen = self.env(user=foreign, context={"allowed_company_ids": other.ids})
        with self.assertRaises(AccessError):
            seen["stock.picking"].browse(self.picking.id).action_choose_carrier()
        with self.assertRaises(AccessError):
            seen["order.carrier.choice"].create({"picking_id": self.picking.id})
        self._let_go(self.order)
        self._ship(self.order)
        with self.assertRaises(UserError):
            self._rpc(self.stocker, self._line(choice, self.lorry), "action_choose")

from datetime import date, datetime, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ...models.effect.take_back import get_all_productions
from .pickup_common import DAY_0, PickupCommon


@tagged("post_install", "-at_install")
class TestPickup(PickupCommon):
    """[DEP-3] the pick-up clock and what is proposed, day by day."""

    def _make_scene(self):
        self.waiting = self._waiting_order()

    # -- the clock ---------------------------------------------------------------------

    def test_clock_starts_when_all_is_in_stock(self):
        """[DEP-3] from the day on which every line is reserved."""
        late = self.env["product.product"].create(
            {"name": "Late", "is_storable": True, "list_price": 100}
        )
        with self._day(0):
            order = self._deposit_order(confirm=False)
            order.order_line = [
                Command.create({"product_id": late.id, "product_uom_qty": 2})
            ]
            order.action_confirm()
            self._advance(order, 4000.0, day=DAY_0)
            self._run_worker()
            self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self.assertFalse(order.goods_in_stock_on)
        with self._day(3):
            self._bring_in(2, late)
            order.picking_ids.action_assign()
            self._run_worker()
        self.assertEqual(order.goods_in_stock_on, date(2024, 3, 7))
        self.assertEqual(order.pickup_deadline, date(2024, 3, 14))

    def test_clock_waits_for_production(self):
        """[DEP-3] goods that are made come in with their production order."""
        made, part = self.env["product.product"].create(
            [
                {"name": "Made", "is_storable": True, "list_price": 10000},
                {"name": "Part", "is_storable": True},
            ]
        )
        self._bring_in(5, part)
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": made.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": part.id})],
            }
        )
        mto = self.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        made.route_ids = mto + self.warehouse.manufacture_pull_id.route_id
        with self._day(0):
            order = self._deposit_order(
                order_line=[
                    Command.create(
                        {"product_id": made.id, "price_unit": 10000, "tax_ids": []}
                    )
                ]
            )
            self._advance(order, day=DAY_0)
            self._run_worker()
            self._run_worker()
        production = get_all_productions(order)
        self.assertEqual(len(production), 1)
        self.assertFalse(order.goods_in_stock_on)
        with self._day(5):
            production.qty_producing = 1
            production.move_raw_ids.picked = True
            production.button_mark_done()
            self._run_worker()
        self.assertEqual(production.state, "done")
        self.assertEqual(order.goods_in_stock_on, DAY_0 + timedelta(days=5))

    def test_clock_goes_on(self):
        """[DEP-3] K9: a reservation that is taken away and given back prolongs no
        period: the goods were there all the time."""
        order = self.waiting
        with self._day(2):
            order.picking_ids.do_unreserve()
            self._run_worker()
        self.assertEqual(order.goods_in_stock_on, DAY_0)
        with self._day(5):
            order.picking_ids.action_assign()
            self._run_worker()
        self.assertEqual(order.goods_in_stock_on, DAY_0)

    def test_clock_begins_anew(self):
        """[DEP-3] goods that were given to somebody else cannot be taken: the period
        begins anew when they are back."""
        order = self.waiting
        with self._day(2):
            order.picking_ids.do_unreserve()
            self._bring_in(-20)
            self._run_worker()
        self.assertFalse(order.goods_in_stock_on)
        with self._day(5):
            self._bring_in(1)
            order.picking_ids.action_assign()
            self._run_worker()
        self.assertEqual(order.goods_in_stock_on, DAY_0 + timedelta(days=5))

    def test_free_goods_that_others_take(self):
        """[DEP-3] the goods were free and are gone when the next tier begins: nothing
        is proposed for goods that could not be taken."""
        order = self.waiting
        with self._day(2):
            order.picking_ids.do_unreserve()
            self._run_worker()
        self._bring_in(-20)
        self._work(8)
        self.assertFalse(order.goods_in_stock_on)
        self.assertFalse(order.forfeiture_ids)

    def test_clock_of_a_late_worker(self):
        """[DEP-3] K9: the day on which the goods became his, not the one on which the
        worker ran; a reservation that grows counts from when it is whole."""
        with self._day(0):
            order = self._deposit_order(confirm=False)
            # of the twenty one is there for the order that waits
            order.order_line.product_uom_qty = 24
            order.action_confirm()
            self._advance(order, order.deposit_required, day=DAY_0)
            self._run_worker()
            self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self.assertFalse(order.goods_in_stock_on)
        with self._day(3):
            self._bring_in(5)
            order.picking_ids.action_assign()
            self._end_of_transaction()
        self._work(6)
        self.assertEqual(order.goods_in_stock_on, DAY_0 + timedelta(days=3))

    def test_held_goods_do_not_count(self):
        """[DEP-3] nothing waits for the customer before the order takes effect."""
        with self._day(0):
            order = self._deposit_order()
            order._mark_for_recheck()
            self._run_worker()
        self.assertFalse(order.goods_in_stock_on)

    def test_no_clock_without_tiers(self):
        """[DEP-3] orders whose rule has no tiers are not followed."""
        self.rule.tier_ids.unlink()
        with self._day(0):
            order = self._deposit_order()
            self._advance(order, day=DAY_0)
            self._run_worker()
            self._run_worker()
        self.assertEqual(order.picking_ids.state, "assigned")
        self.assertFalse(order.goods_in_stock_on)
        moves = order.picking_ids.move_ids
        # read before queries are counted
        self.assertEqual(moves.company_id, self.company)
        self.env["order.deposit.rule"]._ids_with_tiers()
        with self.assertQueryCount(0):
            moves._watch_pickup()

    def test_worker_comes_back_by_itself(self):
        """[DEP-3] the next tier is marked for its first instant, once."""
        order = self.waiting
        with self._day(1):
            order._mark_for_recheck()
            self._run_worker()
        rows = self.env["order.recheck"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        # midnight in Shanghai
        self.assertEqual(rows.mapped("not_before"), [datetime(2024, 3, 11, 16)])
        with self._day(7, hour=23):
            self._run_worker()
        self.assertFalse(order.forfeiture_ids)
        with self._day(8, hour=0):
            self._run_worker()
        self.assertTrue(order.forfeiture_ids)

    # -- the tiers ---------------------------------------------------------------------

    def test_day_7(self):
        """[DEP-3] within seven days nothing happens: the deposit is offset."""
        order = self.waiting
        self._work(7)
        self.assertFalse(order.forfeiture_ids)
        self.assertEqual(self._figures(order, 7), (0, 0, 7000))
        self._take(order, 7)
        self._work(40)
        self.assertFalse(order.forfeiture_ids)
        self.assertEqual(self._figures(order, 40), (0, 0, 7000))

    def test_day_8(self):
        """[DEP-3] from day 8 the deposit is not offset for now, and 10 % of the total
        is proposed."""
        order = self.waiting
        # whether or not the worker has been there
        self.assertEqual(self._figures(order, 8), (3000, 0, 10000))
        self._work(8)
        forfeiture = order.forfeiture_ids
        self.assertEqual(
            (forfeiture.state, forfeiture.kind, forfeiture.percent),
            ("proposed", "late_pickup", 10),
        )
        self.assertEqual((forfeiture.amount, forfeiture.fine_amount), (1000, 0))
        self.assertEqual(self._figures(order, 8), (3000, 0, 10000))
        self.assertEqual(order.activity_ids, self.env["mail.activity"])
        self.assertEqual(forfeiture.activity_ids.user_id, self.salesman)

    def test_day_15(self):
        """[DEP-3] taken by day 15: it stays at 10 %, however late it is decided."""
        order = self.waiting
        self._work(8)
        self._take(order, 15)
        self._work(30)
        forfeiture = order.forfeiture_ids
        self.assertEqual((forfeiture.days, forfeiture.percent), (15, 10))
        self.assertEqual((forfeiture.amount, forfeiture.fine_amount), (1000, 0))
        self._decide(forfeiture, 30)
        self.assertEqual(forfeiture.state, "decided")
        self.assertEqual(self._figures(order, 30), (0, 1000, 8000))

    def test_day_16(self):
        """[DEP-3] [DEP-4] later 30 % and a fine of 200; by law no more than 20 % is a
        deposit that can be forfeited. Tiers replace each other."""
        order = self.waiting
        self._work(8)
        self._work(16)
        forfeiture = order.forfeiture_ids
        self.assertEqual(len(forfeiture), 1)
        self.assertEqual((forfeiture.percent, forfeiture.legal_cap), (30, 2000))
        self.assertEqual((forfeiture.amount, forfeiture.fine_amount), (2000, 200))
        self._decide(forfeiture, 16)
        self.assertEqual(self._figures(order, 16), (0, 2000, 9000))

    def test_percent_of_the_deposit(self):
        """[DEP-3] as an option the percent are of the deposit."""
        self.rule.forfeiture_base = "deposit"
        order = self._waiting_order()
        self._work(8)
        self.assertEqual(order.forfeiture_ids.amount, 300)

    def test_cap_follows_the_money(self):
        """[DEP-4] what was not received cannot be forfeited."""
        order = self.waiting
        self._pay_back(order, 2500.0, day=DAY_0)
        self._work(16)
        self.assertEqual(order.forfeiture_ids.amount, 500)

    def test_no_deposit_by_law(self):
        """[DEP-4] an advance payment is not forfeited; somebody still decides that it
        is offset."""
        self.rule.legal_kind = "advance"
        order = self._waiting_order()
        self._work(16)
        self.assertEqual(order.forfeiture_ids.amount, 0)
        self.assertEqual(self._figures(order, 16), (3000, 0, 10000))
        self._decide(order.forfeiture_ids, 16)
        self.assertEqual(order.forfeiture_ids.state, "waived")
        self.assertEqual(self._figures(order, 16), (0, 0, 7000))

    def test_many_orders_at_once(self):
        """[DEP-3] each order has its own clock."""
        first = self.waiting
        second = self._waiting_order(20000.0, paid=6000.0)
        self._take(first, 3)
        self._work(9)
        self.assertFalse(first.forfeiture_ids)
        self.assertEqual(second.forfeiture_ids.amount, 2000)

    # -- deciding ----------------------------------------------------------------------

    def test_not_decided_while_the_tier_may_change(self):
        """[DEP-3] nobody decides on 10 % that may become 30; waiving is possible."""
        order = self.waiting
        self._work(8)
        forfeiture = order.forfeiture_ids
        with self.assertRaisesRegex(UserError, "2024-03-20"):
            self._decide(forfeiture, 9)
        with self._day(9):
            with self.assertRaisesRegex(UserError, "say why"):
                self._rpc(self.accountant, forfeiture, "action_waive")
            forfeiture.with_user(self.accountant).reason = "Flood at the customer's"
            self._rpc(self.accountant, forfeiture, "action_waive")
        self.assertEqual((forfeiture.state, forfeiture.amount), ("waived", 0))
        self._work(20)
        self.assertEqual(order.forfeiture_ids, forfeiture)
        self.assertEqual(self._figures(order, 20), (0, 0, 7000))

    def test_who_may_decide(self):
        """[DEP-3] people of finance decide, nobody enters the outcome."""
        order = self.waiting
        self._work(16)
        forfeiture = order.forfeiture_ids
        for user in (self.salesman, self.sales_manager):
            with self.assertRaises(AccessError):
                self._decide(forfeiture, 16, user)
        for values in ({"state": "decided"}, {"legal_cap": 9999}, {"fine_amount": 0}):
            with self.assertRaises(AccessError):
                self._rpc(self.accountant, forfeiture, "write", values)
        with self.assertRaises(AccessError):
            self._rpc(
                self.accountant,
                self.env["order.forfeiture"],
                "create",
                {"order_id": order.id, "kind": "none"},
            )
        with self.assertRaisesRegex(ValidationError, "at most"):
            self._rpc(self.accountant, forfeiture, "write", {"amount": 2000.01})
        self._rpc(
            self.accountant,
            forfeiture,
            "write",
            {"amount": 500, "reason": "Agreed by phone"},
        )
        self._decide(forfeiture, 16)
        self.assertEqual((forfeiture.state, forfeiture.amount), ("decided", 500))
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            self._rpc(self.accountant, forfeiture, "write", {"amount": 0})

    def test_entered_amount_is_kept(self):
        """[DEP-3] the worker keeps what a person entered."""
        order = self.waiting
        self._work(8)
        forfeiture = order.forfeiture_ids
        forfeiture.with_user(self.accountant).write({"amount": 700, "reason": "Agreed"})
        self._work(16)
        self.assertEqual((forfeiture.proposed_amount, forfeiture.amount), (2000, 700))

    def test_seen_by_those_concerned(self):
        """[DEP-3] salespeople see the forfeitures of their own orders."""
        order = self.waiting
        self._work(16)
        forfeiture = order.forfeiture_ids
        other = self._user("colleague", "sales_team.group_sale_salesman")
        forfeitures = self.env["order.forfeiture"]
        self.assertTrue(forfeitures.with_user(self.salesman).search([]))
        self.assertFalse(forfeitures.with_user(other).search([]))
        for user in (self.salesman, self.accountant):
            Form(forfeiture.with_user(user))
            Form(order.with_user(user))


@tagged("post_install", "-at_install")
class TestPickupReview(PickupCommon):
    """[DEP-3] a forfeiture is decided through a review where there is a route."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departments["finance"].member_ids = cls.accountant
        cls.shipped = cls.env.ref("order_process_cn.order_review_route_forfeiture")
        cls.shipped.active = True

    def _make_scene(self):
        self.waiting = self._waiting_order()

    def _proposal(self):
        order = self.waiting
        self._work(16)
        return order.forfeiture_ids

    def test_route(self):
        """[DEP-3] finance, the head of sales and the general manager, one after
        another; the gate stands until they have signed."""
        forfeiture = self._proposal()
        with self.assertRaisesRegex(UserError, "Approved review"):
            self._decide(forfeiture, 16)
        with self._day(17):
            self._rpc(self.accountant, forfeiture, "action_review_submit")
            for user in (self.accountant, self.supervisor, self.gm):
                self.assertEqual(forfeiture.state, "proposed")
                self._sign(forfeiture, user)
        self.assertEqual(
            (forfeiture.review_state, forfeiture.state), ("approved", "decided")
        )
        self.assertEqual(len(forfeiture.review_id.task_ids), 3)

    def test_limit_of_its_seats(self):
        """[SLA-1] any document under review is told that its seats were in time."""
        self.env["order.time.limit"].create(
            {
                "name": "Seats",
                "res_model": "order.review.task",
                "start_event": "opened",
                "stop_event": "decided",
                "length": 8,
                "responsible": "addressee",
            }
        )
        forfeiture = self._proposal()
        with self._day(17):
            self._rpc(self.accountant, forfeiture, "action_review_submit")
            self._sign(forfeiture, self.accountant)
            self._end_of_transaction()
        told = self.env["order.event"].search(
            [("res_model", "=", forfeiture._name), ("res_id", "=", forfeiture.id)]
        )
        met = told.filtered(lambda event: event.code == "met")
        self.assertEqual(met.mapped("document_name"), [forfeiture.display_name])

    def test_another_amount_voids_signatures(self):
        """[DEP-3] whoever signed vouched for the amount."""
        forfeiture = self._proposal()
        with self._day(17):
            self._rpc(self.accountant, forfeiture, "action_review_submit")
            self._sign(forfeiture, self.accountant)
            forfeiture.with_user(self.accountant).write({"amount": 1, "reason": "No"})
            self._end_of_transaction()
        self.assertEqual(self._states(forfeiture)["Finance"], "open")

    def test_waived_through_the_review(self):
        """[DEP-3] giving up money is a decision like any other."""
        forfeiture = self._proposal()
        with self._day(17):
            forfeiture.with_user(self.accountant).reason = "Our own delay"
            self._rpc(self.accountant, forfeiture, "action_waive")
            self.assertEqual(
                (forfeiture.state, forfeiture.review_state), ("proposed", "running")
            )
            self._sign(forfeiture, self.accountant, self.supervisor, self.gm)
        self.assertEqual(forfeiture.state, "waived")

    def test_signers_open_the_form(self):
        """[DEP-3] the general manager sees what he signs."""
        forfeiture = self._proposal()
        with self._day(17):
            self._rpc(self.accountant, forfeiture, "action_review_submit")
            self._sign(forfeiture, self.accountant, self.supervisor)
            with Form(forfeiture.with_user(self.gm)) as form:
                self.assertEqual(form.amount, 2000)

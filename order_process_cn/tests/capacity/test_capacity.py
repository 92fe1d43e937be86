from datetime import date, datetime, timedelta

from freezegun import freeze_time
from pytz import utc

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.capacity.answer import find_answer
from ...models.capacity.order_capacity_check import find_all
from ..effect.test_effect import EffectCommon

NOW = datetime(2030, 5, 6, 0, 0)  # a Monday, eight o'clock in China


@tagged("post_install", "-at_install")
class TestCapacity(EffectCommon):
    """[PLN-5] whether production can make an order before its date is promised."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.company.resource_calendar_id
        calendar.tz = "Asia/Shanghai"
        cls.saw, cls.bench = cls.env["mrp.workcenter"].create(
            [
                {"name": "Saw", "time_efficiency": 50},
                {"name": "Bench", "time_start": 30},
            ]
        )
        cls.rotor = cls.env["product.product"].create(
            {"name": "Rotor", "is_storable": True}
        )
        boms = cls.env["mrp.bom"].create(
            [
                {
                    "product_tmpl_id": cls.pump.product_tmpl_id.id,
                    "bom_line_ids": [
                        Command.create({"product_id": cls.rotor.id, "product_qty": 2})
                    ],
                    "operation_ids": [cls._operation("Assemble", cls.bench, 60)],
                },
                {
                    "product_tmpl_id": cls.rotor.product_tmpl_id.id,
                    "operation_ids": [cls._operation("Turn", cls.saw, 15)],
                },
            ]
        )
        cls.bom = boms[0]
        cls.order_type.requires_technical = False
        cls.order_type.checks_capacity = True

    @staticmethod
    def _operation(name, centre, minutes):
        values = {"name": name, "workcenter_id": centre.id}
        return Command.create({**values, "time_cycle_manual": minutes})

    def setUp(self):
        super().setUp()
        freezer = freeze_time(NOW)
        freezer.start()
        self.addCleanup(freezer.stop)

    def _quoted(self, quantity, **values):
        values.setdefault("wanted_date", date(2030, 5, 10))
        line = {"product_id": self.pump.id, "product_uom_qty": quantity}
        return self._typed(order_line=[Command.create(line)], **values)

    def _ask(self, user, order, **values):
        wizards = self.env["order.capacity.wizard"].with_user(user)
        return wizards.create({"order_id": order.id, **values})

    def _rows(self, order):
        return {row["centre"]: row for row in find_answer(order.sudo())["centres"]}

    def test_answer(self):
        """[PLN-5] need, what is taken, what is free, the earliest day."""
        order = self._quoted(18)  # ten are in stock
        rows = self._rows(order)
        self.assertEqual(
            {
                name: (row["need"], row["taken"], row["earliest"])
                for name, row in rows.items()
            },
            {
                # sixteen rotors, fifteen minutes at half the speed
                "Saw": (480, 0, "2030-05-06"),
                "Bench": (510, 0, "2030-05-07"),
            },
        )
        self.assertEqual(rows["Bench"]["available"], 5 * 8 * 60)
        production = self.env["mrp.production"].create(
            {"product_id": self.pump.id, "bom_id": self.bom.id, "product_qty": 16}
        )
        production.action_confirm()
        row = self._rows(order)["Bench"]
        self.assertEqual((row["taken"], row["earliest"]), (990, "2030-05-09"))
        # what is begun counts for what is left of it
        production.workorder_ids.write({"qty_produced": 8})
        self.assertEqual(self._rows(order)["Bench"]["taken"], 510)
        # later work does not stand in the way
        production.workorder_ids.write({"qty_produced": 0})
        production.date_start = datetime(2030, 6, 3)
        self.assertEqual(self._rows(order)["Bench"]["taken"], 0)

    def test_calendar(self):
        """[PLN-5] days off, make-up days and time off of a work centre; core's planner
        follows them, too."""
        order = self._quoted(50, wanted_date=date(2030, 5, 31))  # 2,430 minutes
        self.assertEqual(self._rows(order)["Bench"]["earliest"], "2030-05-13")
        exceptions = self.env["order.calendar.exception"]
        exceptions.create({"date": date(2030, 5, 8), "kind": "day_off"})
        self.assertEqual(self._rows(order)["Bench"]["earliest"], "2030-05-14")
        exceptions.create({"date": date(2030, 5, 11), "kind": "make_up"})
        self.assertEqual(self._rows(order)["Bench"]["earliest"], "2030-05-13")
        self.env["resource.calendar.leaves"].create(
            {
                "resource_id": self.bench.resource_id.id,
                "calendar_id": self.bench.resource_calendar_id.id,
                "date_from": datetime(2030, 5, 13),
                "date_to": datetime(2030, 5, 13, 10),
            }
        )
        self.assertEqual(self._rows(order)["Bench"]["earliest"], "2030-05-14")
        for day, planned in ((8, 9), (11, 11)):
            start, _end = self.bench._get_first_available_slot(
                datetime(2030, 5, day, 0, 0), 60
            )
            self.assertEqual(start.day, planned)
        work = self.company.resource_calendar_id._work_intervals_batch(
            utc.localize(datetime(2030, 5, 8)), utc.localize(datetime(2030, 5, 12))
        )[False]
        self.assertEqual([item[0].day for item in work], [9, 9, 10, 10, 11, 11])

    def test_number_of_queries(self):
        """[PLN-5] at most twelve, however far the date and however many lines."""
        order = self._quoted(18)
        find_answer(order.sudo())
        lines = [
            Command.create({"product_id": self.pump.id, "product_uom_qty": number})
            for number in range(1, 30)
        ]
        for days, more in ((7, {}), (20, {}), (60, {"order_line": lines})):
            wanted = NOW.date() + timedelta(days=days)
            order.write({"wanted_date": wanted, **more})
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(days=days), self.assertQueryCount(12):
                find_answer(order.sudo())

    def test_promise(self):
        """[PLN-5] not promised before it was checked; late only for a reason that
        those may give whose matter it is; checked again when facts change."""
        order = self._quoted(80)
        for said in ("not checked yet", "days after 2030-05-10"):
            with self.assertRaisesRegex(UserError, said):
                self._rpc(self.salesman, order, "action_confirm")
            self._ask(self.salesman, order).action_keep()
        check = self.env["order.capacity.check"].search(
            [("order_id", "=", order.id)], limit=1
        )
        self.assertEqual((check.late_days, check.user_id), (6, self.salesman))
        self.assertIn("Bench", check.with_user(self.salesman).text)
        reason = self.env.ref("order_process_cn.order_capacity_reason_overtime")
        with self.assertRaisesRegex(AccessError, "said by the people of"):
            self._ask(self.salesman, order, reason_id=reason.id).action_pass()
        for values in ({"late_days": 0}, {"passed_on": NOW, "reason_id": reason.id}):
            with self.assertRaises(AccessError):
                self._rpc(self.salesman, check, "write", values)
            with self.assertRaises(AccessError):
                self._rpc(
                    self.salesman,
                    check.browse(),
                    "create",
                    {
                        "order_id": order.id,
                        "user_id": self.env.uid,
                        "date": NOW,
                        **values,
                    },
                )
        with self.assertRaisesRegex(AccessError, "cannot be altered"):
            check.late_days = 0
        with self.assertRaises(AccessError):
            check.unlink()
        with self.assertRaisesRegex(UserError, "Say why"):
            self._ask(self.salesman, order).action_pass()
        producer = self.signers["production"]
        with self.assertRaises(AccessError):  # he may not even see the order
            self._ask(producer, order, reason_id=reason.id).action_pass()
        order.sudo().user_id = producer
        producer.group_ids |= self.env.ref("sales_team.group_sale_salesman")
        values = {"reason_id": reason.id, "remark": "Two Saturdays"}
        self._ask(producer, order, **values).action_pass()
        self.assertEqual(check.passed_by_id, producer)
        order.sudo().user_id = self.salesman
        # another quantity is another promise
        order.order_line.product_uom_qty = 90
        with self.assertRaisesRegex(UserError, "changed since"):
            self._rpc(self.salesman, order, "action_confirm")
        order.order_line.product_uom_qty = 80
        with freeze_time(NOW + timedelta(days=8)):
            with self.assertRaisesRegex(UserError, "older than 7 days"):
                self._rpc(self.salesman, order, "action_confirm")
        self._rpc(self.salesman, order, "action_confirm")
        self.assertEqual(order.state, "sale")

    def test_who_asks(self):
        """[PLN-5] shown without rights on production; nothing of another's order."""
        order = self._quoted(80)
        self.assertIn("Bench", self._ask(self.salesman, order).answer)
        stranger = self._user("stranger", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self._ask(stranger, order)
        # nothing to make, or another type: nothing is asked
        line = [Command.create({"product_id": self.pump.id, "product_uom_qty": 4})]
        plain = self._typed(order_line=line)
        self._rpc(self.salesman, plain, "action_confirm")
        self.order_type.checks_capacity = False
        self._rpc(self.salesman, order, "action_confirm")
        self.assertEqual(set((plain | order).mapped("state")), {"sale"})

    def test_real_times(self):
        """[PLN-5] how long such goods really took stands beside it."""
        sold = self._quoted(1)
        reference = self.env["stock.reference"].create({"name": "Past"})
        sold.sudo().stock_reference_ids = reference
        sold.sudo().date_order = NOW - timedelta(days=30)
        productions = self.env["mrp.production"].create(
            [
                {
                    "product_id": self.pump.id,
                    "bom_id": self.bom.id,
                    "reference_ids": [Command.set(reference.ids)],
                }
                for _number in range(3)
            ]
        )
        self.env.flush_all()
        for production, days in zip(productions, (20, 10, 5), strict=True):
            self.env.cr.execute(
                "UPDATE mrp_production SET state = 'done', date_finished = %s "
                "WHERE id = %s",
                [NOW - timedelta(days=days), production.id],
            )
        self.env.invalidate_all()
        (time,) = find_answer(self._quoted(18).sudo())["times"]
        self.assertEqual((time["median"], time["count"]), (20, 3))

    def test_impact(self):
        """[PLN-7] what slips if an order comes first, whose, and what it is worth; the
        money for those only who see prices. The decision keeps it."""
        sold = self._quoted(1)
        reference = self.env["stock.reference"].create({"name": "Open"})
        sold.sudo().stock_reference_ids = reference
        near, far = self.env["mrp.production"].create(
            [
                {
                    "product_id": self.pump.id,
                    "bom_id": self.bom.id,
                    "product_qty": 4,
                    "date_start": begin,
                    "date_deadline": begin + timedelta(days=1),
                    "reference_ids": [Command.set(reference.ids)],
                }
                for begin in (NOW, NOW + timedelta(days=28))
            ]
        )
        (near | far).action_confirm()
        order = self._quoted(34, is_urgent=True, urgent_reason="Fair")
        wizard = self._ask(self.salesman, order)
        answer = find_all(order.sudo())["impact"]
        self.assertEqual(
            [
                (row["production"], row["days"], row["late_days"])
                for row in answer["rows"]
            ],
            [(near.name, 3, 2)],
        )
        (row,) = answer["rows"]
        self.assertEqual(row["customers"], self.partner.name)
        self.assertEqual(row["amount"], sold.sudo().amount_total)
        worth = f"{row['amount']:,.2f}"
        self.assertIn(worth, wizard.answer)
        # [SEC-1] nothing of the orders of colleagues is told to who does not see them
        sold.sudo().user_id = self.supervisor
        told = self._ask(self.salesman, order).answer
        self.assertIn(near.name, told)
        for secret in (worth, sold.name, self.partner.name):
            self.assertNotIn(secret, told)
        worker = self._user("impact_worker", "mrp.group_mrp_user")
        check = self.env["order.capacity.check"]._record(order.sudo())
        self.assertNotIn(worth, check.with_user(worker).text)
        self.assertIn(near.name, check.with_user(worker).text)
        self.order_type.shows_impact = True
        order._after_review("approved")
        kept = check.search([("order_id", "=", order.id)])
        self.assertEqual(len(kept), 2)
        near.date_start = NOW + timedelta(days=28)
        self.assertEqual(kept[0].capacity_answer["impact"], answer)
        # urgent is enough: the decision keeps it, whatever the type says
        self.order_type.shows_impact = False
        order._after_review("approved")
        self.assertEqual(check.search_count([("order_id", "=", order.id)]), 3)
        # what is read does not grow with what is open
        find_all(order.sudo())
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            find_all(order.sudo())

    def _seals(self, *arrivals):
        """Return a part of the pump that is bought, and comes in ``(days, quantity)``
        from now."""
        seal = self.env["product.product"].create({"name": "Seal", "is_storable": True})
        self.bom.bom_line_ids = [
            Command.create({"product_id": seal.id, "product_qty": 1})
        ]
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.env["stock.move"].create(
            [
                {
                    "product_id": seal.id,
                    "product_uom_qty": quantity,
                    "date": NOW + timedelta(days=days),
                    "location_id": self.env.ref("stock.stock_location_suppliers").id,
                    "location_dest_id": warehouse.lot_stock_id.id,
                    "picking_type_id": warehouse.in_type_id.id,
                }
                for days, quantity in arrivals
            ]
        )._action_confirm(merge=False)
        return seal

    def test_impact_of_parts(self):
        """[PLN-7] 齐套: an order that comes first takes parts for which others wait;
        what is reserved stays with whom it is reserved for."""
        seal = self._seals((2, 10), (9, 20))
        production = self.env["mrp.production"].create(
            {
                "product_id": self.pump.id,
                "bom_id": self.bom.id,
                "product_qty": 8,
                "date_start": NOW,
            }
        )
        production.action_confirm()
        order = self._quoted(20, is_urgent=True, urgent_reason="Fair")  # ten in stock

        def read():
            self.env.invalidate_all()
            rows = find_all(order.sudo())["impact"]["rows"]
            return [(row["production"], row["days"], row["centre"]) for row in rows]

        # eight seals come in two days; with ten more, in nine
        self.assertEqual(read(), [(production.name, 7, seal.display_name)])
        # nobody knows when so many come
        order.order_line.product_uom_qty = 40
        self.assertEqual(read(), [(production.name, None, seal.display_name)])
        self.assertIn("not known", self._ask(self.salesman, order).answer)
        # what is reserved waits for nothing: the saw and the bench are left
        stock = production.location_src_id
        self.env["stock.quant"]._update_available_quantity(seal, stock, 8)
        production.action_assign()
        self.assertEqual({row[2] for row in read()} - {"Bench", "Saw"}, set())
        with self.assertQueryCount(23):
            read()

    def test_card_on_the_panel(self):
        """[PLN-7] whoever signs sees it on the panel: now, and once it is decided what
        he was shown; nothing more is asked for other orders, nothing told to others."""
        seal = self._seals((2, 10), (9, 20))
        production = self.env["mrp.production"].create(
            {"product_id": self.pump.id, "bom_id": self.bom.id, "product_qty": 8}
        )
        production.action_confirm()
        self._make_route([self._stage("Check", "production")], name="Asked")
        plain, urgent = (
            self._quoted(20, **values)
            for values in ({}, {"is_urgent": True, "urgent_reason": "Fair"})
        )
        for order in (plain, urgent):
            self._rpc(self.salesman, order, "action_review_submit")
        producer = self.signers["production"]
        panels = {}
        for order in (plain, urgent):
            self.env.invalidate_all()
            own = order.with_user(producer)
            panels[order] = self._rpc(producer, own, "read", ["review_panel"])[0]
        self.assertNotIn("cards", panels[plain]["review_panel"])
        review = urgent.review_id
        self.assertEqual(panels[urgent]["review_panel"]["cards"], review.id)
        (card,) = self._rpc(producer, review, "draw_cards")
        self.assertIn(production.name, card)
        self.assertIn(seal.name, card)
        self.assertFalse(self._rpc(producer, plain.review_id, "draw_cards"))
        stranger = self._user("card_stranger", "mrp.group_mrp_user")
        portal = self._user("card_portal", "base.group_portal")
        for user in (stranger, portal):
            with self.assertRaises(AccessError):
                self._rpc(user, review, "draw_cards")
        self._sign(urgent, "production")
        production.action_cancel()
        (kept,) = self._rpc(producer, review, "draw_cards")
        self.assertIn(production.name, kept)
        self.assertIn("as it was shown at the approval", kept)

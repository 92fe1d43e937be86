from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.effect.take_back import get_all_productions, get_all_purchases
from ..money.money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestStagedEffect(MoneyCommon):
    """[DEP-9] what an order may cause before its deposit, by its type: nothing, or
    planning with purchases that stop when they are ordered, or long-lead purchasing and
    a stop where production starts. A machine is made to order of a casting that takes
    long to come, a bolt that does not, and a coat that a subcontractor makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls._user("buyer", "purchase.group_purchase_user")
        cls.worker = cls._user("worker", "mrp.group_mrp_user")
        cls.stocker = cls._user("stocker", "stock.group_stock_user")
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        mto = cls.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        make = cls.warehouse.manufacture_pull_id.route_id
        buy = cls.warehouse.buy_pull_id.route_id
        cls.product.write(
            {"is_storable": True, "route_ids": [Command.set((mto + make).ids)]}
        )
        cls.parts = {}
        for name, days in (("casting", 45), ("bolt", 5), ("coat", 60)):
            vendor = cls.env["res.partner"].create({"name": f"Vendor of {name}"})
            cls.parts[name] = cls.env["product.product"].create(
                {
                    "name": name,
                    "is_storable": True,
                    "route_ids": [Command.set((mto + buy).ids)],
                    "seller_ids": [
                        Command.create({"partner_id": vendor.id, "delay": days})
                    ],
                }
            )
        blank = cls.env["product.product"].create({"name": "Blank"})
        coat = cls.parts["coat"]
        cls._bill(coat, blank, subcontractor=coat.seller_ids.partner_id)
        cls._bill(cls.product, *cls.parts.values())

    @classmethod
    def _bill(cls, product, *parts, subcontractor=None):
        values = {}
        if subcontractor:
            values = {
                "type": "subcontract",
                "subcontractor_ids": [Command.set(subcontractor.ids)],
            }
        return cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "bom_line_ids": [
                    Command.create({"product_id": part.id, "product_qty": 1})
                    for part in parts
                ],
                **values,
            }
        )

    def _begun(self, stage):
        """Return an order of a type of ``stage``, confirmed without its deposit."""
        self.order_type.before_deposit = stage
        return self._deposit_order()

    def _purchase(self, order, name):
        lines = get_all_purchases(order).order_line
        return lines.filtered(lambda line: line.product_id == self.parts[name]).order_id

    def assertStopped(self, user, records, method, *args, words="[Dd]eposit"):
        with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
            self._rpc(user, records, method, *args)
            self.env.flush_all()
        self.env.invalidate_all()

    def test_nothing_before(self):
        """P10: nothing at all; the setting of the type costs nothing and changes no
        order that was confirmed before."""
        order = self._deposit_order()
        self.assertEqual(order.effect_state, "held")
        self.assertFalse(order.order_line.move_ids)
        self.assertFalse(get_all_productions(order))
        self.order_type.before_deposit = "buy"
        self._run_worker()
        self.assertEqual((order.effect_state, order.before_deposit), ("held", False))
        self.assertNotIn("wait for Deposit", self.order_type.applying_note)
        self.assertIn("long-lead", self.order_type.applying_note)

    def test_purchases_are_prepared(self):
        """Production is planned, vendors are asked; nothing is ordered, on no road."""
        order = self._begun("plan")
        self.assertEqual(
            (order.effect_state, order.before_deposit), ("effective", "plan")
        )
        self.assertEqual(get_all_productions(order).state, "confirmed")
        for name in self.parts:
            with self.subTest(part=name):
                purchase = self._purchase(order, name)
                self.assertEqual(purchase.state, "draft")
                self.assertIn(order.name, purchase.with_user(self.buyer).deposit_note)
                self.assertStopped(self.buyer, purchase, "button_confirm")
                self.assertStopped(self.buyer, purchase, "write", {"state": "purchase"})
        # the scheduler, and a purchase made for it by hand
        self.env["stock.rule"].run_scheduler()
        purchase = self._purchase(order, "bolt")
        self.assertEqual(purchase.state, "draft")
        with self.assertRaisesRegex(UserError, "deposit"), self.cr.savepoint():
            purchase.sudo().button_confirm()
        copied = {
            "partner_id": purchase.partner_id.id,
            "state": "purchase",
            "reference_ids": [Command.set(purchase.reference_ids.ids)],
            "order_line": [
                Command.create({"product_id": self.parts["bolt"].id, "product_qty": 1})
            ],
        }
        with self.assertRaisesRegex(UserError, "deposit"), self.cr.savepoint():
            self.env["purchase.order"].create(copied)
            self.env.flush_all()
        # the type says something else now: this order goes on as it began
        self.order_type.before_deposit = "nothing"
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self.assertStopped(self.buyer, purchase, "button_confirm")

    def test_production_waits(self):
        """What takes long is ordered, production does not start and nothing leaves;
        with the money all goes on, and without it again it stops again."""
        order = self._begun("buy")
        production = get_all_productions(order)
        for name in ("bolt", "coat"):
            self.assertStopped(
                self.buyer, self._purchase(order, name), "button_confirm"
            )
        casting = self._purchase(order, "casting")
        self._rpc(self.buyer, casting, "button_confirm")
        self.assertEqual(casting.state, "purchase")
        self._assert_not_made(production)
        shelf = self.warehouse.lot_stock_id
        self.env["stock.quant"]._update_available_quantity(self.product, shelf, 1)
        delivery = order.picking_ids
        move = delivery.move_ids.with_user(self.stocker)
        self.assertStopped(
            self.stocker,
            move,
            "write",
            {"procure_method": "make_to_stock", "quantity": 1, "state": "done"},
        )
        # the money comes
        payment = self._advance(order)
        self._run_worker()
        self._rpc(self.buyer, self._purchase(order, "bolt"), "button_confirm")
        made = self.env["mrp.production"].search([("product_id", "=", self.product.id)])
        self.assertEqual(made, production)
        # … and goes
        payment.action_draft()
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self.assertIn("stop", order.activity_ids.mapped("note")[-1])
        self.assertStopped(self.buyer, self._purchase(order, "coat"), "button_confirm")
        self._assert_not_made(production)
        bolt = self._purchase(order, "bolt").order_line
        self._rpc(self.buyer, bolt, "write", {"product_qty": 0.5})
        self.assertStopped(self.buyer, bolt, "write", {"product_qty": 3})
        # … and is there for good
        payment.action_post()
        self._rpc(self.buyer, self._purchase(order, "coat"), "button_confirm")
        self._rpc(self.worker, production, "write", {"qty_producing": 1})
        self.assertEqual(production.state, "to_close")

    def _assert_not_made(self, production):
        for method, *args in (
            ("action_start",),
            ("button_mark_done",),
            ("write", {"qty_producing": 1}),
            ("write", {"state": "progress"}),
        ):
            with self.subTest(road=method, values=args):
                self.assertStopped(self.worker, production, method, *args)
        self.assertEqual(production.state, "confirmed")

    def test_bought_together(self):
        """What is bought for another order goes on without what waits."""
        order = self._begun("plan")
        self.order_type.before_deposit = "nothing"
        other = self._deposit_order()
        self._advance(other)
        self._run_worker()
        self.assertEqual(other.effect_state, "effective")
        purchases = self._purchase(other, "bolt") | self._purchase(order, "bolt")
        self._rpc(self.buyer, purchases, "action_merge")
        purchase = purchases.filtered(lambda p: p.state != "cancel")
        lines = purchase.order_line
        self.assertEqual(lines.mapped("product_qty"), [2])
        self.assertStopped(self.buyer, purchase, "button_confirm", words=order.name)
        self._rpc(self.buyer, lines, "write", {"product_qty": 1})
        self._rpc(self.buyer, purchase, "button_confirm")
        self.assertEqual(purchase.state, "purchase")

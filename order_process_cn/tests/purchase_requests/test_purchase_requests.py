from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..production.production_common import ProductionCommon


@tagged("post_install", "-at_install")
class TestPurchaseRequests(ProductionCommon):
    """[MFG-3] what is missing is requested, released and bought; where the company asks
    for it, nothing else, on no road."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.work_route.active = cls.route.active = False
        cls.buyer = cls._user("buyer", "purchase.group_purchase_user")
        cls.vendor = cls.env["res.partner"].create({"name": "Foundry"})
        cls.parts = cls._make_parts(3)
        cls.company.order_purchase_gate = "storable"

    @classmethod
    def _make_parts(cls, count):
        return cls.env["product.product"].create(
            [
                {
                    "name": f"Part {number}",
                    "is_storable": True,
                    "seller_ids": [Command.create({"partner_id": cls.vendor.id})],
                }
                for number in range(count)
            ]
        )

    def _needing(self, parts, quantity=10):
        """Return a production order that needs ``quantity`` of each part."""
        production = self.env["mrp.production"].create(
            {
                "product_id": self.pump.id,
                "product_qty": 1,
                "bom_id": False,
                "move_raw_ids": [
                    Command.create({"product_id": p.id, "product_uom_qty": quantity})
                    for p in parts
                ],
            }
        )
        production.action_confirm()
        return production

    def _request(self, production, **values):
        return (
            self.env["order.purchase.request"]
            .with_user(self.worker)
            .create({"production_ids": [Command.set(production.ids)], **values})
        )

    def _bought(self, production):
        """Return a released request and what vendors were asked for on it."""
        request = self._request(production)
        self._rpc(self.worker, request, "action_fill")
        self._rpc(self.worker, request, "action_release")
        self._rpc(self.buyer, request, "action_make_rfqs")
        return request, request.sudo().line_ids.purchase_line_ids.order_id

    def assertRefused(self, act, words, error=UserError):
        with self.assertRaisesRegex(error, words), self.cr.savepoint():
            act()
            self.env.flush_all()
        self.env.invalidate_all()

    def test_shortages(self):
        """As many queries for a hundred components as for a few."""
        self._put_in_stock(self.parts[0])
        self.env["stock.quant"]._update_available_quantity(
            self.parts[1],
            self.env["stock.warehouse"]
            .search([("company_id", "=", self.company.id)], limit=1)
            .lot_stock_id,
            4,
        )
        production = self._needing(self.parts)
        request = self._request(production)
        self._rpc(self.worker, request, "action_fill")
        found = {
            line.product_id: (line.on_hand, line.shortage, line.quantity)
            for line in request.line_ids
        }
        self.assertEqual(found, {self.parts[1]: (4, 6, 6), self.parts[2]: (0, 10, 10)})
        self.assertEqual(set(request.line_ids.mapped("use")), {production.name})
        # what is requested or asked of a vendor is not asked for again
        self._rpc(self.worker, request, "action_release")
        again = self._request(production)
        self.assertRefused(
            lambda: self._rpc(self.worker, again, "action_fill"), "nothing is missing"
        )
        self._rpc(self.buyer, request, "action_make_rfqs")
        self.assertRefused(
            lambda: self._rpc(self.worker, again, "action_fill"), "nothing is missing"
        )
        few, many = (self._needing(self._make_parts(count)) for count in (5, 120))
        costs = []
        for needing in (few, many):
            asking = self._request(needing).sudo()
            self._begin()
            before = self.cr.sql_log_count
            needed = len(needing.move_raw_ids)
            self.assertEqual(len(asking._find_shortages()), needed)
            costs.append(self.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0])
        self._begin()
        with self.assertQueryCount(15):
            asking._find_shortages()

    def test_every_road(self):
        request, order = self._bought(self._needing(self.parts[0]))
        line = order.order_line
        for late in (
            {"quantity": 90},
            {"quantity": 90, "shortage": 90},
        ):
            late |= {"request_id": request.id, "product_id": self.parts[1].id}
            self.assertRefused(
                lambda v=late: self._rpc(
                    self.worker, self.env["order.purchase.request.line"], "create", [v]
                ),
                "",
                (AccessError, UserError),
            )
        self.assertEqual((order.partner_id, line.product_qty), (self.vendor, 10))
        self.assertEqual(order.create_uid, self.buyer)
        orders = self.env["purchase.order"]
        goods = Command.create({"product_id": self.parts[0].id, "product_qty": 3})
        free = orders.with_user(self.buyer).create(
            {"partner_id": self.vendor.id, "order_line": [goods]}
        )
        roads = {
            "button": lambda: self._rpc(self.buyer, free, "button_confirm"),
            "state": lambda: self._rpc(
                self.buyer, free, "write", {"state": "purchase"}
            ),
            "new": lambda: self._rpc(
                self.buyer,
                orders,
                "create",
                [
                    {
                        "partner_id": self.vendor.id,
                        "state": "purchase",
                        "order_line": [goods],
                    }
                ],
            ),
        }
        for name, road in roads.items():
            with self.subTest(name):
                self.assertRefused(road, "not requested")
        # what somebody else asked for covers nothing
        free.order_line.order_request_line_id = request.line_ids
        self.assertRefused(
            lambda: (
                self._rpc(self.buyer, order, "button_confirm"),
                self._rpc(self.buyer, free, "button_confirm"),
            ),
            "13 Units ordered",
        )
        self._rpc(self.buyer, order, "button_confirm")
        self.assertEqual(order.state, "purchase")
        self.assertEqual(request.line_ids.quantity_ordered, 10)
        dozen = self.env.ref("uom.product_uom_dozen")
        for vals in (
            {"product_qty": 11},
            {"product_uom_id": dozen.id},
            {"order_request_line_id": False},
            {"product_id": self.parts[1].id},
        ):
            with self.subTest(vals):
                self.assertRefused(
                    lambda v=vals: self._rpc(self.buyer, line, "write", v),
                    "ordered|not requested|something else",
                )
        self.assertRefused(
            lambda: self._rpc(self.buyer, order, "write", {"order_line": [goods]}),
            "not requested",
        )
        # less than was asked for is no question
        self._rpc(self.buyer, line, "write", {"product_qty": 8})
        self.assertEqual(request.line_ids.quantity_ordered, 8)
        # a request that was given up covers nothing any more
        _other, second = self._bought(self._needing(self.parts[1]))
        self._rpc(self.worker, _other, "action_cancel")
        self.assertRefused(
            lambda: self._rpc(self.buyer, second, "button_confirm"), "not released"
        )

    def test_merged_and_of_before(self):
        request, order = self._bought(self._needing(self.parts[0]))
        goods = {"product_id": self.parts[0].id, "product_qty": 3}
        old = order.with_user(self.buyer).create(
            {"partner_id": self.vendor.id, "order_line": [Command.create(goods)]}
        )
        # one of before stays as it is
        self.env.flush_all()
        self.cr.execute(
            "UPDATE purchase_order_line SET create_date = '2020-01-01' WHERE id IN %s",
            [tuple(old.order_line.ids)],
        )
        self.env.invalidate_all()
        with self.cr.savepoint() as savepoint:
            old.button_confirm()
            self.assertEqual(old.state, "purchase")
            self.assertRefused(
                lambda: old.order_line.write({"product_qty": 4}), "not requested"
            )
            savepoint.rollback()
        self.env.invalidate_all()
        # but does not grow, nor takes others in
        old.order_line.date_planned = order.order_line.date_planned
        old.date_order = fields.Datetime.subtract(old.date_order, days=1)
        (old | order).with_user(self.buyer).action_merge()
        self.assertEqual(old.order_line.product_qty, 13)
        self.assertRefused(
            lambda: self._rpc(self.buyer, old, "button_confirm"), "not requested"
        )
        # nobody asks: as core, without a query
        self.company.order_purchase_gate = "none"
        self.env.flush_all()
        self.env["res.company"]._get_purchase_gates()
        lines = old.order_line
        with self.assertQueryCount(0):
            lines._check_requested()
        old.button_confirm()
        self.assertEqual(old.state, "purchase")
        self.assertTrue(request)

    def test_approval_and_rights(self):
        route = self._make_route(
            [self._stage("Decision", "gm")],
            name="Purchases",
            res_model="order.purchase.request",
            order_type_ids=[Command.clear()],
            submitter_policy="allow",
        )
        request = self._request(self._needing(self.parts[0]))
        self._rpc(self.worker, request, "action_fill")
        self.assertRefused(
            lambda: self._rpc(self.worker, request, "action_release"), "not submitted"
        )
        self._rpc(self.worker, request, "action_review_submit")
        self._sign(request, self.gm)
        self.assertEqual(request.state, "released")
        for user, act in (
            (self.worker, "action_make_rfqs"),
            (self.buyer, "action_fill"),
        ):
            self.assertRefused(
                lambda u=user, a=act: self._rpc(u, request, a), "", AccessError
            )
        for vals in ({"state": "draft"}, {"name": "X"}):
            self.assertRefused(
                lambda v=vals: self._rpc(self.worker, request, "write", v),
                "",
                AccessError,
            )
        self.assertRefused(
            lambda: self._rpc(self.worker, request.line_ids, "write", {"quantity": 99}),
            "is closed",
        )
        self.assertTrue(route)
        # bought on it in part, when its review is ended: nothing more is
        self._rpc(self.buyer, request, "action_make_rfqs")
        order = request.sudo().line_ids.purchase_line_ids.order_id
        with self.cr.savepoint() as savepoint:
            self._end_review(request)
            self.assertEqual(request.state, "draft")
            self.assertRefused(
                lambda: self._rpc(self.buyer, order, "button_confirm"), "not released"
            )
            # and approved anew
            self._rpc(self.worker, request, "action_review_submit")
            self._sign(request, self.gm)
            self.assertEqual(request.state, "released")
            savepoint.rollback()
        self.env.invalidate_all()
        self._rpc(self.buyer, order, "button_confirm")
        # what was ordered by it is not undone
        self.assertRefused(lambda: self._end_review(request), "Not running")
        self.assertEqual(request.state, "released")
        for code in ("f08_purchase_request", "f09_subcontracting_plan"):
            html = self.env["ir.actions.report"]._render_qweb_html(
                f"order_process_cn.report_{code}", request.ids
            )[0]
            self.assertIn("Part 0", html.decode())

    def _end_review(self, document):
        review = document.sudo().review_id
        self._rpc(self.administrator, review, "action_terminate", "A mistake")
        self.env.invalidate_all()

    def test_made_outside(self):
        """[MFG-3] parts that a subcontractor makes go to him, with his bill of
        materials."""
        part = self.parts[0]
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": part.product_tmpl_id.id,
                "type": "subcontract",
                "subcontractor_ids": [Command.set(self.vendor.ids)],
                "bom_line_ids": [Command.create({"product_id": self.component.id})],
            }
        )
        production = self._needing(self.parts[:2])
        material = self._request(production)
        self._rpc(self.worker, material, "action_fill")
        self.assertEqual(material.line_ids.product_id, self.parts[1])
        outside = self._request(production, kind="outsourcing")
        self._rpc(self.worker, outside, "action_fill")
        self.assertEqual(outside.line_ids.product_id, part)
        other = self.env["res.partner"].create({"name": "Other"})
        outside.line_ids.partner_id = other
        self._rpc(self.worker, outside, "action_release")
        self.assertRefused(
            lambda: self._rpc(self.buyer, outside, "action_make_rfqs"),
            "no bill of materials of the type",
        )
        outside.sudo().line_ids.partner_id = False
        self._rpc(self.buyer, outside, "action_make_rfqs")
        order = outside.sudo().line_ids.purchase_line_ids.order_id
        # whoever buys has no right on production: core makes what is made outside
        self.assertFalse(self.buyer.has_group("mrp.group_mrp_user"))
        self._rpc(self.buyer, order, "button_confirm")
        receipt = order.picking_ids.move_ids
        self.assertTrue(receipt.is_subcontract)
        made = receipt.move_orig_ids.production_id
        self.assertEqual((made.state, made.create_uid), ("confirmed", self.buyer))
        self._rpc(self.buyer, order, "button_cancel")
        self.assertEqual((order.state, made.state), ("cancel", "cancel"))

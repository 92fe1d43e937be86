from copy import deepcopy

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.effect.take_back import get_all_productions
from ...models.intake.classification import get_order_type
from .test_launch import LaunchCommon

GROWN = 101


@tagged("post_install", "-at_install")
class TestServedByHandMatrix(LaunchCommon):
    """[CFM-3] [REV-5] K1: transfer, production, purchase line and purchase × linked to
    the line, by reference, by a reference that is hung on later × every standing of an
    order: nothing beyond what was signed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls._user(
            "worker",
            "stock.group_stock_user,mrp.group_mrp_user,purchase.group_purchase_user,"
            "sales_team.group_sale_salesman_all_leads",
        )
        cls.vendor = cls.env["res.partner"].create({"name": "Vendor"})
        cls.customers = cls.env.ref("stock.stock_location_customers")

    def _make_scene(self):
        self.growing = self._growing()

    # -- the standings -----------------------------------------------------------------

    def _unsubmitted(self):
        return self._order(order_line=[self._line(self.made, 4)])

    def _declined(self):
        order = self._submit(order_line=[self._line(self.made, 4)])
        self._sign(order, "sales", decision="decline", opinion="No")
        return order

    def _held_back(self):
        order = self._approve(order_line=[self._line(self.made, 4)])
        order.action_confirm()
        self.assertEqual(order.effect_state, "held")
        return order

    def _cancelled(self):
        order = self._reviewed(self.made)
        order.write({"state": "cancel"})
        return order

    def _proposed(self):
        """Nobody chose the type: a rule proposes it, and it alone asks something."""
        other = self.env["order.type"].create({"name": "Other"})
        self.route.order_type_ids = other
        order = self._unsubmitted()
        self.assertFalse(order.order_type_id or order.needs_review)
        self.assertEqual(get_order_type(order), self.order_type)
        return order

    def _proposed_and_cancelled(self):
        order = self._proposed()
        order.write({"state": "cancel"})
        return order

    def _growing(self):
        order = self._reviewed(self.made)
        order.order_line.product_uom_qty = GROWN
        self._end_of_transaction()
        self.assertEqual(
            (order.review_state, order.order_line.held_quantity),
            (
                "running",
                GROWN - 4,
            ),
        )
        return order

    def _growing_without_conditions(self):
        order = self._reviewed(self.made, conditions=False)
        order.order_line.product_uom_qty = GROWN
        self._end_of_transaction()
        return order

    # -- the roads ---------------------------------------------------------------------

    def _values(self, model, quantity):
        warehouse = self.warehouse
        return {
            "stock.move": {
                "product_id": self.made.id,
                "product_uom_qty": quantity,
                "location_id": warehouse.lot_stock_id.id,
                "location_dest_id": self.customers.id,
            },
            "mrp.production": {"product_id": self.made.id, "product_qty": quantity},
            "purchase.order.line": {
                "product_id": self.made.id,
                "product_qty": quantity,
            },
            "purchase.order": {
                "partner_id": self.vendor.id,
                "order_line": [
                    Command.create(
                        {"product_id": self.made.id, "product_qty": quantity}
                    )
                ],
            },
        }[model]

    def _roads(self, order, quantity):
        """Yield every way of serving the order by hand."""
        line = {"sale_line_id": order.sudo().order_line[0].id}
        for model in ("stock.move", "mrp.production"):
            values = self._values(model, quantity)
            yield f"{model} linked", lambda m=model, v=values: self._make(m, v | line)
            yield (
                f"{model} linked later",
                lambda m=model, v=values: self._rpc(
                    self.worker, self._make(m, v), "write", line
                ),
            )
        bought = self._values("purchase.order.line", quantity) | line
        purchase = {
            "partner_id": self.vendor.id,
            "order_line": [Command.create(bought)],
        }
        yield "purchase line", lambda: self._make("purchase.order", purchase)
        for model in ("stock.move", "mrp.production", "purchase.order"):
            values = self._values(model, quantity)
            yield from self._referring(order, model, values)

    def _referring(self, order, model, values):
        def reference(*orders):
            return self.env["stock.reference"].create(
                {"name": "By hand", "sale_ids": [Command.set([o.id for o in orders])]}
            )

        def at_once():
            link = {"reference_ids": [Command.link(reference(order).id)]}
            self._make(model, values | link)

        def later():
            link = {"reference_ids": [Command.link(reference(order).id)]}
            self._rpc(self.worker, self._make(model, values), "write", link)

        def hung_on():
            empty = reference()
            link = {"reference_ids": [Command.link(empty.id)]}
            self._make(model, values | link)
            empty.write({"sale_ids": [Command.link(order.id)]})

        def from_the_order():
            empty = reference()
            link = {"reference_ids": [Command.link(empty.id)]}
            self._make(model, values | link)
            order.sudo().write({"stock_reference_ids": [Command.link(empty.id)]})

        yield f"{model} by reference", at_once
        yield f"{model} by reference later", later
        yield f"{model}, reference hung on", hung_on
        yield f"{model}, reference from the order", from_the_order

    def _make(self, model, values):
        # core writes into what it is given
        made = self._rpc(self.worker, self.env[model], "create", [deepcopy(values)])
        return self.env[model].browse(made)

    def _assert_refused(self, order, quantity, words):
        for road, play in self._roads(order, quantity):
            with (
                self.subTest(road=road),
                self.assertRaisesRegex(UserError, words),
                self.cr.savepoint(),
            ):
                play()
            self.env.invalidate_all()

    def _assert_open(self, order, quantity):
        for road, play in self._roads(order, quantity):
            with self.subTest(road=road):
                savepoint = self.cr.savepoint()
                play()
                savepoint.close(rollback=True)
            self.env.invalidate_all()

    # -- nothing at all ----------------------------------------------------------------

    def test_unsubmitted(self):
        self._assert_refused(self._unsubmitted(), 1, "Nothing may serve")

    def test_declined(self):
        self._assert_refused(self._declined(), 1, "Nothing may serve")

    def test_held(self):
        self._assert_refused(self._held_back(), 1, "Nothing may serve")

    def test_cancelled(self):
        self._assert_refused(self._cancelled(), 1, "Nothing may serve")

    def test_type_only_proposed(self):
        self._assert_refused(self._proposed(), 1, "Nothing may serve")

    def test_type_only_proposed_and_cancelled(self):
        self._assert_refused(self._proposed_and_cancelled(), 1, "Nothing may serve")

    def test_type_only_proposed_is_held(self):
        """The confirmation fixes the type: the order waits for what it asks."""
        order = self._proposed()
        order.action_confirm()
        self.assertEqual(order.effect_state, "held")
        self._assert_refused(order, 1, "Nothing may serve")

    # -- no more than was signed -------------------------------------------------------

    def test_growth_waits(self):
        """Four are launched and four were signed: not one more."""
        order = self.growing
        self._make_missing(order)
        self._assert_refused(order, 1, "than was signed")

    def test_growth_waits_without_conditions(self):
        order = self._growing_without_conditions()
        self._make_missing(order)
        self._assert_refused(order, GROWN, "than was signed")

    def _make_missing(self, order):
        """Four were bought as well, so that each kind has what was signed."""
        values = self._values("purchase.order.line", 4)
        values["sale_line_id"] = order.order_line.id
        self._make(
            "purchase.order",
            {"partner_id": self.vendor.id, "order_line": [Command.create(values)]},
        )

    def test_what_was_signed_may_be_made_anew(self):
        """A transfer that was cancelled may be replaced while the growth waits."""
        order = self.growing
        order.picking_ids.action_cancel()
        get_all_productions(order).action_cancel()
        self._assert_open(order, 4)
        self._assert_refused(order, 5, "than was signed")

    def test_enlarged_afterwards(self):
        """Not by a larger number in what is there either."""
        order = self.growing
        self._make_missing(order)
        for documents, name in (
            (order.order_line.move_ids, "product_uom_qty"),
            (get_all_productions(order), "product_qty"),
            (order.order_line.purchase_line_ids, "product_qty"),
        ):
            self.assertTrue(documents)
            with (
                self.subTest(documents._name),
                self.assertRaisesRegex(UserError, "than was signed"),
                self.cr.savepoint(),
            ):
                self._rpc(self.worker, documents, "write", {name: 5})

    def test_revived(self):
        """A cancelled transfer comes back only for what is not served otherwise."""
        order = self.growing
        old = order.order_line.move_ids.filtered(lambda m: m.state != "cancel")
        order.picking_ids.action_cancel()
        values = self._values("stock.move", 4)
        self._make("stock.move", values | {"sale_line_id": order.order_line.id})
        with self.assertRaisesRegex(UserError, "than was signed"):
            self._rpc(self.worker, old, "write", {"state": "confirmed"})

    def test_added_line(self):
        """A line that nobody has signed for is not served at all."""
        order = self._reviewed(self.made)
        order.write({"order_line": [self._line(self.pump, 7)]})
        self._end_of_transaction()
        added = order.order_line.filtered(lambda line: line.product_id == self.pump)
        values = self._values("stock.move", 1)
        values |= {"product_id": self.pump.id, "sale_line_id": added.id}
        with self.assertRaisesRegex(UserError, "than was signed"):
            self._make("stock.move", values)

    def test_names_who_can_do_something(self):
        order = self.growing
        values = self._values("stock.move", 3) | {"sale_line_id": order.order_line.id}
        with self.assertRaisesRegex(
            UserError, "(?s)7.*of 4.*ask opc_assistant"
        ) as caught:
            self._make("stock.move", values)
        self.assertIn(order.name, str(caught.exception))

    def test_another_order_does_not_cover(self):
        """A purchase for two orders buys no more than both may get."""
        growing = self.growing
        self._make_missing(growing)
        other = self._reviewed(self.made, 3)
        reference = self.env["stock.reference"].create(
            {"name": "Both", "sale_ids": [Command.set((growing | other).ids)]}
        )
        link = {"reference_ids": [Command.link(reference.id)]}
        self._make("purchase.order", self._values("purchase.order", 3) | link)
        with self.assertRaisesRegex(UserError, "than was signed"):
            self._make("purchase.order", self._values("purchase.order", 4) | link)

    # -- left alone --------------------------------------------------------------------

    def test_warehouse_goes_on(self):
        """Partial deliveries, divided production and a refused part of a growth go
        their way while the growth waits."""
        order = self.growing
        production = get_all_productions(order)
        production._split_productions({production: [1, 3]})
        self.assertEqual(self._making(order), 4)
        picking = order.picking_ids
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(picking.state, "done")
        self.assertEqual(self._moving(order), 4)
        order.order_line.product_uom_qty = 3
        self.assertEqual(self._moving(order), 3)

    def test_signed_growth_may_be_served(self):
        order = self.growing
        self._sign_again(order)
        self.assertEqual(self._launched(order), (GROWN, GROWN))
        self._assert_open(order, 4)

    def test_plain_orders_are_plain(self):
        """Whatever becomes of a quotation that no procedure concerns."""
        self.route.active = False
        self.order_type.requires_technical = False
        for state in ("draft", "sale", "cancel"):
            order = self._unsubmitted()
            if state != "draft":
                order.write({"state": state})
            self._assert_open(order, GROWN)

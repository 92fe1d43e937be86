from contextlib import closing

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .cases_common import CasesCommon


@tagged("post_install", "-at_install")
class TestServiceCases(CasesCommon):
    """[AFS-1] goods come back to a place that is no stock, are inspected, and then the
    order itself is reduced, credited or delivered again."""

    def test_refund(self):
        """[AFS-1] a return from the wish to the credit note: afterwards ordered,
        delivered and invoiced are the same; settled twice does nothing more."""
        order = self._delivered(5)
        order.order_line.discount = 10
        self._invoice(order)
        free = self._free()
        case = self._collect(self._approved(order, 2))
        line = case.line_ids
        self.assertRecordValues(
            line,
            [
                {
                    "delivered_qty": 5,
                    "returned_qty": 2,
                    "received_qty": 2,
                    "open_qty": 3,
                    "decision": "refund",
                }
            ],
        )
        self.assertEqual(case.state, "collected")
        self.assertEqual(self._free(), free)
        place = self.company.order_return_location_id
        self.assertFalse(place.warehouse_id)
        self.assertEqual(case.sudo().return_picking_ids.location_dest_id, place)
        before = self.product.free_qty
        with self._refused("Goods are inspected"):
            self._rpc(self.salesman, case, "action_settle")
        self._inspect(case, quantity_passed=1, quantity_scrap=1)
        self.assertEqual(case.state, "inspected")
        self.assertEqual(self.product.free_qty, before)
        self.assertCounts(order, 5, 3, 5)
        self._settle(case)
        self.assertCounts(order, 3, 3, 3)
        note = case.sudo().credit_note_ids
        self.assertRecordValues(
            note.invoice_line_ids,
            [{"quantity": 2, "price_unit": 100, "discount": 10}],
        )
        note.action_post()
        self.assertCounts(order, 3, 3, 3)
        self._rpc(self.salesman, case, "action_settle")
        self.assertEqual(case.sudo().credit_note_ids, note)
        self.assertCounts(order, 3, 3, 3)
        # what has passed is put away, what has not is to be scrapped
        away = self.env["stock.picking"].search([("origin", "=", case.display_name)])
        self._receive(away)
        self.assertEqual(self._free(), free + 1)
        scrap = self.env["stock.scrap"].search([("origin", "=", case.display_name)])
        self.assertEqual((scrap.scrap_qty, scrap.location_id), (1, place))

    def test_exchange(self):
        """[AFS-1] what is replaced is delivered again by the order, once the goods are
        back and inspected; what is sent back is the return of the return."""
        order = self._delivered(5)
        self._invoice(order)
        case = self._inspected(order, 2, "exchange")
        self._settle(case)
        self.assertCounts(order, 5, 3, 5)
        again = order.picking_ids.filtered(lambda p: p.state not in {"done", "cancel"})
        self.assertEqual(again.move_ids.product_uom_qty, 2)
        again.action_assign()
        self._ship(order)
        self.assertCounts(order, 5, 5, 5)
        for decision in ("reject", "repair"):
            with self.subTest(decision):
                case = self._inspected(
                    order, 1, "exchange", decision, quantity_return=1
                )
                self._settle(case)
                self.assertCounts(order, 5, 4, 5)
                self._receive(case.sudo().line_ids.sent_move_ids.picking_id)
                self.assertCounts(order, 5, 5, 5)
        # scrapped without compensation: it was sold all the same
        case = self._inspected(order, 1, "return", "scrap", quantity_scrap=1)
        self._settle(case)
        self.assertCounts(order, 5, 5, 5)
        self.assertFalse(case.sudo().credit_note_ids)

    def test_never_more_than_delivered(self):
        """[AFS-1] two cases together ask for no more than is left; nor does the
        return wizard of Odoo, nor whoever enters more on the transfer."""
        order = self._delivered(3)
        first, second = self._case(order, 2), self._case(order, 2)
        self.env.invalidate_all()
        [form] = order.web_read({"review_panel": {}, "service_case_count": {}})
        self.assertEqual(form["service_case_count"], 2)
        self._rpc(self.salesman, first, "action_request")
        with self._refused("at most 1"):
            self._rpc(self.salesman, second, "action_request")
        second.line_ids.quantity = 1
        self._rpc(self.salesman, second, "action_request")
        self._rpc(self.salesman, first, "action_collect")
        transfer = first.sudo().return_picking_ids
        with self._refused("1 Units more would come back"):
            self._receive(transfer, 4)
        with self._refused("goods that come back go to"):
            transfer.move_ids.location_dest_id = self.stock
            self._receive(transfer, 2)
        delivery = order.picking_ids.filtered(
            lambda p: p.picking_type_code == "outgoing"
        )
        wizard = (
            self.env["stock.return.picking"]
            .with_user(self.stocker)
            .create({"picking_id": delivery.id})
        )
        wizard.product_return_moves.quantity = 9
        for method, kind in (
            ("action_create_returns", "return"),
            ("action_create_exchanges", "exchange"),
        ):
            with self.subTest(method):
                action = self._rpc(self.stocker, wizard, method)
                case = self.env["order.service.case"].browse(action["res_id"])
                self.assertRecordValues(case, [{"kind": kind, "state": "draft"}])
                self.assertEqual(case.line_ids.quantity, 9)
        self.assertEqual(order.picking_ids, delivery | transfer)

    def test_passed_goods_only(self):
        """[AFS-1] nothing leaves the place of returned goods for stock that has not
        passed, on whichever road."""
        order = self._delivered(3)
        case = self._collect(self._approved(order, 2))
        place = self.company.order_return_location_id
        ends = {"location_id": place.id, "location_dest_id": self.stock.id}

        def move(quantity=1, **values):
            move = self.env["stock.move"].create(
                {
                    "product_id": self.product.id,
                    "product_uom_qty": quantity,
                    **ends,
                    **values,
                }
            )
            move._action_confirm()
            move.quantity = quantity
            move.picked = True
            move._action_done()

        with self._refused("0 Units of what came back have passed"):
            move()
        aside = place.create({"name": "Aside", "usage": "internal"})
        with self._refused("0 Units of what came back have passed"):
            move(location_dest_id=aside.id)
        self._inspect(case, quantity_passed=1, quantity_rework=1, rework_advice="Weld")
        move(location_dest_id=aside.id)
        with self._refused("1 Units of what came back have passed"):
            move(2)
        move()

    def test_credit_note_waits(self):
        """[AFS-1] nothing is credited by hand while goods of the order are looked at;
        other orders credit as ever."""
        order = self._delivered(3)
        invoice = self._invoice(order)
        case = self._approved(order, 1)
        note = invoice._reverse_moves([{"invoice_date": "2030-01-01"}])
        with self._refused(case.display_name):
            note.action_post()
        with self._refused(case.display_name):
            # drawn up from the invoice, though what it credits was unlinked since
            note.invoice_line_ids.sale_line_ids = [Command.clear()]
            note.action_post()
        wizard = self.env["account.move.reversal"]
        wizard = wizard.with_context(
            active_model="account.move",
            active_ids=invoice.ids,
            default_move_type="entry",
            skip_invoice_sync=True,
        ).create({"journal_id": invoice.journal_id.id})
        wizard.reverse_moves()
        with self._refused(case.display_name):
            wizard.new_move_ids.action_post()
        # charged with something else, so that the sum is not negative
        with self._refused(case.display_name):
            self._charged_less(order, invoice).action_post()
        self._rpc(self.salesman, case, "action_cancel")
        note.action_post()
        self._charged_less(order, invoice).action_post()

    def _charged_less(self, order, invoice):
        """Return an invoice that takes goods of an order back by the way."""
        sold = order.sudo().order_line[0]
        back = {"quantity": -1, "price_unit": 10, "sale_line_ids": [(6, 0, sold.ids)]}
        more = {"name": "Freight", "quantity": 1, "price_unit": 90}
        return self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": invoice.partner_id.id,
                "invoice_line_ids": [
                    Command.create({"product_id": sold.product_id.id, **back}),
                    Command.create(more),
                ],
            }
        )

    def test_since_and_off(self):
        """[AFS-1] orders from before come back as in plain Odoo; switched off, all."""
        self.order_type.asks_service_case = False
        before = self._delivered(3)
        self.order_type.asks_service_case = True
        after = self._delivered(3)
        self.assertEqual((before + after).mapped("returns_on_case"), [False, True])
        self._return_plainly(before)
        self._case(after, 1)
        self.order_type.asks_service_case = False
        self.assertFalse(after.returns_on_case)
        self._return_plainly(after)
        # the case is there all the same, in the form and for whoever asks
        after.with_context(tracking_disable=True).write({"effect_state": False})
        self.env.invalidate_all()
        [form] = after.web_read({"review_panel": {}, "service_case_count": {}})
        self.env.invalidate_all()
        self.assertEqual(after.service_case_count, form["service_case_count"])
        self.assertEqual(after.service_case_count, 1)

    def _return_plainly(self, order):
        wizard = self.env["stock.return.picking"].with_user(self.stocker)
        wizard = wizard.create({"picking_id": order.picking_ids.id})
        wizard.product_return_moves.quantity = 1
        action = self._rpc(self.stocker, wizard, "action_create_returns")
        transfer = self.env["stock.picking"].browse(action["res_id"])
        self.assertEqual(transfer.location_dest_id, self.stock)
        self._receive(transfer)

    def _signed(self, quantity=3):
        """Return an order that was signed, with all its goods delivered."""
        self.route.active = True
        order = self._approve(quantity=quantity).sudo()
        if order.state != "sale":
            order.action_confirm()
        order.picking_ids.action_assign()
        self._ship(order)
        self._invoice(order)
        return order

    def test_deposit_of_what_is_refunded(self):
        """[AFS-1, DEP-1] the deposit was a share of the total: it is less by what came
        back, and the signatures stand."""
        self.rule.active = True
        self.route.active = True
        order = self._approve(quantity=3).sudo()
        order.action_confirm()
        deposit = order.deposit_required
        self._advance(order, deposit)
        self._run_worker()
        order.picking_ids.action_assign()
        self._ship(order)
        self._settle(self._inspected(order, 1))
        self._end_of_transaction()
        self.assertAlmostEqual(order.deposit_required, deposit * 2 / 3)
        self.assertEqual(order.review_id.state, "approved")
        self.assertFalse(order._find_review_gaps())

    def test_signed_and_no_route_for_cases(self):
        """[AFS-1, REV-5] what comes back and is refunded changes nothing of what was
        signed: the signatures stand, the records verify and say what happened. Nobody
        changes the order unsigned by it."""
        order = self._signed(3)
        review = order.review_id
        signed = review.signature_ids
        line = order.order_line
        case = self._inspected(order, 2)
        # an edit beside it is no part of it, and is signed as ever
        with closing(self.env.cr.savepoint()) as undone:
            line.price_unit -= 10
            self._end_of_transaction()
            self.assertNotEqual(review.state, "approved")
            self._settle(case)
            self._end_of_transaction()
            self.assertNotEqual(review.state, "approved")
            self.assertNotIn("refund", review.signature_ids.mapped("act"))
            undone.rollback()
        self.cr.precommit.clear()
        self.env.invalidate_all(flush=False)
        for vals in (
            {"received_qty": 3},
            {"inspected_qty": 3},
            {"quantity": 3},
            {"order_line_id": line.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self._rpc(self.salesman, case.line_ids, "write", vals)
        self._settle(case)
        self._end_of_transaction()
        self.assertCounts(order, 1, 1, 1)
        self.assertEqual(review.state, "approved")
        self.assertFalse(order._find_review_gaps())
        self.assertEqual(set(review.task_ids.mapped("state")), {"agreed"})
        record = review.signature_ids - signed
        self.assertEqual(record.act, "refund")
        self.assertIn(case.display_name, record.opinion)
        self.assertEqual(
            record.details["case"], [case._name, case.id, case.display_name]
        )
        self.assertEqual(set(record.details["to"]), {"quantity", "price"})
        self.assertFalse(review._find_tampering())
        # the case behind it is part of the proof
        self.env.cr.execute(
            "UPDATE order_service_case SET state = 'inspected' WHERE id = %s", [case.id]
        )
        case.invalidate_recordset()
        self.assertIn(case.display_name, review._find_tampering()[review])
        self.env.cr.execute(
            "UPDATE order_service_case SET state = 'settled' WHERE id = %s", [case.id]
        )
        case.invalidate_recordset()
        # settled again: nothing more
        self._rpc(self.salesman, case, "action_settle")
        self.assertEqual(review.signature_ids - signed, record)
        # what is ordered again is signed again
        line.product_uom_qty = 3
        self._end_of_transaction()
        self.assertNotEqual(review.state, "approved")

    def test_reviewed(self):
        """[AFS-1] where a route reviews cases, its approval amends what was signed for
        the order: nobody signs the order again."""
        order = self._signed(3)
        self._make_route(
            [self._stage("Check", "sales")],
            name="Cases",
            res_model="order.service.case",
            order_type_ids=[Command.clear()],
        )
        case = self._case(order, 1)
        self._rpc(self.salesman, case, "action_request")
        self.assertEqual(case.state, "requested")
        with self._refused("Approved review"):
            self._rpc(self.salesman, case, "action_collect")
        self._sign(case, "sales")
        self.assertEqual(case.state, "approved")
        self._inspect(self._collect(case))
        self._settle(case)
        self._end_of_transaction()
        self.assertCounts(order, 2, 2, 2)
        self.assertEqual(order.review_state, "approved")
        self.assertTrue(order.review_id.is_amended)

    def test_replaced_on_release(self):
        """[AFS-1] [SHP-1] what is sent in place of returned goods has a release of its
        own: the one by which the first goods left does not cover it."""
        self.order_type.asks_shipping_release = True
        order = self._shipping_order(5)
        self._let_go(order)
        self._ship(order)
        case = self._inspected(order, 2, "exchange")
        self._settle(case)
        again = order.picking_ids.filtered(lambda p: p.state not in {"done", "cancel"})
        again.action_assign()
        self.assertStays(lambda: self._ship(order), "7", "5")
        self._let_go(order, 2)
        self._ship(order)
        self.assertEqual(order.order_line.qty_delivered, 5)

    def test_kit(self):
        """[AFS-1] of a kit its parts come back; whole kits are refunded."""
        kit = self._kit(Pump=1, Bolt=4)
        order = self._order(
            order_line=[
                Command.create(
                    {"product_id": kit.id, "product_uom_qty": 3, "price_unit": 50}
                )
            ]
        )
        order.sudo().order_type_id = self.order_type
        order.action_confirm()
        order.picking_ids.action_assign()
        self._ship(order)
        self._invoice(order)
        self.assertCounts(order, 3, 3, 3)
        case = self._case(order, 0)
        pump, bolt = case.line_ids.sorted("open_qty")
        self.assertEqual((pump.open_qty, bolt.open_qty), (3, 12))
        pump.quantity = 1
        self._rpc(self.salesman, case, "action_request")
        self._inspect(self._collect(case))
        with self._refused("of a kit all parts"):
            self._rpc(self.salesman, case, "action_settle")
        pump.decision = "reject"
        self._settle(case)
        self._receive(case.sudo().line_ids.sent_move_ids.picking_id)
        case = self._case(order, 0)
        pump, bolt = case.line_ids.sorted("open_qty")
        pump.quantity, bolt.quantity = 1, 4
        self._rpc(self.salesman, case, "action_request")
        self._inspect(self._collect(case))
        self._settle(case)
        self.assertCounts(order, 2, 2, 2)

    def test_complaint(self):
        """[AFS-2] a complaint has an owner, a day and an answer; it waits for no
        goods."""
        order = self._delivered(1)
        case = self._case(order, 0, "complaint")
        self.assertEqual(case.owner_id, self.salesman)
        self._rpc(self.salesman, case, "action_request")
        with self._refused("Goods come back with this kind"):
            self._rpc(self.salesman, case, "action_collect")
        with self._refused("Answer to the Customer"):
            self._rpc(self.salesman, case, "action_settle")
        case.write({"answer_text": "We send a fitter.", "due_on": "2030-05-01"})
        self.assertTrue(case.answered_on)
        self._settle(case)
        with self._refused("closed"):
            case.answer_text = "No"
        # refused with an answer only
        other = self._case(order, 0, "complaint")
        with self._refused("Say why"):
            self._rpc(self.salesman, other, "action_refuse")
        other.answer_text = "It is as ordered."
        self._rpc(self.salesman, other, "action_refuse")
        self.assertEqual(other.state, "refused")

    def test_only_who_may(self):
        """[SEC-1] other sellers see and do nothing; the warehouse reads; nobody writes
        what the engine keeps, on no road."""
        order = self._delivered(3)
        case = self._approved(order, 1)
        stranger = self._user("stranger", "sales_team.group_sale_salesman")
        self.assertFalse(case.with_user(stranger).has_access("read"))
        self.assertTrue(case.with_user(self.stocker).has_access("read"))
        for user, method in (
            (stranger, "action_collect"),
            (self.stocker, "action_collect"),
            (self.stocker, "action_settle"),
            (stranger, "action_cancel"),
        ):
            with (
                self.subTest(user.login, method=method),
                self.assertRaises(AccessError),
            ):
                self._rpc(user, case, method)
        own = case.with_user(self.salesman)
        for values in (
            {"state": "settled"},
            {"is_from_portal": True},
            {"settled_on": "2020-01-01"},
            {"line_ids": [Command.create({"order_line_id": order.order_line.id})]},
            {"line_ids": [Command.update(case.line_ids.id, {"quantity": 2})]},
            {"line_ids": [Command.delete(case.line_ids.id)]},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                own.write(values)
                self.env.flush_all()
        with self.assertRaises(AccessError):
            own.create({"order_id": order.id})
        self.assertEqual((case.state, case.line_ids.quantity), ("approved", 1))
        hostile = self.env["stock.return.picking"].with_user(self.stocker)
        with self.assertRaises(AccessError):
            order.with_user(self.salesman).write({"returns_on_case": False})
        self.assertTrue(hostile.has_access("create"))

    def test_whoever_is_in_charge_goes_on(self):
        """K2: who is put in charge of a case works on it, whosever the order is; nobody
        is who could not."""
        order = self._delivered(3)
        case = self._approved(order, 1, kind="complaint")
        colleague = self._user("colleague", "sales_team.group_sale_salesman")
        own = case.with_user(self.salesman)
        for other in (self.stocker, self._user("hand", "base.group_user")):
            with self.subTest(other.login), self._refused("may not work on"):
                own.owner_id = other
        own.owner_id = colleague
        case.with_user(colleague).answer_text = "We send a new seal."
        self._rpc(colleague, case, "action_settle")
        self.assertEqual(case.state, "settled")

    def test_only_its_own_goods_come_back_on_a_case(self):
        """K1: with a number of a case the warehouse makes no move one of its returns,
        and no case goes on with goods that are not its own."""
        order = self._delivered(3)
        case = self._approved(order, 2)
        self._rpc(self.salesman, case, "action_collect")
        line = case.line_ids
        there = self.env.ref("stock.stock_location_customers")
        moves = self.env["stock.move"].with_user(self.stocker)
        values = {
            "product_id": self.product.id,
            "product_uom_qty": 2,
            "location_id": there.id,
            "location_dest_id": self.stock.id,
        }
        plain = moves.create(dict(values))
        out = order.sudo().picking_ids.move_ids[:1]
        for move in (plain, out.with_user(self.stocker)):
            with self.subTest(move.id), self.assertRaises(AccessError):
                move.service_case_line_id = line
        for name in ("service_case_line_id", "service_case_sent_id"):
            with self.subTest(name), self._refused("collected by sales"):
                moves.create({**values, name: line.id})
            with self.subTest(context=name), self._refused("collected by sales"):
                moves.with_context(**{f"default_{name}": line.id}).create(dict(values))
        self.assertEqual((case.state, line.received_qty), ("collecting", 0))

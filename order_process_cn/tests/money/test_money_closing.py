from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ...models.money.deposits import get_deposit_gaps
from ...models.pickup.balance import get_balance_figures
from ...models.pickup.settlements import (
    find_settlements,
    has_deposit_to_settle,
    propose_settlement,
)
from ...models.progress.steps import confirm_receipt
from ..pickup.pickup_common import PickupCommon


@tagged("post_install", "-at_install")
class TestMoneyClosing(PickupCommon):
    """[DEP-7] K9: an order closes with the money, and stays where it was."""

    def _delivered(self, quantity=None, **values):
        """Return an order whose goods have left, all of them or ``quantity``."""
        order = self._deposit_order(**values)
        self._advance(order, order.deposit_required)
        self._run_worker()
        picking = order.picking_ids
        if quantity is not None:
            picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        # what was not sent is not sent any more
        picking.with_context(cancel_backorder=True)._action_done()
        self._run_worker()
        return order

    def _return(self, order, quantity):
        with Form(
            self.env["stock.return.picking"].with_context(
                active_id=order.picking_ids.id, active_model="stock.picking"
            )
        ) as form:
            wizard = form.save()
        wizard.product_return_moves.write({"quantity": quantity, "to_refund": True})
        picking = wizard._create_return()
        picking.move_ids.picked = True
        picking._action_done()
        self._run_worker()

    def _claimed(self, order):
        self.env.invalidate_all()
        return get_balance_figures(order)["balance"]

    def _settled_order(self, lines=4):
        order = self._deposit_order(confirm=False)
        order.order_line.write({"product_uom_qty": lines, "price_unit": 2500})
        order.action_confirm()
        self._advance(order, 3000.0)
        self._run_worker()
        order.picking_ids.move_ids.picked = True
        order.picking_ids._action_done()
        self._run_worker()
        final = self._final_invoice(order)
        self._match(final, order.payment_ids)
        self._pay(final)
        self._run_worker()
        self.assertEqual(order.progress, "settled")
        self.assertTrue(order.closed_on)
        return order, final

    def test_return_does_not_move_it_back(self):
        """[ANA-2] D4: a return with refund: owed back while it is not paid, closed
        again afterwards, never behind shipped, and nothing is claimed again."""
        order, final = self._settled_order()
        self._return(order, 1)
        self.assertEqual(order.progress, "settled")
        credit = self._credit(final, post=False)
        credit.invoice_line_ids.quantity = 1
        credit.action_post()
        self._run_worker()
        self.assertEqual(self._claimed(order), -2500)
        self.assertEqual(order.progress, "shipped")
        self.assertFalse(order.closed_on)
        self._pay(credit, day="2024-02-25")
        self._run_worker()
        self.assertEqual(self._claimed(order), 0)
        self.assertEqual(order.progress, "settled")
        self.assertTrue(order.closed_on)

    def test_draft_payment_does_not_close(self):
        """[DEP-7] core goes on calling an invoice paid whose payment was reset."""
        order, _final = self._settled_order()
        payment = order.payment_ids
        payment.action_draft()
        self._run_worker()
        self.assertFalse(order.closed_on)
        self.assertEqual(order.progress, "shipped")

    def test_short_delivery(self):
        """[DEP-7] what is not sent any more is not claimed; the order is shipped."""
        order = self._deposit_order(confirm=False)
        order.order_line.write({"product_uom_qty": 4, "price_unit": 2500})
        order.action_confirm()
        self._advance(order, 3000.0)
        self._run_worker()
        self.assertEqual(self._claimed(order), 7000)
        picking = order.picking_ids
        picking.move_ids.quantity = 3
        picking.move_ids.picked = True
        picking._action_done()
        self._run_worker()
        self.assertEqual(self._claimed(order), 7000)
        (order.picking_ids - picking).action_cancel()
        order._mark_for_recheck()
        self._run_worker()
        self.assertEqual(order.progress, "shipped")
        self.assertEqual(self._claimed(order), 4500)

    def test_services_close(self):
        """[DEP-7] an order of services closes with the money."""
        service = self.env["product.product"].create(
            {"name": "Repair", "type": "service", "invoice_policy": "order"}
        )
        order = self._deposit_order(
            order_line=[
                Command.create(
                    {"product_id": service.id, "price_unit": 10000, "tax_ids": []}
                )
            ]
        )
        self._advance(order)
        self._run_worker()
        self.assertFalse(order.closed_on)
        final = self._final_invoice(order)
        self._match(final, order.payment_ids)
        self._pay(final)
        self._run_worker()
        self.assertEqual(order.progress, "settled")
        closed_on = order.closed_on
        self.assertTrue(closed_on)
        # [AFS-4] cancelled afterwards it is kept as long as it would have been
        order._action_cancel()
        self._run_worker()
        self.assertEqual((order.state, order.progress), ("cancel", False))
        self.assertEqual(order.closed_on, closed_on)
        self.assertTrue(order.retention_until)

    def test_web_order_closes_with_the_receipt(self):
        """[DEP-7] P05: paid in advance, and closed once the customer has the goods; a
        return does not open it again."""
        self.order_type.closing_rule = "received"
        self.company.order_invoice_before_effect = True
        order = self._deposit_order(confirm=False)
        order.order_line.write({"product_uom_qty": 4, "price_unit": 2500})
        order.action_confirm()
        final = self._final_invoice(order)
        self._pay(final)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        order.picking_ids.move_ids.picked = True
        order.picking_ids._action_done()
        self._run_worker()
        self.assertEqual(order.progress, "settled")
        self.assertFalse(order.closed_on)
        self.assertTrue(order._can_confirm_receipt())
        confirm_receipt(order, "Customer")
        self._run_worker()
        closed = order.closed_on
        self.assertTrue(closed)
        self._return(order, 1)
        credit = self._credit(final, post=False)
        credit.invoice_line_ids.quantity = 1
        credit.action_post()
        self._run_worker()
        self.assertEqual((order.progress, order.closed_on), ("received", closed))

    def test_closing_rule_of_web_orders(self):
        """[DEP-7] P05 ends with the receipt."""
        web = self.env.ref("order_process_cn.order_type_web")
        self.assertEqual(web.closing_rule, "received")

    def test_exchange_does_not_move_it_back(self):
        """[ANA-2] D4: goods that came back are sent again: still shipped and paid."""
        order, _final = self._settled_order()
        closed = order.closed_on
        done = order.picking_ids
        self._return(order, 1)
        back = order.picking_ids - done
        again = back.copy(
            {
                "location_id": done.location_id.id,
                "location_dest_id": done.location_dest_id.id,
                "picking_type_id": done.picking_type_id.id,
            }
        )
        again.move_ids.write(
            {
                "location_id": done.location_id.id,
                "location_dest_id": done.location_dest_id.id,
                "to_refund": False,
            }
        )
        again.action_confirm()
        order._mark_for_recheck()
        self._run_worker()
        self.assertEqual((order.progress, order.closed_on), ("settled", closed))
        again.move_ids.picked = True
        again._action_done()
        self._run_worker()
        self.assertEqual((order.progress, order.closed_on), ("settled", closed))
        self.assertEqual(self._claimed(order), 0)

    def test_corrected_payment_moves_nothing(self):
        """[DEP-2] K9: a payment set to draft, mended and posted again neither cancels
        nor remakes what was launched."""
        order = self._waiting_order()
        pickings, moves = order.picking_ids, order.picking_ids.move_ids
        before = moves.mapped("state")
        payment = order.payment_ids
        with self._day(1):
            payment.action_draft()
            self._run_worker()
            self.assertEqual(order.effect_state, "effective")
            self.assertTrue(order.effect_lost_on)
            payment.memo = "Mended"
            payment.action_post()
            self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self.assertFalse(order.effect_lost_on)
        self.assertEqual(order.picking_ids, pickings)
        self.assertEqual(order.picking_ids.move_ids, moves)
        self.assertEqual(moves.mapped("state"), before)

    # -- the deposit -------------------------------------------------------------------

    def test_prepaid_rest_is_not_withheld(self):
        """[DEP-3] from day 8 the deposit is not offset, the prepaid rest is; percent of
        the deposit are of the deposit."""
        self.rule.forfeiture_base = "deposit"
        order = self._waiting_order(paid=10000.0)
        self.assertEqual(self._figures(order, 8), (3000, 0, 3000))
        self._work(8)
        self.assertEqual(order.forfeiture_ids.amount, 300)

    def test_reduced_order(self):
        """[DEP-1] less is ordered, less is asked for; more asks for no more."""
        order = self._deposit_order()
        order.order_line.price_unit = 5000
        self.assertEqual(order.deposit_required, 1500)
        order.order_line.price_unit = 20000
        self.assertEqual(order.deposit_required, 1500)

    def test_agreed_above_the_total(self):
        order = self._deposit_order(confirm=False)
        order.action_quotation_sent()
        with self.assertRaisesRegex(ValidationError, "above the total"):
            order.with_user(self.sales_manager).deposit_agreed = 10000.01

    def test_negative_order_without_an_agreed_deposit(self):
        """[DEP-1] a refund sold at a negative price: no deposit is above its total."""
        order = self._deposit_order(confirm=False)
        order.order_line = [Command.create({"name": "back", "price_unit": -20000})]
        self.assertLess(order.amount_total, 0)
        self.assertEqual(order.deposit_required, 0)

    def test_rule_of_the_company_reaches_its_branches(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        rules = self.env["order.deposit.rule"]
        found = [plan["rule"] for plan in rules._compiled_rules(branch.id)]
        self.assertIn(self.rule.id, found)
        self.assertTrue(rules._is_used(branch.id))
        other = self.env["res.company"].create({"name": "Other"})
        found = [plan["rule"] for plan in rules._compiled_rules(other.id)]
        self.assertNotIn(self.rule.id, found)

    # -- forfeitures -------------------------------------------------------------------

    def test_decided_after_everything_was_invoiced(self):
        """[DEP-3] what is decided late has an invoice of its own, and a to-do stands
        until it is booked."""
        order = self._waiting_order()
        self._match(self._deposit_invoice(order), order.payment_ids)
        self._work(9)
        forfeiture = order.forfeiture_ids
        self._take(order, 10)
        with self._day(10):
            self._rpc(self.accountant, forfeiture, "action_decide")
            self.assertIn(self.accountant, forfeiture.activity_ids.user_id)
            action = self._rpc(self.accountant, forfeiture, "action_invoice")
            invoice = self.env["account.move"].browse(action["res_id"])
            self.assertEqual(invoice.amount_total, 1000)
            with self.assertRaisesRegex(UserError, "Nothing is left"):
                self._rpc(self.accountant, forfeiture, "action_invoice")
            invoice.action_post()
        self.assertEqual(forfeiture.state, "settled")
        self.assertFalse(forfeiture.activity_ids)
        self.assertEqual(self._figures(order, 10)[1:], (1000, 8000))

    def test_decided_after_the_last_invoice(self):
        """[DEP-3] also where the order was invoiced in full, deposit and all, before
        anybody decided: nothing is left of the order to invoice it with."""
        order = self._waiting_order()
        self._take(order, 16)
        with self._day(17):
            invoice = self._final_invoice(order)
        self.assertEqual(invoice.amount_total, 10000)
        forfeiture = order.forfeiture_ids
        self._decide(forfeiture, 18)
        self._run_worker()
        self.assertFalse(order.closed_on)
        action = self._rpc(self.accountant, forfeiture, "action_invoice")
        late = self.env["account.move"].browse(action["res_id"])
        self.assertEqual(late.amount_total, 2000)
        late.action_post()
        self.assertEqual(forfeiture.state, "settled")

    # -- a cancelled order that goes on ------------------------------------------------

    def _ended(self, amount=2000.0):
        """Return a cancelled order and what was proposed about its deposit."""
        order = self._deposit_order()
        self._advance(order)
        self._run_worker()
        propose_settlement(order, "forfeit", amount, "Refused", "customer")
        order._action_cancel()
        return order, order.forfeiture_ids

    def _go_on(self, order, user=None):
        order.action_draft()
        self._rpc(user or self.env.user, order, "action_confirm")
        self.env.invalidate_all()

    def test_confirmed_again_after_a_proposal(self):
        """[DEP-4] K9: what was only proposed has no effect once the order goes on: the
        deposit is his deposit, and the next end is settled anew."""
        order, forfeiture = self._ended()
        self._go_on(order)
        self._run_worker()
        self.assertEqual(forfeiture.state, "lapsed")
        self.assertFalse(forfeiture.activity_ids)
        self.assertEqual(order.effect_state, "effective")
        self.assertEqual(self._claimed(order), 7000)
        self.assertTrue(has_deposit_to_settle(order))
        propose_settlement(order, "forfeit", 500.0, "Refused again", "customer")
        self.assertEqual(find_settlements(order).amount, 500)

    def test_confirmed_again_after_a_decision(self):
        """[DEP-4] a decision of finance is not undone by whoever confirms; finance
        withdraws it, and says so on the order."""
        order, forfeiture = self._ended()
        self._rpc(self.accountant, forfeiture, "action_decide")
        order.action_draft()
        with self.assertRaisesRegex(UserError, "withdraw or book what was decided"):
            self._rpc(self.sales_manager, order, "action_confirm")
        with self.assertRaisesRegex(AccessError, "Only finance"):
            self._rpc(self.sales_manager, forfeiture, "action_withdraw")
        self._rpc(self.accountant, forfeiture, "action_withdraw")
        self.assertEqual(forfeiture.state, "lapsed")
        self._rpc(self.sales_manager, order, "action_confirm")
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self.assertEqual(self._claimed(order), 7000)
        with self.assertRaisesRegex(UserError, "cannot be withdrawn"):
            self._rpc(self.accountant, forfeiture, "action_withdraw")

    def test_confirmed_again_after_booking(self):
        """[DEP-2] [DEP-4] what was kept is no deposit of the order that goes on: it is
        asked for again, and the books agree."""
        order, forfeiture = self._ended()
        self._rpc(self.accountant, forfeiture, "action_decide")
        action = self._rpc(self.accountant, forfeiture, "action_invoice")
        invoice = self.env["account.move"].browse(action["res_id"])
        with self.assertRaisesRegex(UserError, "cannot be withdrawn"):
            self._rpc(self.accountant, forfeiture, "action_withdraw")
        invoice.action_post()
        self._match(invoice, order.payment_ids)
        self._go_on(order)
        self._run_worker()
        self.assertTrue(
            order.activity_ids.filtered(lambda a: "confirmed again" in (a.note or ""))
        )
        self.assertEqual(get_deposit_gaps(order)[order], (1000, 2000))
        self.assertEqual(order.deposit_received, 1000)
        self.assertEqual(order.effect_state, "held")
        # 10,000 of price and 2,000 kept, less 3,000 paid
        self.assertEqual(self._claimed(order), 9000)
        self._advance(order, 2000.0)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ...models.pickup.balance import get_balance_figures
from .pickup_common import PickupCommon


@tagged("post_install", "-at_install")
class TestForfeitureInvoice(PickupCommon):
    """[DEP-3] the forfeited deposit stands on the final invoice, as the forms say."""

    def _make_scene(self):
        self.forfeited = self._forfeited_order()

    def _balances(self, invoice):
        """Return ``{first digits of the account: balance}`` of a posted entry."""
        balances = {}
        for line in invoice.line_ids:
            if line.account_id:
                code = line.account_id.code[:4]
                balances[code] = balances.get(code, 0) + line.balance
        return balances

    def _forfeited_order(self, day=16, invoiced=True, **values):
        """Return an order with a decided forfeiture; the deposit was invoiced."""
        order = self._waiting_order(paid=values.pop("paid", 3000.0), **values)
        if invoiced:
            invoice = self._deposit_invoice(order, order.deposit_required)
            self._match(invoice, order.payment_ids)
        self._take(order, day)
        self._decide(order.forfeiture_ids, day)
        return order

    def test_final_invoice(self):
        """[DEP-3] a tenth of the total is kept, tax-free, from the advance that was
        booked on 2203; the customer pays the rest."""
        self.product.taxes_id = self.tax_sale_a
        order = self._forfeited_order(day=10, paid=3390.0)
        self.assertEqual(order.forfeiture_ids.amount, 1130)
        figures = get_balance_figures(order)
        self.assertEqual(figures["balance"], 11300 + 1130 - 3390)
        final = self._final_invoice(order)
        self.assertEqual(final.amount_total, figures["balance"])
        line = final.invoice_line_ids.filtered("order_forfeiture_id")
        self.assertEqual((line.price_total, line.tax_ids.ids), (1130, []))
        self.assertIn(order.name, line.name)
        balances = self._balances(final)
        self.assertEqual(
            (balances["1122"], balances["5301"], balances["5001"], balances["2203"]),
            (9040, -1130, -10000, 3000),
        )
        self.assertEqual(sum(balances.values()), 0)
        self.assertEqual(order.forfeiture_ids.state, "settled")
        self._pay(final, day="2024-04-01")
        self.env.invalidate_all()
        self.assertEqual(order.balance_due, 0)

    def test_capped_final_invoice(self):
        """[DEP-4] of the 30 % only the 20 % that are a deposit by law are kept."""
        order = self.forfeited
        final = self._final_invoice(order)
        self.assertEqual(final.amount_total, 9000)
        self.assertEqual(self._balances(final)["5301"], -2000)

    def test_taxed(self):
        """[DEP-3] a company may tax what is forfeited: what was decided, and limited
        by law, includes the tax."""
        self.company.order_forfeiture_tax_ids = self.tax_sale_a
        order = self._forfeited_order()
        final = self._final_invoice(order)
        line = final.invoice_line_ids.filtered("order_forfeiture_id")
        self.assertEqual(line.price_total, 2000)
        self.assertEqual(line.tax_ids, self.tax_sale_a)
        self.assertEqual(order.forfeiture_ids.state, "settled")

    def test_waived(self):
        """[DEP-3] what was waived is on no invoice."""
        order = self._waiting_order()
        self._match(self._deposit_invoice(order), order.payment_ids)
        self._take(order, 16)
        with self._day(16):
            order.forfeiture_ids.with_user(self.accountant).reason = "Good customer"
            self._rpc(self.accountant, order.forfeiture_ids, "action_waive")
        final = self._final_invoice(order)
        self.assertEqual(final.amount_total, 7000)
        self.assertFalse(final.invoice_line_ids.order_forfeiture_id)

    def test_not_offset_while_undecided(self):
        """[DEP-3] 暂不冲抵: an invoice made before the decision leaves the deposit out;
        afterwards the next one offsets it and keeps what is forfeited."""
        order = self._waiting_order()
        self._match(self._deposit_invoice(order), order.payment_ids)
        self._take(order, 16)
        with self._day(17):
            final = self._final_invoice(order)
        self.assertEqual(final.amount_total, 10000)
        self._decide(order.forfeiture_ids, 18)
        credit = self._final_invoice(order)
        self.assertEqual((credit.move_type, credit.amount_total), ("out_refund", 1000))
        self.assertEqual(order.forfeiture_ids.state, "settled")
        self.assertEqual(self._balances(credit)["5301"], -2000)

    def test_not_on_invoices_that_keep_the_deposit(self):
        """[DEP-3] an invoice that does not deduct the deposit does not forfeit it."""
        order = self.forfeited
        invoice = self._final_invoice(order, final=False)
        self.assertEqual(invoice.amount_total, 10000)
        self.assertEqual(order.forfeiture_ids.state, "decided")

    def test_credited_and_invoiced_again(self):
        """[DEP-3] what a credit note takes back is on the next invoice again, once."""
        order = self.forfeited
        final = self._final_invoice(order)
        credit = self._credit(final, day="2024-02-20")
        self.assertEqual(order.forfeiture_ids.state, "decided")
        self.assertEqual(credit.amount_total, 9000)
        again = self._final_invoice(order)
        self.assertEqual(again.amount_total, 9000)
        self.assertEqual(order.forfeiture_ids.state, "settled")
        self.assertEqual(order.forfeiture_ids._get_uninvoiced(), 0)

    def test_reset_and_cancelled_invoice(self):
        """[DEP-3] a draft is no settlement, a cancelled invoice leaves the line due."""
        order = self.forfeited
        final = self._final_invoice(order)
        final.button_draft()
        self.assertEqual(order.forfeiture_ids.state, "decided")
        self.assertEqual(order.forfeiture_ids._get_uninvoiced(), 0)
        final.button_cancel()
        self.assertEqual(order.forfeiture_ids._get_uninvoiced(), 2000)
        self.assertEqual(self._final_invoice(order).amount_total, 9000)

    def test_several_orders_on_one_invoice(self):
        """[DEP-3] each order brings its own line."""
        orders = self.forfeited + self._forfeited_order()
        final = self._final_invoice(orders)
        self.assertEqual(len(final), 1)
        self.assertEqual(
            final.invoice_line_ids.order_forfeiture_id, orders.forfeiture_ids
        )
        self.assertEqual(final.amount_total, 18000)

    def test_foreign_currency(self):
        """[DEP-3] in the currency of the order."""
        order = self._forfeited_order(
            amount=1000.0, paid=2400.0, currency=self.usd, invoiced=False
        )
        self.assertEqual(order.forfeiture_ids.amount, 200)
        final = self._final_invoice(order)
        self.assertEqual((final.currency_id, final.amount_total), (self.usd, 1200))


@tagged("post_install", "-at_install")
class TestSettlement(PickupCommon):
    """[DEP-4] who broke the contract decides what becomes of the deposit of a cancelled
    order (Civil Code 586–588); proposed, never automatic."""

    def _cancel(self, order, kind, user=None, **values):
        """Cancel as the salesman (or ``user``) does and answer the question."""
        user = user or self.salesman
        action = self._rpc(user, order, "action_cancel")
        self.assertEqual(action["res_model"], "order.settlement.wizard")
        self.assertEqual(order.state, "sale")
        wizards = self.env["order.settlement.wizard"].with_user(user)
        with Form(wizards.with_context(**action["context"])) as form:
            form.kind = kind
            for name, value in values.items():
                form[name] = value
            form.reason = "Told us so"
        form.record.action_confirm()
        self.assertEqual(order.state, "cancel")
        return order.forfeiture_ids

    def _paid_order(self):
        order = self._deposit_order()
        self._advance(order)
        return order

    def test_customer_broke_the_contract(self):
        """[DEP-4] 587: the customer loses the deposit, the advance part is returned."""
        forfeiture = self._cancel(self._paid_order(), "forfeit")
        self.assertEqual(
            (forfeiture.kind, forfeiture.broken_by, forfeiture.amount),
            ("forfeit", "customer", 2000),
        )
        self._rpc(self.accountant, forfeiture, "action_decide")
        self.assertEqual(forfeiture.state, "decided")
        # K9: what was decided is booked by somebody, and he is told
        self.assertIn(self.accountant, forfeiture.activity_ids.user_id)
        self._rpc(self.accountant, forfeiture, "action_settle")
        self.assertEqual(forfeiture.state, "settled")
        self.assertFalse(forfeiture.activity_ids)

    def test_figures_of_deposits(self):
        """[ANA-1] held while the order is open, less what was forfeited; then what was
        forfeited; salespeople see their own."""
        order = self._paid_order()
        self._run_worker()
        rows = self.env["order.deposit.report"].with_user(self.sales_manager)

        def read():
            self.env.flush_all()
            self.env.invalidate_all()
            found = rows.search([("order_id", "=", order.id)])
            return [(row.kind, row.amount) for row in found]

        self.assertEqual(read(), [("held", order.deposit_required)])
        forfeiture = self._cancel(order, "forfeit")
        self.assertEqual(read(), [])
        self._rpc(self.accountant, forfeiture, "action_decide")
        self._end_of_transaction()
        self.assertEqual(read(), [("forfeited", 2000)])
        [group] = rows.formatted_read_group(
            [("order_id", "=", order.id)],
            ["date:month", "order_type_id", "order_channel_id"],
            ["amount:sum"],
        )
        self.assertEqual(group["amount:sum"], 2000)
        other = self._user("other_seller", "sales_team.group_sale_salesman")
        self.assertFalse(rows.with_user(other).search([("order_id", "=", order.id)]))

    def test_we_broke_the_contract(self):
        """[DEP-4] 587: returned double, limited to the deposit by law."""
        forfeiture = self._cancel(self._paid_order(), "double")
        self.assertEqual((forfeiture.broken_by, forfeiture.amount), ("us", 2000))

    def test_partly_performed(self):
        """[DEP-4] in proportion to what was not performed."""
        forfeiture = self._cancel(
            self._paid_order(),
            "proportional",
            broken_by="customer",
            unperformed_percent=40,
        )
        self.assertEqual((forfeiture.broken_by, forfeiture.amount), ("customer", 800))

    def test_nobody_broke_it(self):
        """[DEP-4] force majeure, or both: no penalty."""
        forfeiture = self._cancel(self._paid_order(), "none")
        self.assertEqual((forfeiture.broken_by, forfeiture.amount), (False, 0))
        self._rpc(self.accountant, forfeiture, "action_decide")
        self.assertEqual(forfeiture.state, "decided")

    def test_reviewed(self):
        """[DEP-4] the settlement goes the way of every forfeiture."""
        self.departments["finance"].member_ids = self.accountant
        self.env.ref("order_process_cn.order_review_route_forfeiture").active = True
        forfeiture = self._cancel(self._paid_order(), "forfeit")
        with self.assertRaisesRegex(UserError, "Approved review"):
            self._rpc(self.accountant, forfeiture, "action_decide")
        self._rpc(self.accountant, forfeiture, "action_review_submit")
        self._sign(forfeiture, self.accountant, self.supervisor, self.gm)
        self.assertEqual(forfeiture.state, "decided")

    def test_takes_over_what_was_proposed(self):
        """[DEP-3] what was proposed for late goods is settled with the contract."""
        order = self._waiting_order()
        self._work(9)
        proposal = order.forfeiture_ids
        with self._day(10):
            forfeiture = self._cancel(order, "forfeit", self.accountant)
        self.assertEqual(forfeiture, proposal)
        self.assertEqual((forfeiture.kind, forfeiture.amount), ("forfeit", 2000))

    def test_salesperson_with_goods_waiting(self):
        """[CFM-8] K1: the question is not answered for nothing: whoever sees neither
        purchases nor production cancels an order whose transfer is there."""
        for groups in (
            "purchase.group_purchase_user",
            "mrp.group_mrp_user",
            "stock.group_stock_user",
        ):
            self.assertFalse(self.salesman.has_group(groups))
        order = self._waiting_order()
        self._begin()
        with self._day(2):
            forfeiture = self._cancel(order, "forfeit")
        self.assertEqual(forfeiture.amount, 2000)
        self.assertEqual(set(order.sudo().picking_ids.mapped("state")), {"cancel"})

    def test_no_question_without_money(self):
        """[DEP-4] an order without a received deposit is cancelled as ever."""
        order = self._deposit_order()
        self._rpc(self.salesman, order, "action_cancel")
        self.assertEqual(order.state, "cancel")
        self.assertFalse(order.activity_ids)

    def test_cancelled_on_another_road(self):
        """[DEP-4] mass cancellation asks nothing, but leaves a to-do and a button."""
        order = self._paid_order()
        self.env["sale.mass.cancel.orders"].create(
            {"sale_order_ids": [Command.set(order.ids)]}
        ).action_mass_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertEqual(order.activity_ids.user_id, self.salesman)
        action = self._rpc(self.salesman, order, "action_settle_deposit")
        wizard = self.env["order.settlement.wizard"].with_user(self.salesman)
        wizard = wizard.with_context(**action["context"]).create(
            {"kind": "forfeit", "reason": "Refused the goods"}
        )
        wizard.action_confirm()
        self.assertEqual(order.forfeiture_ids.amount, 2000)
        with self.assertRaisesRegex(UserError, "no deposit"):
            wizard.action_confirm()

    def test_says_why(self):
        """[DEP-4] a settlement without a reason is refused, the order stays."""
        order = self._paid_order()
        wizard = self.env["order.settlement.wizard"].with_user(self.salesman)
        wizard = wizard.create({"order_id": order.id, "kind": "forfeit"})
        with self.assertRaisesRegex(UserError, "what happened"):
            wizard.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.forfeiture_ids)

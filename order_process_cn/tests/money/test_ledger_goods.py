from odoo.tests import Form, tagged

from .money_common import MoneyCommon
from .test_ledger_matrix import LedgerAsserts


@tagged("post_install", "-at_install")
class TestLedgerGoods(LedgerAsserts, MoneyCommon):
    """[DEP-5] [DEP-7] K9: the figures follow what has left and what came back."""

    def _make_scene(self):
        self.company.order_invoice_before_effect = True
        self.product.invoice_policy = "delivery"
        self.order = self._pieces()

    def _pieces(self, **values):
        """Return an order of four pieces of 2,500 whose deposit has come."""
        order = self._deposit_order(confirm=False, **values)
        order.order_line.write({"product_uom_qty": 4, "price_unit": 2500})
        order.action_confirm()
        self._advance(order)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        return order

    def _send(self, order, quantity=4, backorder=False):
        picking = order.picking_ids.filtered(lambda p: p.state == "assigned")
        picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        picking.with_context(cancel_backorder=not backorder)._action_done()
        self._run_worker()
        return picking

    def _return(self, picking, quantity, to_refund=True):
        with Form(
            self.env["stock.return.picking"].with_context(
                active_id=picking.id, active_model="stock.picking"
            )
        ) as form:
            wizard = form.save()
        wizard.product_return_moves.write(
            {"quantity": quantity, "to_refund": to_refund}
        )
        back = wizard._create_return()
        back.move_ids.picked = True
        back._action_done()
        self._run_worker()

    def _bill(self, order):
        invoice = self._final_invoice(order)
        self._match(invoice, order.payment_ids)
        return invoice

    def test_short_delivery(self):
        """What is not sent any more is not claimed, before and after the invoice."""
        self._send(self.order, 3)
        self.assertFigures(4500, 3000, deposit=3000)
        invoice = self._bill(self.order)
        self.assertFigures(4500, 3000, deposit=3000)
        self.assertBooks()
        self._pay(invoice)
        self.assertFigures(0, 7500, deposit=3000)
        self.assertBooks()

    def test_backorder(self):
        """What follows later is claimed all the time."""
        self._send(self.order, 3, backorder=True)
        self.assertFigures(7000, 3000)
        self._pay(self._bill(self.order))
        self.assertFigures(2500, 7500)
        self._send(self.order, 1)
        self.assertFigures(2500, 7500)
        self._pay(self._final_invoice(self.order, day="2024-02-20"))
        self.assertFigures(0, 10000)
        self.assertBooks()

    def test_return_before_the_invoice(self):
        picking = self._send(self.order)
        self._return(picking, 1)
        self.assertFigures(4500, 3000)
        self._pay(self._bill(self.order))
        self.assertFigures(0, 7500)
        self.assertBooks()

    def test_return_after_the_payment(self):
        """Owed back once it is credited, and nothing once it is paid back."""
        picking = self._send(self.order)
        self._pay(self._bill(self.order))
        self._return(picking, 1)
        self.assertFigures(0, 10000)
        self.assertBooks()
        credit = self._final_invoice(self.order, day="2024-02-20")
        self.assertEqual(credit.move_type, "out_refund")
        self.assertFigures(-2500, 10000)
        self.assertBooks()
        self._pay(credit, day="2024-02-21")
        self.assertFigures(0, 7500)
        self.assertBooks()

    def test_return_that_is_replaced(self):
        """Goods that come back to be exchanged change no figure."""
        picking = self._send(self.order)
        self._pay(self._bill(self.order))
        self._return(picking, 1, to_refund=False)
        self.assertFigures(0, 10000)
        self.assertBooks()

    def test_over_delivery(self):
        """What was sent beyond the order and is billed is claimed as billed."""
        self._send(self.order, 5)
        self.assertFigures(9500, 3000)
        self._pay(self._bill(self.order))
        self.assertFigures(0, 12500)
        self.assertBooks()


@tagged("post_install", "-at_install")
class TestLedgerBranch(LedgerAsserts, MoneyCommon):
    """[DEP-1] [DEP-2] K9: the rules of a company reach its branches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {"name": "Branch", "parent_id": cls.company.id}
        )
        for user in (cls.env.user, cls.salesman, cls.accountant):
            user.company_ids |= cls.branch
        cls.branch.order_invoice_before_effect = True
        both = (cls.branch | cls.company).ids
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": both})
        # a branch uses the accounts of its parent
        for record, name in (
            (cls.partner, "property_account_receivable_id"),
            (cls.product.categ_id, "property_account_income_categ_id"),
        ):
            own = cls.env[record._name].browse(record.id)
            own[name] = own.with_company(cls.company)[name]

    def test_branch(self):
        """An order of a branch waits for the deposit of the parent's rule; its figures
        are those of the books of the branch."""
        order = self._deposit_order(company_id=self.branch.id)
        self.assertEqual(order.company_id, self.branch)
        self.assertEqual(order.deposit_rule_id, self.rule)
        self.assertEqual(order.effect_state, "held")
        self.assertFigures(10000, 0, order)
        payment = self._advance(order, company_id=self.branch.id)
        self.assertEqual(payment.company_id, self.branch)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self.assertFigures(7000, 3000, order, deposit=3000)
        invoice = self._final_invoice(order)
        self.assertEqual(invoice.company_id, self.branch)
        self._match(invoice, payment)
        self.assertFigures(7000, 3000, order, deposit=3000)
        self.assertBooks(order)
        self._pay(invoice)
        self.assertFigures(0, 10000, order)
        self.assertBooks(order)

    def test_deposit_invoice_of_a_branch(self):
        order = self._deposit_order(company_id=self.branch.id)
        invoice = self._deposit_invoice(order)
        account = invoice.invoice_line_ids.account_id
        self.assertEqual(account, self.company.downpayment_account_id)
        self._pay(invoice)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self.assertFigures(7000, 3000, order, deposit=3000)
        self._pay(self._final_invoice(order))
        self.assertFigures(0, 10000, order, deposit=3000)
        self.assertBooks(order)

from odoo import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...models.progress.steps import confirm_receipt
from .cases_common import CasesCommon


@tagged("post_install", "-at_install")
class TestMergedCustomer(CasesCommon):
    """[AFS-1] [SEC-2] contacts are merged while a case of the customer is under way."""

    @mute_logger("odoo.addons.base.models.res_partner")
    def _merge(self, gone, kept):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((gone | kept).ids, kept)
        self._end_of_transaction()
        self.env.invalidate_all()

    def test_nothing_is_lost_nothing_is_blocked(self):
        """What was signed stands and its records say who was merged; case, receipt,
        rating and login go along; the case goes on to its end, of the one who stays."""
        gone = self.partner.copy({"name": "Twin", "email": "twin@example.com"})
        kept = gone.copy({"name": "Twin"})
        buyer = new_test_user(
            self.env, "opc_merged_buyer", "base.group_portal", partner_id=gone.id
        )
        # a login gives its contact another name, which would be a change
        gone.name = "Twin"
        self.route.active = True
        self.order_type.asks_rating = True
        order = self._approve(quantity=3, partner_id=gone.id).sudo()
        if order.state != "sale":
            order.action_confirm()
        order.picking_ids.action_assign()
        self._ship(order)
        self._invoice(order)
        confirm_receipt(order, "Buyer")
        order._rating_get_access_token()
        rating = order.rating_ids
        rating.write({"rating": 2, "consumed": True})
        self._make_route(
            [self._stage("Check", "sales"), self._stage("Decide", "quality")],
            name="Cases",
            res_model="order.service.case",
            order_type_ids=[Command.clear()],
        )
        case = self._case(order, 1)
        self._rpc(self.salesman, case, "action_request")
        self._sign(case, "sales")
        reviews = order.review_id | case.sudo().review_id
        received = order.receipt_confirmed_on
        self._merge(gone, kept)
        self._run_worker()

        self.assertFalse(gone.exists())
        for record in (order, case, rating, buyer):
            self.assertEqual(record.sudo().partner_id, kept)
        self.assertEqual(order.satisfaction, 2)
        self.assertEqual(order.receipt_confirmed_on, received)
        own = order.with_user(buyer)
        self.assertTrue(own.has_access("read"))
        self.assertEqual(order.review_state, "approved")
        self.assertEqual(case.review_state, "running")
        self.assertFalse(reviews._find_tampering())
        # what was signed for the case names its order, and nobody by himself
        merges = [r.signature_ids.mapped("act").count("merge") for r in reviews]
        self.assertEqual(merges, [1, 0])
        self.assertEqual(reviews.partner_id, kept)
        # the signature of before stands: only the second seat is still asked
        self._sign(case, "quality")
        self.assertEqual(case.state, "approved")
        self._settle(self._inspect(self._collect(case)))
        self._end_of_transaction()
        self.assertCounts(order, 2, 2, 2)
        self.assertEqual(case.sudo().credit_note_ids.partner_id, kept)
        self.assertEqual(order.review_state, "approved")
        self.assertFalse(reviews._find_tampering())

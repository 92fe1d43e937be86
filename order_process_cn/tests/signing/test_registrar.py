from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestRegistrar(OrderCommon):
    """[CSN-4] [SEC-1] whoever registers what was decided on paper sees what is still to
    be decided in his companies, and where he has registered something."""

    def _sees(self, order, user=None):
        """Return whether the clerk reads the review, each of its seats and its list."""
        self._begin()
        user = user or self.clerk
        review = order.sudo().review_id
        answers = {
            review.with_user(user).has_access("read"),
            bool(review.with_user(user).search([("id", "=", review.id)])),
            *(task.with_user(user).has_access("read") for task in review.task_ids),
        }
        self.assertEqual(len(answers), 1)
        return answers.pop()

    def _register(self, order, signer):
        task = order.sudo().review_id.task_ids.filtered(lambda t: t.state == "open")
        scan = (
            self.env["ir.attachment"]
            .with_user(self.clerk)
            .create({"name": "scan.png", "raw": b"scan"})
        )
        self._rpc(
            self.clerk,
            task[:1],
            "action_register",
            "agree",
            signer.id,
            "paper",
            scan.ids,
        )

    def test_what_runs(self):
        order = self._submit()
        self.assertTrue(self._sees(order))
        self._sign(order, "sales", *DEPARTMENTS)
        self.assertFalse(self._sees(order), "nothing to register any more")

    def test_what_he_has_registered(self):
        order = self._submit()
        self._register(order, self.supervisor)
        self._sign(order, *DEPARTMENTS)
        self.assertEqual(order.review_state, "approved")
        self.assertTrue(self._sees(order))
        other = self._user("clerk_2", "order_process_cn.order_group_registrar")
        self.assertFalse(self._sees(order, other))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_not_of_other_companies(self):
        order = self._submit()
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.clerk.write(
            {
                "company_ids": [Command.set(elsewhere.ids)],
                "company_id": elsewhere.id,
            }
        )
        self._begin()
        review = order.sudo().review_id
        for record in (review, review.task_ids[0]):
            mine = record.with_user(self.clerk)
            # a client may claim any company
            for claimed in (elsewhere, self.company, elsewhere | self.company):
                stranger = mine.with_context(allowed_company_ids=claimed.ids)
                with self.subTest(f"{record} {claimed}"):
                    with self.assertRaises(AccessError):
                        stranger.read(["state"])
            at_home = mine.with_context(allowed_company_ids=elsewhere.ids)
            self.assertFalse(at_home.search([("id", "=", record.id)]))

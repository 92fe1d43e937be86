from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import OrderCommon

SUBJECT = "Records of reviews were altered"


@tagged("post_install", "-at_install")
class TestMergedRecords(OrderCommon):
    """[SEC-2] which contacts count as one is what the records say (K14)."""

    def setUp(self):
        super().setUp()
        self.twin = self.partner.copy({"name": self.partner.name})
        self.order = self._approve(self._order()).sudo()
        self.review = self.order.review_id

    def _alter(self, statement, **values):
        self.env.flush_all()
        self.env.cr.execute(SQL(statement, review=self.review.id, **values))
        self.env.invalidate_all()

    @mute_logger("odoo.addons.base.models.res_partner")
    def _merge(self, gone, kept):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((gone | kept).ids, kept)
        self._end_of_transaction()
        self.env.invalidate_all()

    def test_an_exchanged_customer_is_found(self):
        """Two statements in SQL gave an approved order to somebody else."""
        other = self.env["res.partner"].create({"name": self.partner.name})
        self._alter(
            "UPDATE order_review SET merged = jsonb_build_object(%(old)s, %(new)s)"
            " WHERE id = %(review)s",
            old=str(self.partner.id),
            new=other.id,
        )
        self.assertIn("nobody merged", self.review._find_tampering()[self.review])
        gaps = self.review._find_gaps({self.order: self.review})
        self.assertIn("nobody merged", gaps[self.order])

    def test_real_merges_are_sound(self):
        """Twice over: what became part of a contact goes along with it."""
        third = self.partner.copy({"name": self.partner.name})
        before = self.partner
        self._merge(before, self.twin)
        self._merge(self.twin, third)
        self.assertEqual(self.order.partner_id, third)
        self.assertEqual(self.review.merged[str(before.id)], third.id)
        self.assertFalse(self.review._find_tampering())
        self._alter("UPDATE order_review SET merged = NULL WHERE id = %(review)s")
        self.assertIn("nobody merged", self.review._find_tampering()[self.review])


@tagged("post_install", "-at_install")
class TestAuditors(OrderCommon):
    """[SEC-2] whoever audits learns of every finding, once."""

    def setUp(self):
        super().setUp()
        self.auditor = self._user("auditor", "order_process_cn.order_group_auditor")
        self.review = self._approve(self._order()).sudo().review_id

    def _check(self):
        """Run the scheduled audit; return the notices there are now."""
        self.review.checked_on = False
        self.env.flush_all()
        cron = self.env.ref("order_process_cn.order_review_audit_cron")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        return self.env["mail.message"].search([("subject", "=", SUBJECT)])

    def _forge(self, number):
        self.env.cr.execute(
            "UPDATE order_review_signature SET opinion = 'x' WHERE id = %s",
            [self.review.signature_ids.sorted("number")[number].id],
        )

    def test_each_finding_once(self):
        self.assertFalse(self._check())
        self._forge(3)
        for _run in range(2):
            told = self._check()
            self.assertEqual(len(told), 1)
        for user in (self.auditor, self.administrator):
            self.assertIn(user.partner_id, told.notified_partner_ids)
        self.assertNotIn(self.clerk.partner_id, told.notified_partner_ids)
        self._forge(1)
        for _run in range(2):
            self.assertEqual(len(self._check()), 2, "another finding")

    def test_broken_anchor_once(self):
        self.env["order.review.anchor"]._cron_anchor()
        self.assertFalse(self._check())
        self.env.cr.execute("UPDATE order_review_anchor SET heads = '{}'")
        for _run in range(2):
            told = self._check()
            self.assertEqual(len(told), 1)
        self.assertIn(self.auditor.partner_id, told.notified_partner_ids)

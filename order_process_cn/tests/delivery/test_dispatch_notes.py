from odoo.exceptions import UserError
from odoo.tests import tagged

from .delivery_common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDispatchNotes(DeliveryCommon):
    """[SHP-3] dispatch notes are printed for all that leaves, and handed over to sales,
    which files them."""

    def test_handed_over(self):
        """[SHP-3] [SLA-1] what nobody printed is listed; what was printed waits for
        those who file it; the limit ends with the last copy."""
        limit = self.env.ref("order_process_cn.order_time_limit_p28_notes")
        limit.active = True
        delivery = self._delivered()
        delivery.sale_id.ships_on_release = True
        run = self.env["order.time.limit.run"].search([("rule_id", "=", limit.id)])
        self.assertEqual(run.state, "running")
        pickings = self.env["stock.picking"].with_user(self.stocker)
        lacking = [("lacks_dispatch_note", "=", True), ("id", "=", delivery.id)]
        self.assertTrue(delivery.lacks_dispatch_note)
        self.assertEqual(pickings.search(lacking).ids, delivery.ids)

        form = self.env.ref("order_process_cn.order_form_f18b").sudo()
        issues = self.env["order.form.issue"].with_user(self.stocker)
        issues._record_issues(form, delivery.with_user(self.stocker), printed=True)
        self.env.invalidate_all()
        self.assertFalse(delivery.lacks_dispatch_note)
        self.assertFalse(pickings.search(lacking))

        copies = issues.search(
            [("form_id", "=", form.id), ("res_id", "=", delivery.id)]
        ).filtered("department_id")
        stub = copies.filtered(lambda c: c.department_id == self.departments["sales"])
        self.assertEqual((len(stub), len(copies)), (1, 2))
        with self.assertRaises(UserError):
            stub.action_acknowledge()  # who ships does not file them
        for copy in (stub, copies - stub):
            self.assertEqual(run.state, "running")
            member = self._user(f"files{copy.id}", "base.group_user")
            copy.sudo().department_id.member_ids |= member
            self._rpc(member, copy, "action_acknowledge")
        self.assertEqual(run.state, "met")

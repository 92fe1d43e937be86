from odoo.exceptions import UserError
from odoo.tests import tagged

from ..effect.test_effect import EffectCommon


@tagged("post_install", "-at_install")
class TestInstruction(EffectCommon):
    """The production instruction F05, given out when an order takes effect."""

    def _copies(self, order):
        issues = self.env["order.form.issue"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        return issues.filtered(lambda issue: issue.form_id.code == "F05").sorted(
            "copy_number"
        )

    def test_three_copies_are_received(self):
        """[MFG-1] [PLN-1] two production departments and the market department get a
        copy at release, and confirm on screen that they have it."""
        order = self._held()
        self.assertFalse(self._copies(order))
        self._state(order)
        self._run_worker()
        copies = self._copies(order)
        self.assertEqual(copies.mapped("copy_number"), [1, 2, 3])
        production, sales = self.departments["production"], self.departments["sales"]
        self.assertEqual(
            [copy.department_id for copy in copies], [production, production, sales]
        )
        with self.assertRaisesRegex(UserError, "Not yours to receive"):
            self._rpc(self.signers["quality"], copies, "action_acknowledge")
        worker = self.signers["production"]
        self._rpc(worker, copies[:2], "action_acknowledge")
        self.assertEqual(copies[:2].acknowledged_by_id, worker)
        self.assertFalse(copies[2].acknowledged_on)
        with self.assertRaisesRegex(UserError, "received already"):
            self._rpc(worker, copies[:1], "action_acknowledge")

    def test_printing_again_is_counted(self):
        """[MFG-1] the copies on record are those of the release, however often they
        are printed."""
        order = self._held()
        self._state(order)
        self._run_worker()
        form = self.env["order.form"]._by_code("F05")
        for _time in range(2):
            self.env["order.form.issue"]._record_issues(form, order, printed=True)
        copies = self._copies(order)
        self.assertEqual(copies.mapped("print_count"), [2, 2, 2])

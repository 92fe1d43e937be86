from odoo.exceptions import UserError
from odoo.tests import tagged

from .changes_common import ChangesCommon


@tagged("post_install", "-at_install")
class TestChangePapers(ChangesCommon):
    """[CHG-5] papers that were given out before a change are issued anew."""

    def _copies(self, order, code):
        issues = self.env["order.form.issue"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        return issues.filtered(lambda issue: issue.form_id.code == code).sorted(
            lambda issue: (issue.revision, issue.copy_number)
        )

    def _print(self, order, code):
        form = self.env["order.form"]._by_code(code)
        self.env["order.form.issue"]._record_issues(form, order, printed=True)

    def test_issued_anew(self):
        """What a change touches is received again, the copies from before are not valid
        any more; what it does not touch stays as it was given out."""
        order = self._signed(quantity=4)
        order._issue_form("F05")
        self._print(order, "F01")
        worker = self.signers["production"]
        first = self._copies(order, "F05")
        self._rpc(worker, first[:1], "action_acknowledge")
        change = self._change(order, line={"price_unit": 90})
        self.assertEqual(
            [(e.act, e.is_automatic) for e in change.effect_ids], [("paper", True)]
        )
        self.assertIn("Order Confirmation", change.effect_ids.document_name)
        self._agree(change)
        self.assertEqual(self._copies(order, "F05"), first, "it shows no prices")
        sent = self._copies(order, "F01")
        self.assertEqual(sent.mapped("revision"), [0, 0, 1, 1])
        self.assertEqual(sent.mapped("print_count"), [1, 1, 0, 0])
        todo = order.env["mail.activity"].search(
            [("res_model", "=", change._name), ("res_id", "=", change.id)]
        )
        self.assertIn("Order Confirmation", str(todo.note))
        self.assertEqual(todo.user_id, change.user_id)
        # twice
        self._agree(self._change(order, line={"quantity": 6}), "planning")
        fresh = self._copies(order, "F05") - first
        self.assertTrue(all(first.mapped("superseded_on")))
        self.assertEqual(fresh.mapped("revision"), [1] * 3)
        self.assertEqual(fresh.mapped("copy_number"), [1, 2, 3])
        self.assertFalse(any(fresh.mapped("acknowledged_on")))
        with self.assertRaisesRegex(UserError, "Not yours to receive"):
            self._rpc(worker, first[1:2], "action_acknowledge")
        self._rpc(worker, fresh[:1], "action_acknowledge")
        self.assertEqual(
            self._copies(order, "F01").mapped("revision"), [0, 0, 1, 1, 2, 2]
        )
        # printed again: the revision that stands, and only that is counted
        self._print(order, "F05")
        self.assertEqual(len(self._copies(order, "F05")), 6)
        self.assertEqual(fresh.mapped("print_count"), [1] * 3)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html(
                "order_process_cn.report_f05_production_instruction", order.ids
            )[0]
            .decode()
        )
        self.assertIn("Revision 1", " ".join(html.split()))

    def test_cancelled(self):
        """[CHG-3] what was given out of a cancelled order is not valid any more."""
        order = self._signed(quantity=4)
        order._issue_form("F05")
        change = self._change(order, kind="cancel", reason="Given up")
        self.assertIn("void", change.effect_ids.mapped("act"))
        self._agree(change, "planning")
        self.assertEqual(change.state, "applied")
        copies = self._copies(order, "F05")
        self.assertEqual(copies.mapped("revision"), [0] * 3)
        self.assertTrue(all(copies.mapped("superseded_on")))
        self.assertFalse(
            copies.with_user(self.signers["production"]).mapped("waits_for_me")[0]
        )

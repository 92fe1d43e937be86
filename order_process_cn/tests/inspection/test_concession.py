from odoo import Command
from odoo.tests import tagged

from .inspection_common import InspectionCommon

SAID = "Goods have to be inspected"


@tagged("post_install", "-at_install")
class TestConcession(InspectionCommon):
    """[MFG-7] what failed is let through by those whom a route names, or stays."""

    def _concession(self):
        receipt = self._receipt(10)
        self._rpc(self.stocker, receipt, "action_request_inspection")
        inspection = receipt.inspection_ids
        own = inspection.with_user(self.inspector)
        own.line_ids[0].verdict = "fail"
        own.line_ids[1].measures = "12"
        own.write(
            {"quantity_passed": 7, "quantity_concession": 3, "finding": "Scratches"}
        )
        return receipt, inspection

    def test_nobody_lets_through_without_a_route(self):
        _receipt, inspection = self._concession()
        own = inspection.with_user(self.inspector)
        self.assertStays(own.action_done, "nobody is named")
        self._rpc(self.inspector, inspection, "write", {"quantity_concession": 0})

    def test_concession_is_agreed_to(self):
        self._make_route(
            [self._stage("Decision", "engineering", "quality")],
            name="Concession",
            res_model="order.inspection",
            order_type_ids=[Command.clear()],
            submitter_policy="allow",
        )
        before = self._free()
        receipt, inspection = self._concession()
        own = inspection.with_user(self.inspector)
        own.action_done()
        self.assertEqual(inspection.state, "waiting")
        self.assertStays(
            lambda: self._rpc(
                self.inspector, inspection, "write", {"quantity_concession": 1}
            )
        )
        # what has passed comes in meanwhile
        self.assertStays(lambda: self._validate(receipt, 10), SAID, "7 Units may")
        self._validate(receipt, 7)
        self.assertEqual(self._free(), before + 7)
        rest = receipt.backorder_ids
        own.action_review_submit()
        self.assertStays(lambda: self._validate(rest, 3), SAID)
        self._sign(inspection, "engineering")
        self.assertEqual(inspection.state, "waiting")
        self._sign(inspection, "quality")
        self.assertEqual(
            (inspection.state, inspection.review_state), ("done", "approved")
        )
        self._validate(rest, 3)
        self.assertEqual(self._free(), before + 10)
        # one that passes altogether asks nobody
        other = self._receipt(5)
        self._rpc(self.stocker, other, "action_request_inspection")
        self._inspect(other.inspection_ids)
        self.assertFalse(other.inspection_ids.needs_review)
        self._validate(other, 5)
        self.assertEqual(self._free(), before + 15)

    def test_declined(self):
        """[MFG-7] what is not agreed to is decided anew; nobody is asked any more."""
        self._make_route(
            [self._stage("Decision", "quality")],
            name="Concession",
            res_model="order.inspection",
            order_type_ids=[Command.clear()],
            submitter_policy="allow",
        )
        _receipt, inspection = self._concession()
        own = inspection.with_user(self.inspector)
        own.action_done()
        own.action_review_submit()
        self._sign(inspection, "quality", decision="decline", opinion="Too deep")
        self.assertEqual(inspection.state, "waiting")
        again = inspection.browse(own.action_correct()["res_id"])
        self._inspect(again, quantity_scrap=3)
        self.assertEqual((again.state, inspection.state), ("done", "replaced"))
        self.assertNotEqual(inspection.review_state, "running")

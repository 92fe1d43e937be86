from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ...models.confirmation.quotation_changes import (
    get_quotation_changes,
    remember_quotation,
)
from ...models.confirmation.slip import record_earlier_slip, slip_order
from ...models.confirmation.statements import find_statements
from ..common import DEPARTMENTS
from ..evidence.test_amend import AmendCommon

DATES = {"dates"}


@tagged("post_install", "-at_install")
class TestAmendedStatements(AmendCommon):
    """[CFM-1] [CFM-3] [CHG-1] what was said in writing about an order that is amended:
    it counts where the change did not touch it or was renewed with it."""

    def _make_scene(self):
        super()._make_scene()
        self.order.order_type_id.requires_return = True
        statements = self.env["order.statement"]
        for kind in ("returned", "technical", "drawing"):
            statements._record(self.order, kind, "Buyer")

    def _kinds(self):
        self.env.invalidate_all()
        return {
            kind
            for kind in ("returned", "technical", "drawing")
            if self.order in find_statements(self.order, kind)
        }

    def test_touched(self):
        """The drawing says nothing of quantities; the customer signed all of it."""
        self.assertEqual(self._kinds(), {"returned", "technical", "drawing"})
        self._amend()
        self.assertEqual(self._kinds(), {"drawing"})

    def test_renewed_with_the_change(self):
        self._amend(carries=["returned"])
        self.assertEqual(self._kinds(), {"returned", "drawing"})
        # what somebody changes afterwards is another order
        self.order.order_line.product_uom_qty = 6
        self.assertEqual(self._kinds(), {"drawing"})

    def test_renewed_afterwards(self):
        self._amend()
        self.env["order.statement"]._record(self.order, "technical", "Buyer")
        self.assertEqual(self._kinds(), {"technical", "drawing"})

    def test_back_to_what_it_was(self):
        """What lapsed does not come back by itself."""
        self._amend()
        self._amend({"product_uom_qty": 2}, carries=["returned"])
        self.assertEqual(self._kinds(), {"drawing"})
        self.assertFalse(self._gap())

    def test_grounds_end(self):
        """An amendment that fell carries nothing."""
        self._amend(carries=True)
        self.assertEqual(self._kinds(), {"returned", "technical", "drawing"})
        self.source.review_id._end("terminated", "terminate", "Wrong")
        self.assertEqual(self._kinds(), {"drawing"})

    def test_said_before_in_another_run(self):
        """What our own departments said holds in the next run, led as far as it was;
        the customer signs each run."""
        self._amend(carries=True)
        self.review._end("terminated", "terminate", "Again")
        self._submit(self.order)
        self.assertEqual(self._kinds(), {"technical", "drawing"})

    def test_forged_run(self):
        """[SEC-2] a run before whose records were altered leads nothing."""
        self._amend(carries=True)
        self.review._end("terminated", "terminate", "Again")
        self._submit(self.order)
        self._alter(
            "UPDATE order_review_signature SET opinion = 'Otherwise'"
            " WHERE review_id = %(review)s AND act = 'amend'"
        )
        self.assertEqual(self._kinds(), {"drawing"})


@tagged("post_install", "-at_install")
class TestSlipAmends(AmendCommon):
    """[CFM-2] the slip of the promised date amends what was signed, by the rule that
    was agreed to with the order; nothing is counted back."""

    def _make_scene(self):
        super()._make_scene()
        order = self._order(commitment_date="2030-06-28 08:00:00")
        self.order = self._approve(order).sudo()
        self.review = self.order.review_id

    def _facts(self, order=None):
        order = order or self.order
        return order._collect_review_facts()[order]["dates"]["commitment_date"]

    def test_facts_are_what_is_stored(self):
        slip_order(self.order, 2)
        self._end_of_transaction()
        self.assertEqual(self._facts(), "2030-06-30 08:00:00")
        self.assertFalse(self._gap())
        record = self.review.signature_ids.sorted("number")[-1]
        self.assertEqual(record.details["to"].keys(), DATES)
        self.assertIn("2030-06-28", record.explanation)
        self.assertIn("2030-06-30", record.explanation)
        self.assertFalse(self.review._find_tampering())
        (told,) = self.order.review_panel["amendments"]
        self.assertEqual(told["act"], "Promised date moved")

    def test_taken_back_by_hand(self):
        """Who puts the date back has changed what is promised: that is signed again."""
        slip_order(self.order, 2)
        self.order.commitment_date = "2030-06-28 08:00:00"
        self.assertIn("signed again", self._gap())
        self._end_of_transaction()
        self.assertEqual(self.review.state, "running")

    def test_what_was_said_goes_along(self):
        for kind in ("returned", "technical"):
            self.env["order.statement"]._record(self.order, kind, "Buyer")
        slip_order(self.order, 1)
        slip_order(self.order, 3)
        for kind in ("returned", "technical"):
            self.assertIn(self.order, find_statements(self.order, kind))

    def test_no_difference_from_the_quotation(self):
        """[INT-3] nobody explains what the rule did."""
        remember_quotation(self.order)
        slip_order(self.order, 2)
        self.assertFalse(get_quotation_changes(self.order)[self.order])
        self.order.commitment_date = "2030-07-20 08:00:00"
        self.assertTrue(get_quotation_changes(self.order)[self.order])

    def test_amended_by_a_change_and_by_the_rule(self):
        slip_order(self.order, 1)
        self._amend({"product_uom_qty": 5})
        slip_order(self.order, 2)
        self._end_of_transaction()
        self.assertFalse(self._gap())
        self.assertFalse(self.review._find_tampering())

    def test_next_run_signs_the_date_that_stands(self):
        slip_order(self.order, 2)
        self.review._end("terminated", "terminate", "Again")
        self._submit(self.order)
        facts = self.order.review_id.facts
        self.assertEqual(facts["dates"]["commitment_date"], "2030-06-30 08:00:00")
        self._sign(self.order, "sales", *DEPARTMENTS)
        slip_order(self.order, 3)
        self._end_of_transaction()
        self.assertFalse(self._gap())
        self.assertEqual(str(self.order.commitment_date), "2030-07-01 08:00:00")

    # -- before 19.0.1.4.0 -------------------------------------------------------------

    def _slip_as_before(self, order, **values):
        """Store what a slip stored: nothing in the facts of the review."""
        self.env.flush_all()
        columns = {
            "commitment_date": "2030-07-02 08:00:00",
            "slip_days": 4,
            "slipped_from": "2030-06-28 08:00:00",
            "slipped_to": "2030-07-02 08:00:00",
            **values,
        }
        for name, value in columns.items():
            column = SQL.identifier(name)
            self.env.cr.execute(
                SQL(
                    "UPDATE sale_order SET %s = %s WHERE id = %s",
                    column,
                    value,
                    order.id,
                )
            )
        self.env.invalidate_all()

    def test_upgrade(self):
        """[SEC-2] an order that has slipped keeps its standing, and what the customer
        signed; one that was changed besides is signed again as before."""
        with freeze_time("2026-01-05 03:00:00"):
            self.env["order.statement"]._record(self.order, "returned", "Buyer")
        first = self._approve(self._order(commitment_date="2030-06-28 08:00:00")).sudo()
        changed = self._approve(self._order(commitment_date="2030-06-28 08:00:00"))
        running = self._submit(self._order(commitment_date="2030-06-28 08:00:00"))
        self._sign(running, "sales")
        orders = self.order + first + (changed + running).sudo()
        for order in orders:
            self._slip_as_before(order)
        # the very first slips kept only by how many days
        self._slip_as_before(first, slipped_from=None, slipped_to=None)
        self._slip_as_before(changed, commitment_date="2031-01-01 08:00:00")
        self.assertTrue(self._gap())
        record_earlier_slip(orders)
        record_earlier_slip(orders)  # an upgrade that is begun again
        self._end_of_transaction()
        for order in self.order + first:
            self.assertFalse(self._gap(order))
            self.assertFalse(order.review_id._find_tampering())
            self.assertEqual(
                order.review_id.signature_ids.mapped("act").count("slip"), 1
            )
        self.assertIn(self.order, find_statements(self.order, "returned"))
        self.assertTrue(self._gap(changed.sudo()))
        self._sign(running, *DEPARTMENTS)
        self.assertFalse(self._gap(running.sudo()))
        # and goes on slipping from what was reviewed
        slip_order(self.order, 5)
        self.assertEqual(str(self.order.commitment_date), "2030-07-03 08:00:00")
        self.assertFalse(self._gap())

    def test_slip_of_what_is_changed(self):
        """What somebody changed meanwhile is not slipped along."""
        self.order.order_line.price_unit = 1
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            slip_order(self.order, 1)

import os
from contextlib import closing

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from .cases_common import CasesCommon

SEQUENCES = int(os.environ.get("ORDER_RETURNS_SEQUENCES", 8))
SEED = int(os.environ.get("ORDER_RETURNS_SEED", 19))
DECISIONS = ("refund", "replace", "reject", "scrap")
some = st.integers(1, 4)
acts = st.one_of(
    st.tuples(st.just("ask"), some),
    st.tuples(st.just("ask"), some),
    st.tuples(st.just("collect"), some),
    st.tuples(st.just("collect less"), some),
    st.tuples(st.just("settle"), st.sampled_from(DECISIONS)),
    st.tuples(st.just("ship"), some),
)


@tagged("post_install", "-at_install")
class TestReturnsAtRandom(CasesCommon):
    """[AFS-1] whatever comes back in whatever sequence: never more than was delivered,
    and when everything is settled and sent, ordered, delivered and invoiced agree."""

    def test_returns(self):
        order = self._delivered(5)
        self._invoice(order)
        self.env.flush_all()

        @seed(SEED)
        @settings(
            max_examples=SEQUENCES,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            phases=(Phase.generate,),
        )
        @given(taken=st.lists(acts, min_size=3, max_size=7))
        def returns(taken):
            with closing(self.env.cr.savepoint()) as undone:
                try:
                    for act, how in [*taken, ("finish", None)]:
                        getattr(self, f"_act_{act.replace(' ', '_')}")(order, how)
                        self._check(order)
                    line = order.sudo().order_line
                    self.assertEqual(line.qty_delivered, line.product_uom_qty)
                    self.assertEqual(line.qty_invoiced, line.product_uom_qty)
                finally:
                    undone.rollback()
                    self.env.invalidate_all(flush=False)
                    self.cr.precommit.clear()

        returns()

    def _check(self, order):
        self.env.flush_all()
        (count,) = order.sudo().order_line._get_returnable().values()
        self.assertLessEqual(count.returned, count.delivered)
        for line in order.sudo().service_case_ids.line_ids:
            if line.state in {"approved", "collecting"}:
                self.assertGreaterEqual(line.open_qty, line.quantity)

    def _cases(self, order, *states):
        return order.sudo().service_case_ids.filtered(lambda c: c.state in states)

    # -- acts --------------------------------------------------------------------------

    def _act_ask(self, order, quantity):
        case = self._case(order, quantity)
        open_qty = case.line_ids.open_qty
        try:
            with self.env.cr.savepoint():
                self._rpc(self.salesman, case, "action_request")
            self.assertLessEqual(quantity, open_qty)
        except UserError:
            self.env.invalidate_all()
            self.assertGreater(quantity, open_qty)

    def _act_collect(self, order, _number, less=0):
        for case in self._cases(order, "approved")[:1]:
            self._rpc(self.salesman, case, "action_collect")
            for transfer in case.return_picking_ids:
                for move in transfer.move_ids:
                    quantity = max(move.product_uom_qty - less, 1)
                    move.write({"quantity": quantity, "picked": True})
                transfer.with_context(
                    skip_backorder=True, picking_ids_not_to_backorder=transfer.ids
                ).button_validate()
            self.assertEqual(case.state, "collected")

    def _act_collect_less(self, order, number):
        self._act_collect(order, number, less=1)

    def _act_settle(self, order, decision):
        for case in self._cases(order, "collected", "inspected")[:1]:
            outcome = {"quantity_return": 0.0}
            for inspection in case.line_ids.inspection_ids:
                inspection.write({**outcome, "quantity_passed": inspection.quantity})
                self._rpc(self.checker, inspection, "action_done")
            for line in case.line_ids:
                line.decision = decision
            self._settle(case)
            before = self._read_all(order)
            self._settle(case)  # a second click does nothing
            self.assertEqual(self._read_all(order), before)

    def _read_all(self, order):
        """Return what a case could do to an order, once more."""
        self.env.flush_all()
        line = order.sudo().order_line
        return (
            line.product_uom_qty,
            line.qty_delivered,
            line.qty_invoiced,
            line.move_ids.ids,
            order.sudo().service_case_ids.credit_note_ids.ids,
            order.sudo().message_ids.ids,
        )

    def _act_ship(self, order, _number):
        for picking in order.sudo().picking_ids:
            if picking.state not in {"done", "cancel"} and (
                picking.location_dest_id.usage == "customer"
            ):
                picking.action_assign()
                for move in picking.move_ids:
                    move.write({"quantity": move.product_uom_qty, "picked": True})
                picking._action_done()

    def _act_finish(self, order, _nothing):
        while self._cases(order, "approved"):
            self._act_collect(order, 1)
        while self._cases(order, "collected", "inspected"):
            self._act_settle(order, "refund")
        self._act_ship(order, 1)

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .test_effect import EffectCommon

MONDAY = "2026-06-01 02:00:00"


@tagged("post_install", "-at_install")
class TestSeatNeededWhileHeld(EffectCommon):
    """[PLN-1] [REV-6] K2: a limit that is reached only after the approval: whoever has
    to sign as well is asked, also when there is no button Confirm any more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window = cls.env["order.issue.window"].create(
            {"name": "Monday", "monday": True, "cut_off": 16}
        )
        cls.order_type.write(
            {"issue_window_id": window.id, "requires_technical": False}
        )
        cls.critical = cls.env["product.category"].create({"name": "Critical"})
        seat = {
            "source": "department",
            "department_id": cls.departments["gm"].id,
            "domain": f"[('order_line.product_id.categ_id', '=', {cls.critical.id})]",
        }
        cls._make_route([cls._stage("Check", "sales", seats=[seat])])

    def _approved(self):
        order = self._submit(self._typed())
        self._sign(order, "sales")
        self.assertEqual(order.review_state, "approved")
        return order

    def _reach_limit(self):
        self.pump.product_tmpl_id.categ_id = self.critical
        self._end_of_transaction()

    def test_issue_that_fails_asks(self):
        with freeze_time(MONDAY):
            order = self._approved()
            order.action_confirm()
            self.assertEqual(order.effect_state, "held")
            self._run_worker()
            self._reach_limit()
            self._issue(order)
            self._assert_nothing_launched(order)
            self._run_worker()
            self.assertEqual(order.review_state, "running")
            self._sign(order, self.gm)
            self._issue(order)
        self.assertEqual(order.effect_state, "effective")

    def _issue(self, order):
        order.with_user(self.desk).action_issue()
        self._run_worker()

    def test_strangers_ask_nobody(self):
        """A customer who calls the method learns no names and opens no seat."""
        order = self._approved()
        self._reach_limit()
        buyer = new_test_user(self.env, "opc_caller", groups="base.group_portal")
        for user in (buyer, self.env.ref("base.public_user"), self.signers["quality"]):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._rpc(user, order, "action_confirm")
            self.assertEqual(order.review_state, "approved")
        action = self._rpc(self.salesman, order, "action_confirm")
        self.assertIn(self.departments["gm"].name, action["params"]["message"])
        self.assertEqual(order.review_state, "running")

from odoo.exceptions import AccessDenied, UserError
from odoo.tests import tagged

from .test_effect import EffectCommon


@tagged("post_install", "-at_install")
class TestUninstall(EffectCommon):
    """[CFM-6] whoever uninstalls is told what would be left hanging."""

    def setUp(self):
        super().setUp()
        modules = self.env["ir.module.module"]
        self.addon = modules.search([("name", "=", "order_process_cn")])

    def _uninstall(self, module):
        module.button_uninstall()
        self.assertEqual(self.addon.state, "to remove")

    def test_held_orders(self):
        """Refused while orders wait, also where another module goes with it."""
        held, cancelled = self._held(), self._held()
        cancelled.action_cancel()
        below = self.env["ir.module.module"].search([("name", "=", "sale_mrp")])
        self.assertIn(self.addon, below.downstream_dependencies())
        for module in (self.addon, below):
            with self.assertRaises(UserError) as refusal:
                module.button_uninstall()
            self.assertIn(held.name, str(refusal.exception))
            self.assertNotIn(cancelled.name, str(refusal.exception))
        self.assertEqual(self.addon.state, "installed")
        self._state(held)
        self._run_worker()
        self.assertEqual(held.effect_state, "effective")
        self._uninstall(self.addon)

    def test_others_learn_nothing(self):
        """Who may not uninstall is refused as in plain Odoo, and told no order."""
        held = self._held()
        for user in (self.supervisor, self.desk):
            with self.assertRaises(AccessDenied) as refusal:
                self._rpc(user, self.addon, "button_uninstall")
            self.assertNotIn(held.name, str(refusal.exception))

    def test_growth_that_waits(self):
        """A larger quantity that was never launched waits as well."""
        order = self._held()
        self._state(order)
        self._run_worker()
        order.order_line.sudo().held_quantity = 2
        with self.assertRaisesRegex(UserError, order.name):
            self.addon.button_uninstall()

    def test_another_module(self):
        """What does not touch the order process goes as in plain Odoo."""
        self._held()
        other = (
            self.env["ir.module.module"]
            .search([("state", "=", "installed")])
            .filtered(lambda m: self.addon not in m | m.downstream_dependencies())[:1]
        )
        other.button_uninstall()
        self.assertEqual(other.state, "to remove")

import ast

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...models.confirmation.statements import find_statements
from ..effect.test_effect import EffectCommon


@tagged("post_install", "-at_install")
class TestStatementDepartment(EffectCommon):
    """[CFM-3] K2: whoever the checklist names for a written confirmation comes by the
    order: he is told, finds it in his list, opens it and confirms. Nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engineer = cls._user("second_engineer", "base.group_user")
        cls.departments["engineering"].member_ids += cls.engineer

    def _listed(self, user):
        """Return what the action of the menu shows to ``user``."""
        action = self.env.ref("order_process_cn.order_action_statements")
        orders = self.env["sale.order"]
        found = self._rpc(
            user,
            orders,
            "web_search_read",
            ast.literal_eval(action.domain),
            {"name": {}},
        )
        return orders.browse(row["id"] for row in found["records"])

    def _assert_closed(self, order, user):
        """Nothing of an order is shown to ``user``, on whichever road."""
        self.env.invalidate_all()
        for records, method, args in (
            (order, "web_read", [{"name": {}}]),
            (order, "action_state_in_writing", ["technical", "Feasible"]),
            (order, "action_ask_statement", []),
            (order.order_line, "read", [["name"]]),
        ):
            with (
                self.subTest(user=user.login, method=method),
                self.assertRaises(AccessError),
                self.cr.savepoint(),
            ):
                self._rpc(user, records, method, *args)
        try:
            found = self._rpc(user, order.browse(), "search", [("id", "=", order.id)])
        except AccessError:
            found = []
        self.assertFalse(found)
        self.assertFalse(order.sudo().statement_ids)

    # -- who is named ------------------------------------------------------------------

    def test_member_without_any_other_right(self):
        """The list leads to the order, the form opens, the button does it."""
        order = self._held()
        self._begin()
        self.assertEqual(self._listed(self.engineer), order)
        mine = order.with_user(self.engineer).with_context({})
        specification = self._form_specification(mine)
        [shown] = self._rpc(self.engineer, order, "web_read", specification)
        self.assertEqual(shown["name"], order.name)
        self.assertEqual(shown["order_line"][0]["product_uom_qty"], 4)
        open_ones = [c for c in shown["order_checklist"]["conditions"] if not c["met"]]
        self.assertIn("Engineering", [c["owner"] for c in open_ones])
        action = self._rpc(self.engineer, order, "action_ask_statement")
        wizard = (
            self.env["order.statement.wizard"]
            .with_user(self.engineer)
            .with_context(**action["context"])
            .create({"text": "Feasible"})
        )
        self.assertEqual(wizard.own_kind, "technical")
        self._rpc(self.engineer, wizard, "action_confirm")
        self.assertIn(order, find_statements(order, "technical"))
        self._run_worker()
        self.assertFalse(self._listed(self.engineer), "nothing is left to do")
        self.assertEqual(self._listed(self.signers["purchase"]), order)

    def test_wizard_asks_what_this_department_confirms(self):
        order = self._held()
        action = self._rpc(self.signers["purchase"], order, "action_ask_statement")
        self.assertEqual(action["context"]["default_own_kind"], "material")

    def test_whoever_confirmed_reads_on(self):
        """As a signer does: what he said and what became of it."""
        order = self._held()
        self._state(order)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        for name in ("engineering", "purchase"):
            user = self.signers[name]
            [shown] = self._rpc(user, order, "web_read", {"statement_ids": {}})
            self.assertEqual(len(shown["statement_ids"]), 2)
        # a colleague who said nothing, and is asked no more
        with self.assertRaises(AccessError):
            self._rpc(self.engineer, order, "web_read", {"name": {}})

    def test_facts_changed_later_ask_again(self):
        order = self._held()
        self._state(order, "technical")
        self._run_worker()
        self.assertFalse(self._listed(self.engineer))
        order.order_line.product_uom_qty = 9
        self._run_worker()
        self.assertEqual(self._listed(self.engineer), order)

    # -- nobody else -------------------------------------------------------------------

    def test_other_orders_stay_closed(self):
        """Only where a statement is asked: no quotation, no other type, not after a
        cancellation, and not for another department."""
        held = self._held()
        self._assert_closed(held, self.signers["quality"])
        self._assert_closed(self._typed(), self.engineer)
        cancelled = self._held()
        cancelled.with_context(disable_cancel_warning=True).action_cancel()
        self._assert_closed(cancelled, self.engineer)
        self.order_type.requires_technical = False
        self._assert_closed(held, self.engineer)

    def test_left_the_department(self):
        order = self._held()
        self.departments["engineering"].member_ids -= self.engineer
        self._assert_closed(order, self.engineer)

    def test_outsiders(self):
        """A customer, a visitor, and a colleague of another company, even when
        somebody has put them into the department."""
        order = self._held()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        abroad = new_test_user(
            self.env,
            "opc_abroad",
            groups="base.group_user",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        customer = new_test_user(self.env, "opc_buyer", groups="base.group_portal")
        for user in (abroad, customer, self.env.ref("base.public_user")):
            self.departments["engineering"].member_ids += user
            self._assert_closed(order, user)

    def test_prices_stay_closed(self):
        """A member without the right to prices gets the order, and no price."""
        order = self._held()
        worker = self._user("fitter", "mrp.group_mrp_user")
        self.departments["engineering"].member_ids += worker
        self._rpc(worker, order, "action_state_in_writing", "technical", "Feasible")
        for records, name in (
            (order, "amount_total"),
            (order.order_line, "price_unit"),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._rpc(worker, records, "read", [name])

    # -- told --------------------------------------------------------------------------

    def _todos(self, order):
        found = self.env["mail.activity"].search(
            [
                ("res_model", "=", "sale.order"),
                ("res_id", "=", order.id),
                ("order_todo_key", "=like", "statement.%"),
            ]
        )
        return {(todo.order_todo_key, todo.user_id) for todo in found}

    def test_department_is_told(self):
        """One to-do for the head while the statement is missing; none afterwards."""
        order = self._held()
        self._run_worker()
        self._run_worker()
        material = ("statement.material", self.signers["purchase"])
        self.assertEqual(
            self._todos(order),
            {("statement.technical", self.signers["engineering"]), material},
        )
        self._rpc(
            self.engineer, order, "action_state_in_writing", "technical", "Feasible"
        )
        self._run_worker()
        self.assertEqual(self._todos(order), {material})
        order.with_context(disable_cancel_warning=True).action_cancel()
        self.assertFalse(self._todos(order))

    def test_department_without_anybody_is_named(self):
        self.departments["engineering"].write(
            {"member_ids": [Command.clear()], "head_id": False}
        )
        order = self._held()
        owners = {c["code"]: c["owner"] for c in order.order_checklist["conditions"]}
        self.assertIn("has no people", owners["technical"])
        self.assertEqual(owners["material"], "Purchasing")
        self._run_worker()
        self.assertEqual(len(self._todos(order)), 1)

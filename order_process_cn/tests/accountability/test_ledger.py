from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...models.accountability import order_ledger_proposal
from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestLedger(OrderCommon):
    """[ACC-1] fines and rewards: proposed by rule some time after the event, decided by
    people, appealed against once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.judge = cls._user("judge", "order_process_cn.order_group_ledger")
        cls.departments["sales"].write({"member_ids": [(4, cls.salesman.id)]})
        cls.rule = cls.env["order.ledger.rule"].create(
            {
                "name": "Too small",
                "amount": 50,
                "basis": "Regulation 6.2",
                "res_model": "sale.order",
                "event_code": "created",
                "domain": "[('amount_untaxed', '<', 500)]",
                "company_id": cls.company.id,
            }
        )
        cls.rule.in_force_since = cls.rule.in_force_since
        cls.small = cls._order(quantity=1, price=100.0)
        cls.large = cls._order(quantity=9, price=100.0)

    def _proposed(self):
        self._end_of_transaction()
        for _twice in range(2):
            self.rule._propose()
        return self.env["order.ledger.entry"].search([("rule_id", "=", self.rule.id)])

    def _act(self, user, entry, act, **values):
        if values:
            self._rpc(user, entry, "write", values)
        self._rpc(user, entry, act)

    def test_proposed_then_decided(self):
        """[ACC-1] once for an event and never at once; counts when confirmed; whoever
        is concerned appeals once, and nobody decides about himself."""
        self.assertFalse(self.env["order.ledger.entry"].search_count([]))
        entry = self._proposed()
        self.assertRecordValues(
            entry,
            [
                {
                    "document_name": self.small.name,
                    "user_id": self.salesman.id,
                    "department_id": self.departments["sales"].id,
                    "state": "proposed",
                    "amount": 50,
                    "balance": 0,
                    "basis": "Regulation 6.2",
                }
            ],
        )
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, entry, "write", {"amount": 0})
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, entry, "action_waive")
        with self.assertRaisesRegex(UserError, "Say why"):
            self._act(self.judge, entry, "action_confirm", amount=30)
        self._act(self.judge, entry, "action_confirm", reason="First time")
        self.assertEqual((entry.state, entry.balance), ("confirmed", -30))
        with self.assertRaises(AccessError):
            self._rpc(self.judge, entry, "write", {"amount": 500})
        with self.assertRaises(AccessError):
            self._rpc(self.judge, entry, "action_appeal")
        with self.assertRaisesRegex(UserError, "Enter what"):
            self._rpc(self.salesman, entry, "action_appeal")
        self._act(self.salesman, entry, "action_appeal", appeal="I was ill")
        self.assertEqual((entry.state, entry.balance), ("appealed", 0))
        self._act(self.judge, entry, "action_confirm", reason="Nobody was told")
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, entry, "write", {"appeal": "Again"})
        with self.assertRaises(UserError):
            self._rpc(self.salesman, entry, "action_appeal")
        with self.assertRaisesRegex(UserError, "Decided already"):
            self._rpc(self.judge, entry, "action_waive")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            entry.sudo().unlink()
        self._end_of_transaction()
        found = self.env["order.event"].search(
            [("res_model", "=", entry._name), ("res_id", "=", entry.id)]
        )
        self.assertEqual(
            sorted(found.mapped("code")),
            sorted(f"ledger.{s}" for s in ("proposed", "confirmed", "appealed"))[:1]
            + ["ledger.confirmed", "ledger.confirmed", "ledger.proposed"],
        )
        self.assertIn("I was ill", found.mapped("detail"))

    def test_who_sees_what(self):
        """[SEC-1] one's own and those of one's department; nobody about himself."""
        entry = self._proposed()
        other = self._user("other_seller", "sales_team.group_sale_salesman")
        self.assertFalse(entry.with_user(other).has_access("read"))
        self.assertTrue(entry.with_user(self.salesman).has_access("read"))
        head = entry.with_user(self.supervisor)
        self.assertTrue(head.has_access("read"))
        self.assertFalse(head.has_access("write"))
        with self.assertRaises(AccessError):
            self._rpc(self.supervisor, entry, "write", {"amount": 0})
        self.salesman.group_ids |= self.env.ref("order_process_cn.order_group_ledger")
        for act in ("action_confirm", "action_waive"):
            with self.assertRaisesRegex(AccessError, "about himself"):
                self._rpc(self.salesman, entry, act)
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, entry, "write", {"amount": 1})

    def test_rules(self):
        """[ACC-1] the document's figures are data, switched off; a rule names an event
        that there is; what is too old, or before it was in force, is not proposed."""
        shipped = {"pickup": (200, "leader"), "own_delay": (50, "owner")}
        for name, (amount, person) in shipped.items():
            rule = self.env.ref(f"order_process_cn.order_ledger_rule_{name}")
            self.assertRecordValues(
                rule, [{"active": False, "amount": amount, "person": person}]
            )
            rule.active = True
            self.assertFalse(rule._propose())
        with self.assertRaisesRegex(ValidationError, "Choose one of"):
            self.rule.event_code = "nothing"
        self.rule.invalidate_recordset()
        self.rule.active = False
        self.env.cr.execute(
            "UPDATE order_ledger_rule SET in_force_since = '2090-01-01' WHERE id = %s",
            [self.rule.id],
        )
        self.rule.invalidate_recordset()
        self.assertFalse(self._proposed())

    def test_what_fits_nobody_stops_nobody(self):
        """[ACC-1] events that fit nobody leave no entry: the worker goes on behind
        them, and comes to an end."""
        self.patch(order_ledger_proposal, "SLICE", 2)
        for number in range(4):
            self._order(quantity=9, price=100.0 + number)
        last = self._order(quantity=1, price=100.0)
        nobody = self._order(quantity=1, price=100.0)
        nobody.sudo().user_id = False
        self._end_of_transaction()
        with self.enter_registry_test_mode():
            self.env.ref("order_process_cn.order_ledger_cron").method_direct_trigger()
        found = self.env["order.ledger.entry"].search([("rule_id", "=", self.rule.id)])
        names = {self.small.name, last.name}
        self.assertEqual({*found.mapped("document_name")}, names)

    def test_nothing_said_is_no_appeal(self):
        """[ACC-1] K7: blanks are nothing; what is no amount is refused."""
        entry = self._proposed()
        with self.assertRaisesRegex(UserError, "no number"):
            self._rpc(self.judge, entry, "write", {"amount": float("nan")})
        self._act(self.judge, entry, "action_confirm")
        with self.assertRaisesRegex(UserError, "Enter what"), self.cr.savepoint():
            self._act(self.salesman, entry, "action_appeal", appeal="  \n ")

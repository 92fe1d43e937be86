from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .reallocation_common import ReallocationCommon


@tagged("post_install", "-at_install")
class TestReallocationApproval(ReallocationCommon):
    """[ALC-3] [SEC-2] nothing is taken without an approval of exactly that."""

    def _make_scene(self):
        self.taker = self._sell_urgently(5)

    # -- approval ----------------------------------------------------------------------

    def test_without_a_route(self):
        """[ALC-3] refused in words for the administrator, never let through."""
        self.approval.active = False
        document = self._open(self.taker)
        for method in ("action_review_submit", "action_execute"):
            with self.assertRaisesRegex(UserError, "Ask an administrator"):
                self._rpc(self.leader, document, method)
        self.assertEqual((document.state, self._held(self.taker)), ("draft", [0]))

    def test_shipped_route(self):
        """Switched off until an administrator activates it; then it works."""
        route = self.env.ref("order_process_cn.order_review_route_reallocation")
        self.assertFalse(route.active)
        self.approval.active = False
        self.departments["warehouse"].member_ids = self.clerk
        route.active = True
        self.signers["warehouse"] = self.clerk
        document = self._open(self.taker)
        self._rpc(self.leader, document, "action_review_submit")
        self._sign(document, "planning", "warehouse", "deputy")
        self._execute(document)
        self.assertEqual(self._held(self.taker), [5])

    def test_attacks(self):
        """[ALC-3] [SEC-2] by RPC: nobody gets round the approval."""
        document = self._open(self.taker)
        line = document.line_ids[0]
        attempts = [
            (UserError, self.leader, document, "action_execute", ()),
            (AccessError, self.leader, document, "write", ({"state": "done"},)),
            (
                AccessError,
                self.leader,
                document,
                "write",
                ({"review_state": "approved"},),
            ),
            (AccessError, self.leader, line, "write", ({"reserved_qty": 99},)),
            (AccessError, self.leader, line, "write", ({"dates_checked_on": False},)),
            (AccessError, self.leader, document, "write", ({"order_id": 1},)),
            (AccessError, self.leader, line, "unlink", ()),
            (AccessError, self.leader, document, "unlink", ()),
            (AccessError, self.leader, document, "copy", ()),
            (
                AccessError,
                self.leader,
                document,
                "write",
                ({"line_ids": [[0, 0, {"quantity": 1}]]},),
            ),
            (ValidationError, self.leader, line, "write", ({"quantity": 99},)),
            (ValidationError, self.leader, line, "write", ({"quantity": -1},)),
            (AccessError, self.salesman, document, "action_execute", ()),
            (AccessError, self.salesman, line, "write", ({"quantity": 1},)),
            (AccessError, self.salesman, self.taker, "action_take_stock", ()),
            (AccessError, self.salesman, document, "action_review_submit", ()),
        ]
        for error, user, records, method, arguments in attempts:
            with (
                self.subTest(f"{user.login} {method} {arguments}"),
                self.assertRaises(error),
                self.cr.savepoint(),
            ):
                self._rpc(user, records, method, *arguments)
        model = self.env["order.reallocation"]
        with self.assertRaises(AccessError):
            self._rpc(
                self.leader,
                model,
                "create",
                {"order_id": self.taker.id, "state": "done"},
            )
        self.assertEqual((document.state, self._held(self.taker)), ("draft", [0]))

    def test_gate_against_the_engine(self):
        """The gate is the state itself, whoever writes it."""
        document = self._open(self.taker)
        with self.assertRaisesRegex(UserError, "has to wait"):
            document.sudo().state = "done"

    def test_changed_quantities_void_the_signature(self):
        document = self._open(self.taker)
        self._approve_taking(document)
        self._choose(document, **{self.first.name: 5})
        self.assertEqual(document.review_state, "running")
        with self.assertRaisesRegex(UserError, "has to wait"):
            self._execute(document)
        self.assertEqual(self._held(self.taker), [0])
        changes = document.review_id.signature_ids.filtered(lambda s: s.act == "change")
        self.assertTrue(changes)
        self._sign(document, "planning", "deputy")
        self._execute(document)
        self.assertEqual(self._held(self.taker, self.first, self.second), [5, 1, 4])

    def test_edit_in_the_same_transaction(self):
        """The gate compares with what was signed, before anything was voided."""
        document = self._open(self.taker)
        self._approve_taking(document)
        line = document.line_ids.filtered(lambda line: line.order_id == self.first)
        line.with_user(self.leader).quantity = 0
        with self.assertRaisesRegex(UserError, "signed again"):
            self._execute(document)

    # -- screens and rights ------------------------------------------------------------

    def test_forms(self):
        """The form opens in every state, for everybody concerned."""
        document = self._open(self.taker)
        people = (self.leader, self.salesman, self.other)
        for user in people:
            self.env.invalidate_all()
            Form(document.with_user(user))
        self._rpc(self.leader, document, "action_review_submit")
        for user in (*people, self.signers["planning"]):
            self.env.invalidate_all()
            Form(document.with_user(user))
        self._sign(document, "planning", "deputy")
        self._execute(document)
        for user in (*people, self.signers["planning"], self.deputy):
            self.env.invalidate_all()
            Form(document.with_user(user))
            self.assertEqual(len(document.with_user(user).line_ids), 2)
        stranger = self._user("stranger", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            document.with_user(stranger).read(["state"])
        self.assertFalse(
            self.env["order.reallocation.line"].with_user(stranger).search([])
        )

    def test_cancelled(self):
        document = self._open(self.taker)
        self._approve_taking(document)
        self._rpc(self.leader, document, "action_cancel")
        self.assertEqual(
            (document.state, document.review_state), ("cancel", "cancelled")
        )
        with self.assertRaises(UserError):
            self._execute(document)
        self.assertNotEqual(self._open(self.taker), document)

    def test_queries(self):
        """As many queries for twelve holders as for two."""

        def measure():
            taker = self._sell_urgently(3)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self._open(taker).with_user(self.leader).web_read(
                {
                    "changes": {},
                    "lacking": {},
                    "line_ids": {"fields": {"holder": {}, "user_id": {}}},
                }
            )
            return self.cr.sql_log_count - start

        measure()
        few = measure()
        self._receive(self.pump, 10)
        customers = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(10)]
        )
        for customer in customers:
            self._sell(1, partner_id=customer.id)
        self.assertLessEqual(measure(), few)

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestHints(OrderCommon):
    """[ANA-3] what the process could do better, with figures, rows and a proposal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._user("hint_reader", "order_process_cn.order_group_auditor")
        cls.rules = cls.env["order.hint.rule"].search([]).grouped("kind")
        cls.env["order.hint.rule"].search([]).least = 1
        cls.now = fields.Datetime.now().replace(microsecond=0)
        cls.begin = cls.now - timedelta(days=10)

    def _find(self, user=None, **values):
        self.env.flush_all()
        hints = self.env["order.hint"].with_user(user or self.manager)
        domain = [("company_id", "=", self.company.id)]
        domain += [(name, "=", value) for name, value in values.items()]
        return hints.search(domain)

    def _signed(self):
        with freeze_time(self.begin):
            order = self._submit()
            self._end_of_transaction()
        with freeze_time(self.begin + timedelta(hours=30)):
            self._sign(order, "sales")
            self._sign(order, "quality", decision="decline", opinion="No gauge")
            self._end_of_transaction()
        return order

    def _limit(self, **values):
        limit = self.env["order.time.limit"].create(
            {
                "name": "Hint",
                "company_id": self.company.id,
                "res_model": "sale.order",
                "start_event": "created",
                "stop_event": "submitted",
                "length": 1,
                "unit": "working_hours",
                "active": True,
                "domain": "[('id', '=', 0)]",
                **values,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE order_time_limit SET in_force_since = %s WHERE id = %s",
            [self.now - timedelta(days=200), limit.id],
        )
        self.env.invalidate_all()
        return limit

    def test_seats(self):
        """[ANA-3] the slowest seat and whoever has too much; nothing below a threshold,
        nothing from before the period; the rows are those that were counted."""
        self._signed()
        slow = self._find(kind="slow_seat")
        self.assertEqual(len(slow), 1, "one a company")
        self.assertAlmostEqual(slow.figure, 30, 1)
        self.assertIn("30.0 hours", slow.figures)
        self.assertTrue(slow.subject)
        self.assertIn("deputy", slow.proposal)
        action = self._rpc(self.manager, slow, "action_open_rows")
        rows = self.env[action["res_model"]].with_user(self.manager)
        self.assertEqual(rows.search_count(action["domain"]), slow.cases)
        self.rules["slow_seat"].threshold = 31
        self.assertFalse(self._find(kind="slow_seat"))
        self.rules["slow_seat"].write({"threshold": 1, "days": 5})
        self.assertFalse(self._find(kind="slow_seat"), "it happened before")
        self.rules["slow_seat"].write({"days": 90, "least": 99})
        self.assertFalse(self._find(kind="slow_seat"))
        with self.assertRaisesRegex(UserError, "figures have changed"):
            self._rpc(self.manager, slow, "action_open_rows")
        self._submit()
        self.assertFalse(self._find(kind="overloaded"))
        self.rules["overloaded"].threshold = 1
        loaded = self._find(kind="overloaded")
        self.assertTrue(loaded)
        for hint in loaded:
            action = self._rpc(self.manager, hint, "action_open_rows")
            self.assertEqual(rows.search_count(action["domain"]), hint.cases)

    def test_limits(self):
        """[ANA-3] limits that never ran, and those that nobody keeps."""
        idle, unkept = self._limit(), self._limit(name="Unkept")
        self._signed()
        self.env["order.time.limit.run"].create(
            [
                {
                    "rule_id": unkept.id,
                    "res_model": "sale.order",
                    "res_id": 1,
                    "document_model": "sale.order",
                    "document_id": 1,
                    "company_id": self.company.id,
                    "state": state,
                    "length": 1,
                    "unit": "working_hours",
                    "started_at": self.begin,
                    "due_at": self.begin,
                    "stopped_at": self.now - timedelta(days=1),
                }
                for state in ("late", "late", "met")
            ]
        )
        found = self._find(kind="idle_limit")
        self.assertIn(idle.id, found.mapped("subject_id"))
        self.assertNotIn(unkept.id, found.mapped("subject_id"))
        hint = found.filtered(lambda h: h.subject_id == idle.id)
        self.assertEqual(hint.subject, "Hint")
        self.assertIn("90 days", hint.figures)
        action = self._rpc(self.manager, hint, "action_open_rows")
        self.assertEqual((action["res_model"], action["res_id"]), (idle._name, idle.id))
        hint = self._find(kind="unkept_limit", subject_id=unkept.id)
        self.assertIn("67% of 3", hint.figures)
        action = self._rpc(self.manager, hint, "action_open_rows")
        rows = self.env[action["res_model"]].with_user(self.manager)
        self.assertEqual(rows.search_count(action["domain"]), 3)
        self.rules["unkept_limit"].threshold = 0.7
        self.assertFalse(self._find(kind="unkept_limit", subject_id=unkept.id))

    def test_returns(self):
        """[ANA-3] the most frequent reason of returns."""
        order = self._order().sudo()
        often, seldom = self.env["order.service.reason"].search([], limit=2)
        cases = (
            self.env["order.service.case"]
            .sudo()
            .create(
                [
                    {"order_id": order.id, "kind": "return", "reason_id": reason.id}
                    for reason in (often, often, seldom)
                ]
            )
        )
        self.env.flush_all()
        self.assertFalse(self._find(kind="return_reason"), "drafts say nothing")
        self.env.cr.execute(
            "UPDATE order_service_case SET state = 'requested' WHERE id = ANY (%s)",
            [cases.ids],
        )
        self.env.invalidate_all()
        hint = self._find(kind="return_reason")
        self.assertEqual(hint.subject, often.name)
        self.assertEqual(hint.figures, "2 cases, 67% of all")
        action = self._rpc(self.manager, hint, "action_open_rows")
        rows = self.env[action["res_model"]].with_user(self.manager)
        self.assertEqual(rows.search(action["domain"]), cases[:2])

    def test_for_managers(self):
        """[ANA-3] whoever sells, signs or buys reads nothing of it; of another company
        nothing is found."""
        self._signed()
        hint = self._find(kind="slow_seat")
        for user in (self.salesman, self.supervisor, self.signers["quality"]):
            if user.has_group("sales_team.group_sale_manager"):
                continue
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._find(user=user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._rpc(user, hint, "action_open_rows")
        other = self.env["res.company"].create({"name": "Another"})
        stranger = self._user(
            "hint_stranger",
            "order_process_cn.order_group_auditor",
        )
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        hints = self.env["order.hint"].with_user(stranger)
        hints = hints.with_context(allowed_company_ids=other.ids)
        self.assertFalse(hints.search([]))
        with self.assertRaises(AccessError):
            self._rpc(stranger, hint, "action_open_rows")
        with self.assertRaises(AccessError):
            self._rpc(self.manager, self.rules["slow_seat"], "write", {"days": 1})

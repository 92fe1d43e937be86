from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .workshop_common import WorkshopCommon


@tagged("post_install", "-at_install")
class TestDailyReport(WorkshopCommon):
    """[MFG-11] per day and order what was planned, done and scrapped; frozen when it is
    handed in; sales see how far their orders are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._urgent_order()

    def _sold(self, quantity=4):
        operations = self._made(quantity)
        operations.production_id.sudo().reference_ids = [
            Command.create({"name": "SOLD", "sale_ids": [Command.set(self.order.ids)]})
        ]
        return operations

    def _daily(self, **values):
        reports = self.env["order.daily.report"].with_user(self.hand)
        return reports.with_context({}).create(values)

    def test_a_day(self):
        operations = self._sold()
        first, second, third = operations
        production = first.production_id
        self._report(first, 4)
        self._report(second, 3, quantity_scrap_process=1)
        wrong = self._report(third, 2)
        self._take_back(wrong)
        self._report(third, 1)
        # made without a report: what was received counts
        plain = self._production(5)
        plain.qty_producing = 5
        plain.with_context(skip_consumption=True).button_mark_done()
        self.assertEqual(plain.state, "done")
        self._begin()

        daily = self._daily()
        found = {
            line.production_id: (
                line.quantity_planned,
                line.quantity_good,
                line.quantity_scrap,
                line.quantity_total,
                line.order_name,
            )
            for line in daily.line_ids
        }
        self.assertEqual(
            found,
            {
                production.with_env(daily.env): (4, 1, 1, 1, self.order.name),
                plain.with_env(daily.env): (5, 5, 0, 5, False),
            },
        )
        line = daily.line_ids[0]
        self.assertTrue(line.is_urgent, "urgent comes first")
        self._rpc(self.hand, line, "write", {"remark": "Paint was wet"})
        self._report(third, 1)
        self._rpc(self.hand, daily, "action_fill")
        self._begin()
        line = daily.line_ids[0]
        self.assertEqual((line.quantity_good, line.remark), (2, "Paint was wet"))

        seen = self.env["order.daily.report.line"].with_user(self.salesman)
        self.assertFalse(seen.search([]), "not handed in yet")
        self._rpc(self.hand, daily, "action_hand_in")
        self._begin()
        self.assertEqual(seen.search([("order_id", "!=", False)]), daily.line_ids[0])
        self.assertEqual(daily.line_ids[0].with_user(self.salesman).progress, 50)
        other = self._user("other_seller", "sales_team.group_sale_salesman")
        own = [("order_id", "!=", False)]
        self.assertFalse(seen.with_user(other).search(own))
        self.assertEqual(daily.with_user(self.supervisor).state, "handed")
        issue = self.env["order.form.issue"].search(
            [("res_model", "=", daily._name), ("res_id", "=", daily.id)]
        )
        self.assertEqual(issue.department_id, self.departments["sales"])

        self._report(third, 1)
        for refused in (
            lambda: self._rpc(self.hand, daily, "action_fill"),
            lambda: self._rpc(self.hand, daily, "action_hand_in"),
            lambda: self._rpc(self.hand, daily.line_ids, "write", {"remark": "Dry"}),
            lambda: self._rpc(self.hand, daily, "write", {"note": "Dry"}),
            lambda: self._rpc(self.head, daily, "unlink"),
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                with self.cr.savepoint():
                    refused()
        self.assertEqual(daily.line_ids[0].quantity_good, 2)

    def test_what_nobody_enters(self):
        self._report(self._made()[0], 1)
        daily = self._daily()
        tomorrow = fields.Date.add(daily.date, days=1)
        for model, method, args in (
            (daily, "write", [{"state": "handed"}]),
            (daily, "write", [{"user_id": self.head.id}]),
            (daily.line_ids, "write", [{"quantity_good": 9}]),
            (daily.line_ids, "unlink", []),
            (daily.line_ids, "copy", []),
        ):
            with self.subTest(method=method, args=args), self.cr.savepoint():
                with self.assertRaises(AccessError):
                    self._rpc(self.hand, model, method, *args)
        with self.assertRaisesRegex(UserError, "not come yet"), self.cr.savepoint():
            self._rpc(self.hand, self._daily(date=tomorrow), "action_hand_in")
        yesterday = self._daily(date=daily.date - timedelta(days=1))
        self.assertFalse(yesterday.line_ids)

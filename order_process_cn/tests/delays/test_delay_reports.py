from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...models.effect.take_back import get_all_productions
from ..effect.test_launch import LaunchCommon


@tagged("post_install", "-at_install")
class TestDelayReports(LaunchCommon):
    """[MFG-9] production says what is late; sales is told at once, the customer by
    whoever works on the order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls._user("worker", "mrp.group_mrp_user")
        cls.cause = cls.env.ref("order_process_cn.order_delay_cause_material")
        cls.partner.email = "buyer@example.com"

    def _make_scene(self):
        self.order = self._reviewed(self.made, 3)
        self.order.commitment_date = "2030-05-01 10:00:00"
        self.production = get_all_productions(self.order)
        self.production.date_deadline = "2030-05-01 10:00:00"

    def _report(self, user=None, **values):
        user = user or self.worker
        model = self.env["order.delay.report"].with_user(user)
        values = {
            "production_id": self.production.id,
            "cause_id": self.cause.id,
            "remedy": "Overtime",
            "new_date": "2030-05-11",
            **values,
        }
        companies = user.company_ids.ids
        return model.with_context(allowed_company_ids=companies).create(values)

    def _reported(self, **values):
        report = self._report(**values)
        self._rpc(self.worker, report, "action_report")
        self._end_of_transaction()
        return report.sudo()

    def _todos(self, order):
        return order.sudo().activity_ids.filtered(
            lambda todo: (todo.order_todo_key or "").startswith("delay.")
        )

    def test_reported(self):
        """[MFG-9] a workshop user reports; sales has a to-do at once and follows
        nothing; both histories know it."""
        followers = self.order.message_partner_ids
        report = self._reported()
        self.assertRecordValues(
            report,
            [
                {
                    "state": "reported",
                    "order_id": self.order.id,
                    "product_id": self.made.id,
                    "company_id": self.company.id,
                    "department_id": self.departments["purchase"].id,
                    "delay_days": 10,
                    "user_id": self.worker.id,
                    "seller_id": self.salesman.id,
                    "customer_told_on": False,
                }
            ],
        )
        self.assertEqual(self._todos(self.order).user_id, self.salesman)
        self.assertEqual(self.order.message_partner_ids, followers)
        self.assertEqual(self.order.delay_count, 1)
        for record in (self.order, self.production):
            self.assertIn("Overtime", str(record.message_ids[0].body))
        events = self.env["order.event"].search(
            [("code", "in", ["delayed", "reported"])]
        )
        found = {(event.res_model, event.res_id) for event in events}
        self.assertLessEqual(
            {("sale.order", self.order.id), (report._name, report.id)}, found
        )
        # the reported date is nobody's yet
        self.assertEqual(str(self.order.commitment_date.date()), "2030-05-01")

    def test_everything_missing_at_once(self):
        """[MFG-9] what is missing is said for all reports together."""
        bare = self._report(cause_id=False, remedy=False, new_date=False)
        early = self._report(new_date="2030-04-30")
        with self.assertRaises(UserError) as caught:
            self._rpc(self.worker, bare + early, "action_report")
        for words in ("Cause", "Department", "Remedy", "Will Be Ready", "ends later"):
            self.assertIn(words, str(caught.exception))
        self.assertEqual(set((bare + early).mapped("state")), {"draft"})

    def test_append_only(self):
        """[SEC-2] what was reported is nobody's to change, forge, date back or delete;
        a draft is not either where it is the engine's."""
        own = {"order_line_id": self.order.order_line.id}
        report = self._reported()
        for values in ({"remedy": "None"}, {"new_date": "2031-01-01"}, own):
            with self.assertRaises(UserError):
                report.with_user(self.worker).write(values)
        with self.assertRaises(UserError):
            report.with_user(self.worker).unlink()
        with self.assertRaisesRegex(UserError, "already"):
            self._rpc(self.worker, report, "action_report")
        forged = {"state": "reported", "reported_on": "2020-01-01", "seller_id": 1}
        draft = self._report()
        for name, value in forged.items():
            with self.assertRaises(AccessError):
                self._report(**{name: value})
            with self.assertRaises(AccessError):
                draft.write({name: value})
        model = self.env["order.delay.report"].with_user(self.worker)
        hostile = {f"default_{name}": value for name, value in forged.items()}
        made = model.with_context(**hostile).create(
            {"production_id": draft.production_id.id}
        )
        self.assertRecordValues(
            made, [dict.fromkeys(forged, False) | {"state": "draft"}]
        )
        with self.assertRaises(AccessError):
            self.order.with_user(self.salesman).write({"delay_count": 0})

    def test_only_who_may(self):
        """[SEC-1] sales reads and reports nothing, other sellers read nothing, and
        nobody reaches into another company."""
        report = self._reported()
        with self.assertRaises(AccessError):
            self._report(user=self.salesman)
        self.assertTrue(report.with_user(self.salesman).has_access("read"))
        other = self._user("other_seller", "sales_team.group_sale_salesman")
        self.assertFalse(report.with_user(other).has_access("read"))
        with self.assertRaises(AccessError):
            self._rpc(other, report, "action_note_told")
        # the workshop reads orders, and speaks with no customer
        for method in ("action_note_told", "action_tell_customer"):
            with self.assertRaises(AccessError):
                self._rpc(self.worker, report, method)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = self._user("foreign", "mrp.group_mrp_user")
        foreign.write(
            {"company_id": elsewhere.id, "company_ids": [Command.set(elsewhere.ids)]}
        )
        own = report.with_user(foreign).with_context(allowed_company_ids=elsewhere.ids)
        self.assertFalse(own.has_access("read"))
        for values in (
            {},
            {"production_id": False, "order_line_id": self.order.order_line.id},
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._report(user=foreign, **values)
        unrelated = self._reviewed(self.made, 1)
        with self.assertRaisesRegex(ValidationError, "is not made for"):
            self._report(order_line_id=unrelated.order_line.id)

    def test_each_order_of_a_production(self):
        """[MFG-9] an order that waits for the same production gets its own report."""
        second = self._reviewed(self.made, 1)
        self.production.reference_ids |= second.stock_reference_ids
        report = self._reported()
        every = report.search([("production_id", "=", self.production.id)])
        self.assertEqual(every.order_id, self.order | second)
        self.assertEqual(set(every.mapped("state")), {"reported"})
        self.assertEqual(len(self._todos(second)), 1)
        self._rpc(self.salesman, report, "action_note_told")
        self.assertEqual(every.filtered("customer_told_on"), report)

    def test_customer_told(self):
        """[MFG-9] [SLA-1] the message that reaches him stops the limit, and counts for
        every delay of the order that he had not been told of."""
        limit = self.env.ref("order_process_cn.order_time_limit_delay")
        self.assertFalse(limit.active)
        limit.active = True
        line = self.order.order_line
        reports = self._reported() + self._reported(
            production_id=False, order_line_id=line.id
        )
        runs = self.env["order.time.limit.run"].search(
            [("res_model", "=", reports._name), ("res_id", "in", reports.ids)]
        )
        self.assertEqual(runs.mapped("state"), ["running"] * 2)
        self.assertEqual(runs.user_id, self.salesman)
        action = self._rpc(self.salesman, reports[0], "action_tell_customer")
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.salesman)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn("05/11/2030", composer.body)
        self.assertEqual(composer.partner_ids, self.partner)
        composer.action_send_mail()
        self._end_of_transaction()
        self.assertEqual(reports.told_by_id, self.salesman)
        self.assertTrue(all(reports.mapped("customer_told_on")))
        self.assertEqual(set(runs.mapped("state")), {"met"})
        with self.assertRaisesRegex(UserError, "No delay is left"):
            self._rpc(self.salesman, reports[0], "action_note_told")

    def test_way_to_another_date(self):
        """[MFG-9] it leads to the order, or to the schedule of the line."""
        report = self._reported()
        action = self._rpc(self.salesman, report, "action_change_date")
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("sale.order", self.order.id)
        )
        line = self.order.order_line
        line.delivery_part_ids = [
            Command.create({"quantity": quantity, "promised_date": day})
            for quantity, day in ((1, "2030-05-01"), (2, "2030-06-01"))
        ]
        report = self._reported(production_id=False, order_line_id=line.id)
        action = self._rpc(self.salesman, report, "action_change_date")
        self.assertEqual(action["res_id"], line.id)

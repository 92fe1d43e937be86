from datetime import date

from freezegun import freeze_time
from lxml import etree

from odoo import Command
from odoo.tests import Form, tagged

from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestNewProductionOrder(OrderCommon):
    """[CSN-1] [MFG-5] what a person does from a form that was never saved. K11"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = cls._user("planner", "mrp.group_mrp_user")
        cls.pump = cls.env["product.product"].create(
            {"name": "Pump", "type": "consu", "is_storable": True}
        )
        centre = cls.env["mrp.workcenter"].create({"name": "Assembly"})
        cls.bom = cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.pump.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": cls.product.id})],
                "operation_ids": [
                    Command.create({"name": name, "workcenter_id": centre.id})
                    for name in ("Assemble", "Test")
                ],
            }
        )

    def _enter(self, routings):
        if routings:
            self.planner.group_ids |= self.env.ref("mrp.group_mrp_routings")
        form = Form(self.env["mrp.production"].with_user(self.planner))
        form.product_id = self.pump
        form.product_qty = 3
        return form

    def test_operations_follow_whoever_saves(self):
        """A form without the tab “Work Orders” knows nothing of them but their
        number: the bill of materials says what they are."""
        for routings in (False, True):
            with self.subTest(routings=routings):
                production = self._enter(routings).save()
                orders = production.sudo().workorder_ids
                self.assertEqual(orders.mapped("name"), ["Assemble", "Test"])
                self.assertEqual(
                    orders.operation_id, self.bom.operation_ids, "each its operation"
                )

    def test_client_that_names_operations_is_obeyed(self):
        """What a client says of a work order is kept as it says it."""
        centre = self.bom.operation_ids.workcenter_id
        production = (
            self.env["mrp.production"]
            .with_user(self.planner)
            .create(
                {
                    "product_id": self.pump.id,
                    "bom_id": self.bom.id,
                    "workorder_ids": [
                        Command.create({"name": "By Hand", "workcenter_id": centre.id})
                    ],
                }
            )
        )
        self.assertIn("By Hand", production.sudo().workorder_ids.mapped("name"))


@tagged("post_install", "-at_install")
class TestWhatTheScreenSays(OrderCommon):
    """[CSN-6] [REV-4] what the submitter and the signers are shown. K11"""

    def _notices(self, order, user):
        return (
            self.env["mail.notification"]
            .sudo()
            .search(
                [
                    ("res_partner_id", "=", user.partner_id.id),
                    ("mail_message_id.model", "=", "sale.order"),
                    ("mail_message_id.res_id", "=", order.id),
                    ("mail_message_id.subject", "like", "Approved:"),
                ]
            )
        )

    def test_submitter_is_told_of_the_approval(self):
        """Once, and once more when an agreement was taken back in between."""
        owner = self._user("owner", "sales_team.group_sale_salesman")
        order = self._submit()
        order.sudo().review_id.owner_id = owner
        self._sign(order, "sales", *DEPARTMENTS[:-1])
        self._run_worker()
        self.assertFalse(self._notices(order, self.salesman))
        self._sign(order, DEPARTMENTS[-1])
        self._run_worker()
        for person in (self.salesman, owner):
            self.assertEqual(len(self._notices(order, person)), 1, person.login)
        order.sudo().review_id._mark_for_recheck()
        self._run_worker()
        self.assertEqual(len(self._notices(order, self.salesman)), 1)

    def test_an_approval_can_be_told_of_any_document(self):
        """[CSN-3] what a notice asks of a document is there, whatever it is called."""
        reviews = self.env["order.review"].sudo()
        for documents in reviews._get_reviewed_models():
            asked = reviews._get_noticed_fields(documents)
            self.assertLessEqual({*asked}, documents._fields.keys(), documents._name)

    def test_after_a_withdrawal_the_panel_shows_who_comes_next(self):
        order = self._submit()
        self._sign(order, "sales")
        self.route.stage_ids[0].seat_ids.department_id = self.departments["gm"]
        order.with_user(self.salesman).sudo(False).review_id.action_withdraw("Typo")
        panel = order.with_user(self.salesman).review_panel
        self.assertEqual(panel["state"], "withdrawn")
        self.assertTrue(panel["coming"])
        self.assertIn("submit", panel["acts"])
        seats = [seat for stage in panel["stages"] for seat in stage["seats"]]
        self.assertEqual(len(seats), 1 + len(DEPARTMENTS))
        self.assertEqual({seat["state"] for seat in seats}, {"preview"})
        self.assertEqual(seats[0]["people"], self.gm.name)
        order.with_user(self.salesman).action_review_submit()
        self.assertNotIn("coming", order.with_user(self.salesman).review_panel)

    def test_todo_is_due_on_the_day_of_the_company(self):
        """Seven o'clock in China is still yesterday where the worker lives."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        today = date(2026, 11, 27)
        with freeze_time("2026-11-26 23:00:00"):
            order = self._submit()
            self._run_worker()
            self.assertEqual(order.sudo().activity_ids.mapped("date_deadline"), [today])
            self._sign(order, "sales", decision="decline", opinion="Too cheap")
            self._run_worker()
            todo = order.sudo().activity_ids
            self.assertEqual(todo.user_id, self.salesman)
            self.assertEqual(todo.date_deadline, today)

    def test_signers_are_not_offered_the_work_of_sales(self):
        """Core lets a workshop write orders, for the sake of its deliveries."""
        workshop = self._user(
            "workshop", "mrp.group_mrp_user,order_process_cn.order_group_signer"
        )
        order = self._submit()
        plain = self._order()
        for user, expected in (
            (workshop, False),
            (self.gm, False),
            (self.salesman, True),
            (self.supervisor, True),
        ):
            with self.subTest(user=user.login):
                self.assertIs(order.with_user(user).review_is_my_work, expected)
        # where there is no review, as in plain Odoo
        self.assertTrue(plain.with_user(workshop).review_is_my_work)
        arch = self.env["sale.order"].with_user(workshop).get_view(view_type="form")
        for name in ("action_quotation_send", "action_confirm", "action_cancel"):
            buttons = [
                button
                for button in self._buttons(arch["arch"], name)
                if "pro" not in (button.get("id") or "").split("_")
            ]
            self.assertTrue(buttons)
            for button in buttons:
                if not button.get("id", "").startswith("send_proforma"):
                    self.assertIn("review_is_my_work", button.get("invisible"), name)

    def _buttons(self, arch, name):
        return etree.fromstring(arch).findall(f".//header//button[@name='{name}']")

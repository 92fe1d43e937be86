from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import OrderCommon

QUESTIONS = ("Quantity", "Delivery date")


@tagged("post_install", "-at_install")
class TestUrgency(OrderCommon):
    """[URG-1] [URG-2] who is told, who evaluates, who replies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order_type.replies_automatically = True
        cls.leader = cls._user("leader", "sales_team.group_sale_manager")
        cls.questions = cls.env["order.review.question"].create(
            [{"name": name} for name in QUESTIONS]
        )
        cls.route.stage_ids.unlink()
        cls.route.stage_ids = [
            Command.create(
                cls._stage(
                    "Evaluation",
                    "production",
                    question_ids=[Command.set(cls.questions.ids)],
                )
            ),
            Command.create(cls._stage("Reply", "deputy", sequence=20)),
        ]

    def _urgent(self, **values):
        return self._order(is_urgent=True, urgent_reason="Line stands still", **values)

    def _answers(self, **special):
        answers = {
            question.name: {"answer": "confirmed", "note": ""}
            for question in self.questions
        } | {name.replace("_", " "): answer for name, answer in special.items()}
        return {str(question.id): answers[question.name] for question in self.questions}

    # -- flag and team -----------------------------------------------------------------

    def test_reason_is_required(self):
        with self.assertRaisesRegex(ValidationError, "Say why"):
            self._order(is_urgent=True)

    def test_team_from_the_template(self):
        """Proposed from the template of the company, then edited on the order."""
        order = self._urgent()
        roles = self.env["order.urgent.role"].search([])
        self.assertEqual(order.urgent_member_ids.mapped("role"), roles.mapped("name"))
        people = dict(
            zip(
                order.urgent_member_ids.mapped("role"),
                [member.user_id for member in order.urgent_member_ids],
                strict=True,
            )
        )
        self.assertEqual(people["Information Liaison"], self.salesman)
        self.assertEqual(people["Production"], self.signers["production"])
        order.urgent_member_ids[0].user_id = self.gm
        order.urgent_reason = "Another reason"
        self.assertEqual(order.urgent_member_ids[0].user_id, self.gm)

    def test_other_company_has_its_own_team(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env["order.urgent.role"].search([]).company_id = other
        self.assertFalse(self._urgent().urgent_member_ids)

    def _notices(self, order):
        return self.env["mail.message"].search(
            [
                ("model", "=", "sale.order"),
                ("res_id", "=", order.id),
                ("message_type", "=", "user_notification"),
            ]
        )

    def test_departments_are_told_once(self):
        """The team and the members of its departments, the same day; no prices."""
        member = self._user("mate", "base.group_user")
        self.departments["production"].member_ids |= member
        order = self._urgent(price=4321.0)
        self._run_worker()
        notices = self._notices(order)
        self.assertEqual(len(notices), 1)
        told = notices.notified_partner_ids
        for user in (member, self.signers["production"], self.signers["quality"]):
            self.assertIn(user.partner_id, told)
        self.assertIn("Line stands still", notices.body)
        self.assertNotIn("4321", notices.body.replace(",", ""))
        self.assertTrue(order.urgent_told_on)
        self.assertNotIn(member.partner_id, order.message_partner_ids)
        order.sudo()._mark_for_recheck()
        self._run_worker()
        self.assertEqual(self._notices(order), notices)

    def test_flag_of_a_confirmed_order(self):
        """Only the group may set or clear it; both are logged."""
        order = self._approve_urgent()
        order.sudo().action_confirm()
        self._end_of_transaction()
        with self.assertRaisesRegex(AccessError, "only the group"):
            self._rpc(self.salesman, order, "write", {"is_urgent": False})
        self._rpc(self.leader, order, "write", {"is_urgent": False})
        self._end_of_transaction()
        self._rpc(self.leader, order, "write", {"is_urgent": True})
        self._end_of_transaction()
        tracked = order.message_ids.sudo().tracking_value_ids.filtered(
            lambda value: value.field_id.name == "is_urgent"
        )
        changes = [(v.old_value_integer, v.new_value_integer) for v in tracked]
        self.assertIn((1, 0), changes)
        self.assertIn((0, 1), changes)

    def test_told_on_cannot_be_entered(self):
        order = self._urgent()
        for name in ("urgent_told_on", "urgent_replied_on"):
            with self.assertRaises(AccessError):
                self._rpc(self.salesman, order, "write", {name: "2026-01-01 00:00:00"})

    # -- evaluation --------------------------------------------------------------------

    def _approve_urgent(self, **values):
        order = self._submit(self._urgent(**values))
        self._sign(order, "production", answers=self._answers())
        self._sign(order, self.deputy)
        self.assertEqual(order.review_state, "approved")
        return order

    def test_every_question_is_answered(self):
        """[URG-2] one error names every question left open."""
        order = self._submit(self._urgent())
        with self.assertRaisesRegex(UserError, "Quantity.*Delivery date"):
            self._sign(order, "production")
        doubt = {"answer": "doubt", "note": "Which colour?"}
        with self.assertRaisesRegex(UserError, "doubtful"):
            self._sign(order, "production", answers=self._answers(Quantity=doubt))
        with self.assertRaisesRegex(UserError, "say what is doubtful"):
            self._sign(
                order,
                "production",
                decision="conditional",
                conditions="5 days later",
                answers=self._answers(Quantity={"answer": "doubt", "note": ""}),
            )
        self._sign(
            order,
            "production",
            decision="conditional",
            conditions="5 days later",
            answers=self._answers(Quantity=doubt),
        )
        record = order.sudo().review_id.signature_ids.filtered("answers")
        self.assertEqual(
            [(item["answer"], item["note"]) for item in record.answers],
            [("doubt", "Which colour?"), ("confirmed", "")],
        )
        self.assertFalse(order.sudo().review_id.signature_ids._first_broken())

    def test_a_refusal_needs_no_answers(self):
        order = self._submit(self._urgent())
        self._sign(order, "production", decision="decline", opinion="No capacity")
        self.assertEqual(order.review_state, "declined")

    def test_the_wizard_asks(self):
        order = self._submit(self._urgent())
        user = self.signers["production"]
        action = order.with_user(user).action_review_agree()
        wizard = (
            self.env["order.review.sign.wizard"]
            .with_user(user)
            .with_context(**action["context"], order_review_seen=self._digest(order))
            .create({})
        )
        self.assertEqual(wizard.answer_ids.question_id, self.questions)
        wizard.answer_ids.answer = "clarified"
        wizard.action_confirm()
        self.assertEqual(self._states(order)["Production"], "agreed")
        panel = order.with_user(self.salesman).review_panel
        seat = panel["stages"][0]["seats"][0]
        self.assertEqual(seat["answers"][0]["question"], "Quantity")

    # -- reply -------------------------------------------------------------------------

    def test_reply_after_the_signature(self):
        """The reply goes out by itself once the deputy has signed, not before."""
        self.partner.email = "buyer@example.com"
        order = self._submit(self._urgent())
        self._sign(order, "production", answers=self._answers())
        self._run_worker()
        self.assertFalse(order.urgent_replied_on)
        with self.assertRaisesRegex(UserError, "not signed yet"):
            order.with_user(self.salesman).action_urgent_reply()
        with self.assertRaisesRegex(UserError, "not signed yet"):
            self._rpc(self.salesman, order, "action_urgent_replied")
        self._sign(order, self.deputy)
        self._run_worker()
        self.assertTrue(order.urgent_replied_on)
        replies = order.message_ids.filtered(
            lambda m: "urgent order" in (m.subject or "")
        )
        self.assertEqual(len(replies), 1)
        self.assertIn(self.partner, replies.partner_ids | replies.notified_partner_ids)

    def test_reply_by_phone(self):
        """Without an address the salesperson gets one to-do and notes the call."""
        self.partner.email = False
        order = self._approve_urgent()
        self._run_worker()
        self.assertFalse(order.urgent_replied_on)
        todo = order.activity_ids.filtered(
            lambda a: "Replied by Phone" in (a.note or "")
        )
        self.assertEqual(todo.user_id, self.salesman)
        self._rpc(self.salesman, order, "action_urgent_replied")
        self.assertTrue(order.urgent_replied_on)

    def test_reply_from_the_composer(self):
        self.order_type.replies_automatically = False
        order = self._approve_urgent()
        self._run_worker()
        self.assertFalse(order.urgent_replied_on)
        action = order.with_user(self.salesman).action_urgent_reply()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.salesman)
            .with_context(**action["context"])
            .create({})
        )
        composer._action_send_mail()
        self.assertTrue(order.urgent_replied_on)
        plain = self._order()
        with self.assertRaisesRegex(UserError, "Not urgent"):
            plain.with_user(self.salesman).action_urgent_reply()

    def test_form_for_every_member(self):
        """[FRM F04] a copy for each member of the team."""
        order = self._approve_urgent()
        form = order._get_form("F04")
        self.assertEqual(len(form["copies"]), len(order.urgent_member_ids))
        self.assertTrue(form["urgent"])
        html = str(
            self.env["ir.actions.report"]._render_qweb_html(
                "order_process_cn.report_f04_urgent_order", order.ids
            )[0],
            "utf-8",
        )
        for words in ("Line stands still", "Delivery date", "Information Liaison"):
            self.assertIn(words, html)

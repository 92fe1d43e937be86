from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestOneSeat(OrderCommon):
    """[CSN-3] [SEC-2] one person, one seat a round, where the route says so (K12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.signers["quality"]
        cls.other = cls.signers["planning"]
        for name in ("quality", "planning"):
            cls.departments[name].write(
                {"member_ids": [Command.set([cls.both.id, cls.other.id])]}
            )
        cls.departments["quality"].head_id = cls.both
        cls.departments["planning"].head_id = cls.other

    def _ask(self, *stages, one_seat=True, **values):
        """Return an order submitted to a route of these stages."""
        self.route.active = False
        self.route = self._make_route(
            list(stages) or [self._stage("Countersign", "quality", "planning")],
            one_seat=one_seat,
            **values,
        )
        return self._submit(self._order())

    def _seat(self, order, name):
        department = self.departments[name]
        return order.sudo().review_id.task_ids.filtered(
            lambda task: task.department_id == department
        )

    def _sees(self, user, task):
        """Return whether the seat is this user's: all places must say the same."""
        self.env.flush_all()
        self.env.invalidate_all()
        mine = task.with_user(user)
        answers = {
            "rule": bool(task._capacity(user)),
            "act": not task._refusal(user),
            "row": task.with_user(user).sudo(False).is_mine,
            "tray": task in mine.search([("is_mine", "=", True)]),
            "counter": bool(mine.my_waiting_count()),
            "candidates": user in task._candidates(),
        }
        self.assertEqual(len(set(answers.values())), 1, answers)
        return answers["rule"]

    def _alarms(self, order):
        self._end_of_transaction()
        self._run_worker()
        todos = self.env["mail.activity"].search([("res_id", "=", order.id)])
        return todos.filtered(
            lambda todo: (todo.order_todo_key or "").startswith("seat.empty.")
        )

    def _register(self, task, signer):
        scan = (
            self.env["ir.attachment"]
            .with_user(self.clerk)
            .create({"name": "scan.png", "raw": b"scan"})
        )
        return self._rpc(
            self.clerk, task, "action_register", "agree", signer.id, "paper", scan.ids
        )

    def _stand_in(self, actor, principal):
        today = fields.Date.today()
        self.env["order.delegation"].create(
            {
                "principal_id": principal.id,
                "actor_id": actor.id,
                "date_from": today,
                "date_to": today,
            }
        )

    # -- who signs ---------------------------------------------------------------------

    def test_signs_once(self):
        order = self._ask()
        first, second = self._seat(order, "quality"), self._seat(order, "planning")
        self.assertTrue(self._sees(self.both, second))
        self._rpc(self.both, first, "action_sign", "agree", self._digest(order))
        self.assertEqual((first.state, second.state), ("agreed", "open"))
        self.assertFalse(self._sees(self.both, second))
        self.assertTrue(self._sees(self.other, second))
        with self.assertRaisesRegex(UserError, "one seat a round"):
            self._rpc(self.both, second, "action_sign", "agree", self._digest(order))
        with self.assertRaisesRegex(UserError, "one seat a round"):
            self._rpc(self.both, second, "action_transfer", self.gm.id)
        self.assertEqual(second.state, "open")
        self._sign(order, self.other)
        self.assertEqual(order.review_state, "approved")

    def test_only_where_the_route_says_so(self):
        order = self._ask(one_seat=False)
        self._rpc(
            self.both,
            order.sudo().review_id.task_ids,
            "action_sign",
            "agree",
            self._digest(order),
        )
        self.assertEqual(order.review_state, "approved")

    def test_two_seats_in_one_act(self):
        order = self._ask()
        tasks = order.sudo().review_id.task_ids
        with self.assertRaisesRegex(UserError, "one seat a round"):
            self._rpc(self.both, tasks, "action_sign", "agree", self._digest(order))
        self.assertEqual(set(tasks.mapped("state")), {"open"})
        with self.assertRaisesRegex(UserError, "one seat a round"):
            self._register(tasks, self.both)
        self.assertEqual(set(tasks.mapped("state")), {"open"})
        # the button signs what can be signed
        order.with_user(self.both).with_context(
            order_review_seen=self._digest(order)
        ).action_review_agree()
        self.assertEqual(sorted(tasks.mapped("state")), ["agreed", "open"])

    def test_neither_for_somebody_else(self):
        """Whoever stands in has used up his own signature and that of the other."""
        self._stand_in(self.gm, self.both)
        order = self._ask()
        first, second = self._seat(order, "quality"), self._seat(order, "planning")
        self._rpc(self.gm, first, "action_sign", "agree", self._digest(order))
        self.assertEqual(first.decided_by_id, self.both)
        self.departments["planning"].member_ids = [Command.link(self.gm.id)]
        for user in (self.gm, self.both):
            self.assertFalse(self._sees(user, second), user.login)
            with self.assertRaisesRegex(UserError, "one seat a round"):
                self._rpc(user, second, "action_sign", "agree", self._digest(order))
            self.env.invalidate_all()
            self.assertEqual(second.state, "open")
        self.assertTrue(self._sees(self.other, second))

    def test_signed_for_himself_then_as_delegate(self):
        order = self._ask()
        self._stand_in(self.both, self.other)
        second = self._seat(order, "planning")
        self._rpc(
            self.both,
            self._seat(order, "quality"),
            "action_sign",
            "agree",
            self._digest(order),
        )
        self.env.invalidate_all()
        self.assertFalse(second._capacity(self.both))
        with self.assertRaisesRegex(UserError, "one seat a round"):
            self._rpc(self.both, second, "action_sign", "agree", self._digest(order))

    def test_registered_counts_for_the_signer_not_for_the_clerk(self):
        order = self._ask()
        self.departments["planning"].member_ids = [Command.link(self.clerk.id)]
        second = self._seat(order, "planning")
        self._register(self._seat(order, "quality"), self.both)
        with self.assertRaisesRegex(UserError, "one seat a round"):
            self._register(second, self.both)
        self.assertFalse(self._sees(self.both, second))
        self.assertTrue(self._sees(self.clerk, second))

    def test_not_handed_or_added_to_him(self):
        order = self._ask()
        second = self._seat(order, "planning")
        self._rpc(
            self.both,
            self._seat(order, "quality"),
            "action_sign",
            "agree",
            self._digest(order),
        )
        with self.assertRaisesRegex(UserError, "cannot sign"):
            self._rpc(self.other, second, "action_transfer", self.both.id)
        with self.assertRaisesRegex(UserError, "cannot sign"):
            self._rpc(self.other, second, "action_add_signers", self.both.ids, "before")
        self.assertEqual((second.state, second.user_id.id), ("open", False))

    def test_added_signer_has_signed_once(self):
        order = self._ask()
        first, second = self._seat(order, "quality"), self._seat(order, "planning")
        self._rpc(self.both, first, "action_add_signers", self.other.ids, "before")
        added = order.sudo().review_id.task_ids - first - second
        self._rpc(self.other, added, "action_sign", "agree", self._digest(order))
        self.assertFalse(self._sees(self.other, second))
        self._rpc(self.both, first, "action_sign", "agree", self._digest(order))
        self.assertFalse(second._candidates())

    def test_counts_only_while_it_stands(self):
        """Taken back or asked again, the signature is free for another seat."""
        order = self._ask()
        first, second = self._seat(order, "quality"), self._seat(order, "planning")
        self._rpc(self.both, first, "action_sign", "agree", self._digest(order))
        self.assertFalse(self._sees(self.both, second))
        self._rpc(self.both, first, "action_take_back", "wrong seat")
        self.assertTrue(self._sees(self.both, second))
        self._rpc(self.both, second, "action_sign", "agree", self._digest(order))
        self.assertFalse(self._sees(self.both, first))
        order.sudo().order_line.product_uom_qty = 7
        self._end_of_transaction()
        self.assertTrue(self._sees(self.both, first))

    def test_next_stage_and_repeat(self):
        """What was signed in one stage bars from the next, and counts for none."""
        order = self._ask(
            self._stage("One", "quality", sequence=1),
            self._stage("Two", "planning", sequence=2),
            repeat_policy="once",
        )
        self._sign(order, self.both)
        second = self._seat(order, "planning")
        self.assertEqual(second.state, "open")
        self.assertFalse(self._sees(self.both, second))
        self._sign(order, self.other)
        self.assertEqual(order.review_state, "approved")

    def test_the_running_copy_decides(self):
        order = self._ask()
        self._rpc(self.administrator, self.route, "write", {"one_seat": False})
        first, second = self._seat(order, "quality"), self._seat(order, "planning")
        self._rpc(self.both, first, "action_sign", "agree", self._digest(order))
        self.assertFalse(self._sees(self.both, second))

    # -- nobody left -------------------------------------------------------------------

    def test_nobody_left_of_a_department(self):
        self.departments["planning"].write(
            {"member_ids": [Command.set(self.both.ids)], "head_id": False}
        )
        order = self._ask()
        self.assertFalse(self._alarms(order))
        self._rpc(
            self.both,
            self._seat(order, "quality"),
            "action_sign",
            "agree",
            self._digest(order),
        )
        alarm = self._alarms(order).filtered(
            lambda todo: todo.user_id == self.administrator
        )
        self.assertIn("one person sign once", alarm.note)
        self.assertIn("add one to the department", alarm.note)
        self.departments["planning"].with_user(self.administrator).member_ids = [
            Command.link(self.other.id)
        ]
        self.assertFalse(self._alarms(order))
        self._sign(order, self.other)
        self.assertEqual(order.review_state, "approved")

    def test_nobody_left_of_named_people(self):
        """The way out hands over this seat and nothing else."""
        named = [{"source": "users", "user_ids": [Command.set(self.both.ids)]}]
        order = self._ask(
            self._stage("One", "quality", sequence=1),
            self._stage("Two", seats=named, sequence=2),
        )
        elsewhere = self._submit(self._order())
        self._sign(order, self.both)
        alarm = self._alarms(order)[:1]
        self.assertIn("Leaver", alarm.note)
        wizard = self.env["order.review.leaver.wizard"].with_user(self.administrator)
        wizard = wizard.create(
            {
                "leaver_id": self.both.id,
                "user_id": self.gm.id,
                "only_empty": True,
            }
        )
        self._rpc(self.administrator, wizard, "action_confirm")
        self.assertFalse(self._alarms(order))
        self._sign(order, self.gm)
        self.assertEqual(order.review_state, "approved")
        last = elsewhere.sudo().review_id.task_ids[-1]
        self.assertEqual(last.user_id or last.signer_list_id.user_ids, self.both)

from odoo import Command
from odoo.tests import tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestLeavers(OrderCommon):
    """[CSN-5] K8: whoever leaves, whatever waited for him is named to somebody who can
    act, and goes on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leavers = cls._user("first", "base.group_user")
        cls.leavers |= cls._user("second", "base.group_user")
        cls.successor = cls._user("successor", "base.group_user")
        cls.group = cls.env["res.groups"].create(
            {"name": "Chemists", "user_ids": [Command.set(cls.leavers.ids)]}
        )
        cls.other_company = cls.env["res.company"].create({"name": "Other Place"})
        # the one who is to be told
        manager = cls.env.ref("order_process_cn.order_group_manager")
        (manager.all_user_ids - cls.administrator).group_ids -= manager
        cls.quality = cls.departments["quality"]
        cls.quality.write(
            {
                "member_ids": [Command.set(cls.leavers.ids)],
                "head_id": cls.leavers[0].id,
            }
        )

    def _seats(self):
        """Return ``{kind of seat: (its values, how a successor is named)}``."""
        department = {"department_id": self.quality.id}
        return {
            "department": (
                {"source": "department", **department},
                lambda: self.quality.write(
                    {"member_ids": [Command.link(self.successor.id)]}
                ),
            ),
            "head": (
                {"source": "head", **department},
                lambda: self.quality.write({"head_id": self.successor.id}),
            ),
            "user": (
                {"source": "users", "user_ids": [Command.set(self.leavers[0].ids)]},
                self._hand_over,
            ),
            "list": (
                {"source": "users", "user_ids": [Command.set(self.leavers.ids)]},
                self._hand_over,
            ),
            "group": (
                {"source": "group", "group_id": self.group.id},
                lambda: self.successor.write(
                    {"group_ids": [Command.link(self.group.id)]}
                ),
            ),
        }

    def _hand_over(self):
        self._rpc(
            self.administrator,
            self.env["order.review"],
            "action_hand_over",
            self.leavers[0].id,
            self.successor.id,
            "left",
        )

    def _ways_to_leave(self):
        """Return ``{way: how}``; each as one who may do it."""
        other = self.other_company
        return {
            "archived": lambda: self.leavers.write({"active": False}),
            "another company": lambda: [
                user.write(
                    {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
                )
                for user in self.leavers
            ],
        }

    def _alarms(self, order):
        return order.sudo().activity_ids.filtered(
            lambda todo: (todo.order_todo_key or "").startswith("seat.empty.")
        )

    def _submit_with(self, seat):
        self.route.write(
            {
                "stage_ids": [
                    Command.clear(),
                    Command.create(self._stage("Everybody", seats=[seat])),
                ]
            }
        )
        order = self._submit(self._order())
        self._run_worker()
        self.assertFalse(self._alarms(order))
        return order

    def test_every_kind_of_seat(self):
        for way in self._ways_to_leave():
            for kind in self._seats():
                with self.subTest(f"{kind} {way}"):
                    savepoint = self.cr.savepoint()
                    self._walk(kind, way)
                    self.env.flush_all()
                    savepoint.close(rollback=True)
                    self.env.invalidate_all()
                    self.registry.clear_all_caches()

    def _walk(self, kind, way):
        seat, name_successor = self._seats()[kind]
        order = self._submit_with(seat)
        self._ways_to_leave()[way]()
        self._run_worker()
        alarm = self._alarms(order)
        self.assertEqual(alarm.user_id, self.administrator)
        self.assertIn("Nobody can sign", alarm.summary)
        self.assertTrue(alarm.note)
        name_successor()
        self._run_worker()
        self.assertFalse(self._alarms(order))
        self._sign(order, self.successor)
        self.assertEqual(order.review_state, "approved")

    def test_a_right_taken_away(self):
        for take in (
            lambda: self.leavers.write({"group_ids": [Command.unlink(self.group.id)]}),
            lambda: self.group.write({"user_ids": [Command.clear()]}),
        ):
            self.group.user_ids = self.leavers
            order = self._submit_with(self._seats()["group"][0])
            take()
            self._run_worker()
            self.assertIn("Chemists", self._alarms(order).note)

    def test_removed_from_the_department(self):
        order = self._submit_with(self._seats()["department"][0])
        self.quality.write({"member_ids": [Command.clear()], "head_id": False})
        self._run_worker()
        self.assertIn("Quality", self._alarms(order).note)

    def test_no_alarm_while_somebody_is_left(self):
        order = self._submit_with(self._seats()["list"][0])
        self.leavers[0].active = False
        self._run_worker()
        self.assertFalse(self._alarms(order))
        self._hand_over()
        self._sign(order, self.leavers[1])

    def test_without_an_administrator_of_the_process(self):
        order = self._submit_with(self._seats()["user"][0])
        self.administrator.active = False
        keeper = self._user("system", "base.group_system")
        keeper.write(
            {"group_ids": [Command.set(self.env.ref("base.group_system").ids)]}
        )
        self.leavers.active = False
        self._run_worker()
        self.assertIn(keeper, self._alarms(order).user_id)

    # -- other to-dos ----------------------------------------

    def test_todos_of_a_leaver(self):
        """What the process has left him goes to the head of his department, who may
        read it, else to an administrator."""
        self.departments["sales"].member_ids |= self.salesman
        order = self._submit()
        self._sign(order, "sales", decision="decline", opinion="No")
        self._run_worker()
        todo = order.sudo().activity_ids
        self.assertEqual(todo.user_id, self.salesman)
        self.salesman.active = False
        self.assertEqual(todo.user_id, self.supervisor)
        self.supervisor.active = False
        self.assertEqual(todo.user_id, self.administrator)

    def test_todos_for_somebody_who_left_before(self):
        order = self._submit()
        self.salesman.active = False
        self._sign(order, "sales", decision="decline", opinion="No")
        self._run_worker()
        todo = order.sudo().activity_ids
        self.assertEqual(todo.user_id, self.administrator)
        self.assertIn("tell the customer", todo.summary)

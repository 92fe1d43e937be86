from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from ...tools.recheck_queue import CALLED
from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestNotices(OrderCommon):
    """To-dos reflect the seats; nobody becomes a follower."""

    def _todos(self, order):
        return order.sudo().activity_ids.filtered(
            lambda a: a.summary.startswith("Sign")
        )

    def test_one_for_each_seat(self):
        """[CSN-6] the head gets the to-do; it goes away when the seat is signed."""
        order = self._submit()
        followers = order.sudo().message_follower_ids
        self.assertFalse(self._todos(order))
        self._run_worker()
        self.assertEqual(self._todos(order).user_id, self.supervisor)
        self._sign(order, "sales")
        self._run_worker()
        self.assertEqual(
            self._todos(order).user_id,
            self.env["res.users"].concat(*(self.signers[name] for name in DEPARTMENTS)),
        )
        self._sign(order, *DEPARTMENTS)
        self._run_worker()
        self.assertFalse(self._todos(order))
        self.assertEqual(order.sudo().message_follower_ids, followers)

    def test_who_is_called_at_once(self):
        """[CSN-3] whose turn it is learns of it at once; that everybody has agreed is a
        notice, for which the scheduler comes by within a minute."""
        order = self._order()

        def is_called(act):
            self.env.cr.postcommit.clear()
            before = self.env["order.recheck"].search_count([])
            act()
            self._end_of_transaction()
            self.assertGreater(self.env["order.recheck"].search_count([]), before)
            return bool(self.env.cr.postcommit.data.get(CALLED))

        self.assertTrue(is_called(lambda: self._submit(order)))
        self.assertTrue(is_called(lambda: self._sign(order, "sales")))
        self._run_worker()
        *others, last = DEPARTMENTS
        self._sign(order, *others)
        self.assertFalse(is_called(lambda: self._sign(order, last)))
        self._run_worker()
        message = self.env["mail.message"].search([("subject", "like", "Approved:%")])
        self.assertIn(self.salesman.partner_id, message.partner_ids)

    def test_todos_of_others_go_at_once(self):
        """[CSN-3] one signature was enough: the others have nothing to do any more."""
        self.route.stage_ids[1].mode = "any"
        order = self._submit()
        self._sign(order, "sales")
        self._run_worker()
        self.env.cr.postcommit.clear()
        self._sign(order, "quality")
        self._end_of_transaction()
        self.assertEqual(order.review_state, "approved")
        self.assertTrue(self.env.cr.postcommit.data.get(CALLED))
        self._run_worker()
        self.assertFalse(self._todos(order))

    def test_switched_off(self):
        """Off stays off: core forgets a parameter that is false."""
        self.env["res.config.settings"].create({"order_notices": False}).execute()
        self.assertFalse(self.env["res.config.settings"].create({}).order_notices)
        self._submit()
        self.assertFalse(self.env["order.recheck"].search([]))

    def test_refusal_is_told(self):
        """[REV-4] the person in charge learns that he has to tell the customer."""
        order = self._submit()
        self._sign(order, "sales", decision="decline", opinion="Too cheap")
        self._run_worker()
        todo = order.sudo().activity_ids
        self.assertEqual(todo.user_id, self.salesman)
        self.assertIn("tell the customer", todo.summary)
        self.assertIn("Too cheap", todo.note)

    def test_alarm_for_a_leaver(self):
        """[CSN-5] a seat that nobody can sign any more alarms the administrators."""
        order = self._submit()
        self._sign(order, "sales")
        self._run_worker()
        self.signers["quality"].active = False
        self._run_worker()
        todo = order.sudo().activity_ids.filtered(
            lambda a: a.user_id == self.administrator
        )
        self.assertIn("Nobody can sign: Quality", todo.summary)

    def test_counter(self):
        """[CSN-6] how many seats wait for me, in one query."""
        tasks = self.env["order.review.task"]
        self.assertEqual(tasks.with_user(self.supervisor).my_waiting_count(), 0)
        for _index in range(3):
            self._submit(self._order())
        self.env.flush_all()
        tasks.with_user(self.supervisor).my_waiting_count()
        with self.assertQueryCount(1):
            self.assertEqual(tasks.with_user(self.supervisor).my_waiting_count(), 3)
        self.assertEqual(tasks.with_user(self.gm).my_waiting_count(), 0)

    def test_counter_and_list_tell_the_same(self):
        """[CSN-2] [CSN-5] each way of being asked, and a stand-in for the submitter:
        what is counted is what is listed, and what may be signed."""
        quality, planning = self.departments["quality"], self.departments["planning"]
        quality.member_ids |= self.salesman
        self.clerk.group_ids |= self.env.ref("base.group_partner_manager")
        seats = [
            {"source": "department", "department_id": quality.id},
            {"source": "head", "department_id": planning.id},
            {"source": "users", "user_ids": [Command.set((self.gm + self.deputy).ids)]},
            {
                "source": "group",
                "group_id": self.env.ref("base.group_partner_manager").id,
            },
        ]
        self.route.write(
            {
                "stage_ids": [
                    Command.clear(),
                    Command.create(self._stage("Everybody", seats=seats)),
                ]
            }
        )
        planning.member_ids |= self.salesman + self.supervisor
        for principal in (self.salesman, self.signers["planning"]):
            self.env["order.delegation"].create(
                {
                    "principal_id": principal.id,
                    "actor_id": self.signers["engineering"].id,
                    "date_to": fields.Date.today() + timedelta(days=1),
                }
            )
        tasks = self._submit().sudo().review_id.task_ids
        expected = {
            self.signers["quality"]: 1,
            self.signers["planning"]: 1,
            self.signers["engineering"]: 1,  # for the head of planning only
            self.gm: 1,
            self.clerk: 1,
            self.supervisor: 0,  # a member of planning, not its head
            self.salesman: 0,  # the submitter
        }
        for user, number in expected.items():
            with self.subTest(user=user.login):
                mine = self.env["order.review.task"].with_user(user)
                listed = mine.search([("is_mine", "=", True)])
                self.assertEqual(
                    listed, tasks.filtered(lambda t, u=user: t._capacity(u))
                )
                self.assertEqual(len(listed & tasks), number)
                self.assertEqual(mine.my_waiting_count(), number)

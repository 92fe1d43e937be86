from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestAuditPeople(OrderCommon):
    """[SEC-2] [REV-6] [CSN-3] whoever empties by SQL the row that bars somebody from a
    seat gets a sound record: verification finds that he signed it all the same. K14"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both, cls.other = cls.signers["quality"], cls.signers["planning"]
        for name in ("quality", "planning"):
            cls.departments[name].member_ids = [
                Command.set([cls.both.id, cls.other.id])
            ]

    def _ask(self, **values):
        self.route.active = False
        self.route = self._make_route(
            [self._stage("Countersign", "quality", "planning")], **values
        )
        return self._submit(self._order())

    def _set_free(self, order, *columns):
        self.env.flush_all()
        for column in columns:
            self.env.cr.execute(
                SQL(
                    "UPDATE order_review_task SET %s = NULL WHERE review_id = %s",
                    SQL.identifier(column),
                    order.sudo().review_id.id,
                )
            )
        self.env.invalidate_all()

    def _found(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        review = order.sudo().review_id
        return review._find_tampering().get(review, "")

    # -- two seats ---------------------------------------------------------------------

    def _sign_both(self, order, *columns):
        """Have one person sign both seats, one after the other."""
        for task in order.sudo().review_id.task_ids:
            self._set_free(order, *columns)
            self._rpc(self.both, task, "action_sign", "agree", self._digest(order))
        self.assertEqual(order.review_state, "approved")

    def test_one_person_on_two_seats(self):
        order = self._ask(one_seat=True)
        self._sign_both(order, "barred_signed")
        self.assertIn("signed another one", self._found(order))

    def test_in_somebody_elses_name(self):
        today = fields.Date.today()
        self.env["order.delegation"].create(
            {
                "principal_id": self.both.id,
                "actor_id": self.gm.id,
                "date_from": today,
                "date_to": today,
            }
        )
        order = self._ask(one_seat=True)
        first, second = order.sudo().review_id.task_ids
        self._rpc(self.gm, first, "action_sign", "agree", self._digest(order))
        self._set_free(order, "barred_signed")
        self._rpc(self.both, second, "action_sign", "agree", self._digest(order))
        self.assertIn("signed another one", self._found(order))

    def test_where_the_route_lets_him(self):
        order = self._ask(one_seat=False)
        self._sign_both(order)
        self.assertFalse(self._found(order))

    def test_honest_ways(self):
        """Two people; and one whose first signature counts no more."""
        order = self._ask(one_seat=True)
        first, second = order.sudo().review_id.task_ids
        self._rpc(self.both, first, "action_sign", "agree", self._digest(order))
        self._rpc(self.both, first, "action_take_back", "The other seat is mine")
        self._rpc(self.both, second, "action_sign", "agree", self._digest(order))
        self.assertFalse(self._found(order))
        self._rpc(self.other, first, "action_sign", "agree", self._digest(order))
        self.assertEqual(order.review_state, "approved")
        self.assertFalse(self._found(order))

    # -- the submitter -----------------------------------------------------------------

    def test_submitter_signs(self):
        for policy, found in (("forbid", "submitted the document"), ("allow", "")):
            with self.subTest(policy):
                self.departments["quality"].member_ids = [
                    Command.link(self.salesman.id)
                ]
                order = self._ask(submitter_policy=policy)
                self._set_free(order, "barred_user_id", "barred_later")
                task = order.sudo().review_id.task_ids[0]
                self._rpc(
                    self.salesman, task, "action_sign", "agree", self._digest(order)
                )
                self._sign(order, self.other)
                self.assertEqual(order.review_state, "approved")
                if found:
                    self.assertIn(found, self._found(order))
                else:
                    self.assertFalse(self._found(order))

    def test_submitter_of_another_round(self):
        """He signed the round of somebody else and submitted the next one."""
        order = self._ask(submitter_policy="forbid")
        self._rpc(
            self.both,
            order.sudo().review_id.task_ids[0],
            "action_sign",
            "agree",
            self._digest(order),
        )
        self._sign(order, self.other, decision="decline", opinion="No")
        self.both.group_ids |= self.env.ref("sales_team.group_sale_salesman_all_leads")
        self._submit(order, user=self.both)
        self.assertFalse(self._found(order))
        self._set_free(order, "barred_user_id", "barred_later")
        for user in (self.both, self.other):
            if tasks := order.with_user(user)._my_open_tasks()[:1]:
                self._rpc(user, tasks, "action_sign", "agree", self._digest(order))
        self.assertEqual(order.review_state, "approved")
        self.assertIn("submitted the document", self._found(order))

    def test_sound_after_a_long_life(self):
        order = self._submit(self._order())
        self._sign(order, "sales")
        self._sign(order, DEPARTMENTS[0], decision="decline", opinion="No")
        self._submit(order)
        # whoever sits on two seats signs both at once
        self._sign(order, "sales", *(d for d in DEPARTMENTS if d != "planning"))
        self.assertEqual(order.review_state, "approved")
        self.assertFalse(self._found(order))

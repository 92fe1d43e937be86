from random import Random

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import OrderCommon

ROUNDS = 25


@tagged("post_install", "-at_install")
class TestWhoMaySign(OrderCommon):
    """[CSN-2] [CSN-3] who may sign is one rule, wherever it is asked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        logins = [f"crowd{number}" for number in range(6)]
        users = cls._new_users(dict.fromkeys(logins, "base.group_user"))
        cls.crowd = cls.env["res.users"].concat(*users.values())
        cls.crowd[0].write(
            {
                "company_ids": [Command.set(cls.elsewhere.ids)],
                "company_id": cls.elsewhere.id,
            }
        )
        cls.group = cls.env["res.groups"].create({"name": "Anybody of these"})

    def test_python_domain_and_sql_agree(self):
        """B9: a property of random configurations, not of the cases one thought of."""
        random = Random(7)
        order = self._submit()
        review = order.sudo().review_id
        task = review.task_ids[0]
        task.state = "open"
        review.task_ids[1:].state = "closed"
        department = self.departments["sales"]
        signers = self.env["order.signer.list"]
        users = self.crowd
        for number in range(ROUNDS):
            self.env["order.delegation"].search([]).active = False
            some = [users.browse(random.sample(users.ids, 2)) for _choice in range(3)]
            department.write(
                {
                    "member_ids": [Command.set(some[0].ids)],
                    "head_id": random.choice([False, *users.ids]),
                    "active": random.random() > 0.2,
                }
            )
            self.group.user_ids = [Command.set(some[1].ids)]
            users[1].active = random.random() > 0.3
            if random.random() > 0.3:
                principal, actor = random.sample(users.ids, 2)
                self.env["order.delegation"].create(
                    {
                        "principal_id": principal,
                        "actor_id": actor,
                        "date_from": fields.Date.today(),
                        "date_to": fields.Date.today(),
                    }
                )
            nobody = {
                "user_id": False,
                "department_id": False,
                "group_id": False,
                "signer_list_id": False,
                "is_head_only": False,
            }
            address = random.choice(
                [
                    {"user_id": random.choice(users.ids)},
                    {"department_id": department.id},
                    {"department_id": department.id, "is_head_only": True},
                    {"group_id": self.group.id},
                    {"signer_list_id": signers._get_of(some[2]).id},
                ]
            )
            barred = random.sample(users.ids, 3)
            task.write(
                {
                    **nobody,
                    **address,
                    "barred_user_id": random.choice([False, barred[0]]),
                    "barred_later": random.choice([False, barred[1:2]]),
                    "barred_signed": random.choice([False, barred[2:]]),
                }
            )
            # a group does not remember that its archived member came back
            self._begin()
            with self.subTest(number=number, address=address):
                self._check_agreement(task)

    def _check_agreement(self, task):
        candidates = task._candidates()
        delegations = self.env["order.delegation"].search([])
        for user in self.crowd:
            principals = candidates & (
                user
                | delegations.filtered(lambda d, u=user: d.actor_id == u).principal_id
            )
            works_here = user.active and task.company_id in user.company_ids
            expected = bool(works_here and principals and not task._is_barred(user.id))
            self.assertEqual(bool(task._capacity(user)), expected, user.login)
            tasks = self.env["order.review.task"]
            found = tasks.search(
                [("id", "=", task.id)] + list(tasks._addressed_domain(user))
            )
            self.assertEqual(bool(found), expected, user.login)
            self.assertEqual(
                bool(task.filtered_domain(tasks._addressed_domain(user))), expected
            )
            if user.active and task.company_id in user.company_ids:
                count = tasks.with_user(user).my_waiting_count()
                self.assertEqual(bool(count), expected, user.login)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nobody_of_another_company(self):
        """B9: neither signs, nor is registered, nor gets a seat handed over."""
        order = self._submit()
        task = order.sudo().review_id.task_ids.filtered(lambda t: t.state == "open")
        stranger = self.crowd[0]
        self.departments["sales"].member_ids = [Command.link(stranger.id)]
        self.assertNotIn(stranger, task._candidates())
        self.assertTrue(task._refusal(stranger))
        with self.assertRaises(AccessError):
            self._rpc(stranger, task, "action_sign", "agree", self._digest(order))
        scan = (
            self.env["ir.attachment"]
            .with_user(self.clerk)
            .create({"name": "scan.png", "raw": b"scan"})
        )
        with self.assertRaisesRegex(UserError, "not yours"):
            self._rpc(
                self.clerk,
                task,
                "action_register",
                "agree",
                stranger.id,
                "paper",
                scan.ids,
            )
        self.env.invalidate_all()
        task.user_id = self.gm
        with self.assertRaisesRegex(UserError, "cannot sign"):
            self._rpc(
                self.administrator,
                self.env["order.review"],
                "action_hand_over",
                self.gm.id,
                stranger.id,
                "left",
            )

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_doors(self):
        """B10: whoever may not read learns nothing, neither numbers nor states."""
        order = self._submit()
        review = order.sudo().review_id
        task = review.task_ids[0]
        portal = new_test_user(self.env, "opc_door", groups="base.group_portal")
        foreign_manager = new_test_user(
            self.env,
            "opc_foreign_manager",
            groups="order_process_cn.order_group_manager",
            company_id=self.elsewhere.id,
            company_ids=[Command.set(self.elsewhere.ids)],
        )
        acts = {
            task: {
                "action_sign": ("agree", "x"),
                "action_return": (False, "x"),
                "action_transfer": (self.gm.id,),
                "action_add_signers": ([self.gm.id], "before"),
                "action_remove_signers": (),
                "action_take_back": (),
                "action_register": ("agree", self.gm.id, "paper", []),
                "action_contest": ("x",),
                "action_agree_shown": (),
                "action_ask_agree": (),
                "action_ask_decline": (),
                "action_open_document": (),
            },
            review: {
                "action_withdraw": (),
                "action_terminate": ("x",),
                "action_urge": (),
                "action_copy_to": ([self.gm.id],),
                "action_comment": ("x",),
                "action_verify": (),
                "action_open_document": (),
            },
            order: {
                name: () for name in dir(order) if name.startswith("action_review_")
            },
        }
        for user in (portal, foreign_manager):
            for records, methods in acts.items():
                for method, args in methods.items():
                    with self.subTest(f"{user.login} {records._name}.{method}"):
                        with self.assertRaises(AccessError) as caught:
                            self._rpc(user, records, method, *args)
                        self.assertNotIn(order.name, str(caught.exception))
                        self.env.invalidate_all()

    def test_terminate_stays_in_the_company(self):
        review = self._submit().sudo().review_id
        self._rpc(self.administrator, review, "action_terminate", "x")
        self.assertEqual(review.state, "terminated")


@tagged("post_install", "-at_install")
class TestBarredSubmitters(OrderCommon):
    """[REV-6] whoever submitted a round signs none of them where the route forbids."""

    def _decline_and_resubmit(self, order):
        self._sign(order, "sales", decision="decline", opinion="No")
        order.with_user(self.env.user).user_id = self.supervisor
        order.with_user(self.supervisor).action_review_submit()

    def test_later_submitter_is_barred(self):
        other = self._user("other", "sales_team.group_sale_salesman_all_leads")
        self.departments["sales"].member_ids = [Command.link(other.id)]
        order = self._submit()
        self._decline_and_resubmit(order)
        task = order.sudo().review_id.task_ids.filtered(lambda t: t.state == "open")
        for user in (self.supervisor, self.salesman):
            with self.subTest(user.login):
                self.assertIn("cannot sign it yourself", task._refusal(user))
                self.assertFalse(order.with_user(user)._my_open_tasks())
        self.assertEqual(task._candidates(), other)
        self._sign(order, other)

    def test_what_he_signed_before_is_asked_again(self):
        other = self._user("other", "sales_team.group_sale_salesman_all_leads")
        order = self._submit()
        self._sign(order, "sales")
        self._sign(order, "quality", decision="decline", opinion="No")
        order.sudo().review_id.task_ids.filtered(lambda t: t.name == "Quality")
        self.departments["sales"].member_ids = [Command.link(other.id)]
        order.user_id = self.supervisor
        order.with_user(self.supervisor).action_review_submit()
        waiting = order.sudo().review_id.task_ids.filtered(lambda t: t.state == "open")
        self.assertEqual(waiting._candidates(), other)

    def test_what_he_signed_for_somebody_is_asked_again(self):
        """Nor does he sign his own document in another's name."""
        actor = self._user("actor", "sales_team.group_sale_salesman_all_leads")
        self.env["order.delegation"].create(
            {
                "principal_id": self.supervisor.id,
                "actor_id": actor.id,
                "date_from": fields.Date.today(),
                "date_to": fields.Date.today(),
            }
        )
        # what was agreed before the refusal stands
        self.route.stage_ids[1].resume = "continue"
        order = self._submit()
        self._sign(order, actor)
        (task,) = order.sudo().review_id.task_ids.filtered(
            lambda task: task.state == "agreed"
        )
        self.assertEqual(task.decided_by_id, self.supervisor)
        self._sign(order, "quality", decision="decline", opinion="No")
        order.user_id = actor
        order.with_user(actor).action_review_submit()
        self.assertEqual(task.state, "open")
        self.assertIn("cannot sign it yourself", task._refusal(actor))
        self.assertEqual(task._candidates(), self.supervisor)
        self.assertFalse(order.sudo().review_id._find_tampering())

    def test_nobody_left_is_said(self):
        order = self._submit()
        with self.assertRaisesRegex(UserError, "nobody can sign"):
            self._decline_and_resubmit(order)

    def test_head_signs_instead(self):
        self.route.submitter_policy = "head"
        self.departments["sales"].head_id = self.gm
        order = self._submit()
        self._decline_and_resubmit(order)
        task = order.sudo().review_id.task_ids.filtered(lambda t: t.state == "open")
        self.assertEqual(task._candidates(), self.gm)

    def test_a_new_run_remembers_the_submitters(self):
        other = self._user("other", "sales_team.group_sale_salesman_all_leads")
        self.departments["sales"].member_ids = [
            Command.set(self.salesman.ids),
            Command.link(other.id),
        ]
        order = self._submit()
        order.review_id.with_user(self.salesman).action_withdraw()
        order.with_user(self.supervisor).action_review_submit()
        task = order.sudo().review_id.task_ids.filtered(lambda t: t.state == "open")
        self.assertTrue(task._refusal(self.salesman))
        self.assertFalse(task._refusal(other))

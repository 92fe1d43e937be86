from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.demand import order_demand_evaluation
from .common import JUNE, DemandCommon


@tagged("post_install", "-at_install")
class TestDemandRoads(DemandCommon):
    """[SEC-1] roads round a demand plan and its caps."""

    def _refused(self, user, records, method, *args, error=UserError, **kwargs):
        before = records.sudo().read(["state", "timeliness", "is_over", "team_id"])
        with (
            self.assertRaises(error),
            mute_logger("odoo.sql_db", "odoo.models"),
            self.env.cr.savepoint(),
        ):
            self._rpc(user, records, method, *args, **kwargs)
        self.env.invalidate_all()
        self.assertEqual(
            records.sudo().read(["state", "timeliness", "is_over", "team_id"]), before
        )

    def test_the_engine_s(self):
        """What follows from what is done is entered by nobody."""
        self._cap(5)
        plan = self._plan(9)
        for values in (
            {"state": "counts"},
            {"timeliness": "on_time"},
            {"handed_on": "2030-05-01"},
            {"is_over": False},
            {"approved_by_id": self.north.id},
            {"due_at": "2031-01-01"},
            {"total_limit": 99},
            {"team_id": self.regions[1].id},
            {"date_from": "2030-07-01"},
            {"review_state": "approved"},
        ):
            for user in (self.north, self.supervisor):
                with self.subTest(f"{user.login} {values}"):
                    self._refused(user, plan, "write", values)
        for values in (
            {"verdict": "ok"},
            {"limit_qty": 99},
            {"cap_qty": 99},
            {"exceeds_plan": False},
            {"plan_id": self._plan(1, user=self.south).id},
        ):
            with self.subTest(values):
                with self.assertRaises(UserError):
                    self._rpc(self.north, plan.line_ids, "write", values)
        with self.assertRaises(AccessError):
            self._rpc(
                self.north,
                plan.browse(),
                "create",
                {
                    "team_id": self.regions[0].id,
                    "kind": "month",
                    "date_from": "2030-08-01",
                    "state": "counts",
                },
            )

    def test_hostile_context(self):
        """A client's defaults do not make a plan count, in time or another region's."""
        hostile = {
            "default_state": "counts",
            "default_timeliness": "on_time",
            "default_is_over": False,
            "default_approved_by_id": self.north.id,
            "default_handed_on": "2030-05-01",
        }
        plan = (
            self.env["order.demand.plan"]
            .with_user(self.north)
            .with_context(**hostile, tracking_disable=True)
            .create(
                {
                    "team_id": self.regions[0].id,
                    "kind": "month",
                    "date_from": JUNE,
                    "line_ids": [self._need(9)],
                }
            )
        )
        self.assertRecordValues(
            plan,
            [
                {
                    "state": "draft",
                    "timeliness": "open",
                    "handed_on": False,
                    "approved_by_id": False,
                }
            ],
        )
        self._cap(5)
        plan.with_context(**hostile, default_verdict="ok").action_hand_in()
        self.assertEqual((plan.state, plan.is_over), ("handed", True))

    def test_other_region(self):
        """Somebody of another region neither reads, writes nor hands it in."""
        plan = self._plan(3)
        self.assertFalse(plan.with_user(self.south).has_access("read"))
        self._refused(self.south, plan, "action_hand_in")
        self._refused(self.south, plan, "write", {"note": "mine"})
        add = {"line_ids": [self._need(1, self.other)]}
        self._refused(self.south, plan, "write", add)
        with self.assertRaises(AccessError):
            self._rpc(self.south, plan.line_ids, "write", {"quantity": 1})
        with self.assertRaises(AccessError):
            self.env["order.demand.plan"].with_user(self.south).create(
                {
                    "team_id": self.regions[0].id,
                    "kind": "month",
                    "date_from": "2030-08-01",
                }
            )
        with self.assertRaises(AccessError):
            self.env["order.demand.line"].with_user(self.south).create(
                {"plan_id": plan.id, "product_id": self.other.id, "quantity": 1}
            )
        # nor is told what it sells, on a form that nobody saves
        sold = {(self.company.id, plan.team_id.id): {self.product.id: 7.0}}
        self.patch(order_demand_evaluation, "find_week_sales", lambda *_args: sold)
        for user, quantity in ((self.south, 0), (self.north, 7)):
            line = self.env["order.demand.line"].with_user(user)
            line = line.new({"plan_id": plan.id, "product_id": self.product.id})
            self.assertEqual(line.expected_week_sales, quantity)
        # who sees it for another reason does not plan for it
        self.south.group_ids += self.env.ref("mrp.group_mrp_user")
        self.assertTrue(plan.with_user(self.south).has_access("read"))
        self._refused(self.south, plan, "action_hand_in")
        self._refused(self.south, plan, "write", {"note": "mine"})
        add = {"line_ids": [self._need(1, self.other)]}
        self._refused(self.south, plan, "write", add)
        # the sales office does
        self._rpc(self.supervisor, plan, "action_hand_in")
        self.assertEqual(plan.state, "counts")

    def test_closed(self):
        """What counts is not added to; the region does not open it again by itself."""
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._plan(3, expected_week_sales=-1)
        plan = self._plan(3)
        self._refused(self.supervisor, plan, "unlink")
        self._rpc(self.north, plan, "action_hand_in")
        line = plan.line_ids
        for user in (self.north, self.supervisor):
            self._refused(
                user, plan, "write", {"line_ids": [self._need(1, self.other)]}
            )
            self._refused(user, plan, "write", {"line_ids": [Command.clear()]})
            for call in (("write", {"quantity": 999}), ("unlink",)):
                with self.assertRaises(UserError):
                    self._rpc(user, line, *call)
        self._refused(self.north, plan, "action_take_back")
        self._refused(self.north, plan, "action_hand_in")
        with self.assertRaisesRegex(UserError, "handed in already"):
            self._rpc(self.supervisor, plan, "action_hand_in")

    def test_once_for_a_period(self):
        """Of a period of a region there is one plan, and of a product one line."""
        self._plan(3)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self._plan(3)
        other = self._plan(3, user=self.south)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            other.write({"line_ids": [self._need(1)]})

    def test_company_two(self):
        """Plans, caps and figures stay in their company."""
        two = self.env["res.company"].create({"name": "Second Works"})
        plan = self._plan(3)
        stranger = self._user("stranger", "sales_team.group_sale_manager")
        stranger.write({"company_ids": [Command.set(two.ids)], "company_id": two.id})
        foreign = plan.with_user(stranger).with_context(allowed_company_ids=two.ids)
        self.assertFalse(foreign.has_access("read"))
        values = {"kind": "month", "date_from": "2030-08-01"}
        for company in (self.company, two):
            values |= {"team_id": self.regions[0].id, "company_id": company.id}
            with self.assertRaises(UserError), self.env.cr.savepoint():
                foreign.browse().create(values)
        self.env["order.demand.cap"].create(
            {
                "company_id": two.id,
                "product_tmpl_id": self.product.product_tmpl_id.id,
                "quantity": 1,
            }
        )
        plan.line_ids.quantity = 4
        self.assertEqual(plan.line_ids.verdict, "none")
        # a cycle of another company opens nothing here
        cycle = self._cycle(company_id=two.id)
        self.assertNotIn(self.company, cycle._find_regions())

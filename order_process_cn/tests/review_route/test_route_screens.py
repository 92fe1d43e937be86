from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..common import OrderCommon

BOTH_OPEN = "[('is_urgent', '=', True), ('amount_total', '>', 5)]"


@tagged("post_install", "-at_install")
class TestRouteScreens(OrderCommon):
    """[REV-1] [CSN-5] what the screens of a route say before anybody is stopped by it
    (K11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.routes = cls.env["order.review.route"].with_user(cls.administrator)
        cls.leavers = cls.env["res.users"]
        cls.other_type = cls.env["order.type"].create({"name": "Other Type"})

    def _empty(self, *names):
        for name in names:
            self.departments[name].write({"member_ids": [Command.clear()]})
            self.departments[name].head_id = False

    # -- the switch -------------------------------------------------------------------

    def test_a_new_route_is_born_switched_off(self):
        """Neither a form nor a call nor a copy puts a route into force by itself."""
        form = Form(self.routes)
        self.assertFalse(form.active)
        form.name = "Mine"
        made = form.save()
        by_call = self._rpc(
            self.administrator, self.routes, "create", [{"name": "By Call"}]
        )
        copied = self.route.with_user(self.administrator).copy()
        routes = made + self.routes.browse(by_call) + copied
        self.assertEqual(routes.mapped("active"), [False] * 3)
        self.assertFalse(any(routes.mapped("in_force_since")))
        self.assertTrue(self.route.active)

    def test_switched_on_in_its_form(self):
        """The form has the switch, and a route that somebody can sign goes on."""
        route = self._make_route(active=False)
        with Form(route.with_user(self.administrator)) as form:
            form.active = True
        self.assertTrue(route.active)
        self.assertTrue(route.in_force_since)

    # -- never reached ----------------------------------------------------------------

    def _reach(self, first, second):
        """Return what is said of a route behind ``first``, both switched on."""
        self.route.active = False
        first = self._make_route(name="First", sequence=1, **first)
        second = self._make_route(name="Second", sequence=2, **second)
        (first + second).invalidate_recordset()
        self.assertFalse(first.never_reached)
        said = second.never_reached
        (first + second).active = False
        return said

    def test_never_reached(self):
        """It is said exactly when everything this route takes is taken before."""
        every = [Command.clear()]
        one = [Command.set(self.order_type.ids)]
        both = [Command.set((self.order_type + self.other_type).ids)]
        other = self.env["res.company"].create({"name": "Other"})
        for user in (self.supervisor, *self.signers.values()):
            user.company_ids = [Command.link(other.id)]
        urgent = "[('is_urgent', '=', True)]"
        covered = (
            ({"order_type_ids": every}, {"order_type_ids": one}),
            ({"order_type_ids": both}, {"order_type_ids": one}),
            ({"order_type_ids": every}, {"order_type_ids": every}),
            ({}, {"domain": urgent}),
            ({"domain": urgent}, {"domain": urgent}),
            ({"domain": urgent}, {"domain": BOTH_OPEN}),
            ({}, {"company_id": self.company.id}),
        )
        for first, second in covered:
            with self.subTest(first=first, second=second):
                self.assertIn("“First”", self._reach(first, second) or "")
        open_to_some = (
            ({"order_type_ids": one}, {"order_type_ids": every}),
            ({"order_type_ids": one}, {"order_type_ids": both}),
            ({"domain": urgent}, {}),
            ({"domain": BOTH_OPEN}, {"domain": urgent}),
            ({"domain": "[('is_urgent', '=', False)]"}, {"domain": urgent}),
            ({"company_id": self.company.id}, {}),
            ({"company_id": other.id}, {"company_id": self.company.id}),
            ({"res_model": "mrp.production"}, {}),
        )
        for first, second in open_to_some:
            with self.subTest(first=first, second=second):
                self.assertFalse(self._reach(first, second))

    def test_never_reached_behind_several(self):
        """Two routes that together take every type of a third."""
        last = self._make_route(
            name="Last",
            sequence=30,
            order_type_ids=[Command.set((self.order_type + self.other_type).ids)],
        )
        self.assertFalse(last.never_reached)
        self._make_route(
            name="Half", sequence=20, order_type_ids=[Command.set(self.other_type.ids)]
        )
        last.invalidate_recordset()
        self.assertRegex(last.never_reached, "“Test Route”, “Half”")

    def test_what_is_said_is_what_happens(self):
        """The order goes the way the screen says; so does the one that was begun
        before the first route was switched on."""
        with freeze_time("2026-01-05"):
            begun = self._order().sudo()
        mine = self._make_route(
            name="Mine", sequence=1, order_type_ids=[Command.clear()], active=False
        )
        self.assertFalse(self.route.never_reached)
        self.assertIn("“Test Route”", mine.takes_everything_of)
        mine.active = True
        self.route.invalidate_recordset()
        self.assertIn("“Mine”", self.route.never_reached)
        order = self._order().sudo()
        self.assertEqual((begun + order)._get_review_routes()[order], mine)

    def test_documents_begun_before_are_not_claimed(self):
        """A route that was on before the other still takes what was begun between."""
        mine = self._make_route(name="Mine", sequence=1)
        self.assertRegex(self.route.never_reached, "^Never reached: “Mine”")
        # a transaction has one clock only
        self.env.cr.execute(
            "UPDATE order_review_route SET in_force_since = '2026-01-01' WHERE id = %s",
            [self.route.id],
        )
        (self.route + mine).invalidate_recordset()
        self.assertRegex(self.route.never_reached, "begun since .*: “Mine”")

    def test_the_form_says_it_while_one_types(self):
        """A new route for every document behind another one, before it is saved."""
        self.route.order_type_ids = [Command.clear()]
        form = Form(self.routes)
        form.name = "Mine"
        self.assertIn("“Test Route”", form.never_reached)
        form.res_model = "mrp.production"
        self.assertFalse(form.never_reached)

    def test_the_switch_in_the_list_says_it(self):
        """A toggle in the list tells at once to whom nothing is left."""
        mine = self._make_route(name="Mine", sequence=1, active=False)
        for on, words in ((True, "“Test Route”"), (False, "")):
            answer = self._rpc(
                self.administrator,
                mine,
                "onchange",
                {"active": on},
                ["active"],
                {"active": {}, "sequence": {}},
            )
            self.assertIn(words, answer.get("warning", {}).get("message", ""))
            self.assertEqual(bool(answer.get("warning")), on)

    def test_archived_people_do_not_count_in_a_list_of_everything(self):
        """The list of routes shows switched-off ones; a submission from it is refused
        like any other."""
        gone = self._user("gone", "base.group_user")
        self.route.stage_ids = [
            Command.clear(),
            Command.create(
                self._stage(
                    "One",
                    seats=[{"source": "users", "user_ids": [Command.set(gone.ids)]}],
                )
            ),
        ]
        gone.active = False
        order = self._order().with_context(active_test=False)
        with self.assertRaisesRegex(UserError, "opc_gone"):
            order.action_review_submit({})

    # -- nobody can sign --------------------------------------------------------------

    def test_a_head_seat_without_a_head_is_reported(self):
        """The department has a member; what is missing is its head."""
        self.departments["sales"].write(
            {"member_ids": [Command.set(self.salesman.ids)], "head_id": False}
        )
        head = {"source": "head", "department_id": self.departments["sales"].id}
        route = self._make_route(
            [self._stage("One", "sales"), self._stage("Two", seats=[head])],
            active=False,
        )
        self.assertEqual(
            route.problems, "Sales has no head who can sign: asked for in “Two”."
        )
        self.departments["sales"].head_id = self.supervisor
        route.invalidate_recordset()
        self.assertFalse(route.problems)

    def test_problems_are_said_once(self):
        """A department asked for twice is named once, member and head apart."""
        self._empty("sales")
        head = {"source": "head", "department_id": self.departments["sales"].id}
        route = self._make_route(
            [
                self._stage("One", "sales"),
                self._stage("Two", "sales"),
                self._stage("Three", seats=[head]),
            ],
            active=False,
        )
        self.assertEqual(
            route.problems.splitlines(),
            [
                "Sales has nobody who can sign: asked for in “One”, “Two”.",
                "Sales has no head who can sign: asked for in “Three”.",
            ],
        )

    def _seats_of_nobody(self):
        """Return ``{words of the refusal: seat}`` for every kind of seat that is empty
        once the users who are to go have gone."""
        self._empty("quality")
        group = self.env["res.groups"].create({"name": "Empty Group"})
        self.leavers = gone = self._user("gone", "base.group_user")
        also_gone = self._user("also_gone", "base.group_user")
        self.leavers += also_gone
        quality = self.departments["quality"].id
        return {
            "Quality has nobody": {"source": "department", "department_id": quality},
            "Quality has no head": {"source": "head", "department_id": quality},
            "“Empty Group”": {"source": "group", "group_id": group.id},
            "opc_gone": {"source": "users", "user_ids": [Command.set(gone.ids)]},
            "opc_also_gone": {
                "source": "users",
                "user_ids": [Command.set((gone + also_gone).ids)],
            },
        }

    def test_switching_on_a_route_that_nobody_can_sign(self):
        """Refused on every road, with everything that is in the way at once."""
        seats = self._seats_of_nobody()
        route = self._make_route(
            [self._stage("Nobody", seats=list(seats.values()))], active=False
        ).with_user(self.administrator)
        self.leavers.active = False
        roads = {
            "write": lambda: route.write({"active": True}),
            "call": lambda: self._rpc(
                self.administrator, route, "write", {"active": True}
            ),
            "unarchive": route.action_unarchive,
            "hostile": lambda: route.with_context(
                active_test=False, install_mode=True, tracking_disable=True
            ).write({"active": True}),
            "create": lambda: self._make_route(
                [self._stage("Nobody", seats=list(seats.values())[:3])], name="On"
            ),
        }
        for name, road in roads.items():
            with self.subTest(name), self.assertRaises(ValidationError) as caught:
                road()
            for words in list(seats)[: 3 if name == "create" else None]:
                self.assertIn(words, str(caught.exception))
        self.env.invalidate_all()
        self.assertFalse(route.active)
        self.departments["quality"].write({"head_id": self.gm.id})
        (stage,) = route.stage_ids
        stage.seat_ids[2:].unlink()
        route.active = True

    def test_a_route_without_a_seat_is_not_switched_on(self):
        """It would approve everything without anybody's signature."""
        route = self.routes.create({"name": "Empty"})
        with self.assertRaisesRegex(ValidationError, "no seat"):
            route.active = True
        route.stage_ids = [Command.create({"name": "Stage"})]
        with self.assertRaisesRegex(ValidationError, "no seat"):
            route.active = True

    def test_several_routes_switched_on_together(self):
        """Each route is named with what is in its way."""
        self._empty("quality", "planning")
        routes = self._make_route([self._stage("One", "quality")], active=False)
        routes += self._make_route(
            [self._stage("One", "planning")], name="Second", active=False
        )
        with self.assertRaises(ValidationError) as caught:
            routes.active = True
        for words in ("“Test Route”", "Quality", "“Second”", "Planning"):
            self.assertIn(words, str(caught.exception))

    def test_people_of_another_company(self):
        """Who does not work in the company of the route cannot sign it."""
        other = self.env["res.company"].create({"name": "Other"})
        route = self._make_route(company_id=other.id, active=False)
        with self.assertRaisesRegex(ValidationError, "Sales has nobody"):
            route.active = True
        self.supervisor.company_ids = [Command.link(other.id)]
        with self.assertRaises(ValidationError) as caught:
            route.active = True
        self.assertNotIn("Sales has", str(caught.exception))

    def test_a_company_where_nobody_signs(self):
        """A route for all companies is on; the form says where it fails."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.administrator.company_ids = [Command.link(other.id)]
        both = self.route.with_user(self.administrator).with_context(
            allowed_company_ids=(self.company + other).ids
        )
        self.assertIn("Elsewhere: Sales has nobody", both.problems)
        self.assertNotIn(f"{self.company.name}: Sales", both.problems)

    def test_named_on_the_document_is_not_judged(self):
        """Who the salesperson will be nobody knows yet."""
        seats = [{"source": name} for name in ("salesperson", "team_leader", "chosen")]
        route = self._make_route([self._stage("One", seats=seats)])
        self.assertTrue(route.active)
        self.assertFalse(route.problems)

    # -- the refusal at submission ----------------------------------------------------

    def _refused_with(self, seat, **order):
        self.route.write(
            {
                "stage_ids": [
                    Command.clear(),
                    Command.create(self._stage("One", seats=[seat])),
                ]
            }
        )
        self.leavers.active = False
        with self.assertRaises(UserError) as caught:
            document = self._order()
            document.sudo().write(order)
            document.action_review_submit({})
        return str(caught.exception)

    def test_the_refusal_names_the_cure(self):
        """[CSN-5] for each kind of seat what is missing, and who can mend it."""
        sales = self.departments["sales"]
        sales.write(
            {"member_ids": [Command.set(self.clerk.ids)], "head_id": False},
        )
        refused = self._refused_with({"source": "head", "department_id": sales.id})
        self.assertIn("Sales has no head who can sign", refused)
        self.assertNotIn("add members", refused)
        self.assertIn("Countersign Departments", refused)
        self.assertIn(self.administrator.name, refused)
        for words, seat in self._seats_of_nobody().items():
            with self.subTest(words):
                self.leavers.active = True
                self.assertIn(words, self._refused_with(seat))
        field = self.env["ir.model.fields"]._get("sale.order", "user_id")
        dynamic = {
            "no salesperson": ({"source": "salesperson"}, {"user_id": False}),
            "no team leader": ({"source": "team_leader"}, {"team_id": False}),
            "“Salesperson” is empty": (
                {"source": "field", "user_field_id": field.id},
                {"user_id": False},
            ),
            "chosen": ({"source": "chosen"}, {}),
        }
        for words, (seat, order) in dynamic.items():
            with self.subTest(words):
                self.assertIn(words, self._refused_with(seat, **order))

    def test_the_only_signer_is_the_submitter(self):
        """Adding a head or a member helps, not the advice that nobody is there."""
        sales = self.departments["sales"]
        sales.write({"member_ids": [Command.set(self.salesman.ids)], "head_id": False})
        refused = self._refused_with(
            {"source": "department", "department_id": sales.id}
        )
        self.assertIn("only the submitter", refused)
        self.assertNotIn("has nobody", refused)

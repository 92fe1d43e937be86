from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestRoutes(OrderCommon):
    """[REV-1] [CSN-2] where signers come from and which policies a route has."""

    def _rebuild(self, *stages, **values):
        self.route.write(
            {
                "stage_ids": [Command.clear()]
                + [Command.create({**stage}) for stage in stages],
                **values,
            }
        )

    def _stage_of(self, name, seat, **values):
        return self._stage(name, seats=[seat], **values)

    # -- modes ----------------------------------------------------------------------

    def test_number_of_signers(self):
        """[CSN-1] two of three are enough."""
        self._rebuild(
            self._stage(
                "Vote",
                "engineering",
                "quality",
                "planning",
                mode="count",
                count=2,
                refusal="wait",
            )
        )
        order = self._submit()
        self._sign(order, "engineering")
        self._sign(order, "quality", decision="decline", opinion="No")
        self.assertEqual(order.review_state, "running")
        self._sign(order, "planning")
        self.assertEqual(order.review_state, "approved")

    def test_one_after_another(self):
        """[CSN-1] each is asked only when the one before has agreed."""
        self._rebuild(self._stage("Turn", "quality", "engineering", mode="turn"))
        order = self._submit()
        self.assertFalse(order.with_user(self.signers["engineering"])._my_open_tasks())
        self._sign(order, "quality", "engineering")
        self.assertEqual(order.review_state, "approved")

    def test_refusal_returns_to_a_named_stage(self):
        self._rebuild(
            self._stage("First", "sales", sequence=1),
            self._stage("Second", "quality", sequence=2),
        )
        first, second = self.route.stage_ids
        second.write({"return_to": "stage", "return_stage_id": first.id})
        order = self._submit()
        self._sign(order, "sales")
        self._sign(order, "quality", decision="decline", opinion="Check again")
        self.assertEqual(order.review_state, "running")
        self.assertEqual(self._states(order), {"Sales": "open", "Quality": "waiting"})
        self._sign(order, "sales", "quality")
        self.assertEqual(order.review_state, "approved")

    # -- the ruling (REV-3) -----------------------------------------------------------

    def _ruled(self, opens):
        self._rebuild(
            self._stage(
                "Departments", "engineering", "quality", refusal="refer", sequence=1
            ),
            self._stage("Ruling", "deputy", "gm", mode="any", opens=opens, sequence=2),
        )

    def test_nonstandard_order_is_always_ruled(self):
        """[REV-3] the general manager or his deputy rules after the departments."""
        self._ruled("always")
        order = self._submit()
        self._sign(order, "engineering")
        self._sign(order, "quality", decision="decline", opinion="Too tight")
        self.assertEqual(order.review_state, "running")
        self._sign(order, self.gm, decision="conditional", conditions="Two weeks later")
        self.assertEqual(order.review_state, "approved")

    def test_declining_a_standard_order_needs_a_ruling(self):
        """[REV-3] a department alone does not decline a standard order."""
        self._ruled("refusal")
        order = self._submit()
        self._sign(order, "engineering", "quality")
        self.assertEqual(order.review_state, "approved")
        order = self._submit(self._order())
        self._sign(order, "engineering")
        self._sign(order, "quality", decision="decline", opinion="Too tight")
        self.assertEqual(order.review_state, "running")
        self._sign(order, self.deputy, decision="decline", opinion="We decline")
        self.assertEqual(order.review_state, "declined")

    # -- where signers come from ------------------------------------------------------

    def test_sources(self):
        """[CSN-2] named persons, a head, a group, the salesperson, the team leader, a
        field of the order."""
        group = self.env["res.groups"].create({"name": "Implied"})
        implying = self.env["res.groups"].create(
            {"name": "Implying", "implied_ids": [Command.link(group.id)]}
        )
        self.gm.group_ids = [Command.link(implying.id)]
        second = self._user("second", "sales_team.group_sale_salesman_all_leads")
        team = self.env["crm.team"].create({"name": "Team", "user_id": self.deputy.id})
        field = self.env["ir.model.fields"]._get("sale.order", "user_id")
        two = self.signers["quality"] | self.signers["planning"]
        self.departments["engineering"].head_id = self.clerk
        cases = {
            "users": ({"user_ids": [Command.set(self.gm.ids)]}, self.gm),
            "several": ({"user_ids": [Command.set(two.ids)]}, two[1]),
            "head": ({"department_id": self.departments["engineering"].id}, self.clerk),
            "group": ({"group_id": group.id}, self.gm),
            "salesperson": ({}, self.supervisor),
            "team_leader": ({}, self.deputy),
            "field": ({"user_field_id": field.id}, self.supervisor),
        }
        for source, (values, signer) in cases.items():
            with self.subTest(source):
                kind = "users" if source == "several" else source
                self._rebuild(self._stage_of("One", {"source": kind, **values}))
                order = self._order()
                order.sudo().write({"user_id": self.supervisor.id, "team_id": team.id})
                order.with_user(second).action_review_submit()
                self.assertFalse(
                    order.with_user(self.signers["purchase"])._my_open_tasks()
                )
                self._sign(order, signer)
                self.assertEqual(order.review_state, "approved")

    def test_chosen_by_the_submitter(self):
        """[CSN-2] the submitter names the signer; forgetting it is an error."""
        self._rebuild(self._stage_of("One", {"source": "chosen"}))
        seat = self.route.stage_ids.seat_ids
        order = self._order()
        question = order.action_review_submit()
        self.assertEqual(question["context"]["default_seat_ids"], seat.ids)
        with self.assertRaisesRegex(UserError, "nobody can sign"):
            order.action_review_submit({})
        form = Form(
            self.env["order.review.submit.wizard"]
            .with_user(self.salesman)
            .with_context(**question["context"])
        )
        with form.line_ids.edit(0) as line:
            line.user_id = self.gm
        form.save().action_confirm()
        self._sign(order, self.gm)
        self.assertEqual(order.review_state, "approved")

    def test_a_seat_must_name_somebody(self):
        with self.assertRaisesRegex(ValidationError, "names nobody"):
            self._rebuild(self._stage_of("One", {"source": "head"}))

    # -- amounts and conditions -------------------------------------------------------

    def test_amount_limits_by_authority(self):
        """[REV-2] the general manager is asked from an amount on, in company
        currency at the order's rate."""
        self._rebuild(
            self._stage("Authority", "sales", "gm"),
        )
        self.route.stage_ids.seat_ids[1].amount_from = 1000
        self.assertEqual(set(self._states(self._submit(price=100))), {"Sales"})
        big = self._submit(price=600)
        self.assertEqual(set(self._states(big)), {"Sales", "General Manager"})
        euro = self._order(price=400)
        euro.sudo().currency_rate = 0.5
        self.assertIn("General Manager", self._states(self._submit(euro)))

    def test_condition_of_a_stage(self):
        self._rebuild(
            self._stage("Check", "sales", sequence=1),
            self._stage(
                "Urgent", "deputy", sequence=2, domain="[('is_urgent', '=', True)]"
            ),
        )
        self.assertEqual(set(self._states(self._submit())), {"Sales"})
        urgent = self._submit(is_urgent=True, urgent_reason="x")
        self.assertEqual(set(self._states(urgent)), {"Sales", "Deputy General Manager"})

    def test_unreadable_condition(self):
        with self.assertRaisesRegex(ValidationError, "cannot be read"):
            self.route.stage_ids[0].domain = "[('no_such_field', '=', 1)]"

    # -- policies ---------------------------------------------------------------------

    def test_nobody_to_sign(self):
        """[CSN-5] an error at submission that names the seat; all of them at once."""
        self.departments["quality"].write(
            {"member_ids": [Command.clear()], "head_id": False}
        )
        self.departments["planning"].write(
            {"member_ids": [Command.clear()], "head_id": False}
        )
        order = self._order()
        with self.assertRaisesRegex(UserError, "“Quality”.*\n.*“Planning"):
            order.action_review_submit()
        self.assertFalse(order.review_id)

    def test_submitter_is_the_signer(self):
        """[CSN-5] forbidden, allowed, or his head signs."""
        sales = self.departments["sales"]
        sales.member_ids = self.salesman
        sales.head_id = False
        self._rebuild(self._stage("One", "sales"))
        with self.assertRaisesRegex(UserError, "nobody can sign"):
            self._submit()
        self.route.submitter_policy = "allow"
        order = self._submit(self._order())
        self._sign(order, self.salesman)
        self.assertEqual(order.review_state, "approved")
        self.route.submitter_policy = "head"
        sales.head_id = self.supervisor
        sales.member_ids = self.salesman
        order = self._submit(self._order())
        self.assertFalse(order.with_user(self.salesman)._my_open_tasks())
        self._sign(order, "sales")
        self.assertEqual(order.review_state, "approved")

    def _same_person(self, policy):
        self._rebuild(
            self._stage("One", "gm", sequence=1),
            self._stage("Two", "quality", sequence=2),
            self._stage("Three", "gm", sequence=3),
            repeat_policy=policy,
        )
        order = self._submit(self._order())
        self._sign(order, self.gm, "quality")
        return order

    def test_same_person_again(self):
        """Asked again, counted in the next stage only, or once for the round."""
        self.assertEqual(self._same_person("none").review_state, "running")
        self.assertEqual(self._same_person("consecutive").review_state, "running")
        order = self._same_person("once")
        self.assertEqual(order.review_state, "approved")
        record = order.sudo().review_id.signature_ids[-1]
        self.assertEqual((record.act, record.user_id), ("repeat", self.gm))

    def test_same_person_in_the_next_stage(self):
        self._rebuild(
            self._stage("One", "gm", sequence=1),
            self._stage("Two", "gm", sequence=2),
            repeat_policy="consecutive",
        )
        order = self._submit()
        self._sign(order, self.gm)
        self.assertEqual(order.review_state, "approved")

    def test_changed_facts_do_not_count_again(self):
        """An earlier agreement counts only for the facts it was given on."""
        groups = self.env["order.fact.group"].search([]).grouped("code")
        order = self._order()
        self._rebuild(
            self._stage(
                "One",
                "gm",
                sequence=1,
                fact_group_ids=[Command.set(groups["price"].ids)],
            ),
            self._stage(
                "Two",
                "quality",
                sequence=2,
                fact_group_ids=[Command.set(groups["price"].ids)],
            ),
            self._stage(
                "Three",
                "gm",
                sequence=3,
                fact_group_ids=[Command.set(groups["dates"].ids)],
            ),
            repeat_policy="once",
        )
        self._submit(order)
        self._sign(order, self.gm)
        order.commitment_date = "2030-09-09 00:00:00"
        self._end_of_transaction()
        self._sign(order, "quality")
        self.assertEqual(order.review_state, "running")

    # -- running copies ---------------------------------------------------------------

    def test_running_review_keeps_its_route(self):
        """Editing a route changes nothing that runs and nothing decided."""
        order = self._submit()
        self._sign(order, "sales")
        self.route.stage_ids[1].write({"name": "Renamed", "mode": "any"})
        self.route.stage_ids[1].seat_ids[0].unlink()
        self._sign(order, *DEPARTMENTS)
        review = order.sudo().review_id
        self.assertEqual(review.state, "approved")
        self.assertEqual(
            set(review.task_ids.mapped("stage_name")), {"Check", "Countersign"}
        )
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    # -- what is shipped --------------------------------------------------------------

    def test_contract_and_four_seats(self):
        """[CFM-7] the general manager's approval forms the contract, then four managers
        countersign; his own second seat follows from the first."""
        route = self.env.ref("order_process_cn.order_review_route_p26")
        self.assertFalse(route.problems)
        route.active = True
        self.route.active = False
        order = self._order()
        order.sudo().order_type_id = self.env.ref("order_process_cn.order_type_custom")
        self._submit(order)
        self.assertEqual(order.sudo().review_id.route_id, route)
        early = order.with_user(self.signers["production"])
        self.assertFalse(early._my_open_tasks())
        self._sign(order, self.gm)
        states = self._states(order)
        self.assertEqual(list(states.values()).count("open"), 3)
        self._sign(order, "production", "purchase", "engineering")
        self.assertEqual(order.review_state, "approved")

    # -- what the editor tells --------------------------------------------------------

    def test_problems_are_shown(self):
        self._rebuild(
            self._stage("Empty", sequence=1),
            self._stage("Vote", "sales", mode="count", count=3, sequence=2),
            self._stage("Ruling", "gm", opens="refusal", sequence=3),
            self._stage("Last", "quality", refusal="refer", sequence=4),
        )
        problems = self.route.problems
        for words in ("has no seat", "wants 3", "is never held", "is the last one"):
            self.assertIn(words, problems)
        self.assertFalse(self._make_route().problems)

    def test_summary_in_plain_words(self):
        stage = self.route.stage_ids[1]
        self.assertEqual(
            stage.summary, "all 5 seats sign; one refusal returns it to the submitter"
        )

    def test_preview_on_a_real_order(self):
        order = self._order()
        self.route.preview_res_id = order.id
        self.assertEqual(
            [stage["name"] for stage in self.route.preview["stages"]],
            ["Check", "Countersign"],
        )
        self.assertIn(self.supervisor.name, str(self.route.preview))

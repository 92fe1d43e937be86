from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestProcedures(OrderCommon):
    """[PRC-1] [PRC-6] procedures as cards, and the page on which one is switched on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.env["order.deposit.rule"].search([]).active = False
        cls.env["order.time.limit"].search([]).active = False
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.boss = cls._user(
            "boss",
            "order_process_cn.order_group_manager,base.group_system,"
            "sales_team.group_sale_manager,product.group_product_manager",
        )
        for department in cls.departments.values():
            department.write({"member_ids": [Command.clear()], "head_id": False})

    def _procedure(self, code, user=None):
        procedures = self.env["order.procedure"].with_user(user or self.boss)
        return procedures.search([("code", "=", code)])

    def _page(self, code, method="action_open_switch", user=None):
        action = self._procedure(code, user)._origin
        action = getattr(action, method)()
        return (
            self.env["order.procedure.switch"]
            .with_user(user or self.boss)
            .browse(action["res_id"])
        )

    def _name_everybody(self, page, **names):
        with Form(page) as form:
            for number, seat in enumerate(page.seat_ids):
                with form.seat_ids.edit(number) as line:
                    line.user_name = names.get(str(number), f"Person {seat.id}")

    # -- the gallery -------------------------------------------------------------------

    def test_every_procedure_has_a_card(self):
        """P00 to P33; each shows its steps, none names a record that is not there, and
        nothing is in force after the installation."""
        procedures = self.env["order.procedure"].search([])
        self.assertEqual(
            procedures.mapped("code"), [f"P{number:02d}" for number in range(34)]
        )
        records = procedures.part_ids._get_records()
        self.assertTrue(all(records.values()))
        for procedure in procedures:
            with self.subTest(procedure.code):
                self.assertIn("o_order_procedure_picture", procedure.steps_picture)
                for part in procedure._get_switched_parts():
                    self.assertTrue(part._spell_effect(records[part]))
                    if part.role == "switch":
                        self.assertIn("active", records[part]._fields)
        self.assertEqual(self._procedure("P10").state, "off")
        self.assertEqual(self._procedure("P25").state, "people")

    def test_the_gallery_is_read_at_once(self):
        """[PRC-1] What the page of cards asks for costs a number of queries that does
        not depend on how many cards there are: those of 34 cards are read together."""
        shown = ("display_name", "state", "essence", "steps_picture", "count_parts")
        cards = self.env["order.procedure"].with_user(self.boss)
        asked = dict.fromkeys([*shown, "is_observed", "trade", "source"], {})
        cards.web_search_read([], asked)  # fills what the server keeps anyway
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            found = cards.web_search_read([], asked, limit=40)
        self.assertEqual(found["length"], 34)

    def test_what_types_ask_for_holds(self):
        """[PRC-1] What a type asks for holds where a route gives orders that type: each
        card that ticks something of a type, or asks for a deposit, switches on a route
        for such orders as well. What it ticks is off until then."""
        for procedure in self.env["order.procedure"].search([]):
            routes = procedure._get_configuration("order.review.route")
            routes = routes.filtered(lambda route: route.res_model == "sale.order")
            records = procedure.part_ids._get_records()
            kinds = self.env["order.type"]
            # the issue days of P10 are for orders that another procedure reviews
            ticked = procedure.part_ids.filtered(
                lambda part: part.role == "set" and not part.value
            )
            for part in ticked:
                with self.subTest(procedure.code, part=part.field_name):
                    self.assertFalse(records[part][part.field_name])
                if part.res_model == "order.type":
                    kinds |= records[part]
            with self.subTest(procedure.code):
                self.assertLessEqual(kinds, routes.order_type_ids)
                if procedure._get_configuration("order.deposit.rule"):
                    self.assertTrue(routes)

    def test_the_picture_follows_the_records(self):
        """What is drawn is read from the routes, rules and limits."""
        procedure = self._procedure("P10")
        for words in ("Sales Manager", "Head of Sales", "30 %", "Monday, Thursday"):
            self.assertIn(words, procedure.steps_picture)
        route = self.env.ref("order_process_cn.order_review_route_special")
        route.stage_ids[0].name = "Renamed <b>stage</b>"
        procedure.invalidate_recordset()
        self.assertIn("Renamed &lt;b&gt;stage", procedure.steps_picture)

    # -- switching on ------------------------------------------------------------------

    def test_switched_on_from_one_page(self):
        """People are made without a mail, with the rights of their department; their
        passwords are shown once and kept nowhere; then the review is in force."""
        page = self._page("P00")
        self.assertEqual(
            page.seat_ids.mapped("department_id.name"), ["Engineering", "Quality"]
        )
        self._name_everybody(page, **{"0": "王工", "1": "Zhao Pin"})
        self.assertEqual(page.seat_ids.mapped("login"), ["engineering", "zhaopin"])
        self.assertIn("Release Bills of Materials", page.seat_ids[0].right_names)
        mails = self.env["mail.mail"].search_count([])
        answer = self._rpc(self.boss, page, "action_apply")
        slip = answer["context"]["default_slip"]
        users = self.env["res.users"].search([("name", "in", ["王工", "Zhao Pin"])])
        self.assertEqual(len(users), 2)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(set(users.mapped("tz")), {"Asia/Shanghai"})
        self.assertTrue(
            users.filtered(lambda u: u.login == "engineering").has_group(
                "order_process_cn.order_group_engineering"
            )
        )
        for user in users:
            line = next(text for text in slip.split("\n") if user.login in text)
            password = line.rpartition(" ")[2]
            user.with_user(user)._check_credentials(
                {"type": "password", "login": user.login, "password": password},
                {"interactive": True},
            )
        self.assertEqual(page.state, "on")
        self.assertFalse(page.seat_ids.filtered(lambda seat: not seat.present))
        order = self._page("P00").action_make_sample()
        order = self.env["sale.order"].browse(order["res_id"])
        self.assertEqual(order.origin, "Trial")
        # submitted by the same press, in the name of whoever pressed
        self.assertEqual(order.review_state, "running")
        self.assertEqual(order.review_id.submitter_id, self.boss)
        for user in users:
            order.with_user(user)._my_open_tasks().action_sign(
                "agree", self._digest(order)
            )
        self.assertEqual(order.review_state, "approved")
        partner = order.partner_id
        self.assertTrue(page.has_samples)
        self._rpc(self.boss, page, "action_remove_sample")
        self.assertEqual((order.state, partner.active), ("cancel", False))
        page.invalidate_recordset()
        self.assertFalse(page.has_samples)

    def test_nobody_is_left_out(self):
        """A seat without anybody stops it, in words, and nothing is switched then."""
        page = self._page("P10")
        asked = {(s.department_id.name, s.is_head) for s in page.seat_ids}
        self.assertLessEqual({("Sales", True), ("Finance", False)}, asked)
        # with a savepoint, as a request is rolled back
        with self.assertRaises(ValidationError) as caught:
            page.action_apply()
        self.assertIn("no head who can sign", str(caught.exception))
        self.assertEqual(self._procedure("P10").state, "off")
        self.assertIn("issue desk", "".join(page.gap_ids.mapped("text")))
        self._name_everybody(page)
        page.action_apply()
        self.assertEqual(self._procedure("P10").state, "on")
        special = self.env.ref("order_process_cn.order_type_special")
        self.assertTrue(special.issue_window_id.active)

    def test_who_may(self):
        """Whoever does not configure the process sees cards and switches nothing; he
        who may not make users can still choose colleagues."""
        with self.assertRaises(AccessError):
            self._procedure("P00", self.salesman).action_open_switch()
        page = self._page("P00", user=self.administrator)
        self.assertFalse(page.makes_users)
        page.seat_ids[0].write({"user_name": "Somebody", "login": "somebody"})
        with self.assertRaisesRegex(UserError, "Access Rights"):
            page.action_apply()
        page = self._page("P00", user=self.administrator)
        page.seat_ids[0].user_id = self.gm
        page.seat_ids[1].user_id = self.deputy
        self.assertFalse(page.action_apply())
        self.assertEqual(self.departments["engineering"].member_ids, self.gm)
        # rights are given by those who may give them
        self.assertFalse(self.gm.has_group("order_process_cn.order_group_engineering"))
        with self.assertRaises(AccessError):
            page.with_user(self.boss).action_refresh()

    # -- who else claims the same orders -----------------------------------------------

    def test_claimed_by_two(self):
        """[REV-1] a route for every type that comes first is named, and one button
        puts ours first or takes our types out of it."""
        wide = self._make_route(
            name="Everything",
            sequence=1,
            order_type_ids=[Command.clear()],
            stages=[
                self._stage(
                    "A",
                    seats=[{"source": "users", "user_ids": [Command.set(self.gm.ids)]}],
                )
            ],
        )
        page = self._page("P00")
        claim = page.claim_ids
        self.assertTrue(claim.is_lost)
        self.assertIn("“Everything” comes first", claim.text)
        start = self.env.ref("order_process_cn.order_review_route_start")
        self._rpc(self.boss, claim, "action_limit_types")
        self.assertTrue(wide.order_type_ids)
        self.assertFalse(wide.order_type_ids & start.order_type_ids)
        self.assertFalse(page.claim_ids)
        wide.order_type_ids = [Command.clear()]
        page.action_refresh()
        page.claim_ids.action_swap()
        self.assertLess(start.sequence, wide.sequence)
        self.assertFalse(page.claim_ids.is_lost)
        self.assertIn("leaves nothing", page.claim_ids.text)
        wide.order_type_ids = [Command.set(start.order_type_ids.ids)]
        page.action_refresh()
        with self.assertRaisesRegex(UserError, "switch it off instead"):
            page.claim_ids.action_limit_types()

    # -- switching off -----------------------------------------------------------------

    def test_switched_off(self):
        """What runs keeps its copy and can be signed; new orders are as before."""
        page = self._page("P00")
        self._name_everybody(page)
        page.action_apply()
        order = self.env["sale.order"].browse(page.action_make_sample()["res_id"])
        off = self._page("P00", "action_open_switch_off")
        self.assertTrue(all(off.part_ids.mapped("is_chosen")))
        off.action_apply()
        self.assertEqual(off.state, "off")
        self.assertEqual(order.review_state, "running")
        for department in ("engineering", "quality"):
            user = self.departments[department].member_ids
            order.with_user(user)._my_open_tasks().action_sign(
                "agree", self._digest(order)
            )
        self.assertEqual(order.review_state, "approved")
        self.assertFalse(self._order().needs_review)
        with self.assertRaisesRegex(UserError, "Nothing is ticked"):
            off.part_ids.is_chosen = False
            off.action_apply()

    # -- first steps -------------------------------------------------------------------

    def test_the_company_is_checked(self):
        """What is not Chinese about the company is said and mended at once; the empty
        first screen leads an administrator here, and nobody else."""
        self.company.resource_calendar_id.tz = "Europe/Brussels"
        page = self._page("P00", "action_begin")
        self.assertEqual(page.procedure_id.code, "P00")
        gaps = page.gap_ids.filtered(lambda gap: gap.cure == "company")
        self.assertTrue(gaps)
        self.assertEqual(gaps[:1].action_open()["res_model"], "res.company")
        self._rpc(self.boss, gaps[-1], "action_mend")
        self.assertFalse(page.gap_ids.filtered(lambda gap: gap.cure == "company"))
        self.assertEqual(self.company.resource_calendar_id.tz, "Asia/Shanghai")
        tasks = self.env["order.review.task"]
        self.env["order.review.route"].search([]).active = False
        self.assertIn("first-steps", tasks.with_user(self.boss).get_empty_list_help(""))
        self.assertNotIn(
            "first-steps",
            tasks.with_user(self.salesman).get_empty_list_help("") or "",
        )

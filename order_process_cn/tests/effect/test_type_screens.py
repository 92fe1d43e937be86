from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..common import OrderCommon

DESK = "order_process_cn.order_group_release"


@tagged("post_install", "-at_install")
class TestTypeScreens(OrderCommon):
    """[CLS-4] [PLN-1] what the forms of order types and issue windows say (K11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["order.deposit.rule"].search([]).active = False
        cls.window = cls.env["order.issue.window"].create(
            {"name": "Mondays", "monday": True}
        )
        cls.types = cls.env["order.type"].with_user(cls.administrator)
        cls.kind = cls.order_type.with_user(cls.administrator)

    def _note(self, kind=None):
        kind = kind or self.kind
        kind.invalidate_recordset()
        return kind.applying_note

    # -- what applies to a type -------------------------------------------------------

    def test_a_route_for_every_type_is_shown(self):
        """A type that no route names is reviewed all the same."""
        other = self.types.create({"name": "Other"})
        self.assertFalse(other.applying_route_ids)
        self.assertIn("no review", self._note(other))
        self.route.order_type_ids = [Command.clear()]
        self.assertIn("“Test Route”", self._note(other))
        self.assertNotIn("no review", self._note(other))
        self.assertEqual(other.applying_route_ids, self.route)

    def test_what_applies_is_what_happens(self):
        """The first route without a condition ends the list; routes that are off or
        for other types are not on it."""
        other = self.types.create({"name": "Other"}).sudo()
        urgent = self._make_route(
            name="Urgent",
            sequence=1,
            order_type_ids=[Command.clear()],
            domain="[('is_urgent', '=', True)]",
        )
        self._make_route(name="Behind", sequence=90)
        self._make_route(name="Off", sequence=2, active=False)
        self._make_route(
            name="Foreign", sequence=2, order_type_ids=[Command.set(other.ids)]
        )
        self.assertEqual(self.kind.applying_route_ids, urgent + self.route)
        self.assertRegex(self._note(), "“Urgent” .*condition.*“Test Route”")
        orders = self._order() + self._order(is_urgent=True, urgent_reason="x")
        routes = orders.sudo()._get_review_routes()
        self.assertEqual(
            [routes[order] for order in orders.sudo()], [self.route, urgent]
        )

    def test_a_type_that_is_not_saved_yet(self):
        """Routes and rules for every type concern a new type from the start."""
        form = Form(self.types)
        form.name = "New"
        self.assertIn("no review", form.applying_note)
        self.route.order_type_ids = [Command.clear()]
        form = Form(self.types)
        self.assertIn("“Test Route”", form.applying_note)
        form.name = "New"
        form.issue_window_id = self.window
        self.assertIn("Mondays", form.applying_note)
        form.requires_technical = True
        self.assertIn("Technical and Material Confirmation", form.applying_note)
        self.assertEqual(form.save().applying_route_ids, self.route)

    def test_the_form_changes_no_route(self):
        """A type taken out of a route would leave it for every document."""
        form = Form(self.kind)
        with self.assertRaises(AssertionError):
            form.applying_route_ids.add(self.route)
        self.assertNotIn("route_ids", form._view["fields"])

    def test_the_deposit_rule_is_shown(self):
        rules = self.env["order.deposit.rule"]
        self.assertIn("Deposit: none", self._note())
        rules.create({"name": "Every Order", "sequence": 5, "percent": 30})
        self.assertIn("“Every Order”", self._note())
        rules.create(
            {
                "name": "Dear Ones",
                "sequence": 1,
                "percent": 50,
                "amount_from": 1000,
                "order_type_ids": [Command.set(self.order_type.ids)],
            }
        )
        rules.create(
            {
                "name": "Foreign",
                "sequence": 1,
                "percent": 10,
                "order_type_ids": [Command.set(self.order_type.copy().ids)],
            }
        )
        self.assertRegex(self._note(), "“Dear Ones” .*condition.*“Every Order”")
        self.assertNotIn("Foreign", self._note())

    def test_a_type_that_nothing_proposes(self):
        """One has to know that it must be chosen."""
        self.assertNotIn("Never proposed", self._note())
        self.kind.rule_ids.is_hint = True
        self.assertIn("Never proposed", self._note())

    def test_when_orders_take_effect(self):
        self.assertIn("at once", self._note())
        self.kind.write({"requires_drawing": True, "issue_window_id": self.window.id})
        note = self._note()
        self.assertNotIn("at once", note)
        self.assertIn("Drawing Confirmed by the Customer", note)
        self.assertIn("“Mondays”", note)

    # -- the issue window -------------------------------------------------------------

    def test_the_window_says_which_types_use_it(self):
        other = self.types.create({"name": "Other"})
        self.kind.issue_window_id = self.window
        self.assertEqual(self.window.type_ids, self.order_type)
        # what the tags of the form send
        changes = [Command.link(other.id), Command.unlink(self.kind.id)]
        self._rpc(self.administrator, self.window, "write", {"type_ids": changes})
        self.assertEqual(other.issue_window_id, self.window)
        self.assertFalse(self.order_type.issue_window_id)
        self.assertIn(other.id, self.types._ids_holding())

    def test_the_window_has_a_switch(self):
        with Form(self.window.with_user(self.administrator)) as form:
            form.active = False
        self.assertFalse(self.window.active)
        with Form(self.window.with_user(self.administrator)) as form:
            form.active = True
        self.assertTrue(self.window.active)

    def test_a_window_in_use_is_not_switched_off(self):
        """Its types would go on waiting for days of which the screen says that they
        are switched off."""
        self.kind.issue_window_id = self.window
        for road in ("write", "archive"):
            with (
                self.subTest(road),
                self.assertRaises(ValidationError) as caught,
            ):
                if road == "write":
                    self.window.write({"active": False})
                else:
                    self.window.action_archive()
            self.assertRegex(str(caught.exception), "“Mondays”.*Reviewed")
        self.kind.issue_window_id = False
        self.window.active = False
        with self.assertRaisesRegex(ValidationError, "switched off"):
            self._rpc(
                self.administrator,
                self.kind,
                "write",
                {"issue_window_id": self.window.id},
            )

    # -- the desk ---------------------------------------------------------------------

    def _nobody_at_the_desk(self):
        users = self.env.ref(DESK).all_user_ids
        users.filtered(lambda user: not user.share).group_ids = [
            Command.unlink(self.env.ref(DESK).id)
        ]

    def test_nobody_holds_the_desk(self):
        """The window, the type and the order say so, and where it is granted."""
        self._nobody_at_the_desk()
        window = self.window.with_user(self.administrator)
        warning = window.desk_warning
        self.assertIn("Nobody belongs to the issue desk", warning)
        self.assertIn("Settings", warning)
        self.kind.issue_window_id = self.window
        self.assertIn("Nobody belongs to the issue desk", self.kind.desk_warning)
        holder = self._user("holder", DESK)
        window.invalidate_recordset()
        self.assertFalse(window.desk_warning)
        self.kind.invalidate_recordset()
        self.assertFalse(self.kind.desk_warning)
        holder.active = False
        window.invalidate_recordset()
        self.assertTrue(window.desk_warning)

    def test_a_holder_of_another_company_does_not_count(self):
        self._nobody_at_the_desk()
        other = self.env["res.company"].create({"name": "Other"})
        holder = self._user("holder", DESK)
        holder.write({"company_id": other.id, "company_ids": [other.id]})
        self.window.company_id = self.company
        self.assertTrue(self.window.desk_warning)

    def test_the_order_says_that_nobody_holds_the_desk(self):
        self._nobody_at_the_desk()
        order = self._order().sudo()
        order.order_type_id = self.order_type
        self.kind.issue_window_id = self.window
        found = {c.code: c for c in order._collect_conditions("effect")[order]}
        self.assertIn("nobody", found["window"].owner)
        self._user("holder", DESK)
        found = {c.code: c for c in order._collect_conditions("effect")[order]}
        self.assertEqual(found["window"].owner, "Planning")

from odoo.tests import Form, tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestMeasures(OrderCommon):
    """[URG-4] somebody answers for every measure, and a screen says where nobody does,
    K11."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = cls._user("planner", "mrp.group_mrp_user")
        cls.foreman = cls._user("foreman", "mrp.group_mrp_user")
        cls.manager = cls._user("process", "order_process_cn.order_group_manager")
        cls.production = cls.env["mrp.production"].create(
            {"product_id": cls.product.id, "user_id": cls.planner.id}
        )

    def _measure(self, **values):
        return self.env["order.measure"].create(
            {
                "production_id": self.production.id,
                "user_id": self.foreman.id,
                "date_to": "2099-12-31",
                **values,
            }
        )

    def _todos(self, user):
        return self.production.activity_ids.filtered(
            lambda todo: (
                todo.user_id == user
                and (todo.order_todo_key or "").startswith("measure.leaver.")
            )
        )

    def test_of_somebody_who_leaves(self):
        """It goes to whoever plans the production, or stands above; he is told."""
        running = self._measure()
        over = self._measure(date_from="2020-01-01", date_to="2020-01-31")
        self.foreman.active = False
        self.assertEqual(running.user_id, self.planner)
        self.assertEqual(over.user_id, self.foreman)
        self.assertIn("opc_foreman", self._todos(self.planner).note)
        self.planner.active = False
        heir = running.user_id
        self.assertTrue(heir.active)
        self.assertIn(self.company, heir.company_ids)
        self.assertTrue(self._todos(heir))

    def test_the_screen_says_so(self):
        """A measure without a person, or of one who has left, is marked and found."""
        owned, without = self._measure(), self._measure(user_id=False)
        left = self._measure(date_from="2020-01-01", date_to="2020-01-31")
        left.user_id = self._user("gone", "mrp.group_mrp_user")
        left.user_id.active = False
        measures = owned | without | left
        self.assertEqual(measures.mapped("has_owner"), [True, False, False])
        views = self.env["order.measure"].get_views([(False, "search")])
        self.assertIn('name="no_owner"', views["views"]["search"]["arch"])
        with_nobody = ["|", ("user_id", "=", False), ("user_id.active", "=", False)]
        found = measures.with_user(self.planner).search(
            [("id", "in", measures.ids), *with_nobody]
        )
        self.assertEqual(found, without | left)
        with Form(self.production.with_user(self.planner)) as form:
            with form.order_measure_ids.edit(0) as line:
                line.user_id = self.planner
        self.assertTrue(self.production.order_measure_ids[0].has_owner)

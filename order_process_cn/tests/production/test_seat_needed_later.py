from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .production_common import SEATS, ProductionCommon


@tagged("post_install", "-at_install")
class TestSeatNeededLater(ProductionCommon):
    """[MFG-5] K2: a seat whose condition comes to hold after the countersign: the gate
    refuses, and the button that was pressed asks the holder, who can sign."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env["product.category"].create({"name": "Critical"})
        seat = {
            "source": "department",
            "department_id": cls.departments["gm"].id,
            "domain": f"[('product_id.categ_id', '=', {cls.category.id})]",
            "sequence": 9,
        }
        cls.work_route.active = False
        cls.work_route = cls._make_route(
            [cls._stage("Countersign", *SEATS, seats=[seat])],
            name="Critical Work Orders",
            res_model="mrp.production",
            order_type_ids=[(5,)],
            submitter_policy="allow",
        )

    def _needing(self, confirm=True):
        """Return an approved order which the general manager has to sign as well."""
        production = self._countersign(self._production(confirm=confirm))
        self.pump.product_tmpl_id.categ_id = self.category
        self._end_of_transaction()
        self.assertEqual(production.review_state, "approved")
        return production

    def _assert_refused(self, road):
        """Roads without a button for it name the one that asks."""
        with (
            self.assertRaisesRegex(UserError, "Start.* asks its holder"),
            self.cr.savepoint(),
        ):
            road()

    def _press(self, records, method):
        state = records.mapped("state")
        action = self._rpc(self.worker, records, method)
        self._end_of_transaction()
        self.assertEqual(records.mapped("state"), state, "nothing has begun")
        message = action["params"]["message"]
        production = (
            records if records._name == "mrp.production" else (records.production_id)
        )
        self.assertIn(production.name, message)
        self.assertIn(self.departments["gm"].name, message)
        self.assertEqual(production.review_state, "running")
        self.assertTrue(production.with_user(self.gm)._my_open_tasks())
        self._run_worker()
        self.assertIn(self.gm, production.sudo().activity_ids.user_id, "he is told")
        return production

    def test_every_button_of_a_start(self):
        for model, method in (
            ("mrp.production", "action_start"),
            ("mrp.production", "button_mark_done"),
            ("mrp.workorder", "button_start"),
            ("mrp.workorder", "button_finish"),
            ("mrp.workorder", "action_mark_as_done"),
        ):
            with self.subTest(method):
                self.pump.product_tmpl_id.categ_id = False
                production = self._needing()
                pressed = production
                if model == "mrp.workorder":
                    pressed = production.workorder_ids
                self._assert_refused(
                    lambda p=production: self._rpc(
                        self.worker, p, "write", {"qty_producing": 1}
                    )
                )
                self._press(pressed, method)
                self._sign(production, self.gm)
                self.assertEqual(production.review_state, "approved")
                self._rpc(self.worker, pressed, method)
                self.assertNotEqual(production.state, "confirmed")

    def test_every_button_of_a_confirmation(self):
        self.company.order_production_gate = "confirm"
        for method in ("action_confirm", "button_plan"):
            with self.subTest(method):
                self.pump.product_tmpl_id.categ_id = False
                production = self._needing(confirm=False)
                self._assert_refused(
                    lambda p=production: self._rpc(
                        self.worker, p, "write", {"state": "confirmed"}
                    )
                )
                self._press(production, method)
                self._sign(production, self.gm)
                self._rpc(self.worker, production, method)
                self.assertEqual(production.state, "confirmed")

    def test_scheduler_leaves_it_and_the_worker_asks(self):
        self.company.order_production_gate = "confirm"
        production = self._needing(confirm=False)
        production.sudo().action_confirm()
        self.assertEqual(production.state, "draft")
        self._run_worker()
        self._sign(production, self.gm)
        self._run_worker()
        self.assertEqual(production.state, "confirmed")

    def test_backorder_asks_those_of_its_family(self):
        production = self._countersign(self._production())
        production._split_productions({production: [4, 6]})
        backorder = production.production_group_id.production_ids - production
        self.pump.product_tmpl_id.categ_id = self.category
        self._end_of_transaction()
        action = self._rpc(self.worker, backorder, "action_start")
        self.assertIn(self.departments["gm"].name, action["params"]["message"])
        self._sign(production, self.gm)
        self._rpc(self.worker, backorder, "action_start")
        self.assertEqual(backorder.state, "progress")

    def test_strangers_ask_nobody(self):
        production = self._needing()
        for user in (self.signers["quality"], self._user("buyer", "base.group_portal")):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._rpc(user, production, "action_start")
            self.assertEqual(production.review_state, "approved")

    def test_nothing_is_asked_where_nothing_is_missing(self):
        """A start that needs no gate, and an order without a route, go as in core."""
        self.company.order_production_gate = "start"
        production = self._needing(confirm=False)
        self._rpc(self.worker, production, "action_confirm")
        self.assertEqual(
            (production.state, production.review_state),
            (
                "confirmed",
                "approved",
            ),
        )
        self.work_route.active = False
        plain = self._production()
        self._rpc(self.worker, plain, "action_start")
        self.assertEqual(plain.state, "progress")

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..mechanism.worker_common import SQL_LOGS, WorkerCommon


@tagged("post_install", "-at_install")
class TestObservation(WorkerCommon):
    """[PRC-3] a procedure runs for a while without stopping anybody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.env["order.deposit.rule"].search([]).active = False
        cls.rule = cls.env["order.deposit.rule"].create(
            {
                "name": "Thirty Percent",
                "active": False,
                "percent": 30,
                "order_type_ids": [Command.set(cls.order_type.ids)],
            }
        )
        cls.limit = cls.env["order.time.limit"].create(
            {
                "name": "Submitted in an Hour",
                "active": False,
                "start_event": "created",
                "stop_event": "submitted",
                "length": 1,
                "unit": "elapsed_hours",
            }
        )
        switched = [cls.route, cls.rule, cls.limit]
        asked = ["requires_return", "asks_shipping_release"]
        cls.procedure = cls.env["order.procedure"].create(
            {
                "code": "T90",
                "name": "On Trial",
                "essence": "Everything at once",
                "part_ids": [
                    *(
                        Command.create({"res_model": r._name, "res_id": r.id})
                        for r in switched
                    ),
                    *(
                        Command.create(
                            {
                                "res_model": "order.type",
                                "res_id": cls.order_type.id,
                                "role": "set",
                                "field_name": name,
                            }
                        )
                        for name in asked
                    ),
                ],
            }
        )
        cls.product.is_storable = True
        cls.observations = cls.env["order.observation"]
        cls.findings = cls.env["order.observation.finding"]

    def _page(self):
        pages = self.env["order.procedure.switch"].with_user(self.administrator)
        return pages.create({"procedure_id": self.procedure.id})

    def _observe(self):
        action = self._rpc(self.administrator, self._page(), "action_observe")
        return self.observations.browse(action["res_id"])

    def _confirm(self):
        order = self._order()
        order.action_confirm()
        return order.sudo()

    def _found(self, order):
        rows = self.findings.search([("order_id", "=", order.id)])
        return {(row.kind, row.step, row.seat or ""): row for row in rows}

    def _age(self, observation, order, hours):
        """Let the observation have begun, and the order been entered, hours ago."""
        self.env.flush_all()
        then = fields.Datetime.now() - timedelta(hours=hours)
        self.cr.execute(
            SQL(
                "UPDATE order_observation SET since = %s WHERE id = %s",
                then - timedelta(hours=1),
                observation.id,
            )
        )
        self.cr.execute(
            SQL(
                "UPDATE order_event SET at = %s WHERE detail = 'created' AND "
                "res_model = 'sale.order' AND res_id = %s",
                then,
                order.id,
            )
        )
        self.env.invalidate_all()

    def test_from_observing_to_binding(self):
        """Nobody is stopped, everything is found once, and one act puts it in force
        for what comes."""
        plain = self._confirm()
        with self.assertQueryCount(0):
            plain._emit("shipped")
        self._end_of_transaction()
        events = self.env["order.event"]
        self.assertFalse(events.search([("res_id", "=", plain.id)]))

        observation = self._observe()
        self.assertEqual(observation.state, "running")
        self.assertEqual(len(observation.part_ids), 5)
        self.assertEqual(self.procedure.state, "off")
        self.departments["engineering"].write(
            {"member_ids": [Command.clear()], "head_id": False}
        )
        order = self._confirm()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.effect_state or order.review_id)
        self.assertTrue(order.picking_ids)
        self._run_worker()
        found = self._found(order)
        label = self.order_type._fields["requires_return"].string
        self.assertEqual(
            found.keys(),
            {
                ("sign", "Check", "Sales"),
                ("never", "Countersign", "Engineering"),
                *(
                    ("sign", "Countersign", self.departments[name].name)
                    for name in ("quality", "planning", "purchase", "production")
                ),
                ("deposit", "Thirty Percent", ""),
                ("gate", label, ""),
            },
        )
        sales = found["sign", "Check", "Sales"]
        self.assertEqual(sales.people, self.supervisor.name)
        self.assertEqual(sales.transition, "confirm")
        self.assertEqual(sales.day, self.company._calendar_day(order.date_order))
        never = found["never", "Countersign", "Engineering"]
        self.assertIn("has nobody", never.reason)
        deposit = found["deposit", "Thirty Percent", ""]
        self.assertAlmostEqual(deposit.amount, order.amount_total * 0.3)
        self.assertEqual(deposit.amount_received, 0)
        # nothing but what was found
        self.assertFalse(order.activity_ids)
        self.assertFalse(self.env["order.time.limit.run"].search([]))

        # the goods leave as in plain Odoo, later than the limit had it
        self._age(observation, order, hours=3)
        transfer = order.picking_ids
        transfer.move_ids.quantity = 2
        transfer.move_ids.picked = True
        transfer.button_validate()
        self.assertEqual(transfer.state, "done")
        self._run_worker()
        again = self._found(order)
        new = {key[:2]: row for key, row in again.items() if key not in found}
        label = self.order_type._fields["asks_shipping_release"].string
        self.assertEqual(
            new.keys(), {("release", label), ("late", "Submitted in an Hour")}
        )
        late = new["late", "Submitted in an Hour"]
        self.assertRegex(late.reason, "due .* done ")
        self.assertEqual(late.people, self.salesman.display_name)
        order._mark_for_recheck()
        self._run_worker()
        self.assertEqual(self._found(order).keys(), again.keys())
        self.assertEqual(
            [
                observation.count_orders,
                observation.count_stopped,
                observation.count_signatures,
                observation.count_never,
                observation.count_late,
            ],
            [1, 1, 5, 1, 1],
        )

        order.review_begun_at -= timedelta(days=1)  # as in another transaction
        draft = self._order()
        with self.assertRaisesRegex(ValidationError, "Engineering has nobody"):
            self._rpc(self.administrator, observation, "action_make_binding")
        self.assertEqual(observation.state, "running")
        self.departments["engineering"].member_ids = self.signers["engineering"]
        self._rpc(self.administrator, observation, "action_make_binding")
        self.assertEqual(observation.state, "binding")
        self.assertEqual(observation.ended_by_id, self.administrator)
        self.assertEqual(self.procedure.state, "on")
        self.env.invalidate_all()
        self.assertFalse(order.needs_review)
        self.assertFalse(order.effect_state)
        self.assertTrue(draft.needs_review)
        with self.assertRaisesRegex(UserError, "Approved review"):
            draft.action_confirm()
        self._run_worker()
        self.assertFalse(self._found(draft))
        with self.assertRaisesRegex(UserError, "not observed any more"):
            self._rpc(self.administrator, observation, "action_stop")

    def test_a_work_order_that_nobody_signed(self):
        """A production order that begins is found, too; one that was not begun, and one
        of a company that observes nothing, are not."""
        route = self._make_route(
            name="Work Orders",
            res_model="mrp.production",
            order_type_ids=[Command.clear()],
            active=False,
        )
        self.procedure.part_ids = [
            Command.create({"res_model": route._name, "res_id": route.id})
        ]
        before, idle, begun = self.env["mrp.production"].create(
            [{"product_id": self.product.id, "product_qty": 1} for _one in range(3)]
        )
        before.action_confirm()
        before.qty_producing = 1
        self._end_of_transaction()
        self._observe()
        (idle | begun).action_confirm()
        begun.qty_producing = 1
        self.assertEqual(begun.state, "to_close")
        self._run_worker()
        found = self.findings.search([("res_model", "=", "mrp.production")])
        self.assertEqual(set(found.mapped("document_name")), {begun.display_name})
        self.assertIn(self.departments["quality"].name, found.mapped("seat"))
        self.assertFalse(begun.review_id | idle.review_id)
        count = len(found)
        begun._mark_for_recheck("observe")
        self._run_worker()
        self.assertEqual(
            self.findings.search_count([("res_model", "=", "mrp.production")]), count
        )

    def test_a_limit_that_still_runs_is_looked_at_when_it_ends(self):
        observation = self._observe()
        order = self._order().sudo()
        self._run_worker()
        row = self._rows_of(order).filtered(lambda r: r.topic == "observe")
        self.assertGreater(row.not_before, fields.Datetime.now())
        self.assertFalse(self._found(order))
        self._age(observation, order, hours=3)
        self._work()
        late = self._found(order)["late", "Submitted in an Hour", ""]
        self.assertNotIn("done", late.reason)

    def test_an_error_reaches_nobody_who_works(self):
        """The order is confirmed; what failed is tried again and left to an
        administrator, no word of it on the order."""
        self._observe()
        self._begin()
        self.cr.execute(
            """
            CREATE OR REPLACE FUNCTION poison() RETURNS trigger AS $$
            BEGIN RAISE 'poisoned'; END $$ LANGUAGE plpgsql;
            CREATE TRIGGER poison BEFORE INSERT ON order_observation_finding
            FOR EACH ROW EXECUTE FUNCTION poison()
            """
        )
        order = self._confirm()
        with mute_logger(*SQL_LOGS):
            self._run_worker()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.activity_ids)
        row = self._rows_of(order)
        self.assertEqual(row.topic, "observe")
        self.assertIn("poisoned", row.error)
        self.cr.execute("DROP TRIGGER poison ON order_observation_finding")
        self._work()
        self.assertTrue(self._found(order))
        self.assertFalse(self._rows_of(order).filtered("error"))

    def test_who_may_do_what(self):
        """Nobody writes what was found, another company neither sees nor ends it, and
        a client's context changes nothing."""
        observation = self._observe()
        with self.assertRaisesRegex(UserError, "observed already"):
            self._rpc(self.administrator, self._page(), "action_observe")
        order = self._confirm()
        self._run_worker()
        row = self.findings.search([], limit=1)
        for user in (self.salesman, self.administrator):
            for records in (observation, row):
                for method, *args in (
                    ("write", {"state": "stopped", "step": "Nothing"}),
                    ("unlink",),
                    ("create", [{"procedure_id": self.procedure.id}]),
                ):
                    with (
                        self.subTest(f"{user.login} {records} {method}"),
                        self.assertRaises(AccessError),
                    ):
                        target = records.browse() if method == "create" else records
                        self._rpc(user, target, method, *args)
        for method, *args in (("write", {"step": "Nothing"}), ("unlink",)):
            with self.assertRaisesRegex(AccessError, "recorded"):
                getattr(row.sudo(), method)(*args)
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, observation, "read", ["since"])
        auditor = self._user("auditor", "order_process_cn.order_group_auditor")
        self.assertTrue(self._rpc(auditor, row, "read", ["step"]))
        for act in ("action_stop", "action_make_binding"):
            with self.assertRaisesRegex(AccessError, "administrator"):
                self._rpc(auditor, observation, act)

        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._user("stranger", "order_process_cn.order_group_manager")
        stranger.write({"company_ids": [Command.set(other.ids)], "company_id": other})
        seen = self.observations.with_user(stranger).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(seen.search_count([]))
        self.assertFalse(self.findings.with_env(seen.env).search_count([]))
        for act in ("action_stop", "action_make_binding"):
            with self.assertRaises(AccessError):
                getattr(observation.with_env(seen.env), act)()

        hostile = {
            "default_state": "binding",
            "default_kind": "late",
            "default_company_id": other.id,
            "active_test": True,
        }
        self._rpc(self.administrator, observation, "action_stop")
        page = self._page().with_context(**hostile)
        second = self.observations.browse(page.action_observe()["res_id"])
        self.assertEqual(second.state, "running")
        self.assertEqual(second.company_id, self.company)
        self.env["sale.order"].browse(order.id).with_context(**hostile)._emit("shipped")
        self._run_worker()
        self.assertFalse(second.finding_ids.filtered(lambda r: r.kind == "late"))

        # an order goes as in plain Odoo, what was found stays with its name
        count = len(self._found(order))
        order.with_context(disable_cancel_warning=True).action_cancel()
        name = order.name
        order.unlink()
        kept = self.findings.search([("order_name", "=", name)])
        self.assertGreaterEqual(len(kept), count)
        self.assertFalse(kept.order_id)

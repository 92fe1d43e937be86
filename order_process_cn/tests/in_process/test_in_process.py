from odoo import Command
from odoo.tests import Form, tagged

from ..inspection.inspection_common import InspectionCommon

SAID = "waits until quality"


@tagged("post_install", "-at_install")
class TestInProcess(InspectionCommon):
    """[MFG-7] goods are inspected after an operation: quality is asked when it is
    reported, and what follows, the end of production too, waits for what has passed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.final.active = False
        workcenter = cls.bom.operation_ids.workcenter_id
        turning = cls.env["mrp.workcenter"].create({"name": "Lathe"})
        cls.bom.operation_ids = [
            Command.clear(),
            *(
                Command.create(
                    {"name": name, "workcenter_id": center.id, "sequence": number}
                )
                for number, (name, center) in enumerate(
                    (("Turn", turning), ("Assemble", workcenter), ("Test", workcenter))
                )
            ),
        ]
        cls.bom.with_user(cls.engineer).action_release()
        cls.point = cls.env["order.inspection.point"].create(
            {
                "name": "After turning",
                "kind": "in_process",
                "product_ids": [Command.set(cls.pump.ids)],
                "workcenter_ids": [Command.set(turning.ids)],
                "user_id": cls.inspector.id,
            }
        )

    def _report(self, operation, quantity):
        self._rpc(self.worker, operation, "write", {"qty_produced": quantity})

    def _of(self, operation):
        return self.env["order.inspection"].search(
            [("workorder_id", "=", operation.id)], order="id"
        )

    def test_next_operation_waits(self):
        """Whatever road is taken; as far as it has passed."""
        production = self._production(10)
        turn, assemble, test = production.workorder_ids
        roads = {
            "start": lambda: self._rpc(self.worker, assemble, "button_start"),
            "state": lambda: self._rpc(
                self.worker, assemble, "write", {"state": "progress"}
            ),
            "quantity": lambda: self._report(assemble, 1),
            "the one after": lambda: self._report(test, 1),
            "all at once": lambda: self._mark_all(production),
        }
        for name, road in roads.items():
            with self.subTest(road=name):
                self.assertStays(road, SAID, "Turn: 0")
        self._report(turn, 6)
        inspection = self._of(turn)
        self.assertEqual(
            (inspection.kind, inspection.quantity, inspection.state),
            ("in_process", 6, "draft"),
        )
        self.assertEqual(inspection.activity_ids.user_id, self.inspector)
        self.assertIn("Turn", inspection.origin)
        self._report(turn, 6)  # asked once
        self.assertEqual(self._of(turn), inspection)
        self.assertStays(lambda: self._report(assemble, 6), SAID)
        self._inspect(
            inspection, faulty=2, quantity_rework=2, rework_advice="Turn it anew"
        )
        self.assertStays(lambda: self._report(assemble, 5), SAID, "Turn: 4")
        self._report(assemble, 4)
        self._report(test, 4)
        # the rest: reworked, inspected again; reported, inspected
        again = inspection.with_user(self.inspector).action_correct()["res_id"]
        again = inspection.browse(again)
        self.assertEqual(again.workorder_id, turn)
        self._report(turn, 10)
        last = self._of(turn) - inspection - again
        self.assertEqual(last.quantity, 4)
        self._inspect(again)
        self.assertStays(lambda: self._report(assemble, 7), SAID)
        self._inspect(last)
        self._report(assemble, 10)
        self._report(test, 10)
        self._mark_all(production)
        self.assertEqual((production.state, self._free(self.pump)), ("done", 10))

    def _mark_all(self, production):
        own = production.with_user(self.worker)
        own.qty_producing = own.product_qty
        own._set_qty_producing()  # as the form does
        own.button_mark_done()

    def test_end_of_production_waits(self):
        """After the last operation the order waits; a backorder keeps what passed."""
        self.point.workcenter_ids = self.bom.operation_ids[-1].workcenter_id
        self.point.operation_ids = [Command.clear()]
        production = self._production(4)
        operations = production.workorder_ids
        for operation in operations[:1]:
            self._report(operation, 4)
        self._report(operations[1], 4)
        self._inspect(self._of(operations[1]))
        self._report(operations[2], 4)
        self.assertStays(lambda: self._mark_all(production), SAID, "Test: 0")
        move = production.move_finished_ids.with_user(self.worker)
        self.assertStays(
            lambda: move.write({"quantity": 4, "picked": True, "state": "done"}), SAID
        )
        self._inspect(self._of(operations[2]), quantity_scrap=1)
        self.assertStays(lambda: self._mark_all(production), SAID, "Test: 3")
        production.with_user(self.worker).qty_producing = 0
        first, second = (
            self.env["mrp.production"].browse(part.id)
            for part in production.with_user(self.worker)._split_productions(
                {production: [3, 1]}
            )
        )
        self._mark_all(first)
        self.assertEqual((first.state, self._free(self.pump)), ("done", 3))
        self.assertStays(lambda: self._mark_all(second), SAID)

    def test_rework_advice_is_limited(self):
        """[P16 五] advice is due on the day on which the fault was found; a point that
        guards nothing only asks; without points it costs no query."""
        limit = self.env.ref("order_process_cn.order_time_limit_p16_rework")
        limit.active = True
        self.point.guards = False
        production = self._production(2)
        turn, assemble, test = production.workorder_ids
        self._report(turn, 2)
        inspection = self._of(turn)
        self._report(assemble, 2)
        runs = self.env["order.time.limit.run"].search(
            [("rule_id", "=", limit.id), ("res_id", "=", inspection.id)]
        )
        self.assertFalse(runs)
        with Form(inspection.with_user(self.inspector)) as form:
            form.faulty = 1
        self.assertTrue(inspection.fault_found_on)
        run = runs.search([("rule_id", "=", limit.id), ("res_id", "=", inspection.id)])
        self.assertEqual(
            (run.state, run.length, run.unit), ("running", 0, "working_days")
        )
        inspection.with_user(self.inspector).rework_advice = "Bore it to 12.1"
        self.assertEqual(run.state, "met")
        self.point.active = False
        self.env.flush_all()
        self.env["order.inspection.point"]._get_operation_points()
        with self.assertQueryCount(0):
            test._check_in_process()
            test._ask_in_process()

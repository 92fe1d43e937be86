from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .production_common import ProductionCommon


@tagged("post_install", "-at_install")
class TestWorkBegun(ProductionCommon):
    """[MFG-5] nothing is reported, booked or scrapped on a production order that waits
    for its countersign, on whichever operation and road."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bom.operation_ids = [
            Command.create(
                {
                    "name": "Paint",
                    "workcenter_id": cls.bom.operation_ids.workcenter_id.id,
                }
            )
        ]
        cls.bom.with_user(cls.engineer).action_release()
        cls.loss = cls.env["mrp.workcenter.productivity.loss"].search(
            [("loss_type", "=", "productive")], limit=1
        )

    def _reports(self):
        """Every way of reporting work by RPC, on the first of two operations."""
        Productivity = self.env["mrp.workcenter.productivity"]

        def book(production, **context):
            order = production.workorder_ids[0]
            vals = {"loss_id": self.loss.id, "workcenter_id": order.workcenter_id.id}
            if not context:
                vals["workorder_id"] = order.id
            self._rpc(self.worker, Productivity, "create", [vals], context=context)

        def move_time(production):
            order = production.workorder_ids[0]
            time = Productivity.with_user(self.worker).create(
                {"loss_id": self.loss.id, "workcenter_id": order.workcenter_id.id}
            )
            self._rpc(self.worker, time, "write", {"workorder_id": order.id})

        def scrap(production, **context):
            vals = {"product_id": self.component.id, "scrap_qty": 1}
            if not context:
                vals["production_id"] = production.id
            scrap = self.env["stock.scrap"].with_user(self.worker)
            scrap = scrap.with_context(**context).create(vals)
            self._rpc(self.worker, scrap, "action_validate")

        def write(production, **vals):
            self._rpc(self.worker, production.workorder_ids[0], "write", vals)

        return {
            "quantity": lambda p: write(p, qty_produced=4),
            "duration": lambda p: write(p, duration=60),
            "book": book,
            "book by context": lambda p: book(
                p, default_workorder_id=p.workorder_ids[0].id
            ),
            "move time": move_time,
            "scrap": scrap,
            "scrap by context": lambda p: scrap(p, default_production_id=p.id),
        }

    def test_nothing_is_reported_before(self):
        for name, report in self._reports().items():
            with self.subTest(name):
                production = self._production()
                with (
                    self.assertRaisesRegex(UserError, "Countersigned work order"),
                    self.cr.savepoint(),
                ):
                    report(production)
                self.assertFalse(production.workorder_ids.time_ids)

    def test_everything_is_reported_afterwards(self):
        for name, report in self._reports().items():
            with self.subTest(name):
                report(self._countersign(self._production()))

    def test_without_a_route(self):
        self.work_route.active = False
        for name, report in self._reports().items():
            with self.subTest(name):
                report(self._production())

    def test_release_by_context(self):
        """[MFG-5] a client's context releases nothing, in nobody's name."""
        context = {
            "default_is_released": True,
            "default_released_by_id": self.engineer.id,
            "default_released_on": "2020-01-01 00:00:00",
        }
        manager = self._user("bom_manager", "mrp.group_mrp_manager")
        bom = self.env["mrp.bom"].browse(
            self._rpc(
                manager,
                self.env["mrp.bom"],
                "create",
                [{"product_tmpl_id": self.pump.product_tmpl_id.id}],
                context=context,
            )
        )
        self.assertEqual(
            (bom.is_released, bom.released_by_id.id, bom.released_on),
            (False, False, False),
        )

    def test_engineer_without_production_rights(self):
        """[MFG-5] the group is the right: who only engineers opens and releases."""
        engineer = self._user(
            "only_engineer", "order_process_cn.order_group_engineering"
        )
        self.bom.bom_line_ids.product_qty = 3
        self._rpc(engineer, self.bom, "action_release")
        self.assertEqual(self.bom.released_by_id, engineer)
        shown = self.bom.with_user(engineer)
        views = shown.get_views([(False, "form"), (False, "list")])
        fields = dict.fromkeys(views["models"]["mrp.bom"]["fields"], {})
        self._begin()
        self.assertTrue(self._rpc(engineer, self.bom, "web_read", fields))

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .workshop_common import WorkshopCommon


@tagged("post_install", "-at_install")
class TestStepOwners(WorkshopCommon):
    """[MFG-12] every step has an owner and a date before production starts, where the
    type of the order asks for it; the board of today counts what the list shows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order_type.asks_step_owners = True
        cls.order = cls._urgent_order()

    def _sold(self):
        production = self.env["mrp.production"].create(
            {
                "product_id": self.pump.id,
                "product_qty": 4,
                "reference_ids": [
                    Command.create(
                        {"name": "SOLD", "sale_ids": [Command.set(self.order.ids)]}
                    )
                ],
            }
        )
        production.action_confirm()
        self._begin()
        return production.with_user(self.worker).with_context({})

    def test_before_it_starts(self):
        production = self._sold()
        first, second, third = production.workorder_ids
        roads = {
            "button": lambda: self._rpc(self.worker, first, "button_start"),
            "state": lambda: self._rpc(self.worker, first, "write", {"state": "done"}),
            "report": lambda: self._report(first.with_user(self.hand), 1),
            "quantity": lambda: self._rpc(
                self.worker, production, "write", {"qty_producing": 4}
            ),
        }
        for gate in ("start", "confirm"):
            self.company.order_production_gate = gate
            for name, road in roads.items():
                with (
                    self.subTest(name, gate=gate),
                    self.assertRaisesRegex(
                        UserError, r"Assemble \(nobody is responsible, not planned\)"
                    ),
                    self.cr.savepoint(),
                ):
                    road()
        production.button_plan()
        (first | second).responsible_id = self.head
        with self.assertRaisesRegex(UserError, r"Test \(nobody is responsible\)"):
            with self.cr.savepoint():
                roads["button"]()
        third.responsible_id = self.hand
        self._begin()
        roads["report"]()
        self.assertEqual(first.state, "progress")

    def test_who_is_not_asked(self):
        """Orders without a type that asks, and those made before it was switched on."""
        plain = self._production()
        plain.workorder_ids[0].button_start()
        self.assertEqual(plain.state, "progress")
        production = self._sold()
        self.order_type.step_owners_since = fields.Datetime.add(
            production.create_date, seconds=1
        )
        self.env.registry.clear_cache()
        production.workorder_ids[0].button_start()
        self.assertEqual(production.state, "progress")

    def test_owner_comes_from_the_work_centre(self):
        self.workcenter.responsible_id = self.head
        production = self._sold()
        self.assertEqual(production.workorder_ids.responsible_id, self.head)
        self.workcenter.responsible_id = self.worker
        self.assertEqual(production.workorder_ids.responsible_id, self.head)

    def test_today(self):
        """The numbers of a work centre are those behind its links."""
        self.order_type.asks_step_owners = False
        production = self._sold()
        first, second, third = production.workorder_ids
        now = fields.Datetime.now()
        first.write(
            {
                "date_start": fields.Datetime.subtract(now, days=20),
                "date_finished": fields.Datetime.subtract(now, days=19),
            }
        )
        self._begin()
        self._assert_today(todo=3, running=0, inspection=0, late=1, urgent=3)
        self._report(first.with_user(self.hand), 4)
        self._report(second.with_user(self.hand), 2)
        self._assert_today(todo=1, running=1, inspection=0, late=0, urgent=2)
        self._report(second.with_user(self.hand), 2)
        self._report(third.with_user(self.hand), 4)
        self._assert_today(todo=0, running=0, inspection=1, late=0, urgent=0)
        production.button_mark_done()
        self._begin()
        self._assert_today(todo=0, running=0, inspection=0, late=0, urgent=0)

    def _assert_today(self, **counts):
        workcenter = self.workcenter.with_user(self.hand)
        self.env.invalidate_all()
        found = {name: workcenter[f"today_{name}"] for name in counts}
        self.assertEqual(found, counts)
        action = self.env.ref("order_process_cn.mrp_workorder_view_search_workshop")
        filters = action._get_combined_arch().iter("filter")
        domains = {node.get("name"): node.get("domain") for node in filters}
        orders = self.env["mrp.workorder"].with_user(self.hand)
        for name, count in counts.items():
            # what the filter of the list finds
            domain = eval(domains[f"today_{name}"])  # noqa: S307 - of our own view
            domain.append(("workcenter_id", "=", workcenter.id))
            self.assertEqual(orders.search_count(domain), count, name)

from functools import partial

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestRightsOfTheWorkshop(OrderCommon):
    """[SEC-1] [MFG-8] who only produces or receives sees no cost entries, and core's
    steps that touch them work for him nevertheless."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls._user("plain_worker", "mrp.group_mrp_user")
        cls.manager = cls._user("plain_manager", "mrp.group_mrp_manager")
        cls.storeman = cls._user("storeman", "stock.group_stock_user")
        cls.component, cls.pump = cls.env["product.product"].create(
            [
                {"name": name, "type": "consu", "is_storable": True}
                for name in ("Casing", "Pump")
            ]
        )
        cls.workcenter = cls.env["mrp.workcenter"].create(
            {"name": "Assembly", "costs_hour": 60}
        )
        cls.bom = cls._bom()
        cls.stock = (
            cls.env["stock.warehouse"]
            .search([("company_id", "=", cls.company.id)], limit=1)
            .lot_stock_id
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.component, cls.stock, 1000
        )

    @classmethod
    def _bom(cls, **values):
        return cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.pump.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": cls.component.id})],
                "operation_ids": [
                    Command.create(
                        {"name": "Assemble", "workcenter_id": cls.workcenter.id}
                    )
                ],
                **values,
            }
        )

    def _production(self, quantity=10, user=None):
        production = (
            self.env["mrp.production"]
            .with_user(user or self.worker)
            .with_context({})
            .create({"product_id": self.pump.id, "product_qty": quantity})
        )
        self._rpc(user or self.worker, production, "action_confirm")
        self._begin()
        return production

    def _for_each(self, act):
        """Call ``act`` with every user of the workshop; none sees cost entries."""
        for user in (self.worker, self.manager):
            for model in ("account.analytic.line", "account.move"):
                self.assertFalse(self.env[model].with_user(user).has_access("read"))
            with self.subTest(user.login):
                act(user)

    def test_partial_production(self):
        """[MFG-5] 4 of 10 are made, 6 become a backorder."""

        def act(user):
            production = self._production(user=user)
            with Form(production) as form:
                form.qty_producing = 4
            self._begin()
            self._rpc(
                user,
                production,
                "button_mark_done",
                context={
                    "skip_backorder": True,
                    "mo_ids_to_backorder": production.ids,
                },
            )
            family = production.production_group_id.production_ids
            self.assertEqual(
                sorted(family.mapped(lambda p: (p.state, p.product_qty))),
                [("confirmed", 6.0), ("done", 4.0)],
            )
            self.assertFalse(family.env.su)

        self._for_each(act)

    def test_split(self):

        def act(user):
            production = self._production(user=user)
            wizard = (
                self.env["mrp.production.split"]
                .with_user(user)
                .create(
                    {
                        "production_id": production.id,
                        "production_detailed_vals_ids": [
                            Command.create(
                                {"quantity": 5, "date": production.date_start}
                            )
                            for _part in range(2)
                        ],
                    }
                )
            )
            self._begin()
            self._rpc(user, wizard, "action_split")
            family = production.production_group_id.production_ids
            self.assertEqual(family.mapped("product_qty"), [5.0, 5.0])

        self._for_each(act)

    def test_merge(self):

        def act(user):
            productions = self._production(4, user) | self._production(6, user)
            action = self._rpc(user, productions, "action_merge")
            merged = self.env["mrp.production"].browse(action["res_id"])
            self.assertEqual((merged.product_qty, merged.state), (10.0, "confirmed"))
            self.assertEqual(set(productions.mapped("state")), {"cancel"})

        self._for_each(act)

    def test_merge_asks_for_rights(self):
        productions = self._production(4) | self._production(6)
        with self.assertRaises(AccessError):
            self._rpc(self.gm, productions, "action_merge")

    def test_duration(self):
        """Time is booked, and its cost is entered where the workcenter asks for it."""
        plan = self.env["account.analytic.plan"].create({"name": "Costs"})
        account = self.env["account.analytic.account"].create(
            {"name": "Assembly", "plan_id": plan.id}
        )
        for distribution in (False, {str(account.id): 100}):
            self.workcenter.analytic_distribution = distribution
            expected = [1.5] if distribution else []
            self._for_each(partial(self._book, expected))

    def _book(self, expected, user):
        """Enter a duration twice, then cancel: the cost entries follow."""
        production = self._production(user=user)
        for duration in (60, 90):
            self._rpc(user, production.workorder_ids, "write", {"duration": duration})
            self._begin()
        entries = production.workorder_ids.sudo().wc_analytic_account_line_ids
        self.assertEqual(entries.mapped("unit_amount"), expected)
        self._rpc(user, production.workorder_ids, "action_cancel")
        self.assertFalse(entries.exists())

    def test_other_steps(self):
        """Renaming, duplicating, cancelling; a manager deletes a work order."""

        def act(user):
            production = self._production(user=user)
            self._rpc(user, production, "write", {"name": f"MO/{user.login}"})
            self._begin()
            self._rpc(user, production, "copy")
            self._begin()
            self._rpc(user, production, "action_cancel")
            self.assertEqual(
                (production.name, production.state), (f"MO/{user.login}", "cancel")
            )

        self._for_each(act)
        production = self._production(user=self.manager)
        self._rpc(self.manager, production.workorder_ids, "unlink")
        self.assertFalse(production.workorder_ids)

    def test_partial_subcontract_receipt(self):
        """[MFG-8] the store receives 6 of 10 that a subcontractor makes."""
        supplier = self.env["res.partner"].create({"name": "Subcontractor"})
        self._bom(
            type="subcontract",
            subcontractor_ids=[Command.set(supplier.ids)],
            operation_ids=[Command.clear()],
        )
        self.env["stock.quant"]._update_available_quantity(
            self.component, self.company.subcontracting_location_id, 100
        )
        warehouse = self.stock.warehouse_id
        receipt = self.env["stock.picking"].create(
            {
                "partner_id": supplier.id,
                "picking_type_id": warehouse.in_type_id.id,
                "location_id": supplier.property_stock_supplier.id,
                "location_dest_id": self.stock.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.pump.id,
                            "product_uom_qty": 10,
                            "location_id": supplier.property_stock_supplier.id,
                            "location_dest_id": self.stock.id,
                        }
                    )
                ],
            }
        )
        receipt.action_confirm()
        self._begin()
        self._rpc(self.storeman, receipt.move_ids, "write", {"quantity": 6})
        self._begin()
        action = self._rpc(self.storeman, receipt, "button_validate")
        self.env[action["res_model"]].with_user(self.storeman).with_context(
            action["context"]
        ).create({}).process()
        self.assertEqual(receipt.state, "done")
        self.assertEqual(self.pump.with_user(self.storeman).qty_available, 6)

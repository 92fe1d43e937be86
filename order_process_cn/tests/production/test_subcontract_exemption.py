from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .production_common import ProductionCommon


@tagged("post_install", "-at_install")
class TestSubcontractExemption(ProductionCommon):
    """[MFG-5] only what a subcontractor makes for a purchase is started without a
    countersign; a bill of materials that says so is not enough. K12."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls.env["res.partner"].create({"name": "Foundry"})
        cls.outside = cls.bom.copy(
            {
                "type": "subcontract",
                "subcontractor_ids": [Command.set(cls.supplier.ids)],
                "operation_ids": [Command.clear()],
            }
        )
        cls.kept_at = cls.company.subcontracting_location_id
        cls.env["stock.quant"]._update_available_quantity(
            cls.component, cls.kept_at, 100
        )
        cls.buyer = cls._user(
            "buyer", "purchase.group_purchase_user,mrp.group_mrp_user"
        )

    def _purchase(self):
        """A confirmed purchase of pumps from the subcontractor; core makes the rest."""
        purchase = self.env["purchase.order"].create(
            {
                "partner_id": self.supplier.id,
                "order_line": [
                    Command.create(
                        {"product_id": self.pump.id, "product_qty": 4, "price_unit": 1}
                    )
                ],
            }
        )
        self._rpc(self.buyer, purchase, "button_confirm")
        return purchase

    def _receive(self, purchase):
        receipt = purchase.picking_ids
        receipt.move_ids.write({"quantity": 4, "picked": True})
        receipt.button_validate()

    def _marks(self, purchase):
        """What an ordinary order can be given of core's own marks."""
        move = purchase.picking_ids.move_ids
        made = move.move_orig_ids.production_id
        return {
            "bill of materials": {"bom_id": self.outside.id},
            "subcontractor": {"subcontractor_id": self.supplier.id},
            "reference": {"reference_ids": [Command.set(made.reference_ids.ids)]},
            "operation type": {"picking_type_id": made.picking_type_id.id},
            "locations": {
                "location_src_id": self.kept_at.id,
                "location_dest_id": self.kept_at.id,
            },
        }

    def _refused(self, production):
        with (
            self.assertRaisesRegex(UserError, "Countersigned work order"),
            self.cr.savepoint(),
        ):
            self._rpc(self.worker, production, "button_mark_done")
        self.assertNotEqual(production.state, "done")

    def test_core_made_it(self):
        """The order of a purchase's receipt is left alone, whatever is guarded."""
        for gate in ("start", "confirm"):
            with self.subTest(gate):
                self.company.order_production_gate = gate
                purchase = self._purchase()
                made = purchase.picking_ids.move_ids.move_orig_ids.production_id
                self.assertEqual(made.state, "confirmed")
                self.assertFalse(made.needs_review)
                self._receive(purchase)
                self.assertEqual(made.state, "done")

    def test_part_of_it_is_received(self):
        purchase = self._purchase()
        receipt = purchase.picking_ids
        receipt.move_ids.write({"quantity": 1, "picked": True})
        action = receipt.button_validate()
        self.env[action["res_model"]].with_context(action["context"]).create(
            {}
        ).process()
        made = self.env["mrp.production"].search([("bom_id", "=", self.outside.id)])
        self.assertEqual(sorted(made.mapped("state")), ["confirmed", "done"])
        self.assertFalse(made.filtered("needs_review"))

    def test_pointed_at_it(self):
        """Created with it, in its context, imported, or written before or after the
        countersign."""
        Production = self.env["mrp.production"]
        vals = {"product_id": self.pump.id, "product_qty": 10}
        outside = {"bom_id": self.outside.id}

        def created(values, **context):
            return Production.browse(
                self._rpc(self.worker, Production, "create", [values], context=context)
            )

        def written(production):
            self._rpc(self.worker, production, "write", outside)
            return production

        def imported():
            found = self._rpc(
                self.worker,
                Production,
                "load",
                ["product_id/.id", "product_qty", "bom_id/.id"],
                [[str(self.pump.id), "10", str(self.outside.id)]],
            )
            self.assertTrue(found["ids"], found["messages"])
            return Production.browse(found["ids"])

        for name, road in {
            "create": lambda: created({**vals, **outside}),
            "context": lambda: created(vals, default_bom_id=self.outside.id),
            "import": imported,
            "write": lambda: written(self._production()),
            "after": lambda: written(self._countersign(self._production())),
        }.items():
            with self.subTest(name):
                production = road()
                self._end_of_transaction()
                self.assertEqual(production.bom_id, self.outside)
                self.assertTrue(production.needs_review)
                if production.state == "draft":
                    production.action_confirm()
                self._refused(production)

    def test_given_marks(self):
        """One by one and all of them together, before and after it is confirmed: what
        it takes and makes is still here."""
        marks = self._marks(self._purchase())
        marks["all of them"] = {
            k: v for vals in marks.values() for k, v in vals.items()
        }
        for name, vals in marks.items():
            for confirm in (False, True):
                with self.subTest(name, confirm=confirm):
                    production = self._production(confirm=confirm)
                    here = production.location_src_id
                    self._rpc(
                        self.worker, production, "write", {"bom_id": self.outside.id}
                    )
                    if not confirm:
                        production.action_confirm()
                    self._rpc(self.worker, production, "write", vals)
                    production.move_raw_ids.sudo().location_id = here
                    self.assertTrue(production.needs_review)
                    self._refused(production)

    def test_purchase_behind(self):
        """Without a confirmed purchase of the same goods nothing is exempt."""
        purchase = self._purchase()
        made = purchase.picking_ids.move_ids.move_orig_ids.production_id
        for change, back in (
            (
                lambda: purchase.write({"state": "draft"}),
                lambda: purchase.write({"state": "purchase"}),
            ),
            (
                lambda: made.write({"subcontractor_id": self.partner.id}),
                lambda: made.write({"subcontractor_id": self.supplier.id}),
            ),
        ):
            change()
            self.env.invalidate_all()
            self.assertTrue(made.needs_review)
            back()
            self.env.invalidate_all()
            self.assertFalse(made.needs_review)
        receipt = purchase.picking_ids.move_ids
        line = receipt.purchase_line_id
        receipt.purchase_line_id = False
        self.env.invalidate_all()
        self.assertTrue(made.needs_review)
        receipt.purchase_line_id = line

    def test_without_a_route(self):
        self.work_route.active = False
        production = self._production()
        self._rpc(self.worker, production, "write", {"bom_id": self.outside.id})
        self._rpc(self.worker, production, "button_mark_done")
        self.assertEqual(production.state, "done")

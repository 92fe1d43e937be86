from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .inspection_common import InspectionCommon

SAID = "Goods have to be inspected"


@tagged("post_install", "-at_install")
class TestMadeGoods(InspectionCommon):
    """[MFG-7] what was made enters stock as far as it passed the final inspection."""

    def _made(self, production, quantity):
        own = production.with_user(self.worker)
        own.qty_producing = quantity
        own._set_qty_producing()  # as the form does
        return production

    def _mark_done(self, production, **context):
        answer = (
            production.with_user(self.worker).with_context(**context).button_mark_done()
        )
        if isinstance(answer, dict) and answer.get("res_model") == (
            "mrp.production.backorder"
        ):
            wizard = self.env[answer["res_model"]].with_user(self.worker)
            answer = wizard.with_context(**answer["context"]).create({})
            answer = answer.action_backorder()
        return answer

    def test_roads_of_a_production_order(self):
        """[MFG-7] whole, in part, its backorder, more than passed, states by hand."""
        production = self._production(10)
        self._made(production, 6)
        answer = self._mark_done(production)
        self.assertEqual(answer["tag"], "display_notification")
        inspection = production.inspection_ids
        self.assertEqual((inspection.kind, inspection.quantity), ("final", 6))
        rpc, finished = self._rpc, production.move_finished_ids
        skip = {
            "skip_backorder": True,
            "skip_consumption": True,
            "skip_immediate": True,
            "mo_ids_to_backorder": production.ids,
        }
        roads = {
            "button": lambda: self._mark_done(production),
            "context": lambda: self._mark_done(production, **skip),
            "state": lambda: rpc(self.worker, production, "write", {"state": "done"}),
            "move": lambda: rpc(
                self.worker,
                finished,
                "write",
                {"quantity": 6, "picked": True, "state": "done"},
            ),
            "new move": lambda: rpc(
                self.worker,
                self.env["stock.move"],
                "create",
                {
                    "product_id": self.pump.id,
                    "production_id": production.id,
                    "location_id": production.production_location_id.id,
                    "location_dest_id": self.stock.id,
                    "quantity": 2,
                    "state": "done",
                },
            ),
        }
        for name, road in roads.items():
            with self.subTest(name):
                self.assertStays(road)
        self._inspect(inspection, quantity_rework=2, rework_advice="Deburr")
        self.assertStays(lambda: self._mark_done(production), SAID, "4 Units may")
        self._made(production, 4)
        self._mark_done(production)
        self.assertEqual((production.state, self._free(self.pump)), ("done", 4))
        self.assertStays(
            lambda: rpc(self.worker, production, "write", {"qty_producing": 40}), SAID
        )
        rest = production.production_group_id.production_ids - production
        self.assertEqual(rest.product_qty, 6)
        self._made(rest, 6)
        # four were made since; what was reworked is inspected again
        self.assertEqual(self._mark_done(rest)["tag"], "display_notification")
        self._inspect(rest.inspection_ids)
        self.assertStays(lambda: self._mark_done(rest), SAID, "8 Units may")
        again = inspection.with_user(self.inspector).action_correct()["res_id"]
        self._inspect(inspection.browse(again))
        self._mark_done(rest)
        self.assertEqual((rest.state, self._free(self.pump)), ("done", 10))

    def test_two_at_once_and_split(self):
        """[MFG-7] parts of one order are counted together."""
        production = self._production(4)
        self._made(production, 4)
        rpc = self._rpc
        rpc(self.worker, production, "action_request_inspection")
        self.assertStays(
            lambda: rpc(self.worker, production, "action_request_inspection"),
            "asked already",
        )
        self._inspect(production.inspection_ids, quantity_scrap=1)
        production.with_user(self.worker).qty_producing = 0
        parts = production.with_user(self.worker)._split_productions(
            {production: [2, 2]}
        )
        parts = self.env["mrp.production"].browse(parts.ids)
        for part in parts:
            self._made(part, 2)
        self.assertStays(lambda: self._mark_done(parts), SAID)
        self._mark_done(parts[0])
        self.assertEqual(self._free(self.pump), 2)
        self.assertStays(lambda: self._mark_done(parts[1]), SAID)

    def test_first_article(self):
        """[MFG-7] one is made and passes before more is made, by no road."""
        self.final.kind = "first"
        production = self._production(5)
        workorder = production.workorder_ids
        said = "first article has to pass"
        self.assertStays(lambda: self._made(production, 2), said)
        self.assertStays(
            lambda: self._rpc(self.worker, workorder, "write", {"qty_produced": 3}),
            said,
        )
        self.assertStays(lambda: self._mark_done(production), said)
        self._made(production, 1)
        self._rpc(self.worker, production, "action_request_inspection")
        inspection = production.inspection_ids
        self.assertEqual((inspection.kind, inspection.quantity), ("first", 1))
        self._inspect(inspection, quantity_rework=1, rework_advice="Turn it anew")
        self.assertStays(lambda: self._made(production, 2), said)
        again = inspection.with_user(self.inspector).action_correct()["res_id"]
        self._inspect(inspection.browse(again))
        self._made(production, 5)
        self._mark_done(production)
        self.assertEqual((production.state, self._free(self.pump)), ("done", 5))

    def test_three_step_production(self):
        """[MFG-7] what was made leaves production; the way into stock waits."""
        self.warehouse.manufacture_steps = "pbm_sam"
        production = self._production(4)
        production.picking_ids.filtered(
            lambda p: p.picking_type_id == self.warehouse.pbm_type_id
        ).sudo().button_validate()
        self._made(production, 4)
        self._mark_done(production)
        self.assertEqual(production.state, "done")
        inspection = production.inspection_ids
        self.assertEqual((inspection.state, inspection.quantity), ("draft", 4))
        store = production.move_finished_ids.move_dest_ids.picking_id
        self.assertStays(lambda: self._validate(store, 4), SAID)
        self._inspect(inspection)
        self._validate(store, 4)
        self.assertEqual(self._free(self.pump), 4)

    def test_subcontracted_goods(self):
        """[MFG-7] what a subcontractor made is inspected when it arrives."""
        part = self.env["product.product"].create(
            {"name": "Turned part", "is_storable": True}
        )
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": part.product_tmpl_id.id,
                "type": "subcontract",
                "subcontractor_ids": [Command.set(self.vendor.ids)],
                "bom_line_ids": [
                    Command.create({"product_id": self.component.id, "product_qty": 1})
                ],
            }
        )
        self.incoming.write(
            {
                "product_ids": [Command.link(part.id)],
                "partner_ids": [Command.set(self.vendor.ids)],
            }
        )
        receipt = self._receipt(10, part, user=self.env.user)
        self.assertTrue(receipt.move_ids.is_subcontract)
        self.assertEqual(self._validate(receipt, 10)["tag"], "display_notification")
        self._inspect(receipt.inspection_ids, quantity_return=4)
        self.assertStays(lambda: self._validate(receipt), SAID, "6 Units may")
        self._validate(receipt, 6)
        self.assertEqual((receipt.state, self._free(part)), ("done", 6))
        self.assertStays(lambda: self._validate(receipt.backorder_ids, 4), SAID)
        # another vendor's are not asked for
        self.incoming.partner_ids = self.partner
        other = self._receipt(1)
        self._validate(other, 1)
        self.assertEqual(other.state, "done")

    def test_taken_apart_and_counted(self):
        """[MFG-7] what is taken apart, counted or comes back from a customer has not
        arrived."""
        self.incoming.product_ids = self.component | self.pump
        self._put_in_stock(self.pump)
        before = self._free()
        unbuild = self.env["mrp.unbuild"].create(
            {"product_id": self.pump.id, "product_qty": 1, "bom_id": self.bom.id}
        )
        unbuild.action_unbuild()
        self.assertEqual(self._free(), before + 2)
        quant = self.env["stock.quant"].search(
            [
                ("product_id", "=", self.component.id),
                ("location_id", "=", self.stock.id),
            ]
        )
        quant.inventory_quantity = before + 7
        quant.action_apply_inventory()
        self.assertEqual(self._free(), before + 7)
        with self.assertRaises(UserError):
            self.final.product_ids = False
            self.env.flush_all()

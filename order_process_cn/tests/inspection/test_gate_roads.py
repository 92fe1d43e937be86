from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .inspection_common import InspectionCommon

SAID = "Goods have to be inspected"


@tagged("post_install", "-at_install")
class TestGateRoads(InspectionCommon):
    """[MFG-7] [SEC-1] roads round the gate that need no receipt, or pretend another
    reason for the goods: by remote call, as whoever moves and makes goods."""

    def _loss(self):
        return self.component.property_stock_inventory

    def _make_done(self, user, **values):
        move = {
            "product_id": self.component.id,
            "location_id": self.suppliers.id,
            "location_dest_id": self.stock.id,
            "state": "done",
            "quantity": 3,
            **values,
        }
        return self._rpc(user, self.env["stock.move"], "create", move)

    def _quant(self, location):
        return self.env["stock.quant"].search(
            [("product_id", "=", self.component.id), ("location_id", "=", location.id)]
        )

    def test_without_a_receipt(self):
        """[MFG-7] written, counted, found again, taken apart."""
        self._put_in_stock(self.pump)
        self.env["stock.quant"]._update_available_quantity(
            self.component, self.quarantine, 5
        )
        before = self._free()
        stocker, worker, rpc = self.stocker, self.worker, self._rpc
        held, quants = self._quant(self.quarantine), self.env["stock.quant"]
        place = {"product_id": self.component.id, "location_id": self.stock.id}
        counting = {"inventory_mode": True}

        def count():
            quant = self._quant(self.stock).with_user(stocker)
            quant = quant.with_context(**counting)
            quant.inventory_quantity = before + 5
            rpc(stocker, quant, "action_apply_inventory", context=counting)

        def take_apart(quantity=9):
            unbuild = self.env["mrp.unbuild"].with_user(worker)
            unbuild = unbuild.create(
                {"product_id": self.pump.id, "product_qty": 1, "bom_id": self.bom.id}
            )
            production = self.component.property_stock_production
            if quantity:
                self._make_done(
                    worker,
                    unbuild_id=unbuild.id,
                    location_id=production.id,
                    quantity=quantity,
                )
            else:
                rpc(worker, unbuild, "action_unbuild")

        past = self.env["mrp.unbuild"].create(
            {"product_id": self.pump.id, "product_qty": 1, "bom_id": self.bom.id}
        )
        past.action_unbuild()
        before = self._free()
        roads = {
            "stock created": lambda: rpc(
                stocker, quants, "create", {**place, "quantity": 5}
            ),
            "stock imported": lambda: self._load(
                quants.with_user(stocker),
                ["product_id/.id", "location_id/.id", "quantity"],
                [[str(self.component.id), str(self.stock.id), "5"]],
            ),
            "quantity written": lambda: rpc(
                stocker, self._quant(self.stock), "write", {"quantity": before + 5}
            ),
            "place written": lambda: rpc(
                stocker, held, "write", {"location_id": self.stock.id}
            ),
            "goods written": lambda: rpc(
                stocker,
                self._quant_of(self.pump),
                "write",
                {"product_id": self.component.id},
            ),
            "counted": count,
            "found": lambda: self._make_done(stocker, location_id=self._loss().id),
            "taken apart before": lambda: self._make_done(worker, unbuild_id=past.id),
            "nothing taken apart": take_apart,
        }
        for name, road in roads.items():
            with self.subTest(name):
                self.assertStays(road)
                self.assertEqual(self._free(), before)
        # as much as is in it comes back; who answers for the stock counts
        take_apart(0)
        self.assertEqual(self._free(), before + 2)
        keeper = self._user("keeper", "stock.group_stock_manager")
        self._make_done(keeper, location_id=self._loss().id)
        self.assertEqual(self._free(), before + 5)
        self.company.order_count_by_manager = False
        count()
        # what nobody inspects is written and counted as ever
        self.incoming.active = False
        self._make_done(stocker, location_id=self._loss().id)
        rpc(stocker, quants, "create", {**place, "quantity": 5})

    def _quant_of(self, product):
        return self.env["stock.quant"].search(
            [("product_id", "=", product.id), ("location_id", "=", self.stock.id)]
        )

    def _load(self, records, names, rows):
        result = records.load(names, rows)
        if result["messages"]:
            raise UserError(result["messages"][0]["message"])

    def test_another_reason(self):
        """[MFG-7] another vendor, what passed of another receipt, results imported."""
        before = self._free()
        self.incoming.partner_ids = self.vendor
        buyer = self._user(
            "buyer", "purchase.group_purchase_user,stock.group_stock_user"
        )
        order = (
            self.env["purchase.order"]
            .with_user(buyer)
            .create(
                {
                    "partner_id": self.vendor.id,
                    "order_line": [
                        Command.create(
                            {"product_id": self.component.id, "product_qty": 4}
                        )
                    ],
                }
            )
        )
        order.button_confirm()
        receipt = order.picking_ids
        self._rpc(self.stocker, receipt, "write", {"partner_id": self.partner.id})
        self.assertEqual(self._validate(receipt, 4)["tag"], "display_notification")
        inspection = receipt.inspection_ids
        for user, name, value in (
            (self.stocker, "quantity_passed", "4"),
            (self.inspector, "state", "done"),
            (self.inspector, "user_id/.id", str(self.inspector.id)),
        ):
            with self.subTest(name):
                self.assertStays(
                    lambda user=user, name=name, value=value: self._load(
                        inspection.with_user(user),
                        [".id", name],
                        [[str(inspection.id), value]],
                    )
                )
        self.assertStays(lambda: self._validate(receipt, 4), SAID)
        self._inspect(inspection)
        # what passed is counted once, whichever receipt is called its remainder
        self._validate(receipt, 4)
        self.assertEqual(self._free(), before + 4)
        other = self._receipt(3)
        self._rpc(self.stocker, other, "write", {"backorder_id": receipt.id})
        self.assertEqual(self._validate(other, 3)["tag"], "display_notification")
        self.assertStays(lambda: self._validate(other, 3), SAID)

    # -- made in another way -----------------------------------------------------------

    def _finish(self, production, quantity=0):
        own = production.with_user(self.worker)
        if quantity:
            own.qty_producing = quantity
            own._set_qty_producing()  # as the form does
        for _time in range(2):  # quality is asked first
            self._rpc(self.worker, production, "button_mark_done")

    def _call_outside(self, confirm):
        """The bill of materials of a subcontractor is chosen for what is made here."""
        outside = self.env["mrp.bom"].create(
            {
                "product_tmpl_id": self.pump.product_tmpl_id.id,
                "type": "subcontract",
                "subcontractor_ids": [Command.set(self.vendor.ids)],
                "bom_line_ids": [
                    Command.create({"product_id": self.component.id, "product_qty": 2})
                ],
            }
        )
        production = self._production(2, confirm=confirm)
        self._rpc(self.worker, production, "write", {"bom_id": outside.id})
        production.action_confirm()
        self._finish(production, 2)

    def _merge(self):
        first, second = self._production(2), self._production(2)
        self._rpc(self.worker, first, "action_request_inspection")
        self._inspect(first.inspection_ids)
        action = self._rpc(self.worker, first | second, "action_merge")
        self._finish(self.env["mrp.production"].browse(action["res_id"]), 4)

    def _make_elsewhere(self):
        production = self._production(2)
        place = self.stock.copy({"name": "Beside", "location_id": False})
        production.move_finished_ids.location_dest_id = place
        self._finish(production, 2)
        line = production.move_finished_ids.move_line_ids
        self._rpc(self.stocker, line, "write", {"location_dest_id": self.stock.id})

    def _make_serials(self):
        self.pump.tracking = "serial"
        production = self._production(3)
        page = self.env["mrp.production.serials"].with_user(self.worker)
        page = page.create(
            {"production_id": production.id, "serial_numbers": "S1\nS2\nS3"}
        )
        self._rpc(self.worker, page, "action_apply")
        self._finish(production)

    def _make_by_product(self):
        frame = self.env["product.product"].create(
            {"name": "Frame", "is_storable": True}
        )
        by_product = {"product_id": self.pump.id, "product_qty": 1}
        bom = self.env["mrp.bom"].create(
            {
                "product_tmpl_id": frame.product_tmpl_id.id,
                "byproduct_ids": [Command.create(by_product)],
            }
        )
        production = self.env["mrp.production"].with_user(self.worker)
        production = production.create(
            {"product_id": frame.id, "product_qty": 1, "bom_id": bom.id}
        )
        production.action_confirm()
        self._finish(production, 1)

    def test_made_in_another_way(self):
        """[MFG-7] called a subcontractor's, made into another place, merged, made with
        many serial numbers at once, beside something else."""
        before = self._free(self.pump)
        roads = {
            "outside": lambda: self._call_outside(confirm=False),
            "outside later": lambda: self._call_outside(confirm=True),
            "merged": self._merge,
            "elsewhere": self._make_elsewhere,
            "serials": self._make_serials,
            "by-product": self._make_by_product,
        }
        for name, road in roads.items():
            with self.subTest(name):
                self.assertStays(road, SAID)
                self.assertEqual(self._free(self.pump), before)

from odoo import Command

from .scenes_common import Scene
from .scenes_shipping import ShippingScenes


class InspectionScenes(ShippingScenes):
    """What is done before goods enter stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.checker = cls.staff["checker"]
        cls.maker = cls.staff["maker"]

    def _inspected_receipt(self):
        """Return a receipt whose goods wait for an inspection."""
        part = self.env["product.product"].create({"name": "Part", "is_storable": True})
        self.env["order.inspection.point"].create(
            {
                "name": "Incoming",
                "product_ids": [Command.set(part.ids)],
                "item_ids": [Command.create({"name": "Surface"})],
            }
        )
        kind = self.env["stock.picking.type"].search(
            [("code", "=", "incoming"), ("company_id", "=", self.company.id)], limit=1
        )
        places = {
            "location_id": self.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": kind.default_location_dest_id.id,
        }
        move = {"product_id": part.id, "product_uom_qty": 5, **places}
        receipt = self.env["stock.picking"].create(
            {
                "picking_type_id": kind.id,
                "move_ids": [Command.create(move)],
                **places,
            }
        )
        receipt.action_confirm()
        return receipt

    def _inspection(self, passed=0):
        receipt = self._inspected_receipt()
        receipt.with_user(self.packer).action_request_inspection()
        inspection = receipt.inspection_ids
        own = inspection.with_user(self.checker)
        own.line_ids.verdict = "pass"
        own.quantity_passed = passed
        return inspection

    def scene_stock_picking__action_request_inspection(self):
        return Scene(self.packer, self._inspected_receipt())

    def scene_order_shipping_release__action_request_inspection(self):
        self._outgoing_point()
        release = self._ready_release()
        release.inspection_ids.with_user(self.checker).action_cancel()
        return Scene(self.packer, release)

    def scene_order_shipping_release__action_view_inspections(self):
        self._outgoing_point()
        return Scene(self.packer, self._ready_release())

    def _notice(self):
        inspection = self._inspection(5)
        inspection.with_user(self.checker).action_done()
        return inspection.notice_ids

    def scene_order_receipt_notice__action_receive(self):
        return Scene(self.packer, self._notice())

    def scene_order_receipt_notice__action_cancel(self):
        return Scene(self.packer, self._notice())

    def _outgoing_point(self):
        self.env["order.inspection.point"].create(
            {
                "name": "Outgoing",
                "kind": "outgoing",
                "product_ids": [Command.set(self.product.ids)],
            }
        )

    def scene_stock_picking__action_view_inspections(self):
        return Scene(self.packer, self._inspection().picking_id)

    def scene_order_inspection__action_pass_all(self):
        inspection = self._inspection()
        return Scene(self.checker, inspection)

    def scene_order_inspection__action_done(self):
        inspection = self._inspection(5)
        return Scene(self.checker, inspection)

    def scene_order_inspection__action_cancel(self):
        inspection = self._inspection()
        return Scene(self.checker, inspection)

    def scene_order_inspection__action_correct(self):
        inspection = self._inspection()
        inspection.with_user(self.checker).action_pass_all()
        return Scene(self.checker, inspection)

    def _made(self):
        production = self.env["mrp.production"].create(
            {"product_id": self.product.id, "product_qty": 3}
        )
        self.env["order.inspection.point"].create(
            {
                "name": "Final",
                "kind": "final",
                "product_ids": [Command.set(self.product.ids)],
            }
        )
        production.action_confirm()
        return production

    def scene_mrp_production__action_request_inspection(self):
        return Scene(self.maker, self._made())

    def scene_mrp_production__action_view_inspections(self):
        production = self._made()
        production.with_user(self.maker).action_request_inspection()
        return Scene(self.maker, production)

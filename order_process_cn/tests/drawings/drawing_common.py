from base64 import b64encode

from odoo import Command

from ..production.production_common import ProductionCommon


class DrawingCommon(ProductionCommon):
    """An order whose type asks for drawings, made by a workshop with a head."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls._user("workshop_head", "base.group_user")
        cls.departments["production"].write(
            {"member_ids": [Command.set((cls.worker | cls.head).ids)]}
        )
        cls.departments["production"].head_id = cls.head
        cls.drawer = cls._user("drawer", "order_process_cn.order_group_engineering")
        cls.departments["engineering"].head_id = cls.drawer
        cls.work_route.active = cls.route.active = False
        cls.order_type.asks_drawings = True
        cls.order = cls._order().sudo()
        cls.order.order_type_id = cls.order_type
        cls.order.action_confirm()

    @classmethod
    def _sold(cls, quantity=4, **values):
        """Return a confirmed production order for the sales order."""
        sales = {"name": "SOLD", "sale_ids": [Command.set(cls.order.ids)]}
        production = cls.env["mrp.production"].create(
            {
                "product_id": cls.pump.id,
                "product_qty": quantity,
                "reference_ids": [Command.create(sales)],
                **values,
            }
        )
        production.action_confirm()
        return production

    def _requested(self, production):
        """Return the set that production asked for, with three drawings."""
        action = self._rpc(self.worker, production, "action_request_drawings")
        drawings = self.env["order.drawing.set"].browse(action["res_id"])
        drawings.with_user(self.drawer).sheet_ids = [
            Command.create(
                {
                    "number": number,
                    "revision": "A",
                    "kind": kind,
                    "file": b64encode(number.encode()),
                }
            )
            for number, kind in (("P-1", "part"), ("W-1", "weld"), ("O-1", "outside"))
        ]
        self._begin()
        return drawings

    def _issued(self, production):
        drawings = self._requested(production)
        self._rpc(self.drawer, drawings, "action_issue")
        return drawings

    def _of_workshop(self, drawings):
        return drawings.handover_ids.filtered("is_awaited")

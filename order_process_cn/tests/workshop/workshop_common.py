from odoo import Command

from ..production.production_common import ProductionCommon
from ..set_up_once import set_up_once


class WorkshopCommon(ProductionCommon):
    """A pump made by three operations; somebody who works there and sees no costs."""

    @classmethod
    @set_up_once
    def setUpClass(cls):
        super().setUpClass()
        cls.hand = cls._user("hand", "mrp.group_mrp_user")
        cls.head = cls._user("workshop_head", "mrp.group_mrp_manager")
        cls.storeman = cls._user("storeman", "stock.group_stock_user")
        cls.workcenter = cls.bom.operation_ids.workcenter_id
        cls.bom.operation_ids = [
            Command.create({"name": name, "workcenter_id": cls.workcenter.id})
            for name in ("Paint", "Test")
        ]
        cls.bom.with_user(cls.engineer).action_release()
        cls.reason = cls.env["stock.scrap.reason.tag"].create({"name": "Crack"})
        cls.operator = cls.env["resource.resource"].create(
            {
                "name": "Old Chen",
                "resource_type": "user",
                "badge_code": "B-007",
                "company_id": cls.company.id,
            }
        )
        cls.work_route.active = cls.route.active = False

    @classmethod
    def _urgent_order(cls):
        """Return an urgent order that is in force."""
        order = cls._order(is_urgent=True, urgent_reason="Line stands still").sudo()
        order.order_type_id = cls.order_type
        order.action_confirm()
        assert order.state == "sale"
        return order

    def _made(self, quantity=4):
        """Return the operations of a confirmed production order."""
        production = self._production(quantity)
        return production.workorder_ids.with_user(self.hand).with_context({})

    def _report(self, workorder, good=0, user=None, **values):
        """Report as the page does, by remote calls."""
        user = user or self.hand
        if values.keys() & {"quantity_scrap_process", "quantity_scrap_material"}:
            values.setdefault("scrap_reason_ids", [Command.set(self.reason.ids)])
        wizard = (
            self.env["order.work.wizard"]
            .with_user(user)
            .create({"workorder_id": workorder.id, "quantity_good": good, **values})
        )
        self._rpc(user, wizard, "action_report")
        self._begin()
        return self.env["order.work.report"].search(
            [("workorder_id", "=", workorder.id)], limit=1
        )

    def _take_back(self, report, user=None, note="Counted twice"):
        user = user or self.hand
        action = self._rpc(user, report, "action_take_back")
        wizard = (
            self.env["order.work.wizard"]
            .with_user(user)
            .with_context(action["context"])
            .create({"remark": note})
        )
        self._rpc(user, wizard, "action_take_back")
        self._begin()

from odoo import Command

from ..common import OrderCommon
from ..set_up_once import set_up_once

SEATS = ("sales", "planning", "engineering", "quality", "production")


class ProductionCommon(OrderCommon):
    """A pump made of two casings by one operation, and a route that countersigns its
    production orders."""

    @classmethod
    @set_up_once
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls._user(
            "worker", "mrp.group_mrp_user,account.group_account_readonly"
        )
        cls.engineer = cls._user(
            "engineer", "order_process_cn.order_group_engineering,mrp.group_mrp_manager"
        )
        cls.component = cls.env["product.product"].create(
            {"name": "Casing", "type": "consu", "is_storable": True}
        )
        cls.pump = cls.env["product.product"].create(
            {"name": "Pump", "type": "consu", "is_storable": True}
        )
        workcenter = cls.env["mrp.workcenter"].create({"name": "Assembly"})
        cls.bom = cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.pump.product_tmpl_id.id,
                "bom_line_ids": [
                    Command.create({"product_id": cls.component.id, "product_qty": 2})
                ],
                "operation_ids": [
                    Command.create({"name": "Assemble", "workcenter_id": workcenter.id})
                ],
            }
        )
        cls.bom.with_user(cls.engineer).action_release()
        cls._put_in_stock(cls.component)
        cls.work_route = cls._make_route(
            [cls._stage("Countersign", *SEATS)],
            name="Work Orders",
            res_model="mrp.production",
            order_type_ids=[Command.clear()],
            submitter_policy="allow",
        )

    @classmethod
    def _put_in_stock(cls, product):
        """A thousand of it lie in the company's warehouse."""
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            product, warehouse.lot_stock_id, 1000
        )

    def _production(self, quantity=10, confirm=True):
        production = (
            self.env["mrp.production"]
            .with_user(self.worker)
            .create({"product_id": self.pump.id, "product_qty": quantity})
        )
        if confirm:
            production.action_confirm()
        return production

    def _countersign(self, production):
        production.with_user(self.worker).action_review_submit()
        self._sign(production, *SEATS)
        self.assertEqual(production.review_state, "approved")
        return production

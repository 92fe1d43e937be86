from odoo import Command
from odoo.exceptions import UserError

from ..production.production_common import ProductionCommon
from ..set_up_once import set_up_once


class InspectionCommon(ProductionCommon):
    """Casings are inspected when they arrive, pumps when they are made."""

    @classmethod
    @set_up_once
    def setUpClass(cls):
        super().setUpClass()
        cls.work_route.active = False
        cls.stocker = cls._user("stocker", "stock.group_stock_user")
        cls.inspector = cls._user("inspector", "order_process_cn.order_group_inspector")
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.stock = cls.warehouse.lot_stock_id
        cls.vendor = cls.env["res.partner"].create({"name": "Foundry"})
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.quarantine = cls.env["stock.location"].create(
            {"name": "Quarantine", "location_id": cls.stock.id, "usage": "internal"}
        )
        cls.incoming = cls.env["order.inspection.point"].create(
            {
                "name": "Incoming castings",
                "kind": "incoming",
                "product_ids": [Command.set(cls.component.ids)],
                "quarantine_location_id": cls.quarantine.id,
                "item_ids": [
                    Command.create({"name": "Surface"}),
                    Command.create(
                        {
                            "name": "Bore",
                            "kind": "measure",
                            "min_value": 11.9,
                            "max_value": 12.1,
                            "unit": "mm",
                        }
                    ),
                ],
            }
        )
        cls.final = cls.env["order.inspection.point"].create(
            {
                "name": "Final",
                "kind": "final",
                "product_ids": [Command.set(cls.pump.ids)],
            }
        )

    # -- goods -------------------------------------------------------------------------

    def _receipt(self, quantity=10, product=None, user=None):
        """Return a receipt of a vendor."""
        product = product or self.component
        kind = self.warehouse.in_type_id
        places = {
            "location_id": self.suppliers.id,
            "location_dest_id": kind.default_location_dest_id.id,
        }
        picking = (
            self.env["stock.picking"]
            .with_user(user or self.stocker)
            .create(
                {
                    "picking_type_id": kind.id,
                    "partner_id": self.vendor.id,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "product_uom_qty": quantity,
                                **places,
                            }
                        )
                    ],
                    **places,
                }
            )
        )
        picking.action_confirm()
        return picking

    def _free(self, product=None):
        """Return how much of a product lies in stock and not in quarantine."""
        product = product or self.component
        quants = self.env["stock.quant"].search(
            [
                ("product_id", "=", product.id),
                ("location_id", "child_of", self.stock.id),
                ("location_id", "!=", self.quarantine.id),
            ]
        )
        return sum(quants.mapped("quantity"))

    def _validate(self, picking, quantity=None, user=None):
        picking = picking.with_user(user or self.stocker)
        if quantity is not None:
            picking.move_ids.write({"quantity": quantity, "picked": True})
        answer = picking.button_validate()
        if isinstance(answer, dict) and answer.get("res_model") == (
            "stock.backorder.confirmation"
        ):
            context = answer["context"]
            wizard = self.env[answer["res_model"]].with_user(self.stocker)
            answer = wizard.with_context(**context).create({}).process()
        return answer

    # -- inspecting --------------------------------------------------------------------

    def _inspect(self, inspection, passed=None, **outcome):
        """Have the inspector decide; whatever is asked is found to be right."""
        own = inspection.with_user(self.inspector)
        for line in own.line_ids:
            line.write(
                {"verdict": "pass"} if line.kind == "pass" else {"measures": "12 12.05"}
            )
        rest = sum(v for k, v in outcome.items() if k.startswith("quantity_"))
        if passed is None:
            passed = own.quantity - rest
        own.write({"quantity_passed": passed, **outcome})
        own.action_done()
        return inspection

    def assertStays(self, act, *words):
        """``act`` is refused in ``words``; nothing of it remains."""
        with self.assertRaises(UserError) as refusal, self.cr.savepoint():
            act()
            self.env.flush_all()
        self.env.invalidate_all()
        for word in words:
            self.assertIn(word, str(refusal.exception))

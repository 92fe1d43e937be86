from odoo import fields
from odoo.tests import tagged

from ..workshop.workshop_common import WorkshopCommon


@tagged("post_install", "-at_install")
class TestKit(WorkshopCommon):
    """[PLN-7] 齐套: there, coming when, missing; the same queries for two and for six
    production orders."""

    def _part(self, name):
        part = self.env["product.product"].create({"name": name, "is_storable": True})
        self.bom.bom_line_ids[:1].copy({"product_id": part.id})
        return part

    def _coming(self, part, quantity, day):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.env["stock.move"].create(
            {
                "product_id": part.id,
                "product_uom_qty": quantity,
                "date": day,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": warehouse.lot_stock_id.id,
                "picking_type_id": warehouse.in_type_id.id,
            }
        )._action_confirm()

    def test_kit(self):
        complete = self._production(1)
        seal, shaft = self._part("Seal"), self._part("Shaft")
        self.bom.with_user(self.engineer).action_release()
        day = fields.Datetime.add(fields.Datetime.now(), days=9)
        self._coming(seal, 4, day)
        self._coming(shaft, 3, day)
        coming = self._production(1)
        missing = self._production(1)
        done = self._production(1)
        done.action_cancel()
        made = complete | coming | missing | done
        made = made.with_user(self.hand).with_context({})
        self._begin()
        self.assertEqual(
            made.mapped("kit_state"), ["complete", "coming", "missing", False]
        )
        self.assertFalse(made[0].kit_words)
        self.assertRegex(made[1].kit_words, r"Seal: coming .+, Shaft: coming ")
        self.assertIn("Shaft: 1 Units missing", made[2].kit_words)
        self.assertIn("Seal: coming", made[2].kit_words)
        # on the plan those who get a copy read the same
        plan = self.env["order.production.plan"].with_user(self.hand).create({})
        plan.line_ids = [fields.Command.create({"production_id": made[2].id})]
        self._begin()
        self.assertEqual(plan.line_ids.kit_state, "missing")
        self.assertIn("Shaft: 1", plan.line_ids.kit_words)

        many = made.concat(*(self._production(1) for _more in range(4)))
        costs = []
        for some in (many[1:3], many[1:3] | many[4:]):
            self._begin()
            some.fetch(["state"])
            before = self.env.cr.sql_log_count
            some.mapped("kit_words")
            costs.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0], "flat")

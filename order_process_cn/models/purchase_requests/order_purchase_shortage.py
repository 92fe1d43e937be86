from odoo import models
from odoo.fields import Domain

from .order_purchase_request import OUTSOURCING, RELEASED


class OrderPurchaseRequest(models.Model):
    """What is missing for production (MFG-3), with as many queries for one component
    as for a thousand."""

    _inherit = "order.purchase.request"

    def _find_shortages(self):
        """Return the values of lines for what the production orders of one superuser
        request need and neither stock nor purchases bring."""
        self.ensure_one()
        warehouse, company = self.warehouse_id, self.company_id
        needs = {
            product: (date, productions)
            for product, date, productions in self.env["stock.move"]._read_group(
                self._get_need_domain(),
                ["product_id"],
                ["date:min", "raw_material_production_id:recordset"],
            )
        }
        products = self.env["product.product"].union(*needs)
        made_outside = self._find_made_outside(products)
        outside = self.kind == OUTSOURCING
        products = products.filtered(
            lambda p: p.is_storable and (p in made_outside) == outside
        ).with_context(warehouse_id=warehouse.id)
        _by_place, coming = products._get_quantity_in_progress(
            warehouse_ids=warehouse.ids
        )
        asked = self._count_asked(products)
        found = []
        # by number and name, for which no attributes are read
        for product in products.sorted(lambda p: (p.default_code or "", p.name, p.id)):
            date, productions = needs[product]
            quoted = coming[product.id, warehouse.id] + asked.get(product.id, 0.0)
            missing = -(product.virtual_available + quoted)
            if product.uom_id.compare(missing, 0) > 0:
                found.append(
                    {
                        "product_id": product.id,
                        "product_uom_id": product.uom_id.id,
                        "quantity": missing,
                        "shortage": missing,
                        "on_hand": product.qty_available,
                        "on_order": product.incoming_qty + quoted,
                        "wanted_date": company._calendar_day(date),
                        "use": ", ".join(productions.mapped("name")),
                    }
                )
        return found

    def _get_need_domain(self):
        """What is open of the components of the production orders."""
        domain = Domain("company_id", "=", self.company_id.id) & Domain(
            "state", "in", ["confirmed", "partially_available", "waiting"]
        )
        if self.production_ids:
            ids = self.production_ids.ids
            return domain & Domain("raw_material_production_id", "in", ids)
        return domain & Domain("raw_material_production_id", "!=", False)

    def _find_made_outside(self, products):
        """Return those of ``products`` that a subcontractor makes."""
        boms = self.env["mrp.bom"].search(
            Domain("type", "=", "subcontract")
            & Domain("company_id", "in", [False, self.company_id.id])
            & (
                Domain("product_id", "in", products.ids)
                | Domain("product_id", "=", False)
                & Domain("product_tmpl_id", "in", products.product_tmpl_id.ids)
            )
        )
        some = boms.filtered(lambda bom: not bom.product_id).product_tmpl_id
        return products.filtered(
            lambda p: p in boms.product_id or p.product_tmpl_id in some
        )

    def _count_asked(self, products):
        """Return ``{product id: quantity}`` of what other requests ask for and no
        vendor was asked for yet, in the unit of the product."""
        lines = self.env["order.purchase.request.line"].search(
            [
                ("product_id", "in", products.ids),
                ("request_id", "!=", self.id),
                ("request_id.state", "=", RELEASED),
                ("request_id.warehouse_id", "=", self.warehouse_id.id),
            ]
        )
        asked = {}
        for line in lines:
            quantity = line.product_uom_id._compute_quantity(
                line._get_unasked(), line.product_id.uom_id
            )
            asked[line.product_id.id] = asked.get(line.product_id.id, 0.0) + quantity
        return asked

from odoo import api, models


class StockRule(models.Model):
    """The priority of a need goes with it to production and purchase (URG-4)."""

    _inherit = "stock.rule"

    def _prepare_mo_vals(
        self,
        product_id,
        product_qty,
        product_uom,
        location_dest_id,
        name,
        origin,
        company_id,
        values,
        bom,
    ):
        vals = super()._prepare_mo_vals(
            product_id,
            product_qty,
            product_uom,
            location_dest_id,
            name,
            origin,
            company_id,
            values,
            bom,
        )
        references = values.get("reference_ids") or self.env["stock.reference"]
        # superuser: whoever causes production need not see the sales order; a priority
        # that somebody gave a transfer by hand stays there, as in plain Odoo
        if any(references.sudo().sale_ids.mapped("is_urgent")):
            vals["priority"] = values.get("priority") or "0"
        return vals

    @api.model
    def _run_buy(self, procurements):
        result = super()._run_buy(procurements)
        references = self.env["stock.reference"].union(
            *(
                procurement.values["reference_ids"]
                for procurement, _rule in procurements
                if procurement.values.get("priority") == "1"
                and procurement.values.get("reference_ids")
            )
        )
        # superuser, as core: whoever causes a purchase need not see it
        references.sudo().purchase_ids._follow_urgency()
        return result

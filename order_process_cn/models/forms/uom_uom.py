from odoo import api, models


class UomUom(models.Model):
    _inherit = "uom.uom"

    @api.model
    def _spell_quantity(self, quantity):
        """Return a quantity as it stands on paper and in messages, without its unit."""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return self.env["res.lang"]._spell_number(quantity, digits)

    def _spell_with_unit(self, quantity):
        """Return a quantity with the name of this unit."""
        return f"{self._spell_quantity(quantity)} {self.name or ''}".rstrip()

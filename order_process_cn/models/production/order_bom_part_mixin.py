from odoo import api, models


class OrderBomPartMixin(models.AbstractModel):
    """A part of what engineering releases with a bill of materials: component,
    by-product or operation. When one is written, the release ends. [MFG-5]"""

    _name = "order.bom.part.mixin"
    _description = "Part of a Released Bill of Materials"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.bom_id._revoke_release()
        return records

    def write(self, vals):
        boms = self.bom_id
        result = super().write(vals)
        (boms | self.bom_id)._revoke_release()
        return result

    def unlink(self):
        boms = self.bom_id
        result = super().unlink()
        boms._revoke_release()
        return result

from odoo import api, models


class MrpBomByproduct(models.Model):
    _inherit = "mrp.bom.byproduct"

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

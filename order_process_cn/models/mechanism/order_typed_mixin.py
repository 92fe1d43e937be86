from odoo import api, models

from ...tools import arguments


class OrderTypedMixin(models.AbstractModel):
    """What people type into it is read before it is kept, see ``arguments.entered``."""

    _name = "order.typed.mixin"
    _description = "Read before It Is Kept"

    @api.model_create_multi
    def create(self, vals_list):
        arguments.entered(self, vals_list)
        return super().create(vals_list)

    def write(self, vals):
        arguments.entered(self, [vals])
        return super().write(vals)

from odoo import api, models

from .given import check_colleagues, check_given


class OrderGivenMixin(models.AbstractModel):
    """A record of which a client may give values: what nobody can mean is refused on
    every road, in words and at once, see ``given.py``."""

    _name = "order.given.mixin"
    _description = "Values Are Looked at before They Are Kept"

    @api.model_create_multi
    def create(self, vals_list):
        check_given(self, vals_list)
        records = super().create(vals_list)
        check_colleagues(records, vals_list)
        return records

    def write(self, vals):
        check_given(self, [vals])
        result = super().write(vals)
        check_colleagues(self, [vals])
        return result

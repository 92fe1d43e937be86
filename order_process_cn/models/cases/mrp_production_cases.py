from odoo import api, models

from .stock_return_picking_line import LINKS


class MrpProduction(models.Model):
    """On which case goods came back says nothing about what is made of them."""

    _inherit = "mrp.production"

    @api.model
    def _get_free_fields(self):
        free = super()._get_free_fields()
        links = dict.fromkeys(LINKS, "on which case goods came back")
        return {**free, "stock.move": {**free["stock.move"], **links}}

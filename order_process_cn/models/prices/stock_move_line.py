from odoo import fields, models

from .res_users import PRICE_GROUP


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    # the value of a parcel is computed for the carrier, whoever ships it
    sale_price = fields.Float(groups=PRICE_GROUP, compute_sudo=True)

from odoo import models


class OrderCaseMixin(models.AbstractModel):
    """A document about an order says where that order is. [ANA-4]"""

    _name = "order.case.mixin"
    _inherit = ["order.case.mixin", "order.standing.mixin"]

    _standing_paths = ("order_id",)

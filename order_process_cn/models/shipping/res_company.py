from odoo import fields, models

from ..mechanism.memory import remembered


class ResCompany(models.Model):
    """What a company asks of whatever leaves it (SHP-1)."""

    _inherit = "res.company"

    order_ships_on_orders_only = fields.Boolean(
        string="Goods Leave for Sales Orders Only",
        help="What goes to a customer without a sales order stays: transfers made by "
        "hand, moves without a transfer. Tills and service providers that hand out "
        "goods without an order need this switched off.",
        groups="base.group_user",
    )

    @remembered
    def _ids_shipping_on_orders_only(self):
        """Return the ids of the companies that ask for an order."""
        companies = self.env["res.company"].search(
            [("order_ships_on_orders_only", "=", True)]
        )
        return frozenset(companies.ids)

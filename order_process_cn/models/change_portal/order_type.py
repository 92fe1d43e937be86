from odoo import api, fields, models

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """Whose customers ask for changes themselves (P13)."""

    _inherit = "order.type"

    change_in_portal = fields.Boolean(
        string="Customer Asks for Changes in the Portal",
        help="The page of an order in force offers its customer to ask for other "
        "quantities or another date. It becomes a change request that the salesperson "
        "takes up; nothing changes by itself.",
    )

    @api.model
    @remembered
    def _ids_changed_in_portal(self):
        """Return the ids of the types whose customers ask for changes."""
        types = self._get_with_archived([("change_in_portal", "=", True)])
        return frozenset(types.ids)

from odoo import fields, models

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """Whose orders have sheets of their configuration, samples and accessories."""

    _inherit = "order.type"

    asks_configuration_sheet = fields.Boolean(
        string="Configuration Sheet",
        help="Each line says how it is configured before the order is submitted. "
        "Samples and accessories are listed; the sheets go to the departments once the "
        "order is approved.",
    )

    @remembered
    def _ids_with_sheets(self):
        """Return the ids of the types whose orders have sheets."""
        types = self._get_with_archived([("asks_configuration_sheet", "=", True)])
        return frozenset(types.ids)

from odoo import fields, models

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """Whose orders are talked over when they were made (MFG-10)."""

    _inherit = "order.type"

    asks_summary_meeting = fields.Boolean(
        string="Summary Meeting",
        help="When the last production order is finished a summary meeting is drafted, "
        "and whoever chairs it is told.",
    )

    @remembered
    def _ids_with_summary(self):
        """Return the ids of the types whose orders have a summary meeting."""
        types = self._get_with_archived([("asks_summary_meeting", "=", True)])
        return frozenset(types.ids)

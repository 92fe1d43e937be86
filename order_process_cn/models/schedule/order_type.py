from odoo import fields, models

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """How the goods of a type are delivered (INT-9)."""

    _inherit = "order.type"

    has_transfer_per_date = fields.Boolean(
        string="One Transfer per Date",
        help="What is promised for different days is delivered by transfers of their "
        "own. Otherwise one transfer has lines with different dates.",
    )

    @remembered
    def _ids_with_transfer_per_date(self):
        types = self._get_with_archived([("has_transfer_per_date", "=", True)])
        return frozenset(types.ids)

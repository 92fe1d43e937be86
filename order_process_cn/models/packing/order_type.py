from odoo import fields, models

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """Whose goods are packed and checked before they leave (SHP-7)."""

    _inherit = "order.type"

    asks_packing_check = fields.Boolean(
        string="Asks for a Packing Check",
        help="Goods leave when somebody has counted what is packed, and compared "
        "receiver and address with the order. A difference stops them.",
    )

    @remembered
    def _ids_packing(self):
        """Return the ids of the types whose goods are checked."""
        types = self._get_with_archived([("asks_packing_check", "=", True)])
        return frozenset(types.ids)

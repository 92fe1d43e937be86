from odoo import api, fields, models

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """What changes of the orders of a type ask for (CHG-1, CHG-3)."""

    _inherit = "order.type"

    change_agreement = fields.Selection(
        [
            ("never", "Never"),
            ("worse", "When dearer or later"),
            ("always", "Always"),
        ],
        string="Change Agreed by the Customer",
        required=True,
        default="never",
        help="When the customer has to agree in writing before a change is applied: in "
        "the portal, or on the signed change agreement (F21).",
    )
    cancels_by_change = fields.Boolean(
        string="Cancelled by Change Request Only",
        help="An order that has taken effect is cancelled by a change request of that "
        "kind only, on whichever road.",
    )

    @api.model
    @remembered
    def _ids_cancelled_by_change(self):
        """Return the ids of the types whose effective orders end by a change only."""
        types = self._get_with_archived([("cancels_by_change", "=", True)])
        return frozenset(types.ids)

from odoo import fields, models

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """Whose orders are promised only after production was asked (PLN-5)."""

    _inherit = "order.type"

    checks_capacity = fields.Boolean(
        string="Capacity Check Before the Promise",
        help="The order is confirmed only after it was checked whether the work "
        "centers can make it by the promised date, and if they cannot, after somebody "
        "who may has said why it is promised all the same.",
    )
    capacity_days = fields.Integer(
        string="A Check Counts for (Days)",
        default=7,
        help="What the work centres have to do changes. Zero: as long as the order "
        "stays as it is.",
    )

    _check_capacity_days = models.Constraint(
        "CHECK(capacity_days >= 0)", "A capacity check counts for some days, or zero."
    )

    @remembered
    def _ids_checking_capacity(self):
        """Return the ids of the types whose orders are checked."""
        types = self._get_with_archived([("checks_capacity", "=", True)])
        return frozenset(types.ids)

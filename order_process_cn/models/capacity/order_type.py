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
        help="What the work centers have to do changes. Zero: as long as the order "
        "stays as it is.",
    )

    shows_impact = fields.Boolean(
        string="Effect on Other Orders",
        help="Production also says which orders slip if this one comes first, and what "
        "it said at the approval is kept. Of urgent orders it says so in any case.",
    )

    _check_capacity_days = models.Constraint(
        "CHECK(capacity_days >= 0)", "A capacity check counts for some days, or zero."
    )

    @remembered
    def _ids_checking_capacity(self):
        """Return the ids of the types whose orders are checked."""
        types = self._get_with_archived([("checks_capacity", "=", True)])
        return frozenset(types.ids)

    @remembered
    def _ids_showing_impact(self):
        """Return the ids of the types of which the effect on others is kept."""
        types = self._get_with_archived([("shows_impact", "=", True)])
        return frozenset(types.ids)

from odoo import api, fields, models

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """Whose goods come back on a service case only (AFS-1)."""

    _inherit = "order.type"

    asks_service_case = fields.Boolean(
        string="Goods Come Back on a Service Case",
        help="Returned goods go to a place that is no stock, never more than was "
        "delivered, and are inspected before anything is refunded or replaced. Orders "
        "that took effect before this was switched on return as in plain Odoo; "
        "switched off, all of them do.",
    )

    @api.model
    @remembered
    def _ids_on_case(self):
        """Return the ids of the types whose goods come back on a case only."""
        types = self._get_with_archived([("asks_service_case", "=", True)])
        return frozenset(types.ids)

    def write(self, vals):
        asking = self.filtered("asks_service_case")
        result = super().write(vals)
        asking.filtered(lambda kind: not kind.asks_service_case)._free_returns()
        return result

    def _free_returns(self):
        """Let goods of the orders of types that do not ask any more come back as in
        plain Odoo."""
        # of all companies: the type is shared by them
        orders = self.env["sale.order"].sudo()
        orders.search(
            [("order_type_id", "in", self.ids), ("returns_on_case", "=", True)]
        ).returns_on_case = False

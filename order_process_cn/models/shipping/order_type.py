from odoo import api, fields, models

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """What the orders of a type ask for before their goods leave (SHP-1, SHP-7)."""

    _name = "order.type"
    _inherit = ["order.type", "order.shipping.tolerance.mixin"]

    asks_shipping_release = fields.Boolean(
        string="Asks for a Shipping Release",
        help="Goods leave only as far as a shipping release lets them. Orders that "
        "took effect before this was switched on ship as before; switched off, all of "
        "them do.",
    )
    shipping_balance = fields.Selection(
        [
            ("none", "Never"),
            ("order", "Of the whole order"),
            ("leaving", "Of what leaves"),
        ],
        string="Balance before Shipping",
        required=True,
        default="order",
        help="What has to be paid before goods leave that leave only after payment. Of "
        "what leaves: the deposit is offset last.",
    )

    @remembered
    def _ids_releasing(self):
        """Return the ids of the types whose goods leave on a release only."""
        types = self._get_with_archived([("asks_shipping_release", "=", True)])
        return frozenset(types.ids)

    @api.model
    def _may_wait_for_money(self):
        return super()._may_wait_for_money() or bool(self._ids_releasing())

    def write(self, vals):
        asking = self.filtered("asks_shipping_release")
        result = super().write(vals)
        asking.filtered(lambda kind: not kind.asks_shipping_release)._free_shipping()
        return result

    def _free_shipping(self):
        """Let the orders of types that do not ask any more ship as in plain Odoo."""
        # of all companies: the type is shared by them
        orders = self.env["sale.order"].sudo()
        orders.search(
            [("order_type_id", "in", self.ids), ("ships_on_release", "=", True)]
        ).ships_on_release = False

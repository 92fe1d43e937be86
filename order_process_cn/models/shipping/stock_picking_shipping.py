from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mechanism.engine import public_act
from .order_goods import is_any_shipping_guarded, open_shipping_releases


class StockPicking(models.Model):
    """What a transfer shows of the releases of its order. It holds none itself: it is
    split, merged and repeated at any moment."""

    _inherit = "stock.picking"

    order_ships_on_release = fields.Boolean(
        string="Leaves on Release Only",
        compute="_compute_order_ships_on_release",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("sale_id.ships_on_release")
    def _compute_order_ships_on_release(self):
        # no related field: core lets everybody filter by one, whatever its groups
        for picking in self:
            picking.order_ships_on_release = picking.sale_id.ships_on_release

    @public_act
    def action_request_shipping(self):
        """Ask for the release of what of its order is ready."""
        self.ensure_one()
        self.check_access("read")
        # who may ask for it is asked there
        return self.sale_id.action_request_shipping()

    @public_act
    def action_view_shipping_releases(self):
        """Open what was requested and released of the order of a transfer."""
        self.ensure_one()
        self.check_access("read")
        # whoever sees the transfer sees what may leave; the list has rules of its own
        order = self.sudo().sale_id
        return open_shipping_releases(order, order.shipping_release_ids)

    def _filtered_complete(self):
        """[SHP-8] Return the deliveries of guarded orders of which no more is missing
        than is tolerated: nothing has to be sent after them."""
        guarded = self.filtered(
            lambda p: (
                p.picking_type_code == "outgoing" and is_any_shipping_guarded(p.sale_id)
            )
        )
        return guarded.filtered(lambda picking: picking._is_complete())

    def _is_complete(self):
        ordered = defaultdict(float)
        for (
            _line,
            product,
        ), quantity in self.sale_id.order_line._get_shippable().items():
            ordered[product] += quantity
        missing = defaultdict(float)
        for move in self.move_ids.filtered(lambda m: m.state != "cancel"):
            short = move.product_uom_qty - move._get_picked_quantity()
            missing[move.product_id] += move.product_uom._compute_quantity(
                short, move.product_id.uom_id
            )
        return all(
            product._may_be_missing(self.sale_id, quantity, ordered[product])
            for product, quantity in missing.items()
        )

    def _check_all_moved(self):
        """Refuse that a delivery of a guarded order is called done while its goods are
        still to leave: they would leave unseen."""
        if not self.env["order.type"]._ids_releasing():
            return
        # whoever moves goods need not read orders
        for picking in self.sudo().filtered(lambda p: p.state == "done"):
            if is_any_shipping_guarded(picking.sale_id) and any(
                move.state not in {"done", "cancel"} for move in picking.move_ids
            ):
                raise UserError(
                    self.env._(
                        "%s is not done: its goods have not left in the books. "
                        "Validate the transfer.",
                        picking.name,
                    )
                )

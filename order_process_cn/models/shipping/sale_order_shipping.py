from odoo import fields, models
from odoo.exceptions import UserError

from ..mechanism.counts import count_documents
from ..mechanism.engine import public_act, take_turns
from .order_goods import (
    get_open_request,
    is_any_shipping_guarded,
    may_ship,
    open_shipping_releases,
    propose_shipping,
)


class SaleOrder(models.Model):
    """The goods of an order and what lets them leave (SHP-1)."""

    _inherit = "sale.order"

    ships_on_release = fields.Boolean(
        string="Leaves on Release Only",
        copy=False,
        readonly=True,
        help="The type of the order asked for shipping releases when it took effect.",
        groups="base.group_user",
    )
    shipping_release_ids = fields.One2many(
        "order.shipping.release",
        "order_id",
        string="Shipping Releases",
        copy=False,
        groups="base.group_user",
    )
    shipping_release_count = fields.Integer(
        compute=lambda self: count_documents(
            self, "shipping_release_count", "order.shipping.release"
        ),
        compute_sudo=True,
        groups="base.group_user",
    )

    @public_act
    def action_request_shipping(self):
        """Open the request for what of this order is ready and not asked for yet."""
        self.ensure_one()
        releases = self.env["order.shipping.release"]
        releases.check_access("write")
        releases._check_may_submit()
        self.check_access("write")
        take_turns(self)  # one request, whoever asks first
        order = self.sudo()  # may ask for it: checked above
        if not is_any_shipping_guarded(order) or not may_ship(order):
            raise UserError(
                self.env._(
                    "%s needs no shipping release: it is not in effect, or its type "
                    "asks for none.",
                    self.name,
                )
            )
        release = get_open_request(order) or propose_shipping(order, ready_only=False)
        if not release:
            raise UserError(
                self.env._("All goods of %s are requested or released.", self.name)
            )
        return open_shipping_releases(self, release)

    @public_act
    def action_view_shipping_releases(self):
        """Open what was requested and released of these orders."""
        self.check_access("read")
        # whether there are any is shown to whoever sees the order
        return open_shipping_releases(self, self.sudo().shipping_release_ids)

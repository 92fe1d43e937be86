from odoo import api, fields, models

from ..mechanism.engine import public_act

# who may take from whom: from a lower rank only
URGENT, PREFERRED, PLAIN = 2, 1, 0


class SaleOrder(models.Model):
    """Urgent orders and those of preferred customers may take stock that is reserved
    for others; the others are told and their dates checked again (ALC-3)."""

    _inherit = "sale.order"

    can_take_stock = fields.Boolean(
        compute="_compute_can_take_stock",
        compute_sudo=True,
        help="It lacks goods and may take those that are reserved for others.",
        groups="base.group_user",
    )

    @api.depends("state", "is_urgent", "partner_id", "stock_reference_ids")
    def _compute_can_take_stock(self):
        self.can_take_stock = False
        entitled = self.filtered(lambda o: o.state == "sale" and may_take_stock(o))
        for order in entitled:
            order.can_take_stock = bool(order._get_lacking_moves())

    def _get_lacking_moves(self):
        """Return the moves of one order that take from stock and lack something: its
        deliveries, the components of what is made for it."""
        self.ensure_one()
        references = self.stock_reference_ids
        raw = references.production_ids.move_raw_ids
        return (references.move_ids | raw | raw.move_orig_ids)._filtered_lacking()

    @public_act
    def action_take_stock(self):
        """Open the question whose reserved stock one order takes.

        :raise AccessError: the caller may not ask for it
        :raise UserError: the order may not take anything, or nothing is to be had
        """
        self.ensure_one()
        self.check_access("read")
        production = self.env["mrp.production"]
        return self.env["order.reallocation"]._open_for(self, production)


def get_taking_rank(orders):
    """Return how far the orders go before others, the highest of them all.

    Urgent orders take from everybody who is not urgent himself, preferred
    customers from those who are neither.
    """
    if any(orders.mapped("is_urgent")):
        return URGENT
    classes = orders.partner_id.commercial_partner_id.order_class_id
    return PREFERRED if any(classes.mapped("may_take_stock")) else PLAIN


def may_take_stock(order):
    order.ensure_one()
    return get_taking_rank(order) > PLAIN


def recheck_promised_dates(orders):
    """See whether orders that lost stock can still keep what was promised, and tell
    those in charge. Called by the worker."""
    # the worker's business, whoever made it look
    lines = orders.env["order.reallocation.line"].sudo()
    lines._find_unchecked(orders)._check_dates()

from odoo import api, fields, models

from ..mechanism.engine import public_act
from .sale_order_reallocation import get_taking_rank, may_take_stock


class MrpProduction(models.Model):
    """The components of what is made for an urgent order or a preferred customer may
    be taken from others (ALC-3)."""

    _inherit = "mrp.production"

    can_take_stock = fields.Boolean(
        compute="_compute_can_take_stock",
        compute_sudo=True,
        help="It lacks components and may take those that are reserved for others.",
        groups="base.group_user",
    )

    @api.depends("state", "move_raw_ids.state")
    def _compute_can_take_stock(self):
        for production in self:
            production.can_take_stock = bool(
                production._get_taking_order() and production._get_lacking_moves()
            )

    def _get_taking_order(self):
        """Return the sales order for which one production order may take stock."""
        self.ensure_one()
        return (
            self._get_all_sale_orders()
            .sorted(lambda order: get_taking_rank(order), reverse=True)[:1]
            .filtered(lambda order: may_take_stock(order))
        )

    def _get_lacking_moves(self):
        """Return the moves that take components from stock and lack something."""
        self.ensure_one()
        return (self.move_raw_ids | self.move_raw_ids.move_orig_ids)._filtered_lacking()

    @public_act
    def action_take_stock(self):
        """Open the question whose reserved components one production order takes.

        :raise AccessError: the caller may not ask for it
        :raise UserError: it may not take anything, or nothing is to be had
        """
        self.ensure_one()
        self.check_access("read")
        # who works on the components need not see the sales order
        order = self.sudo()._get_taking_order().with_env(self.env)
        return self.env["order.reallocation"]._open_for(order, self)

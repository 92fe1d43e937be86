from odoo import fields, models
from odoo.tools.sql import column_exists, create_column

from .order_states import EFFECTIVE, HELD


class SaleOrder(models.Model):
    """What money and planning ask of an order, though others decide it."""

    _inherit = "sale.order"

    effect_state = fields.Selection(
        [(HELD, "Held"), (EFFECTIVE, "Effective")],
        string="Effect",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="Held: confirmed, but nothing is launched yet.",
        groups="base.group_user",
    )
    urgent_reason = fields.Char(
        string="Why Urgent",
        copy=False,
        tracking=True,
        help="Told to everybody.",
        groups="base.group_user",
    )

    def _auto_init(self):
        # orders from before are left as they are: these would be empty for all of them
        empty = ("deposit_required", "issue_group", "pickup_deadline", "progress")
        for name in (*empty, "is_imported", "delay_count"):
            if not column_exists(self.env.cr, self._table, name):
                kind = self._fields[name].column_type[1]
                create_column(self.env.cr, self._table, name, kind)
        return super()._auto_init()

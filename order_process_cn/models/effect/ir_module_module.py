from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..intake.order_states import HELD

ADDON = "order_process_cn"
# how many orders a refusal names
NAMED = 20
WAITING = Domain("effect_state", "=", HELD) | Domain("order_line.held_quantity", ">", 0)


class IrModuleModule(models.Model):
    """Whoever takes the procedure away is told what would be left hanging."""

    _inherit = "ir.module.module"

    def button_uninstall(self):
        """Uninstall, unless confirmed orders still wait for their effect: nothing would
        ever be launched for them, and nobody would know.

        :raise UserError: the orders that wait
        """
        # others are refused by core, and learn nothing of orders
        if self.env.is_admin():
            going = self | self.downstream_dependencies()
            if ADDON in going.mapped("name"):
                self._check_no_order_waits()
        return super().button_uninstall()

    def _check_no_order_waits(self):
        # whoever may uninstall is told of the orders of every company
        waiting = self.env["sale.order"].sudo().search(WAITING)
        if not waiting:
            return
        names = waiting[:NAMED].mapped("display_name")
        if len(waiting) > NAMED:
            names.append("…")
        raise UserError(
            self.env._(
                "%(count)s confirmed orders still wait for their effect, or for a "
                "larger quantity: without the order process nothing would ever be "
                "delivered or made for them. Have them take effect or cancel them "
                "first:\n%(orders)s",
                count=len(waiting),
                orders="\n".join(names),
            )
        )

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import public_act, take_turns


class StockPicking(models.Model):
    """Whom a transfer goes with (SHP-2): chosen on the transfer, never on the confirmed
    order, where it would be another order than was signed."""

    _inherit = "stock.picking"

    @public_act
    def action_choose_carrier(self):
        """Open the carriers for a transfer, cost and days side by side."""
        self.ensure_one()
        self._check_may_choose_carrier()
        take_turns(self)  # what is shown is chosen from
        choice = self.env["order.carrier.choice"].create({"picking_id": self.id})
        return choice._fill()

    def _check_may_choose_carrier(self):
        """Check that the caller moves goods, and that these have not left."""
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Only the warehouse chooses the carrier."))
        self.check_access("write")
        if self.state in {"done", "cancel"} or self.picking_type_code != "outgoing":
            raise UserError(self.env._("%s needs no carrier any more.", self.name))

    def _get_carriers(self):
        """Return the carriers that may take one transfer, as superuser."""
        # which there are is known to whoever ships; their prices stay with them
        carriers = self.env["delivery.carrier"].sudo()
        own = carriers.search(carriers._check_company_domain(self.company_id))
        transfer = self.sudo()  # what it weighs is read, and no price
        return own.available_carriers(transfer.partner_id, transfer)

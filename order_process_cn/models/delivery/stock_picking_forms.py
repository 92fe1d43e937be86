from odoo import models
from odoo.exceptions import AccessError, UserError


class StockPicking(models.Model):
    """A delivery as a printed document: what frame, head and foot of its papers show.
    What stands on a paper is said by ``order.paper.fNN``."""

    _inherit = "stock.picking"

    def _get_form_document(self):
        return self.name

    def _is_form_urgent(self):
        return self.is_urgent

    def _get_form_watermark(self):
        picking = self.sudo()  # whether its goods may leave is printed for everybody
        if picking.state == "cancel":
            return self.env._("Void")
        if not picking._is_let_go():
            return self.env._("Not released")
        return super()._get_form_watermark()

    def _check_may_print_delivery(self):
        """Refuse to print papers of what goes to no customer, and for strangers.

        :raise AccessError: the reader is a customer, or may not read one of them
        :raise UserError: naming the transfers that are no deliveries
        """
        if not self.env.user._is_internal():
            # core lets customers read their transfers; the paper comes with the goods
            raise AccessError(self.env._("Papers of deliveries are printed by us."))
        self.check_access("read")
        # which kind a transfer is is no secret
        others = self.sudo().filtered(lambda picking: not picking._is_delivery())
        if others:
            raise UserError(
                self.env._(
                    "No delivery of a sales order: %s",
                    ", ".join(others.mapped("name")),
                )
            )

from odoo import models


class StockPicking(models.Model):
    """What a transfer shows of the suspension of its order."""

    _inherit = "stock.picking"
    _suspension_fields = (
        "sale_id.suspension_state",
        "move_ids.sale_line_id.is_suspended",
    )
    _suspension_path = "move_ids.sale_line_id"

    def _filtered_suspended(self):
        waiting = self.filtered("sale_id.suspension_state")
        return waiting.filtered(
            lambda picking: (
                picking.state not in {"done", "cancel"}
                and picking._get_suspended_lines()
            )
        )

    def _get_suspended_lines(self):
        return super()._get_suspended_lines().filtered("is_suspended")

    def _check_suspended_moved(self):
        """Refuse that a delivery is called done while suspended goods are on it: they
        would leave unseen."""
        # whoever moves goods need not read orders
        done = self.sudo().filtered(lambda picking: picking.state == "done")
        for picking in done.filtered("sale_id.suspension_state"):
            left = picking.move_ids.filtered(
                lambda move: move.state not in {"done", "cancel"}
            )
            left.sale_line_id._refuse_suspended()

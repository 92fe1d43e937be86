from odoo import api, models


class StockMoveLine(models.Model):
    """The conductor of the line of a transfer: see sale_order.py."""

    _inherit = "stock.move.line"

    @api.constrains("state", "location_id", "location_dest_id", "move_id", "picking_id")
    def _check_goods_leave_released(self):
        """Whatever road goods take, this is where they leave. [SHP-1] [CFM-8]
        [DEP-9]"""
        self._check_not_suspended()
        self._check_deposit_before_leaving()
        self._check_handed_out()
        self._check_released()

    @api.constrains("quantity", "quantity_product_uom", "product_id")
    def _check_goods_left_released(self):
        """What has left is corrected within what was released. [SHP-1] [CFM-8]"""
        self._check_not_suspended()
        self._check_released(is_new=False)

    @api.constrains(
        "state",
        "location_id",
        "location_dest_id",
        "move_id",
        "quantity",
        "quantity_product_uom",
        "product_id",
        "lot_id",
    )
    def _check_goods_enter_inspected(self):
        """Goods become free stock as far as they have passed, and come out of
        production as far as they passed on the way. [MFG-7]"""
        self._check_counted()
        self._check_inspected()
        self._check_passed_in_process()

    @api.constrains(
        "state",
        "location_id",
        "location_dest_id",
        "move_id",
        "picking_id",
        "quantity",
        "quantity_product_uom",
        "product_id",
    )
    def _check_goods_come_back(self):
        """Goods come back as far as they were delivered, to a place that is no stock.
        [AFS-1]"""
        self._check_come_back()

    def write(self, vals):
        if "move_id" in vals:
            self._check_stays_with_move()
        return super().write(vals)

from odoo import models


class StockMoveLine(models.Model):
    """Goods leave packed and checked, on whichever road (SHP-7)."""

    _inherit = "stock.move.line"

    def _is_shipping_guarded(self):
        # whether or not they leave on a release
        packing = self.env["order.type"]._ids_packing()
        return bool(packing) or super()._is_shipping_guarded()

    def _find_unreleased(self, is_new, is_counted=True):
        problems = super()._find_unreleased(is_new, is_counted)
        # what has left is not packed again to be corrected
        if is_new and self.env["order.type"]._ids_packing():
            problems += self._find_unpacked()
        return problems

    def _find_unpacked(self):
        """Return in words which of these lines nobody has checked."""
        asking = self.env["order.type"]._ids_packing()
        ours = self.filtered(
            lambda line: (
                # what a supplier sends straight to the customer is packed by him
                line.location_id.usage != "supplier"
                and line._get_shipping_order().order_type_id.id in asking
            )
        )
        loose = [
            self.env._(
                "%(product)s of %(order)s leaves without a transfer: nobody has packed "
                "and checked it → Warehouse",
                product=line.product_id.display_name,
                order=line._get_shipping_order().name,
            )
            for line in ours
            if not line._get_picking()
        ]
        transfers = ours.mapped(lambda line: line._get_picking())
        found = [transfer._find_packing_problem() for transfer in transfers]
        return loose + [
            self.env._("%s → Warehouse", problem) for problem in found if problem
        ]

from odoo import models
from odoo.fields import Command


class MrpProduction(models.Model):
    """What is made to order, as a supply that can be reduced: see ``pool.py``."""

    _inherit = "mrp.production"

    def _count_coming(self):
        """Return how much of one order is to come, in the unit of the product."""
        self.ensure_one()
        if self.state in {"done", "cancel"}:
            return 0.0
        left = max(self.product_qty - self.qty_produced, 0.0)
        return self.product_uom_id._compute_quantity(left, self.product_id.uom_id)

    def _is_supply_begun(self):
        """Whether only a person may reduce one order: work on it has begun."""
        self.ensure_one()
        return (
            self.state not in {"draft", "confirmed"}
            or self.qty_producing > 0
            or any(self.move_raw_ids.mapped("picked"))
            or any(w.state in {"progress", "done"} for w in self.workorder_ids)
        )

    def _get_supply_document(self):
        return self

    def _get_supply_key(self):
        return "reach"

    def _get_supply_owner(self, order):
        """Return whose work it is to reduce one order."""
        return self.user_id, "order_process_cn.order_department_planning"

    def _count_supply(self):
        return self.product_qty, self.product_uom_id

    def _get_supply_moves(self):
        return self.move_finished_ids.filtered(
            lambda move: (
                move.product_id == self.product_id
                and move.state not in {"done", "cancel"}
            )
        )

    def _serve_supply(self, needs):
        self._serve(needs)

    def _reduce_supply(self, left):
        """Make ``left`` by this order, in its unit, in core's own way: one that makes
        nothing is cancelled."""
        quiet = self.with_context(skip_activity=True)  # nothing is left to be done
        if left:
            quiet.env["change.production.qty"].create(
                {"mo_id": self.id, "product_qty": left}
            ).change_prod_qty()
            return
        # what still waits is served by something else: it stays
        finished = self._get_supply_moves()
        waiting = finished.move_dest_ids.filtered(lambda m: m.state != "cancel")
        if waiting:
            finished.propagate_cancel = False
            finished.move_dest_ids = [Command.unlink(move.id) for move in waiting]
        quiet.action_cancel()

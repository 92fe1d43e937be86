from odoo import models
from odoo.fields import Command, Domain


class StockRule(models.Model):
    """What is made for an order that was reduced meanwhile is used before more is made.

    Core follows a smaller order with its transfers only. When the order grows again it
    adds the growth to a production order that makes too much already.
    """

    _inherit = "stock.rule"

    def _use_surplus(self, procurement):
        """Return the procurement without what an open production order, made for the
        same reason, makes too much already; less than nothing is never asked for."""
        needs = procurement.values.get("move_dest_ids")
        if not needs or procurement.product_uom.compare(procurement.product_qty, 0) < 0:
            return procurement
        bom = self._get_matching_bom(
            procurement.product_id, procurement.company_id, procurement.values
        )
        if bom.enable_batch_size or procurement.origin == "MPS":
            return procurement  # core never adds to an order of these
        # whoever sells need not see production: core looks as superuser too
        production = (
            self.env["mrp.production"]
            .sudo()
            .search(self._make_mo_get_domain(procurement, bom), limit=1)
        )
        if not production:
            return procurement
        # as before: what is needed already is found and served on the seller's behalf
        missing = production._get_missing_for(needs.sudo())
        production._serve(needs.sudo())
        uom = procurement.product_id.uom_id
        asked = procurement.product_uom._compute_quantity(procurement.product_qty, uom)
        if uom.compare(missing, asked) >= 0:
            return procurement
        rest = uom._compute_quantity(
            missing, procurement.product_uom, rounding_method="HALF-UP"
        )
        return procurement._replace(product_qty=rest)


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    def _get_missing_for(self, needs):
        """Return how much this order and its backorders fall short of everything that
        waits for them once ``needs`` wait too, in the unit of the product."""
        self.ensure_one()
        family = self._get_review_family()
        finished = family.move_finished_ids.filtered(
            lambda move: move.product_id == self.product_id
        )
        waiting = finished.move_dest_ids | needs | self._find_unlinked_needs()
        wanted = sum(
            move.product_uom._compute_quantity(
                move.quantity if move.state == "done" else move.product_uom_qty,
                self.product_id.uom_id,
            )
            for move in waiting
            if move.state != "cancel"
        )
        return max(wanted - sum(family.mapped("product_uom_qty")), 0.0)

    def _find_unlinked_needs(self):
        """Return what core had made by this order without linking it: it adds to an
        open production order what a second transfer needs, and forgets the transfer."""
        return self.env["stock.move"].search(
            Domain("product_id", "=", self.product_id.id)
            & Domain("reference_ids", "in", self.reference_ids.ids)
            & Domain("procure_method", "=", "make_to_order")
            & Domain("state", "in", ("waiting", "confirmed", "partially_available"))
            & Domain("move_orig_ids", "=", False)
        )

    def _serve(self, needs):
        """Have ``needs`` wait for what this order makes."""
        finished = self.move_finished_ids.filtered(
            lambda move: (
                move.product_id == self.product_id
                and move.state not in {"done", "cancel"}
            )
        )[:1]
        finished.move_dest_ids = [Command.link(move.id) for move in needs]

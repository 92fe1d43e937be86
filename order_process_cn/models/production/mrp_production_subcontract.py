from odoo import api, models


class MrpProduction(models.Model):
    """Which production orders are made elsewhere: nobody here works on them, so nobody
    here signs for it (MFG-5).

    A bill of materials that says so is not enough: anybody who plans may choose one. It
    has to be the order that core makes for the receipt of a purchase, and everything it
    takes and makes has to stay with the subcontractor.
    """

    _inherit = "mrp.production"

    @api.depends("bom_id", "subcontractor_id", "location_src_id", "location_dest_id")
    def _compute_needs_review(self):
        return super()._compute_needs_review()

    def _filtered_made_elsewhere(self):
        """Return the orders that a subcontractor makes for a confirmed purchase."""
        # whoever plans need not see purchases
        subcontracted = self.sudo().filtered(
            lambda production: production.bom_id.type == "subcontract"
        )
        # handed back with the rights of whoever asked
        return subcontracted.filtered(
            lambda production: (
                production._is_kept_with_subcontractor()
                and production._is_made_for_purchase()
            )
        ).sudo(self.env.su)

    def _is_kept_with_subcontractor(self):
        """Whether one order takes all it needs from where subcontractors keep it, and
        leaves there what it makes."""
        self.ensure_one()
        locations = (
            self.location_src_id
            | self.location_dest_id
            | self.move_raw_ids.location_id
            | self.move_finished_ids.location_dest_id
        )
        return all(location.is_subcontract() for location in locations)

    def _is_made_for_purchase(self):
        """Whether the receipt that one order was made for receives what was bought."""
        self.ensure_one()
        # core links the receipt by its reference first, by the goods themselves later
        receipts = self._get_subcontract_move() | self.reference_ids.move_ids
        return any(
            move.is_subcontract
            and move.purchase_line_id.product_id == self.product_id
            and move.product_id == self.product_id
            and move.purchase_line_id.order_id.state == "purchase"
            and self.subcontractor_id
            and self.subcontractor_id
            == move.purchase_line_id.order_id.partner_id.commercial_partner_id
            for move in receipts
        )

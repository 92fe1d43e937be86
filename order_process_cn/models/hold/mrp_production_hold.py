from odoo import models


class MrpProduction(models.Model):
    """[CFM-8] production of what is suspended does not begin; what has begun ends."""

    _inherit = "mrp.production"
    _suspension_fields = (
        "reference_ids.sale_ids.suspension_state",
        "sale_line_id.is_suspended",
    )

    def _get_suspended_lines(self):
        return self._get_served_lines()

    def _get_served_lines(self):
        """Return the order lines that one production order is made for: its own, or
        those of what it goes into."""
        self.ensure_one()
        seen, left = self.browse(), self
        while left:
            if lines := left.sale_line_id:
                return lines
            seen |= left
            left = left.production_group_id.parent_ids.production_ids - seen
        return self.reference_ids.sale_ids.order_line

    def _get_families(self):
        """Return these production orders and what was split off them."""
        return self | self.production_group_id.production_ids

    def _filtered_suspended(self):
        """Return those made for nothing but what is suspended, and not begun before."""
        orders = self.reference_ids.sale_ids | self.sale_line_id.order_id
        if not any(orders.mapped("suspension_state")):
            return self.browse()
        begun = self.env["order.suspension"]._get_open(orders).production_ids
        return (self - begun._get_families()).filtered(
            lambda production: production._is_for_suspended_only()
        )

    def _is_for_suspended_only(self):
        self.ensure_one()
        lines = self._get_served_lines()
        return bool(lines) and all(lines.mapped("is_suspended"))

    def _condition_suspension(self):
        """[CFM-8] what it is made for is not suspended."""
        suspension = self.env["order.suspension"]
        return {
            production: suspension._condition(
                production._get_served_lines().order_id, production.suspension_note
            )
            for production in self._filtered_suspended()
        }

from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_launched_moves(self):
        """Return ``(outgoing, incoming)`` as core counts what was launched for a line,
        without the moves of the production orders that were launched with it."""
        self.ensure_one()
        moves = self.move_ids.filtered(
            lambda move: (
                move.state != "cancel"
                and not move.production_id
                and move.location_dest_usage != "inventory"
                and move.product_id == self.product_id
            )
        )
        rules = moves._get_first_rules()
        if accrued := self.env.context.get("accrual_entry_date"):
            day = fields.Date.to_date(accrued)
            moves = moves.filtered(
                lambda move: fields.Date.context_today(move, move.date) <= day
            )
        outgoing = moves.filtered(lambda move: move._is_launched_out(rules))
        return outgoing, (moves - outgoing).filtered(
            lambda move: move._is_launched_back(rules)
        )


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_first_rules(self):
        """Return the rules that all began with: of each warehouse's first move that
        leads to the customer, or of its first move."""
        leading = self.filtered(
            lambda move: (
                move.location_final_id or move.location_dest_id
            )._is_outgoing()
        )
        first = {}
        for move in (leading or self).sorted("id"):
            first.setdefault(move.warehouse_id.id, move.rule_id)
        return list(first.values())

    def _is_launched_out(self, rules):
        """Whether one move counts as launched, of those that began with ``rules``."""
        self.ensure_one()
        final = self.location_final_id or self.location_dest_id
        return (
            not self._is_dropshipped_returned()
            and self.rule_id in rules
            and final._is_outgoing()
            and (not self.origin_returned_move_id or self.to_refund)
        )

    def _is_launched_back(self, rules):
        """Whether one move takes back what was launched."""
        self.ensure_one()
        final = self.location_final_id or self.location_dest_id
        leads_out = (
            not self._is_dropshipped_returned()
            and self.rule_id in rules
            and final._is_outgoing()
        )
        returned = self.location_id._is_outgoing() or (
            self.rule_id in rules and final.usage == "internal"
        )
        return self.to_refund and not leads_out and returned

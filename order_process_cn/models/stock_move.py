from odoo import api, models

from .given.entered import check_kept
from .production.mrp_production_fact_table import LINE_FACTS
from .reach.follow import (
    filtered_served_to_order,
    follow_cancelled_moves,
    get_bought_for_emptied,
)
from .reach.less import get_fields_of_less
from .reach.shelf import count_shelf_once
from .shipping.till import link_to_settled

# what a move is for, and since when it has all it needs: said by the engine, and handed
# on by core when it splits or copies moves
KEPT = frozenset(
    {
        "delivery_part_id",
        "order_ready_on",
        "service_case_line_id",
        "service_case_sent_id",
        "till_order_id",
    }
)


class StockMove(models.Model):
    """The conductor of the stock move: see sale_order.py."""

    _inherit = "stock.move"

    @api.constrains("state")
    def _check_work_may_begin(self):
        """What goes into production or comes out of it has moved with an order that may
        start. [MFG-5]"""
        # whoever moves goods need not see production
        done = self.filtered(lambda move: move.state == "done").sudo()
        productions = done.raw_material_production_id | done.production_id
        if productions:
            productions._check_work_may_begin()

    @api.model_create_multi
    def create(self, vals_list):
        check_kept(self, vals_list, {"order_ready_on"})
        if "default_order_ready_on" in self.env.context:
            self = self.with_context(default_order_ready_on=False)  # nor in passing
        moves = super().create(vals_list)
        moves._watch_countersign()
        if any(vals.get("reference_ids") for vals in vals_list):
            link_to_settled(moves)
        return moves

    def write(self, vals):
        check_kept(self, [vals], KEPT)
        facts = vals.keys() & LINE_FACTS["stock.move"].keys()
        # of the states only the one that leaves a move out
        if facts == {"state"} and vals["state"] != "cancel":
            facts = set()
        if facts:
            self._watch_countersign()
        revived = self.browse()
        if vals.get("state", "cancel") != "cancel":
            revived = self.filtered(lambda move: move.state == "cancel")
        counted = self._find_counted(vals)
        self._check_stays_suspended(vals)
        result = super().write(vals)
        self._check_still_counted(counted)
        if revived:
            revived.exists()._check_launch_is_signed()
        if facts:
            self.exists()._watch_countersign()  # core replaces some
        return result

    def _action_assign(self, force_qty=False):
        moves = self._filtered_to_reserve()
        result = super(StockMove, moves)._action_assign(force_qty=force_qty)
        self._watch_shipping(may_be_merged=True)
        return result

    def _action_cancel(self):
        merging = self._get_merging()
        # what is merged goes on; whoever cancels need not see what was to come for it
        waiting = self.sudo().filtered(lambda move: move.id not in merging)
        waiting = filtered_served_to_order(waiting)
        outside = self.filtered("is_subcontract")
        outside.check_access("write")
        # who may cancel a receipt need not see what the subcontractor makes for it,
        # which core cancels with it
        result = super(StockMove, self.sudo() if outside else self)._action_cancel()
        if waiting:
            follow_cancelled_moves(waiting)
        self.exists()._follow_cases()  # what was merged is gone
        return result

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        moves.move_line_ids._check_counted()
        moves._request_inspection_of_arrived()
        moves._follow_cases()
        return moves

    def unlink(self):
        self._watch_countersign()
        return super().unlink()

    def _merge_moves(self, merge_into=False):
        merging = self._get_merging()
        begun = set((self | self.picking_id.move_ids).ids) - merging
        merging |= begun
        try:
            moves = super()._merge_moves(merge_into=merge_into)
        finally:
            merging -= begun
        moves.exists()._check_launch_is_signed()
        return moves

    def _clean_merged(self):
        # whoever orders less need not see what was bought for it
        bought = get_bought_for_emptied(self.sudo())
        super()._clean_merged()
        for move, lines in bought.items():
            move.created_purchase_line_ids = lines

    def _update_candidate_moves_list(self, candidate_moves_set):
        # whoever orders more of what production waits for need not see production:
        # core only looks for moves to add to, which he gets with his own rights
        found = set()
        super(StockMove, self.sudo())._update_candidate_moves_list(found)
        candidate_moves_set.update(moves.with_env(self.env) for moves in found)

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        # what is for one part of a delivery schedule stays apart from the next
        # and so does what comes back on a case, or is handed out for an order
        apart = [
            "delivery_part_id",
            "service_case_line_id",
            "service_case_sent_id",
            "till_order_id",
        ]
        return [*super()._prepare_merge_moves_distinct_fields(), *apart]

    @api.model
    def _prepare_merge_negative_moves_excluded_distinct_fields(self):
        # core asks the moves that it merges
        excluded = super()._prepare_merge_negative_moves_excluded_distinct_fields()
        return [*excluded, *get_fields_of_less(self)]

    def _prepare_procurement_qty(self):
        return count_shelf_once(self, super()._prepare_procurement_qty())

    def _key_assign_picking(self):
        keys = super()._key_assign_picking()
        # whoever launches goods need not see the type of the order
        day = self.sudo()._get_transfer_day()
        return (*keys, day) if day else keys

    def _search_picking_for_assignation_domain(self):
        domain = super()._search_picking_for_assignation_domain()
        return [*domain, *self.sudo()._get_transfer_domain()]  # as above

    def _watch_countersign(self):
        """Have what was countersigned compared with what goes into production now."""
        # whoever moves goods need not see production
        moves = self.sudo()
        productions = moves.raw_material_production_id | moves.production_id
        if productions:
            productions._watch_review_facts()

    def _get_upstream_documents_and_responsibles(self, visited):
        # whoever cancels or reduces an order need not see purchases and production:
        # core looks up whom it has to tell, and does not show him what it found
        return super(StockMove, self.sudo())._get_upstream_documents_and_responsibles(
            visited
        )

from odoo import api, models

from .given.entered import check_kept
from .reach.follow import follow_short_moves
from .shipping.till import get_settled_order, hand_out

# that the customer was told is noted when the notice goes out
KEPT = frozenset({"notified_on"})


class StockPicking(models.Model):
    """The conductor of the transfer: see sale_order.py."""

    _name = "stock.picking"
    _inherit = [
        "stock.picking",
        "order.form.mixin",
        "order.urgency.mixin",
        "order.suspension.note.mixin",
        "order.standing.mixin",
    ]
    _standing_paths = ("sale_id",)

    # the transfer's own references are not stored
    _urgency_path = "move_ids.reference_ids.sale_ids"

    @api.constrains("state")
    def _check_goods_moved(self):
        """A delivery that is written to be done has moved its goods. [SHP-1]"""
        self._check_suspended_moved()
        self._check_all_moved()
        self._check_inspected_moved()

    @api.model_create_multi
    def create(self, vals_list):
        check_kept(self, vals_list, KEPT)
        return super().create(vals_list)

    def write(self, vals):
        check_kept(self, [vals], KEPT)
        news = self._find_news(vals)
        result = super().write(vals)
        self._tell_news(news)
        if vals.get("signature"):
            self._record_signatures()
        return result

    def _pre_action_done_hook(self):
        question = super()._pre_action_done_hook()
        if question is not True:
            # what may not leave is said before core asks about the rest
            self.move_line_ids._check_not_suspended(is_gone=False)
            self.move_line_ids._check_may_leave()
        return self._ask_inspection_first() or question

    def _send_confirmation_email(self):
        # carriers and messages are outside of the transaction: what keeps goods here
        # is asked before
        self.env["stock.move.line"].flush_model(["state"])
        return super()._send_confirmation_email()

    def _action_done(self):
        result = super()._action_done()
        # where the order stands follows from its deliveries
        orders = self.sudo().sale_id.filtered("progress")
        orders._mark_for_recheck("goods")
        self.sudo()._emit_shipped()  # as above
        follow_short_moves(self.sudo().move_ids)  # as above
        self.move_ids._watch_shipping()
        self._record_signatures()  # drawn before it left
        return result

    @api.model
    def _create_picking_from_pos_order_lines(
        self, location_dest_id, lines, picking_type, partner=False
    ):
        # called by the point of sale, which defines it, where it is installed
        create = super()._create_picking_from_pos_order_lines
        return hand_out(
            lines, lambda own: create(location_dest_id, own, picking_type, partner)
        )

    def _prepare_stock_move_vals(self, first_line, order_lines):
        values = super()._prepare_stock_move_vals(first_line, order_lines)  # as above
        return {**values, "till_order_id": get_settled_order(first_line).id}

    def _subcontracted_produce(self, subcontract_details):
        # [SEC-1] whoever buys need not see production: private, called for receipts of
        # purchases that he was let confirm; core creates what the subcontractor makes
        return super(StockPicking, self.sudo())._subcontracted_produce(
            [(move.sudo(), bom.sudo()) for move, bom in subcontract_details]
        )

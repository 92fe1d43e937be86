from datetime import timedelta

from odoo import api, models
from odoo.tools.sql import column_exists, create_column

from .configuration_sheets.sheets import note_sheet_rows
from .effect.growth import filter_launchable, filtered_growth_guarded
from .effect.sale_order_line_effect import LAUNCH_FIELDS
from .effect.signed_goods import launching
from .reach.follow import follow, follow_launched
from .releases_follow.order_shipping_release import fit_releases
from .shipping.till_closing import take_back_undelivered


class SaleOrderLine(models.Model):
    """The conductor of the order line: see sale_order.py."""

    _inherit = "sale.order.line"

    def _auto_init(self):
        # lines from before are left as they are: no product has a specification yet
        if not column_exists(self.env.cr, self._table, "specification"):
            create_column(self.env.cr, self._table, "specification", "varchar")
        return super()._auto_init()

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_held_quantity(vals_list)
        self._refuse_suspension_entered(vals_list)
        self._refuse_part_count(vals_list)
        # whatever a client sends as a default: nothing of a new line waits yet
        nothing = {"held_quantity": 0.0, "is_suspended": False}
        self.env["order.edit.rule"]._note_edit_of_new(vals_list)
        vals_list = [{**vals, **nothing} for vals in vals_list]
        lines = super().create(vals_list)
        lines._join_suspension()
        guarded = filtered_growth_guarded(lines.order_id)
        grown = lines.filtered(
            lambda line: line.order_id in guarded and line.product_id
        )
        grown._hold_back_growth({line: (line.product_id, 0.0) for line in grown})
        lines.order_id._watch_review_facts()
        return lines

    def write(self, vals):
        orders = self.order_id if "order_id" in vals else self.env["sale.order"]
        self._refuse_held_quantity([vals])
        self._refuse_suspension_entered([vals])
        self._refuse_leaving_order(vals)
        self._refuse_part_count([vals])
        added_to = orders.browse(vals.get("order_id") or [])
        self.env["order.edit.rule"]._note_edit(self.order_id | added_to)
        freed = self._get_freed_quantities() if LAUNCH_FIELDS & vals.keys() else {}
        result = super().write(vals)
        if "order_id" in vals:
            # whoever moves a line need not see how it is configured
            note_sheet_rows(self.sudo().filtered("configuration_row_ids").order_id)
        (orders | self.order_id)._watch_review_facts()
        if freed:
            reduced = self._hold_back_growth(freed).order_id
            if "product_uom_id" in vals and "product_uom_qty" not in vals:
                # core launches for another quantity only, not for another unit
                before = {line.id: line.product_uom_qty for line in freed}
                self._action_launch_stock_rule(previous_product_uom_qty=before)
            # whoever reduces an order need not see what is made and bought for it
            follow(reduced.sudo())
        if LAUNCH_FIELDS & vals.keys():
            fit_releases(self.order_id)
        return result

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        # the choke point of transfers, production and purchases
        lines = filter_launchable(self.order_id, self, previous_product_uom_qty)
        with launching(lines.order_id):
            result = super(SaleOrderLine, lines)._action_launch_stock_rule(
                previous_product_uom_qty=previous_product_uom_qty
            )
        # whoever orders more need not see what is made and bought for it
        follow_launched(lines.order_id.sudo())
        return result

    def _get_outgoing_incoming_moves(self, strict=True):
        # once the first transfer is gone, core takes the move by which production puts
        # its goods into stock for the one that all began with, and for a return
        if strict or not self.sudo().move_ids.production_id:  # only whether there is
            return super()._get_outgoing_incoming_moves(strict=strict)
        return self._get_launched_moves()

    def _get_incoming_outgoing_moves_filter(self):
        filters = super()._get_incoming_outgoing_moves_filter()
        # as above; core counts by these what of a kit was launched
        if not self.sudo().move_ids.production_id:
            return filters
        return self._get_kit_filters(filters)

    def _create_procurements(self, product_qty, procurement_uom, values):
        needs = super()._create_procurements(product_qty, procurement_uom, values)
        if not self.delivery_part_count:
            return needs
        return [part for need in needs for part in self._divide_need(need)]

    def _get_qty_procurement(self, previous_product_uom_qty=False):
        # core launches what is ordered beyond this: at most what was held back
        launched = super()._get_qty_procurement(previous_product_uom_qty)
        launched = self._count_launched(launched)
        held = self.sudo().held_quantity and self.sudo()._get_held_in_own_unit()
        return max(launched, self.product_uom_qty - held) if held else launched

    def _prepare_procurement_values(self):
        values = super()._prepare_procurement_values()
        if self.order_id.is_urgent:
            values["priority"] = "1"
        return values

    def _purchase_service_generation(self):
        lines = filter_launchable(self.order_id, self, False)
        return super(SaleOrderLine, lines)._purchase_service_generation()

    def _purchase_increase_ordered_qty(self, new_qty, origin_values):
        lines = filter_launchable(self.order_id, self, False)
        return super(SaleOrderLine, lines)._purchase_increase_ordered_qty(
            new_qty, origin_values
        )

    def _compute_qty_delivered(self):
        super()._compute_qty_delivered()
        take_back_undelivered(self)

    def _compute_product_updatable(self):
        may = self.env["stock.move"].has_access("read")
        # [CSN-6] whether something was moved is no secret to a department that signs
        lines = self if may else self.sudo()
        return super(SaleOrderLine, lines)._compute_product_updatable()

    def _expected_date(self):
        # lead times of an order that was held run from the day it took effect
        # a quotation has not taken effect: nothing more is read for it
        effective_on = self.state == "sale" and self.order_id.effective_on
        if not effective_on:
            return super()._expected_date()
        return effective_on + timedelta(days=self.customer_lead or 0.0)

    def unlink(self):
        orders = self.order_id
        self.env["order.edit.rule"]._note_edit(orders)
        result = super().unlink()
        orders._watch_review_facts()
        return result

from datetime import timedelta

from odoo import fields, models


class StockMove(models.Model):
    """What is moved for one part of a delivery schedule, and the day it is due."""

    _inherit = "stock.move"

    delivery_part_id = fields.Many2one(
        "order.delivery.part",
        string="Part of the Delivery Schedule",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
    )

    def _follow_part(self):
        """Put the day of its part on one open move, as core does when it makes it."""
        part = self.delivery_part_id
        if not (moment := part._get_moment()):
            return
        delay = timedelta(days=self.rule_id.delay)
        dates = {"date_deadline": moment - delay}
        if not self.picked:
            dates["date"] = part._get_planned(moment) - delay
        changed = {name: day for name, day in dates.items() if self[name] != day}
        if changed:
            self.write(changed)

    # -- one transfer per date ---------------------------------------------------------

    def _get_transfer_day(self):
        """Return the day whose transfer one move belongs to, or ``False`` where all
        days go together. Costs nothing where no type asks for it."""
        types = self.env["order.type"]._ids_with_transfer_per_date()
        if not types or not self.date_deadline:
            return False
        order = self.sale_line_id.order_id
        if order._get_order_type().id not in types:
            return False
        return order.company_id._calendar_day(self.date_deadline)

    def _get_transfer_domain(self):
        """Return the domain of the transfers that one move may join."""
        if not (day := self._get_transfer_day()):
            return []
        company = self.sale_line_id.company_id
        return [
            ("date_deadline", ">=", company._start_of_day(day)),
            ("date_deadline", "<", company._start_of_day(day + timedelta(days=1))),
        ]

    def _part_transfers(self):
        """Give open moves that came to another day than the rest of their transfer one
        of their own, or that of their day."""
        for picking, moves in self.grouped("picking_id").items():
            days = {move._get_transfer_day() for move in picking.move_ids}
            if len(days) < 2 or False in days or picking.printed:
                continue
            stays = min(days)  # the first day keeps the transfer
            leaving = self.browse(
                move.id
                for move in moves
                if not move.picked and move._get_transfer_day() != stays
            )
            leaving._leave_transfer()

    def _leave_transfer(self):
        """Have core look for the transfer of these moves anew."""
        if not self:
            return
        reserved = self.filtered(lambda move: move.move_line_ids)
        reserved._do_unreserve()
        self.picking_id = False
        self._assign_picking()
        reserved._action_assign()

from datetime import timedelta

from odoo import fields, models

from ...tools.allocation import allocate
from ..intake.classification import get_order_type


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

    def _get_part_dates(self, part):
        """Return the dates of one move for ``part``, as core reckons them when it makes
        it; none where the part has no day."""
        if not (moment := part._get_moment()):
            return {}
        delay = timedelta(days=self.rule_id.delay)
        dates = {"date_deadline": moment - delay}
        if not self.picked:
            dates["date"] = part._get_planned(moment) - delay
        return dates

    def _follow_part(self):
        """Put the day of its part on one open move."""
        dates = self._get_part_dates(self.delivery_part_id)
        changed = {name: day for name, day in dates.items() if self[name] != day}
        if changed:
            self.write(changed)

    def _get_own_quantity(self):
        """Return what one move has moved or is to move, in the unit of the product."""
        quantity = self.quantity if self.state == "done" else self.product_uom_qty
        return self.product_uom._compute_quantity(
            quantity, self.product_id.uom_id, round=False
        )

    def _serve(self, left):
        """Have one open move serve the parts of which something is left, in turn; it is
        split where one part does not need all of it.

        :param dict left: ``{part: quantity}``, less what this move serves afterwards
        """
        unit, quantity = self.product_id.uom_id, self._get_own_quantity()
        shares = zip(left, allocate(quantity, left.values()), strict=True)
        shares = {part: share for part, share in shares if not unit.is_zero(share)}
        for part, share in shares.items():
            left[part] -= share
        rest = quantity - sum(shares.values())
        if not shares or not unit.is_zero(rest):
            # of these no part speaks
            shares[self.env["order.delivery.part"]] = rest
        own = self.delivery_part_id
        stays = own if own in shares else next(iter(shares))
        if own != stays:
            self.delivery_part_id = stays
        shares.pop(stays)
        self._give_away(shares)

    def _give_away(self, shares):
        """Split ``{part: quantity}`` off one open move."""
        if not shares:
            return
        reserved = bool(self.move_line_ids)
        if reserved:
            self._do_unreserve()
        others = self.browse()
        for part, share in shares.items():
            # core finds the transfer of its day
            own = {"delivery_part_id": part.id, "picking_id": False}
            own |= self._get_part_dates(part)
            others += self.create([{**values, **own} for values in self._split(share)])
        others._action_confirm(merge=False)
        if reserved:
            (self + others)._action_assign()

    # -- one transfer per date ---------------------------------------------------------

    def _get_transfer_day(self):
        """Return the day whose transfer one move belongs to, or ``False`` where all
        days go together. Costs nothing where no type asks for it."""
        types = self.env["order.type"]._ids_with_transfer_per_date()
        if not types or not self.date_deadline:
            return False
        order = self.sale_line_id.order_id
        if get_order_type(order).id not in types:
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

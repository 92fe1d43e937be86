from datetime import timedelta

from odoo import api, fields, models

# where goods lie that are in stock
IN_STOCK = {"internal", "transit"}


class SaleOrder(models.Model):
    """The pick-up clock: since when all goods of an order wait for the customer, and
    what becomes of his deposit if he does not take them (DEP-3).

    Runs only for orders whose deposit rule has forfeiture tiers.
    """

    _inherit = "sale.order"

    goods_in_stock_on = fields.Date(
        string="All Goods in Stock on",
        copy=False,
        readonly=True,
        help="The pick-up period begins on this day.",
        groups="base.group_user",
    )
    goods_taken_on = fields.Date(
        copy=False,
        readonly=True,
        help="The day on which the last goods left.",
        groups="base.group_user",
    )
    pickup_deadline = fields.Date(
        compute="_compute_pickup_deadline",
        store=True,
        help="Until this day the goods can be taken without consequences.",
        groups="base.group_user",
    )

    deposit_is_withheld = fields.Boolean(
        string="Deposit Not Offset",
        compute="_compute_deposit_is_withheld",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("goods_in_stock_on", "goods_taken_on", "state", "forfeiture_ids.state")
    def _compute_deposit_is_withheld(self):
        for order in self:
            order.deposit_is_withheld = order._is_deposit_withheld()

    @api.depends("goods_in_stock_on", "deposit_rule_id")
    def _compute_pickup_deadline(self):
        for order in self:
            since, rule = order.goods_in_stock_on, order.deposit_rule_id
            order.pickup_deadline = since and since + timedelta(days=rule.pickup_days)

    def _has_pickup_clock(self):
        """Return the orders of self whose goods have to be taken in time."""
        rules = self.env["order.deposit.rule"]._ids_with_tiers()
        return self.filtered(
            lambda order: order.deposit_rule_id.id in rules and order.state == "sale"
        )

    # -- what the worker does ----------------------------------------------------------

    def _refresh_pickup(self):
        """Follow the goods of these orders; propose forfeitures that have become due
        and ask to be called again when the next tier begins."""
        running = self._has_pickup_clock().filtered(lambda o: not o.goods_taken_on)
        for order in running:
            order._store_goods_dates(*order._find_goods_dates())
        clocked = running.filtered("goods_in_stock_on")
        clocked._propose_late_forfeitures()
        clocked._mark_for_next_tier()

    def _store_goods_dates(self, waiting, taken_on):
        """Store since when the goods wait, and when they left.

        :param bool waiting: all goods are in stock or have left
        """
        today = self.company_id._calendar_day(fields.Datetime.now())
        if waiting and not self.goods_in_stock_on:
            self.goods_in_stock_on = taken_on or today
        elif not waiting and self.goods_in_stock_on and not self.forfeiture_ids:
            # they are not there to be taken any more: the period begins anew
            self.goods_in_stock_on = False
        if taken_on and self.goods_in_stock_on:
            self.goods_taken_on = max(taken_on, self.goods_in_stock_on)

    def _find_goods_dates(self):
        """Return whether all goods are in stock or gone, and the day the last left."""
        self.ensure_one()
        lines = self.order_line.filtered(
            lambda line: line.product_id.is_storable and line.product_uom_qty > 0
        )
        moves = lines.move_ids.filtered(
            lambda move: move.state != "cancel" and not move._is_incoming()
        )
        if self._is_held() or not lines or lines - moves.sale_line_id:
            return False, False
        waiting = moves.filtered(lambda move: move.state != "done")
        # of several steps the first one is waited for
        first = waiting.filtered(lambda move: not move.move_orig_ids & waiting)
        if any(
            move.state != "assigned" or move.location_id.usage not in IN_STOCK
            for move in first
        ):
            return False, False
        if any(p.state != "done" for p in self._get_all_productions()):
            return False, False
        if waiting:
            return True, False
        leaving = max(moves.mapped("date"))
        return True, self.company_id._calendar_day(leaving)

    def _mark_for_next_tier(self):
        """Have the worker come back on the first day of the tier that comes next."""
        queue = self.env["order.recheck"]
        coming = {}
        for order in self.filtered(lambda order: not order.goods_taken_on):
            at = order._next_tier_start()
            if at:
                coming[order] = at
        known = {
            (row.res_id, row.not_before)
            for row in queue.search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("not_before", "!=", False),
                ]
            )
        }
        for order, at in coming.items():
            if (order.id, at) not in known:
                queue._mark(order, at=at)

    def _next_tier_start(self):
        """Return the first instant of the tier that comes next, or ``False``."""
        self.ensure_one()
        days = self._count_pickup_days()
        tiers = self.deposit_rule_id.tier_ids
        coming = tiers.filtered(lambda tier: tier.from_day > days)
        if not coming:
            return False
        day = self.goods_in_stock_on + timedelta(days=coming[0].from_day)
        return self.company_id._start_of_day(day)

    def _count_pickup_days(self):
        """Return for how many days the goods have waited, or had when they left."""
        self.ensure_one()
        today = self.company_id._calendar_day(fields.Datetime.now())
        return ((self.goods_taken_on or today) - self.goods_in_stock_on).days

    # -- what it means for the deposit -------------------------------------------------

    def _is_deposit_withheld(self):
        """Whether the deposit is not offset for now: the pick-up period is over, or the
        order was cancelled, and nobody has decided on the forfeiture. [DEP-3]"""
        self.ensure_one()
        if self.state == "cancel":
            # what was decided binds salespeople who may not see it
            found = self.sudo().forfeiture_ids
            return bool(self.deposit_rule_id) and (
                not found or any(f.state == "proposed" for f in found)
            )
        if not self.goods_in_stock_on or not self._has_pickup_clock():
            return False
        if self._count_pickup_days() <= self.deposit_rule_id.pickup_days:
            return False
        # what was decided binds salespeople who may not see it
        late = self.sudo().forfeiture_ids.filtered(lambda f: f.kind == "late_pickup")
        return not late or any(forfeiture.state == "proposed" for forfeiture in late)

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

    pickup_mark = fields.Char(
        string="Holidays Not Announced by the Pick-up Date",
        compute="_compute_pickup_mark",
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

    @api.depends("pickup_deadline", "company_id")
    @api.depends_context("lang")
    def _compute_pickup_mark(self):
        for order in self:
            order.pickup_mark = order._get_pickup_mark()

    def _get_pickup_mark(self):
        """Return the mark of a deadline in a year whose holidays are not all known:
        the days of the period count on, but whether the last of them is a holiday, on
        which nothing can be fetched or paid, cannot be said yet."""
        self.ensure_one()
        # how a day is reckoned is no secret
        return self.company_id.sudo()._mark_not_announced(self.pickup_deadline)

    def _spell_pickup_deadline(self):
        """Return the deadline for paper, with its mark."""
        order = self.sudo()  # as above
        spelled, mark = (
            self._spell_date(order.pickup_deadline),
            order._get_pickup_mark(),
        )
        return f"{spelled} ({mark})" if mark else spelled

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
        self.env["order.forfeiture"]._propose_late(clocked)
        clocked._mark_for_next_tier()

    def _store_goods_dates(self, waiting, taken_on):
        """Store since when the goods wait, and when they left.

        The period begins on the day on which the last goods became his, whenever the
        worker learns of it. It goes on while they only lost their reservation: taking
        it away and giving it back prolongs no period that was agreed with the customer.
        It begins anew once others have got the goods, or they are gone, for he could
        not have taken them.

        :param bool waiting: all goods are in stock or have left
        """
        if waiting and not self.goods_in_stock_on:
            self.goods_in_stock_on = taken_on or self._find_ready_day()
        elif (
            not waiting
            and self.goods_in_stock_on
            and not self.forfeiture_ids
            and not self._are_goods_free()
        ):
            self.goods_in_stock_on = False
        if taken_on and self.goods_in_stock_on:
            self.goods_taken_on = max(taken_on, self.goods_in_stock_on)

    def _find_goods_moves(self):
        """Return the moves that bring the goods to the customer, or nothing while some
        of them are not there to be moved: held, not launched or not made yet."""
        self.ensure_one()
        lines = self.order_line.filtered(
            lambda line: line.product_id.is_storable and line.product_uom_qty > 0
        )
        moves = lines.move_ids.filtered(
            lambda move: move.state != "cancel" and not move._is_incoming()
        )
        if (
            self._is_held()
            or lines - moves.sale_line_id
            or any(p.state != "done" for p in self._get_all_productions())
        ):
            return moves.browse()
        return moves

    def _find_first_moves(self):
        """Return the moves that are waited for: of several steps the first one."""
        waiting = self._find_goods_moves().filtered(lambda move: move.state != "done")
        return waiting.filtered(lambda move: not move.move_orig_ids & waiting)

    def _find_goods_dates(self):
        """Return whether all goods are in stock or gone, and the day the last left."""
        self.ensure_one()
        moves, first = self._find_goods_moves(), self._find_first_moves()
        if not moves or any(
            move.state != "assigned" or move.location_id.usage not in IN_STOCK
            for move in first
        ):
            return False, False
        if first:
            return True, False
        leaving = max(moves.mapped("date"))
        return True, self.company_id._calendar_day(leaving)

    def _find_ready_day(self):
        """Return the day on which the last of the waiting goods became the order's:
        reserved, at the earliest when they were made."""
        moves = self._find_first_moves().filtered("order_ready_on")
        moments = moves.mapped("order_ready_on")
        moments += (
            self._get_all_productions()
            .filtered("date_finished")
            .mapped("date_finished")
        )
        now = fields.Datetime.now()
        return self.company_id._calendar_day(min(max(moments, default=now), now))

    def _are_goods_free(self):
        """Whether the goods still lie there for nobody else: what the order lacks is
        free where it takes it from."""
        first = self._find_first_moves()
        lacking = first.filtered(lambda move: move.state != "assigned")
        quants = self.env["stock.quant"]
        return bool(first) and all(
            location.usage in IN_STOCK
            and product.uom_id.compare(
                quants._get_available_quantity(product, location),
                sum(move._get_lacking_quantity() for move in moves),
            )
            >= 0
            for (product, location), moves in lacking.grouped(
                lambda move: (move.product_id, move.location_id)
            ).items()
        )

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
                    ("topic", "=", "goods"),
                    ("not_before", "!=", False),
                ]
            )
        }
        for order, at in coming.items():
            if (order.id, at) not in known:
                order._mark_for_recheck("goods", at=at)

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
            found = self.sudo().forfeiture_ids.filtered(lambda f: not f.is_former)
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

from collections import defaultdict, namedtuple
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from .sale_order_availability import is_asked_for_goods

# free: of the product's own unit; incoming: {date: quantity}; make_date: by when it
# could be produced, if it can
Availability = namedtuple("Availability", "state free incoming make_date date")


class SaleOrderLine(models.Model):
    """What stock and incoming goods say about a line (ALC-1), and what was agreed with
    the customer where they are not enough (ALC-2)."""

    _inherit = "sale.order.line"

    stock_state = fields.Selection(
        [("enough", "Enough"), ("late", "Late"), ("short", "Short")],
        string="Stock",
        compute="_compute_stock_state",
        compute_sudo=True,
        groups="base.group_user",
    )
    stock_free = fields.Float(
        string="Free Now",
        compute="_compute_stock_state",
        compute_sudo=True,
        groups="base.group_user",
    )
    stock_date = fields.Date(
        string="Available on",
        compute="_compute_stock_state",
        compute_sudo=True,
        groups="base.group_user",
    )
    stock_incoming = fields.Char(
        string="Incoming",
        compute="_compute_stock_state",
        compute_sudo=True,
        groups="base.group_user",
    )
    stock_make_date = fields.Date(
        string="Could Be Made by",
        compute="_compute_stock_state",
        compute_sudo=True,
        groups="base.group_user",
    )
    short_decision = fields.Selection(
        [
            ("partial", "Partial delivery"),
            ("later", "Later delivery"),
            ("substitute", "Substitute"),
            ("cancel", "Cancel the line"),
        ],
        copy=False,
        help="What was agreed with the customer about a line that is short or late.",
        groups="base.group_user",
    )
    short_note = fields.Char(
        string="Agreed with the Customer", copy=False, groups="base.group_user"
    )

    @api.depends("product_id", "product_uom_qty", "order_id.wanted_date", "state")
    @api.depends_context("lang")
    def _compute_stock_state(self):
        answers = self._find_availability()
        spell = self.env["uom.uom"]._spell_quantity
        self.stock_state = self.stock_incoming = False
        self.stock_free = 0.0
        self.stock_make_date = self.stock_date = False
        for line, answer in answers.items():
            line.stock_state = answer.state
            line.stock_free = answer.free
            line.stock_incoming = ", ".join(
                f"{spell(quantity)} ({format_date(self.env, day)})"
                for day, quantity in sorted(answer.incoming.items())
            )
            line.stock_make_date = answer.make_date
            line.stock_date = answer.date

    # -- reckoning ---------------------------------------------------------------------

    def _needs_goods(self):
        return self.product_id.is_storable and self.product_uom_qty > 0

    def _get_needed_quantity(self):
        return self.product_uom_id._compute_quantity(
            self.product_uom_qty, self.product_id.uom_id
        )

    def _get_held_quantity(self):
        """Return how much of the demand of held orders is this line's own."""
        is_held = self.order_id.effect_state == "held"
        return self._get_needed_quantity() if is_held else 0.0

    def _take_from(self, left, incoming, order):
        """Return ``{line: Availability}`` for the lines of one order and product, that
        share ``left`` in stock and ``{date: quantity}`` incoming."""
        today = order.company_id._calendar_day(fields.Datetime.now())
        wanted = max(order.wanted_date or today, today)
        answers, taken = {}, 0.0
        for line in self:
            taken += line._get_needed_quantity()
            date = line._find_date(taken, left, incoming, today)
            make_date = False
            if line.product_id.bom_ids:
                make_date = today + timedelta(days=line.product_id.sale_delay or 0)
                date = min(date, make_date) if date else make_date
            state = "short" if not date else "enough" if date <= wanted else "late"
            answers[line] = Availability(state, left, incoming, make_date, date)
        return answers

    @api.model
    def _find_date(self, needed, left, incoming, today):
        """Return on what day ``needed`` is there, or ``False``."""
        if left >= needed:
            return today
        for date, quantity in sorted(incoming.items()):
            left += quantity
            if left >= needed:
                return max(date, today)
        return False

    def _find_availability(self, orders=None):
        """Return ``{line: Availability}`` for those of self that need goods and are
        not launched yet.

        Free stock less what other held orders are waiting for comes first, then
        incoming goods by date, then what production could deliver within its lead time;
        the lines of an order take from it one after another. The number of queries does
        not depend on the number of lines.

        :param orders: of these, whether or not they are asked for goods otherwise
        """
        # the answer for a line depends on its neighbours, whichever were asked for
        if orders is None:
            orders = self.order_id.filtered(lambda order: is_asked_for_goods(order))
        if not orders:
            return {}
        asked = (self | orders.order_line).filtered(
            lambda line: line.order_id in orders and line._needs_goods()
        )
        answers = {}
        for warehouse, own in asked.grouped(lambda x: x.order_id.warehouse_id).items():
            answers |= own._check_warehouse_availability(warehouse)
        return {line: answers[line] for line in self if line in answers}

    def _check_warehouse_availability(self, warehouse):
        products = self.product_id.with_context(warehouse_id=warehouse.id)
        # one batch of three aggregates for any number of products
        free = dict(zip(products.ids, products.mapped("free_qty"), strict=True))
        held = self._get_held_demand(products, warehouse)
        incoming = self._get_incoming(products, warehouse)
        answers = {}
        for order, own in self.grouped("order_id").items():
            for product, wanted in own.grouped("product_id").items():
                left = free[product.id] - held[product.id]
                # it does not compete with itself
                left += sum(line._get_held_quantity() for line in wanted)
                answers |= wanted._take_from(left, incoming[product.id], order)
        return answers

    @api.model
    def _get_held_demand(self, products, warehouse):
        """Return ``{product id: quantity}`` that held orders are waiting for, in the
        unit of the product: they have no stock moves yet."""
        held = defaultdict(float)
        for product, unit, quantity in self._read_group(
            [
                ("order_id.effect_state", "=", "held"),
                ("order_id.warehouse_id", "=", warehouse.id),
                ("product_id", "in", products.ids),
            ],
            ["product_id", "product_uom_id"],
            ["product_uom_qty:sum"],
        ):
            held[product.id] += unit._compute_quantity(quantity, product.uom_id)
        return held

    @api.model
    def _get_incoming(self, products, warehouse):
        """Return ``{product id: {date: quantity}}`` that is on its way."""
        incoming = defaultdict(lambda: defaultdict(float))
        # the day on which it comes is the company's, whoever asks
        company = warehouse.company_id or self.env.company
        zone = company._order_timezone().zone
        moves = self.env["stock.move"].with_context(tz=zone)
        for product, day, quantity in moves._read_group(
            [
                ("product_id", "in", products.ids),
                (
                    "state",
                    "in",
                    ["waiting", "confirmed", "assigned", "partially_available"],
                ),
                ("location_dest_id.warehouse_id", "=", warehouse.id),
                ("location_dest_id.usage", "=", "internal"),
                ("location_id.usage", "!=", "internal"),
            ],
            ["product_id", "date:day"],
            ["product_qty:sum"],
        ):
            incoming[product.id][fields.Date.to_date(day)] += quantity
        return incoming

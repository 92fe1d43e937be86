from collections import namedtuple
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

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
        answers = self.order_id._check_availability(self)
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

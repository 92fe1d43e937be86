from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ..mechanism.order_condition_mixin import Condition


class SaleOrder(models.Model):
    """Enough, late or short, with dates, at review and at release (ALC-1, ALC-2)."""

    _inherit = "sale.order"

    stock_state = fields.Selection(
        [("enough", "Enough"), ("late", "Late"), ("short", "Short")],
        string="Stock",
        compute="_compute_stock_state",
        compute_sudo=True,
    )

    @api.depends("order_line.stock_state")
    def _compute_stock_state(self):
        for order in self:
            states = set(order.order_line.mapped("stock_state"))
            order.stock_state = next(
                (state for state in ("short", "late", "enough") if state in states),
                False,
            )

    def _check_availability(self, lines):
        """Return ``{line: (state, free quantity, date)}`` for lines that need goods and
        have not been launched.

        Free stock less what held orders are waiting for comes first, then incoming
        goods by date, then what production could deliver within its lead time. The
        number of queries does not depend on the number of lines.
        """
        asked = lines.filtered(
            lambda line: (
                line.product_id.is_storable
                and line.product_uom_qty > 0
                and (line.state in {"draft", "sent"} or line.order_id._is_held())
            )
        )
        answers = {}
        for warehouse, own in asked.grouped("order_id.warehouse_id").items():
            answers |= self._check_warehouse_availability(warehouse, own)
        return answers

    def _check_warehouse_availability(self, warehouse, lines):
        products = lines.product_id.with_context(warehouse_id=warehouse.id)
        # one batch of three aggregates for any number of products
        free = dict(zip(products.ids, products.mapped("free_qty"), strict=True))
        for product, quantity in self._get_held_demand(lines, warehouse).items():
            free[product.id] -= quantity
        incoming = self._get_incoming(products, warehouse)
        today = fields.Date.context_today(self)
        answers = {}
        for line in lines:
            product = line.product_id
            needed = line.product_uom_id._compute_quantity(
                line.product_uom_qty, product.uom_id
            )
            date = self._find_date(
                needed, free[product.id], incoming[product.id], today
            )
            makes = bool(product.bom_ids)
            if not date and makes:
                date = today + timedelta(days=product.sale_delay or 0)
            answers[line] = (
                self._judge(date, line.order_id.wanted_date or today, today),
                free[product.id],
                date,
            )
        return answers

    @api.model
    def _find_date(self, needed, free, incoming, today):
        """Return on what day ``needed`` is there, or ``None``."""
        if free >= needed:
            return today
        for date, quantity in sorted(incoming.items()):
            free += quantity
            if free >= needed:
                return max(date, today)
        return None

    @api.model
    def _judge(self, date, wanted, today):
        if not date:
            return "short"
        return "enough" if date <= max(wanted, today) else "late"

    def _get_held_demand(self, lines, warehouse):
        """Return ``{product: quantity}`` that other held orders are waiting for: they
        have no stock moves yet."""
        return {
            product: quantity
            for product, quantity in self.env["sale.order.line"]._read_group(
                [
                    ("order_id.effect_state", "=", "held"),
                    ("order_id", "not in", lines.order_id.ids),
                    ("order_id.warehouse_id", "=", warehouse.id),
                    ("product_id", "in", lines.product_id.ids),
                ],
                ["product_id"],
                ["product_uom_qty:sum"],
            )
        }

    def _get_incoming(self, products, warehouse):
        """Return ``{product id: {date: quantity}}`` that is on its way."""
        incoming = defaultdict(lambda: defaultdict(float))
        for product, day, quantity in self.env["stock.move"]._read_group(
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

    def _condition_stock(self):
        """[ALC-2] what happens with short lines was agreed with the customer."""
        concerned = self.filtered("order_type_id.requires_stock_decision")
        found = {}
        for order in concerned:
            open_lines = order.order_line.filtered(
                lambda line: (
                    line.stock_state in {"late", "short"} and not line.short_decision
                )
            )
            found[order] = Condition(
                "stock",
                self.env._("Decision on short lines"),
                not open_lines,
                order.user_id.name or "",
                ", ".join(open_lines.product_id.mapped("display_name")),
            )
        return found

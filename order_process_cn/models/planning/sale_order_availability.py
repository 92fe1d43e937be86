from collections import defaultdict

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
        groups="base.group_user",
    )

    # the same lines once more: a decision on each that is short or late
    stock_line_ids = fields.One2many(
        "sale.order.line",
        "order_id",
        domain=[("display_type", "=", False)],
        groups="base.group_user",
    )

    def _is_asked_for_goods(self):
        """Whether it is asked where the goods come from: at the review and at the
        release, not between them. Orders without a procedure cost nothing."""
        self.ensure_one()
        return bool(self.order_type_id or self.needs_review) and (
            self._is_held() or self._is_to_be_approved()
        )

    def _is_to_be_approved(self):
        self.ensure_one()
        return self.state in {"draft", "sent"} and self.review_state != "approved"

    @api.depends("order_line.stock_state")
    def _compute_stock_state(self):
        for order in self:
            states = set(order.order_line.mapped("stock_state"))
            order.stock_state = next(
                (state for state in ("short", "late", "enough") if state in states),
                False,
            )

    def _check_availability(self, lines):
        """Return ``{line: Availability}`` for lines that need goods and have not been
        launched.

        Free stock less what other held orders are waiting for comes first, then
        incoming goods by date, then what production could deliver within its lead time;
        the lines of an order take from it one after another. The number of queries does
        not depend on the number of lines.
        """
        # the answer for a line depends on its neighbours, whichever were asked for
        orders = lines.order_id.filtered(lambda order: order._is_asked_for_goods())
        if not orders:
            return {}
        asked = (lines | orders.order_line).filtered(
            lambda line: line.order_id in orders and line._needs_goods()
        )
        answers = {}
        for warehouse, own in asked.grouped(lambda x: x.order_id.warehouse_id).items():
            answers |= self._check_warehouse_availability(warehouse, own)
        return {line: answers[line] for line in lines if line in answers}

    def _check_warehouse_availability(self, warehouse, lines):
        products = lines.product_id.with_context(warehouse_id=warehouse.id)
        # one batch of three aggregates for any number of products
        free = dict(zip(products.ids, products.mapped("free_qty"), strict=True))
        held = self._get_held_demand(products, warehouse)
        incoming = self._get_incoming(products, warehouse)
        answers = {}
        for order, own in lines.grouped("order_id").items():
            for product, wanted in own.grouped("product_id").items():
                left = free[product.id] - held[product.id]
                # it does not compete with itself
                left += sum(line._get_held_quantity() for line in wanted)
                answers |= wanted._take_from(left, incoming[product.id], order)
        return answers

    def _get_held_demand(self, products, warehouse):
        """Return ``{product id: quantity}`` that held orders are waiting for, in the
        unit of the product: they have no stock moves yet."""
        held = defaultdict(float)
        for product, unit, quantity in self.env["sale.order.line"]._read_group(
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

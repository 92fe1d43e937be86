from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.allocation import allocate
from ..document.entered import check_entered
from ..mechanism.order_condition_mixin import Condition

# what people enter; the rest follows from what they promised and what was slipped
ENTERED = frozenset({"quantity", "wanted_date", "promised_date"})


class OrderDeliveryPart(models.Model):
    """交货计划行: a part of an order line, delivered on a day of its own (INT-9).

    A line without parts follows the dates of its order. Whoever may change a line
    may change its parts. Spread over files: what was promised and the dates of the
    order (``…_promise``). What follows from it is asked of the lines.
    """

    _name = "order.delivery.part"
    _inherit = ["order.engine.mixin"]
    _description = "Part of a Delivery Schedule"
    _order = "order_line_id, promised_date, wanted_date, id"
    _check_company_auto = True

    order_line_id = fields.Many2one(
        "sale.order.line",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    order_id = fields.Many2one(
        related="order_line_id.order_id", store=True, index=True, string="Sales Order"
    )
    company_id = fields.Many2one(related="order_line_id.company_id", store=True)
    product_id = fields.Many2one(related="order_line_id.product_id")
    product_uom_id = fields.Many2one(
        related="order_line_id.product_uom_id", string="Unit"
    )
    quantity = fields.Float(digits="Product Unit", required=True)
    wanted_date = fields.Date(help="When the customer wants to have this part.")
    promised_date = fields.Date(help="When we promise to deliver this part.")
    first_promised_date = fields.Date(
        readonly=True,
        copy=False,
        help="The day that was promised first, when the offer or the confirmation went "
        "out. It stays as it is.",
    )
    # while both stand, the date moved only because the return is late; written by hand,
    # it is another promise
    slipped_from = fields.Date(readonly=True, copy=False)
    slipped_to = fields.Date(readonly=True, copy=False)
    shipped_qty = fields.Float(
        string="Shipped",
        digits="Product Unit",
        compute="_compute_shipped_qty",
        compute_sudo=True,
        help="What has left of the line, earlier parts first.",
    )

    _check_quantity = models.Constraint(
        "CHECK(quantity > 0)", "A part of a delivery schedule needs a quantity."
    )

    @api.depends("quantity", "order_line_id.qty_delivered", "promised_date")
    def _compute_shipped_qty(self):
        self.shipped_qty = 0.0
        for line in self.order_line_id:
            parts = line.delivery_part_ids._in_turn()
            shares = allocate(line.qty_delivered, parts.mapped("quantity"))
            for part, share in zip(parts, shares, strict=True):
                part.shipped_qty = share

    @api.depends("quantity", "promised_date", "wanted_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for part in self:
            part.display_name = part._spell()

    @api.constrains("order_line_id")
    def _check_goods(self):
        for part in self:
            if not part.order_line_id._has_schedule():
                raise ValidationError(
                    self.env._(
                        "“%s”: only goods have a delivery schedule.",
                        part.order_line_id.display_name,
                    )
                )

    # -- entering ----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_entered(vals_list, {"order_line_id"})
        parts = super().create(vals_list)
        parts._check_may_change()
        parts._after_change(parts.order_line_id)
        return parts

    def write(self, vals):
        self._check_entered([vals])
        self._check_may_change()
        result = super().write(vals)
        # of a slip order and parts are written together
        if vals.keys() & ENTERED and "slipped_to" not in vals:
            self._after_change(self.order_line_id)
        return result

    def unlink(self):
        self._check_may_change()
        lines = self.order_line_id
        result = super().unlink()
        self._after_change(lines)
        return result

    @api.model
    def _check_entered(self, vals_list, also=frozenset()):
        check_entered(self, vals_list, ENTERED | also, self._spell_entered)

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Of a delivery schedule people enter quantity, wanted and promised date; "
            "the rest follows."
        )

    def _check_may_change(self):
        """Check that the caller may change the lines of these parts, in orders that
        still change.

        :raise AccessError: they are none of his
        """
        if self.env.su:
            return
        self.order_line_id.check_access("write")
        self.order_id.check_access("write")
        closed = self.order_id.filtered(lambda o: o.locked or o.state == "cancel")
        if closed:
            raise UserError(
                self.env._(
                    "%s is locked or cancelled: its delivery schedule stays as it is.",
                    ", ".join(closed.mapped("name")),
                )
            )

    @api.model
    def _after_change(self, lines):
        """Bring everything that follows from a schedule up to date."""
        # the engine's to write; whoever changed it was allowed to
        lines = lines.sudo()
        for line in lines:
            count = len(line.delivery_part_ids)
            if line.delivery_part_count != count:
                line.delivery_part_count = count
        for order in lines.order_id:
            has_parts = any(order.order_line.mapped("delivery_part_count"))
            if order.has_delivery_schedule != has_parts:
                order.has_delivery_schedule = has_parts
        lines._keep_first_promise()
        self._sum_up(lines.order_id)
        lines._share_out_moves()
        lines._follow_schedule()
        lines.order_id._watch_review_facts()

    # -- reading -----------------------------------------------------------------------

    def _in_turn(self):
        """Return these parts in the order in which they are delivered."""
        return self.sorted(lambda part: (part._get_day() or date.max, part._origin.id))

    def _get_day(self):
        """Return the day that one part is due, or ``False``."""
        return self.promised_date or self.wanted_date

    def _spell(self):
        quantity = self.product_uom_id._spell_quantity(self.quantity)
        day = fields.Date.to_string(self._get_day())
        if not day:
            return quantity
        return self.env._("%(quantity)s on %(day)s", quantity=quantity, day=day)

    # -- what is not in order ----------------------------------------------------------

    @api.model
    def _find_problems(self, orders):
        """Return ``{order: [text, …]}``: where the schedules of an order are not in
        order. Orders without any are left out, and cost nothing."""
        found = {}
        # whether, whoever asks
        for order in orders.filtered(lambda order: order.sudo().has_delivery_schedule):
            lines = order.order_line.filtered("delivery_part_count")
            if lines:
                texts = [text for line in lines for text in line._find_part_problems()]
                found[order] = texts + self._find_date_problems(order)
        return found

    @api.model
    def _condition_schedule(self, orders):
        """[INT-9] what is delivered in parts is delivered as a whole."""
        return {
            order: Condition(
                "schedule",
                self.env._("Delivery schedule"),
                not problems,
                order.user_id.name or self.env._("Sales"),
                "; ".join(problems),
            )
            for order, problems in self._find_problems(orders).items()
        }

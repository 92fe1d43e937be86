from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from .order_reallocation import DONE


class OrderReallocationLine(models.Model):
    """What one transfer or production order holds and would lose (ALC-3).

    Written by the engine but for the quantity to take; what is shown is what held when
    it was listed, and nothing is carried out unless it still does.
    """

    _name = "order.reallocation.line"
    _inherit = ["order.document.line.mixin"]
    _description = "Stock to Be Taken"
    _document = "reallocation_id"
    _entered = frozenset({"quantity"})
    _order = "reallocation_id, product_id, date desc, id"
    _check_company_auto = True

    reallocation_id = fields.Many2one(
        "order.reallocation",
        string="Re-allocation",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="reallocation_id.company_id", store=True)
    state = fields.Selection(related="reallocation_id.state")
    # core merges and deletes moves: the words of the line stay
    move_id = fields.Many2one(
        "stock.move", readonly=True, index="btree_not_null", ondelete="set null"
    )
    holder = fields.Char(string="Reserved for", readonly=True)
    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer")
    production_id = fields.Many2one(
        "mrp.production",
        string="Production Order",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    picking_id = fields.Many2one(
        "stock.picking",
        string="Stock Transfer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    user_id = fields.Many2one("res.users", string="Owner", readonly=True)
    date = fields.Datetime(
        string="Promised",
        readonly=True,
        help="The promised date of the order, or when the move is due.",
    )
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, ondelete="restrict"
    )
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    location_id = fields.Many2one(
        "stock.location",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="Where the order that lacks the goods takes them from.",
    )
    lots = fields.Char(string="Lots and Packages", readonly=True)
    demand_qty = fields.Float(string="Needs", digits="Product Unit", readonly=True)
    reserved_qty = fields.Float(string="Holds", digits="Product Unit", readonly=True)
    quantity = fields.Float(string="Take", digits="Product Unit")
    left_qty = fields.Float(
        string="Would Keep", digits="Product Unit", compute="_compute_left_qty"
    )
    short_qty = fields.Float(
        string="Would Lack", digits="Product Unit", compute="_compute_left_qty"
    )
    dates_checked_on = fields.Datetime(readonly=True)
    expected_on = fields.Datetime(
        string="Expected Again",
        readonly=True,
        help="When the forecast says that what was taken is there again.",
    )

    @api.depends("demand_qty", "reserved_qty", "quantity")
    def _compute_left_qty(self):
        for line in self:
            line.left_qty = line.reserved_qty - line.quantity
            line.short_qty = max(line.demand_qty - line.left_qty, 0.0)

    @api.depends("holder", "product_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.holder}: {line.product_id.display_name}"

    @api.constrains("quantity", "reserved_qty")
    def _check_quantity(self):
        for line in self:
            unit = line.product_uom_id
            if (
                unit.compare(line.quantity, 0) < 0
                or unit.compare(line.quantity, line.reserved_qty) > 0
            ):
                raise ValidationError(
                    self.env._(
                        "%(line)s: between 0 and %(held)s %(unit)s can be taken.",
                        line=line.display_name,
                        held=unit._spell_quantity(line.reserved_qty),
                        unit=unit.name,
                    )
                )

    @api.model
    def _spell_entered(self):
        return self.env._("People enter quantities and the reason; the rest follows.")

    # -- what it says ------------------------------------------------------------------

    @api.model
    def _prepare_values(self, move, location, held):
        """Return the values of the line for what ``move`` holds.

        :param location: where the taker takes it from
        :param held: the move lines that may be taken
        """
        production = move._get_demanding_production()
        order = move._get_demanding_orders()[:1]
        picking = move.picking_id
        names = [production.name, order.name] if production or order else [picking.name]
        lots = held.lot_id.mapped("name") + held.package_id.mapped("name")
        return {
            "move_id": move.id,
            "holder": " / ".join(name for name in names if name) or move.reference,
            "order_id": order.id,
            "production_id": production.id,
            "picking_id": picking.id,
            "user_id": (production.user_id or order.user_id or picking.user_id).id,
            "date": order.commitment_date or move.date_deadline or move.date,
            "product_id": move.product_id.id,
            "location_id": location.id,
            "lots": ", ".join(lots),
            "demand_qty": move.product_qty,
            "reserved_qty": sum(held.mapped("quantity_product_uom")),
        }

    def _is_chosen(self):
        self.ensure_one()
        return self.product_uom_id.compare(self.quantity, 0) > 0

    def _spell_change(self, now):
        """Return that one line's holder has ``now`` reserved, and not what it says."""
        return self.env._(
            "%(holder)s holds %(now)s %(unit)s of %(product)s that may be taken, not "
            "%(listed)s any more",
            holder=self.holder,
            now=self.product_uom_id._spell_quantity(now),
            unit=self.product_uom_id.name,
            product=self.product_id.display_name,
            listed=self.product_uom_id._spell_quantity(self.reserved_qty),
        )

    def _spell(self):
        """Return what one line takes, in words."""
        return self.env._(
            "%(quantity)s %(unit)s of %(product)s from %(holder)s, which then lacks "
            "%(short)s",
            quantity=self.product_uom_id._spell_quantity(self.quantity),
            unit=self.product_uom_id.name,
            product=self.product_id.display_name,
            holder=self.holder,
            short=self.product_uom_id._spell_quantity(self.short_qty),
        )

    def _spell_date(self):
        """Return what the forecast says about one line that is late."""
        promised = self._spell_day(self.date)
        if not self.expected_on:
            return self.env._(
                "%(product)s: nothing is on its way, promised is %(promised)s.",
                product=self.product_id.display_name,
                promised=promised,
            )
        return self.env._(
            "%(product)s: expected on %(expected)s, promised is %(promised)s.",
            product=self.product_id.display_name,
            expected=self._spell_day(self.expected_on),
            promised=promised,
        )

    def _spell_day(self, moment):
        """Return the day of ``moment`` as the reader writes it, by the clock of the
        company: it is told by the worker, too."""
        company = self.reallocation_id.company_id
        return format_date(self.env, company._calendar_day(moment))

    def _get_losers(self):
        """Return the documents from which one line takes: those in charge are told."""
        self.ensure_one()
        made_for = [self.order_id, self.production_id]
        losers = made_for if any(made_for) else [self.picking_id]
        return [document for document in losers if document]

    # -- promised dates ----------------------------------------------------------------

    @api.model
    def _find_unchecked(self, orders):
        """Return the lines by which ``orders`` lost stock, dates not yet checked."""
        return self.search(
            [
                ("order_id", "in", orders.ids),
                ("dates_checked_on", "=", False),
                ("quantity", ">", 0),
                ("reallocation_id.state", "=", DONE),
            ]
        )

    def _check_dates(self):
        """Compare what was promised with what the forecast says now, and add it to the
        to-do of those in charge. [ALC-3]"""
        moves = self.move_id.filtered(lambda m: m.state not in {"done", "cancel"})
        moves.mapped("forecast_availability")  # one forecast for all of them
        for line in self:
            move = line.move_id & moves
            needed = move.product_qty
            covered = line.product_uom_id.compare(move.forecast_availability, needed)
            waits = move and move.state != "assigned"
            line.expected_on = waits and covered >= 0 and move.forecast_expected_date
            if waits and (covered < 0 or (line.expected_on or line.date) > line.date):
                line.reallocation_id._add_to_note(line)
        self.dates_checked_on = fields.Datetime.now()

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .order_purchase_request import OUTSOURCING


class OrderPurchaseRequestLine(models.Model):
    """One thing that is asked for, and how far it was ordered and received (MFG-3)."""

    _name = "order.purchase.request.line"
    _inherit = ["order.document.line.mixin"]
    _description = "Requested Goods"
    _order = "request_id, sequence, id"
    _document = "request_id"
    _entered = frozenset(
        {
            "sequence",
            "product_id",
            "product_uom_id",
            "quantity",
            "wanted_date",
            "use",
            "partner_id",
        }
    )
    _given = frozenset()
    _check_company_auto = True

    request_id = fields.Many2one(
        "order.purchase.request", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="request_id.company_id", store=True)
    state = fields.Selection(related="request_id.state")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('purchase_ok', '=', True)]",
    )
    product_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_product_uom_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
    )
    quantity = fields.Float(
        string="Quantity Asked", digits="Product Unit", required=True
    )
    on_hand = fields.Float(string="Stock on Hand", digits="Product Unit", readonly=True)
    on_order = fields.Float(string="On Its Way", digits="Product Unit", readonly=True)
    shortage = fields.Float(digits="Product Unit", readonly=True)
    wanted_date = fields.Date(string="Wanted on")
    use = fields.Char(string="Used for")
    partner_id = fields.Many2one(
        "res.partner",
        string="Vendor Wanted",
        check_company=True,
        ondelete="restrict",
        help="Empty: as the price lists of the vendors say.",
    )
    purchase_line_ids = fields.One2many(
        "purchase.order.line", "order_request_line_id", string="Purchases"
    )
    quantity_asked = fields.Float(
        string="Quantity in Quotations",
        digits="Product Unit",
        compute="_compute_progress",
        compute_sudo=True,
    )
    quantity_ordered = fields.Float(
        digits="Product Unit",
        compute="_compute_progress",
        compute_sudo=True,
    )
    quantity_received = fields.Float(
        digits="Product Unit",
        compute="_compute_progress",
        compute_sudo=True,
    )

    @api.constrains("quantity")
    def _check_quantity(self):
        if any(line.product_uom_id.compare(line.quantity, 0) <= 0 for line in self):
            raise ValidationError(self.env._("More than nothing is asked for."))

    @api.depends("product_id")
    def _compute_product_uom_id(self):
        for line in self:
            line.product_uom_id = line.product_id.uom_id

    @api.depends(
        "quantity",
        "product_uom_id",
        "purchase_line_ids.product_qty",
        "purchase_line_ids.qty_received",
        "purchase_line_ids.order_id.state",
    )
    def _compute_progress(self):
        for line in self:
            asked = ordered = received = 0.0
            for bought in line.purchase_line_ids:
                state = bought.order_id.state
                if state == "cancel":
                    continue
                convert = bought.product_uom_id._compute_quantity
                count = convert(bought.product_qty, line.product_uom_id)
                asked += count
                ordered += count if state == "purchase" else 0.0
                received += convert(bought.qty_received, line.product_uom_id)
            line.quantity_asked = asked
            line.quantity_ordered = ordered
            line.quantity_received = received

    @api.depends("request_id.name", "product_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.request_id.name} · {line.product_id.name}"

    def unlink(self):
        self.request_id._check_open()
        return super().unlink()

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Of requested goods people enter product, quantity, unit, date, use and "
            "vendor; stock and shortage follow."
        )

    def _spell(self):
        """Return one line in words."""
        parts = [
            self.product_id.display_name,
            self.product_uom_id._spell_with_unit(self.quantity),
            self.wanted_date and str(self.wanted_date),
            self.use,
        ]
        return " · ".join(filter(None, parts))

    # -- buying ------------------------------------------------------------------------

    def _get_unasked(self):
        """Return how much of one line no vendor was asked for, in its unit."""
        left = self.quantity - self.quantity_asked
        return left if self.product_uom_id.compare(left, 0) > 0 else 0.0

    def _find_vendor(self):
        """Return who delivers one line: who is wanted, or as price lists say."""
        seller = self.product_id.with_company(self.company_id)._select_seller(
            quantity=self._get_unasked(), uom_id=self.product_uom_id
        )
        return self.partner_id or seller.partner_id

    def _find_vendor_problems(self, vendor):
        """Return in words why ``vendor`` cannot be asked for one line."""
        if not vendor:
            return [
                self.env._(
                    "%s has no vendor: enter one on the line, or a price of a vendor.",
                    self.display_name,
                )
            ]
        if self.request_id.kind == OUTSOURCING:
            # who buys need not see bills of materials
            boms = self.env["mrp.bom"].sudo()
            if not boms._bom_subcontract_find(
                self.product_id,
                company_id=self.company_id.id,
                bom_type="subcontract",
                subcontractor=vendor,
            ):
                return [
                    self.env._(
                        "%(line)s: no bill of materials of the type “Subcontracting” "
                        "for %(partner)s; ask engineering to create it",
                        line=self.display_name,
                        partner=vendor.display_name,
                    )
                ]
        return []

    def _prepare_purchase_line(self):
        values = {
            "product_id": self.product_id.id,
            "product_qty": self._get_unasked(),
            "product_uom_id": self.product_uom_id.id,
            "order_request_line_id": self.id,
        }
        if self.wanted_date:
            values["date_planned"] = self.company_id._start_of_day(self.wanted_date)
        return values

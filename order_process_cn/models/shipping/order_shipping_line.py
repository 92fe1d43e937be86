from odoo import api, fields, models


class OrderShippingLine(models.Model):
    """How much of one product of an order line may leave. Of a kit its components, for
    they are what leaves."""

    _name = "order.shipping.line"
    _inherit = ["order.document.sold.mixin"]
    _description = "Goods to Be Released"
    _document = "release_id"
    _entered = frozenset({"quantity"})
    _order = "release_id, sequence, id"
    _check_company_auto = True

    release_id = fields.Many2one(
        "order.shipping.release",
        string="Shipping Release",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="release_id.company_id", store=True)
    state = fields.Selection(related="release_id.state")
    ordered_qty = fields.Float(
        string="Ordered",
        digits="Product Unit",
        compute="_compute_open_qty",
        compute_sudo=True,
    )
    open_qty = fields.Float(
        string="Still Open",
        digits="Product Unit",
        compute="_compute_open_qty",
        compute_sudo=True,
        help="Ordered, and on no other request or release.",
    )
    quantity = fields.Float(string="To Release", digits="Product Unit")
    cut_qty = fields.Float(
        string="Taken Off, in the Unit of the Product",
        digits=0,
        readonly=True,
        copy=False,
        help="What was let go and does not leave any more: the order says less now.",
    )
    # in the unit of the product, as goods are counted at the gate
    product_qty = fields.Float(
        string="Quantity in the Unit of the Product",
        digits=0,
        compute="_compute_product_qty",
        store=True,
        compute_sudo=True,
    )
    used_qty = fields.Float(
        string="Shipped, in the Unit of the Product",
        digits=0,
        readonly=True,
        copy=False,
    )
    shipped_qty = fields.Float(
        string="Shipped", digits="Product Unit", compute="_compute_shipped_qty"
    )
    may_leave_qty = fields.Float(
        string="May Leave",
        digits="Product Unit",
        compute="_compute_may_leave_qty",
        help="What was let go, as far as the order still says it.",
    )

    _product_uniq = models.UniqueIndex(
        "(release_id, order_line_id, product_id)",
        "These goods are on the release already.",
    )

    @api.depends("quantity", "cut_qty", "product_uom_id", "product_id")
    def _compute_product_qty(self):
        for line in self:
            asked = line.product_uom_id._compute_quantity(
                line.quantity, line.product_id.uom_id, round=False
            )
            line.product_qty = asked - line.cut_qty

    @api.depends("used_qty", "product_uom_id", "product_id")
    def _compute_shipped_qty(self):
        for line in self:
            line.shipped_qty = line.product_id.uom_id._compute_quantity(
                line.used_qty, line.product_uom_id
            )

    @api.depends("product_qty", "product_uom_id", "product_id")
    def _compute_may_leave_qty(self):
        for line in self:
            line.may_leave_qty = line.product_id.uom_id._compute_quantity(
                line.product_qty, line.product_uom_id
            )

    @api.depends("order_line_id", "product_id", "release_id.state")
    def _compute_open_qty(self):
        ordered = self.order_line_id._get_shippable()
        taken = self.order_line_id._get_taken_for_shipping()
        for line in self:
            key = (line.order_line_id, line.product_id)
            others = sum(
                quantity
                for release, quantity in taken[key].items()
                if release != line.release_id
            )
            convert = line.product_id.uom_id._compute_quantity
            unit, total = line.product_uom_id, ordered.get(key, 0.0)
            line.ordered_qty = convert(total, unit)
            line.open_qty = convert(total - others, unit)

    def write(self, vals):
        if not self.env.su:
            # the engine's to note: whoever has entered something means it
            self.release_id.sudo().filtered("is_proposal").is_proposal = False
        return super().write(vals)

    @api.model
    def _spell_entered(self):
        return self.env._("People enter the quantity to release; the rest follows.")

    def _get_key(self):
        return self.order_line_id, self.product_id

    # -- what it says ------------------------------------------------------------------

    def _spell_shipped(self):
        return self._spell_goods(self.shipped_qty)

    def _spell(self):
        return self._spell_goods(self.quantity)

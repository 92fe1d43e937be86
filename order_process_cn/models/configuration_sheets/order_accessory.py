from odoo import api, fields, models


class OrderAccessory(models.Model):
    """客户配件 (P26, F28): what is packed with the goods of an order, how much and how;
    whether it was prepared and packed."""

    _name = "order.accessory"
    _inherit = ["order.sheet.row.mixin"]
    _description = "Accessory of an Order"
    _entered = frozenset(
        {
            "sequence",
            "name",
            "order_line_id",
            "product_id",
            "quantity",
            "product_uom_id",
            "packing_way",
            "remark",
        }
    )
    _noted = frozenset({"prepared_on", "preparer_id", "packed_on"})

    name = fields.Char(
        string="Accessory",
        compute="_compute_from_product",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    order_line_id = fields.Many2one(
        "sale.order.line",
        string="Goes With",
        copy=False,  # a line of the order that is copied
        index="btree_not_null",
        ondelete="set null",  # it is packed all the same
        check_company=True,
    )
    product_id = fields.Many2one(
        "product.product",
        string="From Stock",
        ondelete="restrict",
        check_company=True,
        help="Where it is an article of ours.",
    )
    quantity = fields.Float(
        string="Accessory Quantity", digits="Product Unit", default=1, required=True
    )
    product_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_from_product",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        ondelete="restrict",
    )
    packing_way = fields.Char(string="How It Is Packed")
    remark = fields.Char(string="Remarks")
    # noted by whoever prepares it
    prepared_on = fields.Date(string="Accessory Ready on", copy=False)
    preparer_id = fields.Many2one(
        "res.users", string="Prepared By", copy=False, ondelete="restrict"
    )
    packed_on = fields.Date(string="Packed With the Goods on", copy=False)

    _check_quantity = models.Constraint(
        "CHECK(quantity > 0)", "Say how many accessories are packed."
    )

    @api.depends("product_id")
    def _compute_from_product(self):
        unit = self.env.ref("uom.product_uom_unit", raise_if_not_found=False)
        for row in self:
            row.name = row.product_id.name or row.name
            row.product_uom_id = row.product_id.uom_id or row.product_uom_id or unit

    @api.constrains("order_id", "order_line_id")
    def _check_line(self):
        self._refuse_foreign_lines()

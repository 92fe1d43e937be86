from odoo import api, fields, models


class OrderSample(models.Model):
    """客户空壳样机 (P26, F27): a sample that the order is made after, how it is
    configured; who keeps it, where, and whether it is back."""

    _name = "order.sample"
    _inherit = ["order.sheet.row.mixin"]
    _description = "Sample of an Order"
    _entered = frozenset(
        {"sequence", "name", "order_line_id", "quantity", "configuration", "remark"}
    )
    _noted = frozenset({"photo", "kept_at", "keeper_id", "found_on", "returned_on"})

    name = fields.Char(string="Sample Name", required=True)
    order_line_id = fields.Many2one(
        "sale.order.line",
        string="Sample For",
        copy=False,  # a line of the order that is copied
        index="btree_not_null",
        ondelete="set null",  # the sample is there all the same
        check_company=True,
    )
    quantity = fields.Float(
        string="Number of Samples", digits="Product Unit", default=1, required=True
    )
    configuration = fields.Text(string="Sample Configuration", required=True)
    remark = fields.Char(string="Remarks")
    # noted by whoever keeps it
    photo = fields.Image(max_width=1024, max_height=1024, copy=False)
    kept_at = fields.Char(string="Where It Is Kept", copy=False)
    keeper_id = fields.Many2one(
        "res.users", string="Kept By", copy=False, ondelete="restrict"
    )
    found_on = fields.Date(string="Sample Found on", copy=False)
    returned_on = fields.Date(
        string="Sample Back on",
        copy=False,
        help="When the sample came back to where it is kept.",
    )

    _check_quantity = models.Constraint(
        "CHECK(quantity > 0)", "Say how many samples there are."
    )

    @api.constrains("order_id", "order_line_id")
    def _check_line(self):
        self._refuse_foreign_lines()

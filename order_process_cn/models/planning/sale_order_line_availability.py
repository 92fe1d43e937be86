from odoo import api, fields, models


class SaleOrderLine(models.Model):
    """What stock and incoming goods say about a line (ALC-1), and what was agreed with
    the customer where they are not enough (ALC-2)."""

    _inherit = "sale.order.line"

    stock_state = fields.Selection(
        [("enough", "Enough"), ("late", "Late"), ("short", "Short")],
        string="Stock",
        compute="_compute_stock_state",
        compute_sudo=True,
    )
    stock_free = fields.Float(
        string="Free Now", compute="_compute_stock_state", compute_sudo=True
    )
    stock_date = fields.Date(
        string="Available on", compute="_compute_stock_state", compute_sudo=True
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
    )
    short_note = fields.Char(string="Agreed with the Customer", copy=False)

    @api.depends("product_id", "product_uom_qty", "order_id.wanted_date", "state")
    def _compute_stock_state(self):
        for name in ("stock_state", "stock_free", "stock_date"):
            self[name] = False
        for line, answer in self.order_id._check_availability(self).items():
            line.stock_state, line.stock_free, line.stock_date = answer

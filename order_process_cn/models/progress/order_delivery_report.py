from odoo import fields, models

from .delivery_rows import KEPT, QUERY


class OrderDeliveryReport(models.Model):
    """出货排期: what is due when, and how far promises were kept, first and last.

    What has left of an order line falls to its parts in turn (INT-9, PLN-6). No prices.
    Of kits nothing counts as shipped: their components leave. The rows of orders that
    have not moved are kept.
    """

    _name = "order.delivery.report"
    _inherit = ["order.kept.report.mixin"]
    _description = "Delivery Schedule"
    _auto = False
    _kept = KEPT
    _query = QUERY
    _order = "due_day, id"
    _rec_name = "order_id"
    # what is stored before it is read
    _depends = {
        "order.delivery.part": [
            "order_line_id",
            "quantity",
            "wanted_date",
            "promised_date",
            "first_promised_date",
        ],
        "product.product": ["product_tmpl_id"],
        "product.template": ["type", "uom_id"],
        "resource.calendar": ["tz"],
        "res.company": ["resource_calendar_id"],
        "sale.order": [
            "commitment_date",
            "wanted_date",
            "slipped_from",
            "slipped_to",
            "partner_id",
            "team_id",
            "user_id",
            "state",
        ],
        "sale.order.line": [
            "order_id",
            "product_id",
            "product_uom_id",
            "product_uom_qty",
            "company_id",
            "display_type",
            "is_downpayment",
            "delivery_part_count",
        ],
        "stock.location": ["usage"],
        "stock.move": [
            "date",
            "quantity",
            "product_uom",
            "product_id",
            "location_id",
            "location_dest_id",
            "sale_line_id",
            "state",
            "to_refund",
        ],
        "uom.uom": ["factor"],
    }

    order_id = fields.Many2one("sale.order", string="Sales Order", readonly=True)
    order_line_id = fields.Many2one("sale.order.line", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    team_id = fields.Many2one("crm.team", string="Region", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    state = fields.Selection(
        selection=lambda self: (
            self.env["sale.order"]._fields["state"]._description_selection(self.env)
        ),
        string="State of the Order",
        readonly=True,
    )
    wanted_date = fields.Date(readonly=True)
    promised_date = fields.Date(readonly=True)
    first_promised_date = fields.Date(string="First Promise", readonly=True)
    due_day = fields.Date(
        string="Due", readonly=True, help="The promised date, else the wanted one."
    )
    quantity = fields.Float(string="Planned", digits="Product Unit", readonly=True)
    shipped_qty = fields.Float(string="Shipped", digits="Product Unit", readonly=True)
    open_qty = fields.Float(string="Still Open", digits="Product Unit", readonly=True)
    on_time_qty = fields.Float(
        string="Shipped by the Last Promise", digits="Product Unit", readonly=True
    )
    first_on_time_qty = fields.Float(
        string="Shipped by the First Promise", digits="Product Unit", readonly=True
    )
    shipped_rate = fields.Float(
        string="Fulfilment",
        aggregator="avg",
        readonly=True,
        help="How much of what is due has left; each delivery counts the same.",
    )
    on_time_rate = fields.Float(
        string="On Time (Last Promise)", aggregator="avg", readonly=True
    )
    first_on_time_rate = fields.Float(
        string="On Time (First Promise)", aggregator="avg", readonly=True
    )
    is_late = fields.Boolean(string="Late", readonly=True)

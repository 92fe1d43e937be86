from odoo import api, fields, models

from ..intake.classification import get_order_type

READERS = "base.group_user,order_process_cn.order_group_signer"


@api.depends("order_type_id", "proposed_type_id")
def compute_has_sheets(orders):
    """Whether sheets go with an order: asked of memory, before it is submitted of the
    type that is proposed. No method of orders: nobody extends it."""
    asking = orders.env["order.type"]._ids_with_sheets()
    orders.has_sheets = False
    if asking:
        for order in orders:
            order.has_sheets = get_order_type(order).id in asking


class SaleOrder(models.Model):
    """The sheets of an order: configuration, samples, accessories (P26)."""

    _inherit = "sale.order"

    has_sheets = fields.Boolean(
        compute=compute_has_sheets, compute_sudo=True, groups=READERS
    )
    has_sheet_rows = fields.Boolean(
        string="Something on Its Sheets",
        copy=False,
        readonly=True,
        default=False,
        help="Whether anything was ever listed on one of its sheets.",
        groups=READERS,
    )
    configuration_row_ids = fields.One2many(
        "order.configuration.row",
        "order_id",
        string="Configuration Sheet",
        copy=False,  # with its lines
        groups=READERS,
    )
    sample_ids = fields.One2many(
        "order.sample", "order_id", string="Customer Samples", groups=READERS
    )
    accessory_ids = fields.One2many(
        "order.accessory",
        "order_id",
        string="Customer Accessories",
        copy=True,
        groups=READERS,
    )


class SaleOrderLine(models.Model):
    """How a line is configured (P26)."""

    _inherit = "sale.order.line"

    configuration_row_ids = fields.One2many(
        "order.configuration.row",
        "order_line_id",
        string="Configuration",
        copy=True,
        groups=READERS,
    )

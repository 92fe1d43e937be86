from odoo import api, fields, models
from odoo.exceptions import AccessError


class OrderDailyReportLine(models.Model):
    """How far one production order came on one day.

    Numbers are those of the day, frozen with the report: only the remark is written.
    """

    _name = "order.daily.report.line"
    _inherit = ["order.engine.mixin"]
    _description = "Production of a Day"
    _order = "report_id desc, is_urgent desc, id"
    _rec_name = "production_name"

    report_id = fields.Many2one(
        "order.daily.report",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="report_id.company_id", store=True)
    date = fields.Date(related="report_id.date", store=True)
    state = fields.Selection(related="report_id.state")
    production_id = fields.Many2one(
        "mrp.production", required=True, readonly=True, ondelete="restrict"
    )
    production_name = fields.Char(string="Production Order", readonly=True)
    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    # the workshop need not see the order
    order_name = fields.Char(
        string="Order", compute="_compute_order", compute_sudo=True
    )
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, ondelete="restrict"
    )
    product_uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    is_urgent = fields.Boolean(string="Urgent", readonly=True)
    quantity_planned = fields.Float(
        string="Planned", digits="Product Unit", readonly=True
    )
    quantity_good = fields.Float(
        string="Done Today", digits="Product Unit", readonly=True
    )
    quantity_scrap = fields.Float(
        string="Scrap Today", digits="Product Unit", readonly=True
    )
    quantity_total = fields.Float(
        string="Done So Far", digits="Product Unit", readonly=True
    )
    progress = fields.Float(
        string="Progress %", compute="_compute_progress", aggregator=None
    )
    remark = fields.Char()

    @api.depends("order_id")
    def _compute_order(self):
        for line in self:
            line.order_name = line.order_id.name

    @api.depends("quantity_planned", "quantity_total")
    def _compute_progress(self):
        for line in self:
            planned = line.quantity_planned
            line.progress = planned and 100 * line.quantity_total / planned

    def write(self, vals):
        if not self.env.su and vals.keys() - {"remark"}:
            raise AccessError(
                self.env._("The numbers of a daily report follow from work reports.")
            )
        self.report_id._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed(self):
        self.report_id._check_open()

from odoo import api, fields, models
from odoo.exceptions import AccessError


class OrderShipmentPlanLine(models.Model):
    """What of one order line is to leave on one day."""

    _name = "order.shipment.plan.line"
    _inherit = ["order.engine.mixin"]
    _description = "Planned Shipment"
    _order = "plan_id, date, id"
    _check_company_auto = True

    plan_id = fields.Many2one(
        "order.shipment.plan",
        string="Shipment Plan",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    state = fields.Selection(related="plan_id.state")
    date = fields.Date(string="Day", required=True)
    order_line_id = fields.Many2one(
        "sale.order.line",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    # those who get the plan need not see the order
    order_name = fields.Char(
        string="Order", compute="_compute_order", compute_sudo=True
    )
    partner_name = fields.Char(
        string="Customer", compute="_compute_order", compute_sudo=True
    )
    team_name = fields.Char(
        string="Region", compute="_compute_order", compute_sudo=True
    )
    product_id = fields.Many2one(related="order_line_id.product_id")
    product_uom_id = fields.Many2one(
        related="order_line_id.product_uom_id", string="Unit"
    )
    quantity = fields.Float(digits="Product Unit", required=True)
    done_qty = fields.Float(
        string="Done",
        digits="Product Unit",
        compute="_compute_done_qty",
        compute_sudo=True,
        help="What has left for the order line on the days of the plan.",
    )
    note = fields.Char(string="Remark")

    _check_quantity = models.Constraint(
        "CHECK(quantity > 0)", "A planned shipment needs a quantity."
    )

    @api.depends("order_line_id")
    def _compute_order(self):
        for line in self:
            order = line.order_line_id.order_id
            line.order_name = order.name
            line.partner_name = order.partner_id.name
            line.team_name = order.team_id.name

    @api.depends(
        "quantity", "date", "order_line_id.move_ids.state", "plan_id.date_from"
    )
    def _compute_done_qty(self):
        self.done_qty = 0.0
        for plan in self.plan_id:
            for line, share in plan._share_out_shipped().items():
                line.done_qty = share

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.su:
            lines.plan_id._check_open()
            # nobody plans what he does not see
            lines.order_line_id.check_access("read")
        return lines

    def write(self, vals):
        if not self.env.su:
            if vals.keys() - {"date", "quantity", "note"}:
                raise AccessError(
                    self.env._("Of a planned shipment day, quantity and remark change.")
                )
            self.plan_id._check_open()
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            self.plan_id._check_open()
        return super().unlink()

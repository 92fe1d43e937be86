from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OrderConfigurationRow(models.Model):
    """配置: one thing that the customer wants of a line to be made (P26, F02): the
    motor, the seal, the colour …"""

    _name = "order.configuration.row"
    _inherit = ["order.sheet.row.mixin"]
    _description = "Configuration of an Order Line"
    _order = "order_line_id, sequence, id"
    _owner = "order_line_id"
    _entered = frozenset({"sequence", "name", "value", "remark"})

    order_line_id = fields.Many2one(
        "sale.order.line",
        required=True,
        index=True,
        ondelete="cascade",  # it is a part of its line
        check_company=True,
    )
    # of the line, whoever names another
    order_id = fields.Many2one(
        related="order_line_id.order_id", store=True, index=True, required=False
    )
    name = fields.Char(string="Configured Part", required=True)
    value = fields.Char(string="Configured As", required=True)
    remark = fields.Char(string="Remarks")

    @api.model_create_multi
    def create(self, vals_list):
        # what a form adds to the rows of an order follows from their line
        keep = [
            {name: value for name, value in vals.items() if name != "order_id"}
            for vals in vals_list
        ]
        return super().create(keep)

    @api.constrains("order_line_id")
    def _check_goods(self):
        for row in self:
            if row.order_line_id.display_type or row.order_line_id.is_downpayment:
                raise ValidationError(
                    self.env._(
                        "“%s” is no line to be made: it has no configuration.",
                        row.order_line_id.display_name,
                    )
                )

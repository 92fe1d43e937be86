from odoo import api, models

from ..intake.classification import get_order_type


class OrderEntryRule(models.Model):
    """A line without its configuration is missing something, like an empty field."""

    _inherit = "order.entry.rule"

    @api.model
    def _missing_in(self, orders):
        missing = super()._missing_in(orders)
        asking = self.env["order.type"]._ids_with_sheets()
        if not asking:
            return missing
        concerned = orders.filtered(lambda o: get_order_type(o).id in asking)
        # whoever submits an order may know how its lines are configured
        for line in concerned.sudo().order_line:
            goods = line.product_id and not (line.display_type or line.is_downpayment)
            if goods and not line.is_delivery and not line.configuration_row_ids:
                missing[line.order_id.with_env(orders.env)].append(
                    self.env._("the configuration of “%s”", line.name)
                )
        return missing

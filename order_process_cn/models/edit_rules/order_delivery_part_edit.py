from odoo import api, models


class OrderDeliveryPart(models.Model):
    """Whoever changes a delivery schedule changes the order (CHG-4)."""

    _inherit = "order.delivery.part"

    @api.model_create_multi
    def create(self, vals_list):
        ids = [vals.get("order_line_id") for vals in vals_list]
        if not all(ids):
            ids.append(self.default_get(["order_line_id"]).get("order_line_id"))
        lines = self.env["sale.order.line"].browse(filter(None, ids)).exists()
        # whose they are; whether the caller may is asked afterwards
        self._note_edit_of(lines.sudo().order_id)
        return super().create(vals_list)

    def write(self, vals):
        self._note_edit_of(self.sudo().order_id)  # as above
        return super().write(vals)

    def unlink(self):
        self._note_edit_of(self.sudo().order_id)  # as above
        return super().unlink()

    def _note_edit_of(self, orders):
        self.env["order.edit.rule"]._note_edit(orders.with_env(self.env))

from odoo import fields, models


class OrderChangeEffect(models.Model):
    """A change of the order leads to the next version of its project plan (CHG-1)."""

    _inherit = "order.change.effect"

    act = fields.Selection(
        selection_add=[("remake", "Is made anew")], ondelete={"remake": "cascade"}
    )

    def _is_done(self):
        # until the next version is in force
        return self.act != "remake" and super()._is_done()

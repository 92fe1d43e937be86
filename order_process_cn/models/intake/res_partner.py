from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    # company-wide facts about a customer: contacts below him follow
    order_class_id = fields.Many2one(
        "order.customer.class",
        string="Customer Class",
        tracking=True,
        ondelete="restrict",
        groups="base.group_user",
    )
    allows_oral_orders = fields.Boolean(
        string="Oral Orders Allowed",
        help="The contract with this customer allows orders by word of mouth.",
        groups="base.group_user",
    )

    def _commercial_fields(self):
        return super()._commercial_fields() + ["order_class_id", "allows_oral_orders"]

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    # whose orders are samples: one button takes them away again
    order_sample_partner_id = fields.Many2one(
        "res.partner",
        string="Customer of Sample Orders",
        readonly=True,
        copy=False,
        groups="order_process_cn.order_group_manager",
        index="btree_not_null",
    )
    order_sample_product_id = fields.Many2one(
        "product.product",
        string="Product of Sample Work Orders",
        readonly=True,
        copy=False,
        groups="order_process_cn.order_group_manager",
        index="btree_not_null",
    )

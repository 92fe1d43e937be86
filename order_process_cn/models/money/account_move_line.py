from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # copied to credit notes, so that what is credited is due again
    order_forfeiture_id = fields.Many2one(
        "order.forfeiture",
        string="Forfeited Deposit",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )

from odoo import fields, models


class AccountAccount(models.Model):
    _inherit = "account.account"

    order_counts_as_money = fields.Boolean(
        string="Counts as Money Received",
        help="What settles an invoice through this account was received like money, "
        "e.g. bank acceptance bills. Cash and bank accounts always count.",
    )

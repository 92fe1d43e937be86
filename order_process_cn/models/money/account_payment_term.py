from odoo import fields, models

# DEP-5: what a term means for the customer and for the release of goods
SETTLEMENTS = [
    ("prepaid", "Prepaid"),
    ("on_delivery", "Cash on Delivery"),
    ("monthly", "Monthly Settlement"),
]


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    settlement = fields.Selection(
        SETTLEMENTS,
        help="Prepaid: goods leave after the money has come. Cash on delivery: the "
        "money is handed over for the goods. Monthly settlement: invoiced and paid by "
        "the month.",
        groups="base.group_user",
    )

from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    order_todo_key = fields.Char(
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="What the order process left this to-do for: found again by it, not by "
        "words that differ from language to language.",
    )

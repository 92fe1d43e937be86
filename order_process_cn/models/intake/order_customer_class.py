from odoo import fields, models


class OrderCustomerClass(models.Model):
    """Class A, B, C … of a customer: how far we trust him (INT-5, DEP-5)."""

    _name = "order.customer.class"
    _inherit = ["order.reach.mixin", "order.typed.mixin"]
    _description = "Customer Class"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    ships_on_contract = fields.Boolean(
        help="Goods leave on the contract alone. Otherwise they leave after the "
        "balance is paid.",
    )
    may_take_stock = fields.Boolean(
        help="Preferred customers: with approval their orders take stock that is "
        "reserved for others who are neither urgent nor preferred.",
    )
    note = fields.Text(string="Description", translate=True)

    _name_uniq = models.UniqueIndex("(name)", "A class with this name already exists.")

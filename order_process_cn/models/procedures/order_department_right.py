from odoo import fields, models


class OrderDepartmentRight(models.Model):
    """A right that whoever joins a department on the page of a procedure is given.

    What a department does all day needs it: planning issues orders, finance looks after
    deposits. Shown before it is saved; who joined in another way is left alone.
    """

    _name = "order.department.right"
    _inherit = ["order.config.mixin"]
    _description = "Right of a Department"
    _order = "department_id, id"
    _rec_name = "group_id"

    department_id = fields.Many2one(
        "order.department", required=True, ondelete="cascade", index=True
    )
    group_id = fields.Many2one(
        "res.groups", string="Right", required=True, ondelete="cascade"
    )

    _department_group_uniq = models.UniqueIndex(
        "(department_id, group_id)", "This department has that right already."
    )

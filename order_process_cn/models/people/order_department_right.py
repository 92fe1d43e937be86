from odoo import api, fields, models
from odoo.exceptions import ValidationError

# who holds one of these gives himself any other
ADMINISTRATES = ("base.group_system", "base.group_erp_manager")


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

    @api.constrains("group_id")
    def _check_group(self):
        """[SEC-2] K12: whoever configures departments gives nobody the settings, not by
        the hand of an administrator who fills in a page either."""
        administrate = self.env["res.groups"].union(*map(self.env.ref, ADMINISTRATES))
        # what a group implies is no secret
        for right in self.sudo():
            group = right.group_id
            if (group | group.all_implied_ids) & administrate:
                raise ValidationError(
                    self.env._(
                        "“%s” administers Odoo itself: it is given to a person in the "
                        "settings, not to a department.",
                        group.display_name,
                    )
                )

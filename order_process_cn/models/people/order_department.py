from odoo import api, fields, models

from ..mechanism.memory import remembered


class OrderDepartment(models.Model):
    """A department that countersigns (CSN-2): its members and its head."""

    _name = "order.department"
    _inherit = ["order.people.mixin", "order.reach.mixin"]
    _description = "Countersign Department"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    member_ids = fields.Many2many(
        "res.users",
        "order_department_user_rel",
        "department_id",
        "user_id",
        string="Members",
        domain="[('share', '=', False)]",
        help="Any of them may sign for the department.",
    )
    head_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False)]",
        help="Signs where the head is asked for, is notified and gets escalations.",
    )
    color = fields.Integer()

    _name_company_uniq = models.UniqueIndex(
        "(name, company_id) NULLS NOT DISTINCT",
        "A department with this name already exists.",
    )

    def write(self, vals):
        result = super().write(vals)
        if {"member_ids", "head_id"} & vals.keys():
            self._after_belonging_changed()
        return result

    @api.model
    def _after_belonging_changed(self):
        """Called when people came to or left a department or a group."""

    def _get_people_fields(self):
        return [
            "name",
            "company_id",
            "member_ids",
            "head_id",
            "active",
        ]

    def _get_people_to_tell(self):
        return self.member_ids | self.head_id

    @api.model
    @remembered
    def _rosters(self, company_id):
        """Return ``{department id: (head id or False, (member id, …))}``.

        Active users of the company only. Kept in memory: read at every submission,
        signature and list.
        """
        departments = self.with_context(active_test=False).search([])
        people = (departments.member_ids | departments.head_id).filtered(
            lambda user: user.active and not user.share
        )
        here = set(people.filtered(lambda user: company_id in user.company_ids.ids).ids)
        return {
            department.id: (
                department.head_id.id if department.head_id.id in here else False,
                tuple(
                    user_id
                    for user_id in (department.member_ids | department.head_id).ids
                    if user_id in here
                ),
            )
            for department in departments
        }

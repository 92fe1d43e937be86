from odoo import api, fields, models

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """Whose orders are projects (P13)."""

    _inherit = "order.type"

    asks_project_plan = fields.Boolean(
        string="Project Plan",
        help="A project plan is proposed when an order is confirmed. It is remade when "
        "a change of the order is applied. The papers of the order are filed after the "
        "project was completed and evaluated.",
    )
    project_manager_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        ondelete="restrict",
        help="Draws up the plans of these orders. Empty: whoever sells the order.",
    )
    project_pattern_ids = fields.One2many(
        "order.project.pattern", "type_id", string="Usual Steps", copy=True
    )

    @api.model
    @remembered
    def _ids_with_project(self):
        """Return the ids of the types whose orders are projects."""
        types = self._get_with_archived([("asks_project_plan", "=", True)])
        return frozenset(types.ids)

    def _find_project_manager(self, order):
        """Return who draws up the plan of ``order``, a superuser record of this type:
        somebody who works in its company."""
        chosen = self.project_manager_id.filtered(
            lambda user: user.active and order.company_id in user.company_ids
        )
        return chosen or order.user_id or order.create_uid

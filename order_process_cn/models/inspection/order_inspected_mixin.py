from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mechanism.engine import public_act


class OrderInspectedMixin(models.AbstractModel):
    """A document whose goods are inspected (MFG-7): it has ``inspection_ids``."""

    _name = "order.inspected.mixin"
    _description = "Goods Are Inspected"

    inspection_count = fields.Integer(
        compute="_compute_inspection_count", compute_sudo=True, groups="base.group_user"
    )

    @api.depends("inspection_ids")
    def _compute_inspection_count(self):
        self.inspection_count = 0
        # where nobody inspects it costs no query
        if self.env["order.inspection.point"].browse()._is_any():
            for document in self:
                document.inspection_count = len(document.inspection_ids)

    def _check_asked(self, inspections):
        """Raise if quality was asked for nothing: ``inspections`` is empty."""
        if not inspections:
            raise UserError(
                self.env._(
                    "Nothing of %s has to be inspected, or quality was asked already.",
                    ", ".join(self.mapped("display_name")),
                )
            )

    @public_act
    def action_view_inspections(self):
        """Open what was inspected of these documents."""
        self.check_access("read")
        # whoever sees a document sees its inspections; the list has rules of its own
        return self.sudo().inspection_ids._open_list()

from typing import NamedTuple

from odoo import api, fields, models

from ..inspection.order_inspection_point import IN_PROCESS, Point
from ..mechanism.memory import remembered


class OperationPoint(NamedTuple):
    """A point in force at which goods are inspected after an operation."""

    point: Point
    guards: bool
    at_centers: frozenset
    operations: frozenset


class OrderInspectionPoint(models.Model):
    """After which operations goods are inspected (巡检, MFG-7)."""

    _inherit = "order.inspection.point"

    workcenter_ids = fields.Many2many(
        "mrp.workcenter",
        string="After Work at",
        ondelete="restrict",
        help="In process only. With no work centre and no operation: after every one.",
    )
    operation_ids = fields.Many2many(
        "mrp.routing.workcenter",
        string="After the Operations",
        ondelete="restrict",
        check_company=True,
        help="In process only: operations of bills of materials.",
    )

    @api.model
    @remembered
    def _get_operation_points(self):
        """Return ``(OperationPoint, …)`` in force, the first to be asked first."""
        guarding = self._ids_guarding()
        return tuple(
            OperationPoint(
                point,
                point.id in guarding,
                frozenset(self.browse(point.id).workcenter_ids.ids),
                frozenset(self.browse(point.id).operation_ids.ids),
            )
            for point in self._get_points(IN_PROCESS)
        )

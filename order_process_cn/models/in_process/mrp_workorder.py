from odoo import models

from ..inspection.order_inspection_point import IN_PROCESS

BEGUN = {"progress", "done"}


class MrpWorkorder(models.Model):
    """Inspections after an operation: quality is asked when it is reported, and what
    follows works on no more than has passed (MFG-7). Counted over an order and what was
    split off it, because a backorder goes on with what was reported before."""

    _inherit = "mrp.workorder"

    def _find_in_process_point(self):
        """Return the point after one operation, or ``None``. No point: no query."""
        for found in self.env["order.inspection.point"]._get_operation_points():
            anywhere = not found.at_centers and not found.operations
            if (
                anywhere
                or self.workcenter_id.id in found.at_centers
                or self.operation_id.id in found.operations
            ) and found.point.is_for(self.product_id, self.company_id.id):
                return found
        return None

    def _get_same_operations(self):
        """Return what one operation is in an order and in what was split off it."""
        self.ensure_one()
        return self.production_id._get_families().workorder_ids.filtered(
            lambda w: (
                w.operation_id == self.operation_id
                and (w.operation_id or w.name == self.name)
            )
        )

    def _count_reported(self):
        """Return how much one operation has made, in the unit of the product."""
        return sum(
            w.product_uom_id._compute_quantity(w.qty_produced, w.product_id.uom_id)
            for w in self._get_same_operations()
        )

    def _get_in_process(self):
        """Return the inspections after one operation that are made or to be made."""
        inspections = self.env["order.inspection"].search(
            [
                ("kind", "=", IN_PROCESS),
                ("workorder_id", "in", self._get_same_operations().ids),
            ]
        )
        return inspections.filtered(lambda i: i._counts())

    def _count_passed(self):
        """Return how much has passed after one operation."""
        return sum(i._get_credit() for i in self._get_in_process())

    # -- asking ------------------------------------------------------------------------

    def _ask_in_process(self):
        """Ask quality to inspect what these operations have made since."""
        points = self.env["order.inspection.point"]
        if not points._get_operation_points():
            return
        # whoever reports may not create inspections: the point asks for them
        inspections = self.env["order.inspection"].sudo()
        for operation in self.sudo():  # whoever reports sees no points
            found = operation._find_in_process_point()
            if not found:
                continue
            asked = [
                i.quantity
                for i in operation._get_in_process()
                # what is inspected anew is asked for already
                if not (i.supersedes_id and i._is_open())
            ]
            quantity = operation._count_reported() - sum(asked)
            if operation.product_id.uom_id.compare(quantity, 0) > 0:
                # how it is inspected, where quality says so: workers need not read it
                point = points.sudo().browse(found.point.id)
                inspections._create_asked(
                    [operation._prepare_in_process(point, quantity)]
                )

    def _prepare_in_process(self, point, quantity):
        production = self.production_id
        names = [production.name, self.name, production.origin]
        return {
            "kind": IN_PROCESS,
            "point_id": point.id,
            "company_id": production.company_id.id,
            "product_id": self.product_id.id,
            "production_id": production.id,
            "workorder_id": self.id,
            "origin": " / ".join(filter(None, names)),
            "user_id": point.user_id.id,
            "quantity": quantity,
            "line_ids": point._prepare_lines(),
        }

    # -- the gate ----------------------------------------------------------------------

    def _check_in_process(self):
        """Refuse that these operations work on what has not passed before them.

        :raise UserError: everything that waits, all at once
        """
        points = self.env["order.inspection.point"]
        if not any(found.guards for found in points._get_operation_points()):
            return
        problems = []
        for operation in self.sudo():  # as above
            made = operation.qty_produced or operation.state in BEGUN
            if made and operation.state != "cancel":
                reported = operation._count_reported()
                for before in operation._get_operations_before():
                    problems += before._spell_not_passed(reported)
        self.env["mrp.production"]._raise_not_passed(problems)

    def _get_operations_before(self):
        """Return the operations that come before one, nearest first."""
        found, left = self.browse(), self.blocked_by_workorder_ids
        while left:
            found |= left
            left = left.blocked_by_workorder_ids - found
        return found._filtered_worked()

    def _filtered_worked(self):
        """Return those of these operations that are done at all: core cancels one in a
        backorder whose work was reported before."""
        return self.filtered(
            lambda w: any(o.state != "cancel" for o in w._get_same_operations())
        )

    def _spell_not_passed(self, quantity):
        """Return in words why ``quantity`` may not go on after one operation, if it may
        not: nothing may begin before something has passed."""
        found = self._find_in_process_point()
        if not found or not found.guards:
            return []
        unit, passed = self.product_id.uom_id, self._count_passed()
        if unit.compare(passed, 0) > 0 and unit.compare(quantity, passed) <= 0:
            return []
        return [
            self.env._(
                "- %(production)s, %(operation)s: %(passed)s passed",
                production=self.production_id.name,
                operation=self.name,
                passed=unit._spell_with_unit(passed),
            )
        ]

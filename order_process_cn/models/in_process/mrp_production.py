from odoo import api, models
from odoo.exceptions import UserError


class MrpProduction(models.Model):
    """What was made is finished as far as it passed after its operations (MFG-7)."""

    _inherit = "mrp.production"

    @api.model
    def _raise_not_passed(self, problems):
        """Raise for what has not passed after an operation.

        :param problems: in words
        """
        if problems:
            raise UserError(
                "\n".join(
                    [
                        self.env._(
                            "What follows an inspected operation waits until quality "
                            "has let through what that operation reported:"
                        ),
                        *dict.fromkeys(problems),
                    ]
                )
            )

    def _check_finished_in_process(self):
        """Refuse that more of these orders is finished than passed on the way."""
        points = self.env["order.inspection.point"]
        if not any(found.guards for found in points._get_operation_points()):
            return
        problems = []
        for production in self.sudo():  # whoever produces sees no points
            done = production._count_finished()
            if production.product_id.uom_id.compare(done, 0) > 0:
                for operation in production.workorder_ids._filtered_worked():
                    problems += operation._spell_not_passed(done)
        self._raise_not_passed(problems)

    def _count_finished(self):
        """Return how much of one order, and of what was split off it, is finished, in
        the unit of the product."""
        moves = self._get_families().move_finished_ids.filtered(
            lambda m: m.product_id == self.product_id and m.state == "done"
        )
        return sum(
            m.product_uom._compute_quantity(m.quantity, m.product_id.uom_id)
            for m in moves
        )

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..inspection.order_inspection import DONE
from ..inspection.order_inspection_point import RETURNED


class OrderInspection(models.Model):
    """The inspection of goods that came back (AFS-1)."""

    _inherit = "order.inspection"

    case_line_id = fields.Many2one(
        "order.service.case.line",
        string="Goods of a Case",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _decide(self, state):
        result = super()._decide(state)
        self._follow_case()
        return result

    def _follow_case(self):
        # whoever inspects need not see cases
        cases = self.sudo().case_line_id.case_id
        cases._follow_inspection()

    def _start_again(self):
        again = super()._start_again()
        again.case_line_id = self.case_line_id
        return again

    def _is_decided(self):
        """Whether one inspection is over: what it lets through is agreed to."""
        return self.state == DONE

    @api.model
    def _count_passed(self, products, company):
        """Return ``{product: (passed, to be reworked)}`` of all that ever came back to
        one company; take turns on what was decided."""
        done = self.search(
            [
                ("kind", "=", RETURNED),
                ("state", "=", DONE),
                ("company_id", "=", company.id),
                ("product_id", "in", products.ids),
            ]
        )
        # whoever comes second fails to serialize, and then sees what the first moved
        if done:
            self.env.execute_query(
                SQL(
                    "UPDATE order_inspection SET write_date = write_date"
                    " WHERE id IN %s RETURNING id",
                    done._ids,
                )
            )
        counts = defaultdict(lambda: (0.0, 0.0))
        for product, own in done.grouped("product_id").items():
            counts[product] = (
                sum(inspection._get_credit() for inspection in own),
                sum(own.mapped("quantity_rework")),
            )
        return counts

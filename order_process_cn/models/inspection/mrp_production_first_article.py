from odoo import models
from odoo.exceptions import UserError

from .order_inspection_point import FIRST


class MrpProduction(models.Model):
    """The first article (首检): no more is made before it has passed (MFG-7)."""

    _inherit = "mrp.production"

    def _find_first_article_point(self):
        """Return the point at which the first pieces of one order wait, if any."""
        points = self.env["order.inspection.point"]._get_guarding(FIRST)
        fitting = [
            point
            for point in points
            if point.is_for(self.product_id, self.company_id.id)
        ]
        return fitting[:1]

    def _get_first_articles(self):
        """Return the first articles of one order and of those split from it."""
        family = self.production_group_id.production_ids | self
        return family.inspection_ids.filtered(lambda i: i.kind == FIRST and i._counts())

    def _check_first_article(self):
        """Refuse that more is made than the first pieces before these have passed.
        No point in force: no query."""
        if not self.env["order.inspection.point"]._get_guarding(FIRST):
            return
        problems = []
        for production in self.sudo():  # whoever produces sees no points
            made = max(
                [
                    production.qty_producing,
                    *production.workorder_ids.mapped("qty_produced"),
                ]
            )
            for point in production._find_first_article_point():
                unit = production.product_uom_id
                if unit.compare(made, point.first) > 0 and not any(
                    i._get_credit() for i in production._get_first_articles()
                ):
                    problems.append(
                        self.env._(
                            "- %(production)s: %(first)s first, then quality inspects",
                            production=production.display_name,
                            first=unit._spell_with_unit(point.first),
                        )
                    )
        if problems:
            raise UserError(
                "\n".join(
                    [
                        self.env._(
                            "The first article has to pass before more is made:"
                        ),
                        *problems,
                    ]
                )
            )

    def _prepare_first_articles(self):
        """Return the values of first articles about which nobody was asked."""
        # how it is inspected: workers need not read it
        points = self.env["order.inspection.point"].sudo()
        return [
            {
                "kind": FIRST,
                "point_id": point.id,
                "company_id": production.company_id.id,
                "product_id": production.product_id.id,
                "production_id": production.id,
                "origin": " / ".join(
                    filter(None, [production.name, production.origin])
                ),
                "user_id": points.browse(point.id).user_id.id,
                "quantity": production.product_uom_id._compute_quantity(
                    point.first, production.product_id.uom_id
                ),
                "line_ids": points.browse(point.id)._prepare_lines(),
            }
            for production in self
            for point in production._find_first_article_point()
            if not production._get_first_articles()
        ]

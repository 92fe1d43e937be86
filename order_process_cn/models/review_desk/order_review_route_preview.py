from odoo import api, fields, models


class OrderReviewRoute(models.Model):
    """The way a document would take by a route, shown while the route is edited."""

    _inherit = "order.review.route"

    preview = fields.Json(compute="_compute_preview")

    @api.depends("preview_res_id", "stage_ids")
    @api.depends_context("lang")
    def _compute_preview(self):
        self.preview = False
        for route in self.filtered(
            lambda route: route.preview_res_id and route._origin
        ):
            document = self.env[route.res_model].browse(route.preview_res_id).exists()
            if document and document.has_access("read"):
                route.preview = self.env["order.review"]._preview(
                    document, route._origin
                )

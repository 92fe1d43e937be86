from odoo import api, models

# {placeholder in a form: what takes its place from the one template}
PARTS = {"document_buttons": ".//header/*", "order_process": ".//sheet/*"}


class OrderReviewMixin(models.AbstractModel):
    """The buttons of a review, its panel and the checklist stand in one template
    (``order_document_view_form``); a form names the places where they go."""

    _inherit = "order.review.mixin"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            for name, parts in PARTS.items():
                for place in arch.xpath(f"//div[@name='{name}'][not(*)]"):
                    self._fill_place(place, parts)
        return arch, view

    @api.model
    def _fill_place(self, place, parts):
        kit = self.env["order.document.mixin"]
        template, _view = kit._get_view(
            self.env["ir.model.data"]._xmlid_to_res_id(
                "order_process_cn.order_document_view_form"
            )
        )
        for part in template.findall(parts):
            place.addprevious(part)
        place.getparent().remove(place)

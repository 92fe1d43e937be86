from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class DocumentPortal(CustomerPortal):
    """The customer's page of a document about his order."""

    @http.route(
        ["/my/order_documents/<string:model_name>/<int:document_id>"],
        type="http",
        auth="public",
        website=True,
    )
    def order_document(self, model_name, document_id, access_token=None, **kwargs):
        model = request.env.get(model_name)
        shown = request.env.registry["order.case.portal.mixin"]
        if model is None or model._abstract or not isinstance(model, shown):
            return request.not_found()
        try:
            document = self._document_check_access(
                model_name, document_id, access_token
            )
        except (AccessError, MissingError):
            return request.redirect("/my")
        return request.render(
            "order_process_cn.portal_document",
            {"document": document, "page_name": "order_document"},
        )

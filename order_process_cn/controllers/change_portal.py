from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class ChangePortal(CustomerPortal):
    """What the customer says of a change that was proposed to him. Employees may look
    at the page, they never answer for him."""

    @http.route(
        ["/my/order_changes/<int:change_id>/answer"],
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def order_change_answer(
        self, change_id, access_token=None, answer=None, name="", reason="", **kwargs
    ):
        try:
            change = self._document_check_access(
                "order.change.request", change_id, access_token
            )
        except (AccessError, MissingError):
            return request.redirect("/my")
        user = request.env.user
        if (
            user.share
            and answer in {"accept", "decline"}
            and change._is_waiting_for_customer()
        ):
            name = name.strip()[:100] or (
                change.partner_id.name if user._is_public() else user.name
            )
            address = request.httprequest.remote_addr
            reason = reason.strip()[:2000]
            change._answer(answer == "accept", name, user, address, reason)
        return request.redirect(change.get_portal_url())

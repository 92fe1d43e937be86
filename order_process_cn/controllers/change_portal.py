from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from .portal import OrderPortal


class ChangePortal(OrderPortal):
    """What the customer says of a change that was proposed to him, and what he asks for
    himself. Employees may look at the pages, they never speak for him."""

    @http.route(
        ["/my/orders/<int:order_id>/ask_change"],
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def order_ask_change(self, order_id, access_token=None, name=None, **kwargs):
        """[CHG-1] the customer asks for other quantities or another date."""
        order = self._open_order(order_id, access_token)
        if not order or self._is_employee():
            return self._send_back(order)
        try:
            with request.env.cr.savepoint():
                change = order.env["order.change.request"]._ask_in_portal(
                    order,
                    self._get_customer_name(order, name),
                    request.httprequest.remote_addr,
                    self._read_form(kwargs),
                )
        except UserError as refused:  # nothing of it is kept, and he is told why
            request.session["order_change_refused"] = str(refused)
            return request.redirect(order.get_portal_url())
        return request.redirect(change.get_portal_url())

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
            name = self._get_customer_name(change, name)
            address = request.httprequest.remote_addr
            reason = self._read_form({"reason": reason})["reason"].strip()[:2000]
            change._answer(answer == "accept", name, user, address, reason)
        return request.redirect(change.get_portal_url())

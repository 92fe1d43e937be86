from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.sale.controllers.portal import CustomerPortal


class OrderPortal(CustomerPortal):
    """What a customer does besides signing and paying, which core offers."""

    def _open_order(self, order_id, access_token):
        """Return the order as superuser after core's check of the token, or nothing."""
        try:
            return self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            return None

    def _get_customer_name(self, order, name):
        user = request.env.user
        return (name or "").strip() or (
            order.partner_id.name if user._is_public() else user.name
        )

    @http.route(
        ["/my/orders/<int:order_id>/accept_conditions"],
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def order_accept_conditions(self, order_id, access_token=None, name=None, **kwargs):
        """[CFM-4] the customer accepts the conditions under which we agreed."""
        order = self._open_order(order_id, access_token)
        if not order:
            return request.redirect("/my")
        if order._get_open_portal_conditions():
            order._accept_conditions(self._get_customer_name(order, name))
        return request.redirect(order.get_portal_url())

    @http.route(
        ["/my/orders/<int:order_id>/confirm_receipt"],
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def order_confirm_receipt(self, order_id, access_token=None, name=None, **kwargs):
        """The customer confirms that the goods have arrived."""
        order = self._open_order(order_id, access_token)
        if not order:
            return request.redirect("/my")
        if order._can_confirm_receipt():
            order._confirm_receipt(self._get_customer_name(order, name))
        return request.redirect(order.get_portal_url())

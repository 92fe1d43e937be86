from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.sale.controllers.portal import CustomerPortal

from ..models.prices.res_users import PRICE_GROUP
from ..models.progress.customer_page import (
    accept_conditions,
    is_under_procedure,
    record_portal_signature,
)


class SignatureRefused(Exception):
    """Core has refused the signature: nothing of it is kept."""


class OrderPortal(CustomerPortal):
    """What a customer does besides signing and paying, which core offers.

    Employees may look at the page, they never act on it: what happens there is the
    customer's own word. On orders of which nothing is asked they may as in plain Odoo.
    """

    def _document_check_access(self, model_name, document_id, access_token=None):
        user = request.env.user
        # [SEC-1] the page and its PDF are full of prices, with the link or without
        if model_name == "sale.order" and not user.has_group(PRICE_GROUP):
            raise AccessError(request.env._("You may not see the prices of orders."))
        return super()._document_check_access(
            model_name, document_id, access_token=access_token
        )

    def _open_order(self, order_id, access_token):
        """Return the order as superuser after core's check of the token, or nothing."""
        try:
            return self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            return None

    def _is_employee(self):
        return not request.env.user.share

    def _is_no_customer(self, order):
        """Whether an employee would speak for the customer of an order that is under a
        procedure."""
        return self._is_employee() and bool(order) and is_under_procedure(order)

    def _get_customer_name(self, order, name):
        user = request.env.user
        return self._read_form({"name": name or ""})["name"].strip()[:100] or (
            order.partner_id.name if user._is_public() else user.name
        )

    def _read_form(self, said):
        """Return what a form sends without what no column can hold: a stranger types
        it, and is answered in words."""
        return {
            key: value.replace("\0", "") if isinstance(value, str) else value
            for key, value in said.items()
        }

    def _send_back(self, order):
        """Return the answer to an employee who acts on the page of the customer."""
        return request.redirect(
            order.get_portal_url(query_string="&message=employee") if order else "/my"
        )

    @http.route()
    def portal_quote_accept(
        self, order_id, access_token=None, name=None, signature=None
    ):
        access_token = access_token or request.httprequest.args.get("access_token")
        order = self._open_order(order_id, access_token)
        if self._is_no_customer(order):
            return {
                "error": request.env._(
                    "Only the customer signs here. Register what came back on paper "
                    "on the order itself."
                )
            }
        sign = super().portal_quote_accept
        if (
            not order
            or self._is_employee()
            or not signature
            or not order._has_to_be_signed()
        ):
            return sign(order_id, access_token, name, signature)
        try:
            with request.env.cr.savepoint():
                # first: the order is confirmed on it
                record_portal_signature(
                    order,
                    self._get_customer_name(order, name),
                    *self._who_and_where(),
                    drawing=signature,
                )
                result = sign(order_id, access_token, name, signature)
                if result.get("error"):
                    raise SignatureRefused(result)
        except SignatureRefused as refused:
            return refused.args[0]
        except UserError as error:  # neither kept nor confirmed, and he is told why
            return {"error": str(error)}
        return result

    @http.route()
    def portal_quote_decline(
        self, order_id, access_token=None, decline_message=None, **kwargs
    ):
        order = self._open_order(order_id, access_token)
        if self._is_no_customer(order):
            return self._send_back(order)
        return super().portal_quote_decline(
            order_id, access_token, decline_message, **kwargs
        )

    def _who_and_where(self):
        return request.env.user, request.httprequest.remote_addr

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
        if not order or self._is_employee():
            return self._send_back(order)
        if order._get_open_portal_conditions():
            accept_conditions(
                order, self._get_customer_name(order, name), *self._who_and_where()
            )
        return request.redirect(order.get_portal_url())

    @http.route(
        ["/my/orders/<int:order_id>/confirm_receipt"],
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def order_confirm_receipt(self, order_id, access_token=None, name=None, **kwargs):
        """[SHP-4] the customer says what has arrived: of one delivery how much of each
        product, or that everything has."""
        order = self._open_order(order_id, access_token)
        if not order or self._is_employee():
            return self._send_back(order)
        try:
            with request.env.cr.savepoint():
                order.env["order.delivery.receipt"]._confirm_in_portal(
                    order,
                    self._get_customer_name(order, name),
                    *self._who_and_where(),
                    self._read_form(kwargs),
                )
        except UserError as refused:  # nothing of it is kept, and he is told why
            request.session["order_receipt_refused"] = str(refused)
        return request.redirect(order.get_portal_url())

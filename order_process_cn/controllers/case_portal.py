from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.case_portal.sale_order_rating import may_rate
from ..tools import arguments
from .portal import OrderPortal


class CasePortal(OrderPortal):
    """What the customer says is wrong with what he received. Employees may look at the
    page, they open cases on the order."""

    @http.route(
        ["/my/orders/<int:order_id>/open_case"],
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def order_open_case(self, order_id, access_token=None, name=None, **kwargs):
        """[AFS-1] the customer asks for a return or an exchange, or complains."""
        order = self._open_order(order_id, access_token)
        if not order or self._is_employee():
            return self._send_back(order)
        # no more of them than has to be read to know that it is too much
        most = arguments.limit(request.env, "evidence_max_files") + 1
        largest = arguments.limit(request.env, "evidence_max_mb") * 1024 * 1024 + 1
        files = [
            (file.filename.replace("\0", ""), file.read(largest))
            for file in request.httprequest.files.getlist("photos")[:most]
            if file.filename
        ]
        try:
            with request.env.cr.savepoint():
                case = order.env["order.service.case"]._open_in_portal(
                    order,
                    self._get_customer_name(order, name),
                    request.httprequest.remote_addr,
                    self._read_form(kwargs),
                    files,
                )
        except UserError as refused:  # nothing of it is kept, and he is told why
            request.session["order_case_refused"] = str(refused)
            return request.redirect(order.get_portal_url())
        return request.redirect(case.get_portal_url())

    @http.route(
        ["/my/orders/<int:order_id>/rate"],
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def order_rate(self, order_id, access_token=None, **kwargs):
        """[AFS-3] the customer is led to the page of Odoo on which he rates."""
        order = self._open_order(order_id, access_token)
        if not order or self._is_employee():
            return self._send_back(order)
        if not may_rate(order):
            return request.redirect(order.get_portal_url())
        # opened by the link of the order, or by one of its customer
        token = order.sudo()._rating_get_access_token()
        return request.redirect(f"/rate/{token}/5")

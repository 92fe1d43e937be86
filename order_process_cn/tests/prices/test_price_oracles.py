import json

from odoo import Command, http
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import OrderCommon

PRICE, LIST_PRICE = 7131.13, 8242.24
SECRETS = [
    f"{price:{comma}.2f}" for price in (PRICE, LIST_PRICE) for comma in ("", ",")
]
ORDER_SPEC = {
    "amount_total": {},
    "tax_totals": {},
    "order_line": {"fields": {"price_unit": {}, "price_subtotal": {}}},
}
LINE_SPEC = {"price_unit": {}, "price_subtotal": {}, "technical_price_unit": {}}


@tagged("post_install", "-at_install")
class TestPriceOracles(HttpCase, OrderCommon):
    """[SEC-1] forms that are never saved and files that are downloaded, K12."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        also = "base.group_allow_export"
        cls.closed = (
            cls._user("keeper", f"stock.group_stock_user,{also}"),
            cls._user("worker", f"mrp.group_mrp_user,{also}"),
        )
        cls.product.lst_price = LIST_PRICE
        cls.order = cls._order(quantity=1, price=PRICE)

    def setUp(self):
        super().setUp()
        self.enterContext(
            mute_logger(
                "odoo.http", "odoo.orm.models", "odoo.addons.web.controllers.export"
            )
        )

    def _tells(self, told):
        return any(secret in str(told) for secret in SECRETS)

    def _ask(self, user, model, method, *args):
        records = self.env[model].with_user(user).with_context({})
        try:
            with self.cr.savepoint():
                return call_kw(records, method, list(args), {})
        except (AccessError, UserError, ValueError):
            return ""

    def test_forms_that_are_not_saved(self):
        order, product = self.order, self.product
        new_line = {"order_id": order.id, "product_id": product.id}
        new_order = {
            "partner_id": self.partner.id,
            "order_line": [Command.create({"product_id": product.id})],
        }
        template = product.product_tmpl_id
        questions = (
            ("sale.order", order.ids, {}, [], ORDER_SPEC),
            ("sale.order", [], new_order, ["order_line"], ORDER_SPEC),
            ("sale.order.line", order.order_line.ids, {}, [], LINE_SPEC),
            ("sale.order.line", [], new_line, ["product_id"], LINE_SPEC),
            ("product.product", product.ids, {}, [], {"lst_price": {}}),
            ("product.template", template.ids, {}, [], {"list_price": {}}),
        )
        told_to_sales = 0
        for model, *question in questions:
            for user in self.closed:
                with self.subTest(f"{user.login} {model} {question[:2]}"):
                    told = self._ask(user, model, "onchange", *question)
                    self.assertFalse(self._tells(told))
            told = self._ask(self.supervisor, model, "onchange", *question)
            told_to_sales += self._tells(told)
        self.assertTrue(told_to_sales)

    def _export(self, kind, model, records, names):
        asked = {
            "model": model,
            "fields": [{"name": name, "label": name} for name in names],
            "ids": records.ids,
            "domain": [],
            "groupby": [],
            "import_compat": False,
        }
        data = {"data": json.dumps(asked), "csrf_token": http.Request.csrf_token(self)}
        return self.url_open(f"/web/export/{kind}", data=data)

    def test_downloads(self):
        downloads = (
            ("sale.order", self.order, ["name", "amount_total"]),
            ("sale.order", self.order, ["name", "order_line/price_unit"]),
            ("sale.order.line", self.order.order_line, ["price_unit"]),
            ("product.product", self.product, ["lst_price"]),
        )
        for user in self.closed:
            self.authenticate(user.login, user.login)
            for download in downloads:
                with self.subTest(f"{user.login} {download[0]} {download[2]}"):
                    for kind in ("csv", "xlsx"):
                        answer = self._export(kind, *download)
                        self.assertNotEqual(answer.status_code, 200)
                    self.assertFalse(self._tells(answer.text))
        # the same question, answered to whom it is open
        system = self.env.ref("base.user_admin")
        self.authenticate(system.login, system.login)
        told = sum(self._tells(self._export("csv", *one).text) for one in downloads)
        self.assertEqual(told, len(downloads))

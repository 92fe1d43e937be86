import json

from odoo import Command, http
from odoo.tests import HttpCase, tagged

from .common import PriceCommon

ORDER_SPEC = {
    "amount_total": {},
    "tax_totals": {},
    "order_line": {"fields": {"price_unit": {}, "price_subtotal": {}}},
}
LINE_SPEC = {"price_unit": {}, "price_subtotal": {}, "technical_price_unit": {}}


@tagged("post_install", "-at_install")
class TestPriceOracles(HttpCase, PriceCommon):
    """[SEC-1] forms that are never saved and files that are downloaded, K12."""

    def test_forms_that_are_not_saved(self):
        order, product = self.order, self.product
        lines = order.order_line
        new_line = {"order_id": order.id, "product_id": product.id}
        new_order = {
            "partner_id": self.partner.id,
            "order_line": [Command.create({"product_id": product.id})],
        }
        questions = (
            (order, {}, [], ORDER_SPEC),
            (order.browse(), new_order, ["order_line"], ORDER_SPEC),
            (lines, {}, [], LINE_SPEC),
            (lines.browse(), new_line, ["product_id"], LINE_SPEC),
            (product, {}, [], {"lst_price": {}}),
            (product.product_tmpl_id, {}, [], {"list_price": {}}),
        )
        told_to_sales = 0
        for records, *question in questions:
            for user in self.closed:
                with self.subTest(f"{user.login} {records} {question[:2]}"):
                    told = self._answer(user, records, "onchange", *question)
                    self.assertFalse(self._tells(told))
            told = self._answer(self.supervisor, records, "onchange", *question)
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

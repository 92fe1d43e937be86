import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..portal.common import ClosedFields
from .common import LIST_PRICE, PRICE, PriceCommon

CLOSING = ("order_group_sale_prices", "order_group_inside_prices")


@tagged("post_install", "-at_install")
class TestPriceRoads(ClosedFields, HttpCase, PriceCommon):
    """[SEC-1] every road to a sale price, walked by warehouse and workshop, K12."""

    def test_searching_and_grouping(self):
        """Every closed field of every model, by each road that names no record."""
        leaks, walked = [], 0
        for user in self.closed:
            for model in self.env.values():
                if model._abstract or model._transient:
                    continue
                for field in model._fields.values():
                    if not any(name in (field.groups or "") for name in CLOSING):
                        continue
                    walked += 1
                    leaks += [
                        f"{user.login} {field} {road}"
                        for road in self._roads(field)
                        if not self._is_refused(user, model, *road)
                    ]
        self.assertFalse(leaks)
        self.assertGreater(walked, 2 * 40)

    def test_reading_and_exporting(self):
        """Every field of the records themselves, closed or not."""
        order, product, pricelist = self.order, self.product, self.pricelist
        leaks, open_to_sales = [], 0
        for records in (
            order,
            order.order_line,
            product,
            product.product_tmpl_id,
            pricelist,
            pricelist.item_ids,
        ):
            for name in records._fields:
                for method in ("read", "export_data"):
                    leaks += [
                        f"{user.login} {records._name} {name} {method}"
                        for user in self.closed
                        if self._tells(self._answer(user, records, method, [name]))
                    ]
                told = self._answer(self.supervisor, records, "read", [name])
                open_to_sales += self._tells(told)
        self.assertFalse(leaks)
        self.assertGreater(open_to_sales, 8)

    def test_pages(self):
        order, product = self.order, self.product
        priced = {
            "active_model": "product.product",
            "active_ids": product.ids,
            "pricelist_id": self.pricelist.id,
            "quantities": [1],
        }
        pages = [
            f"/report/{kind}/{report.report_name}/{record.id}"
            for record in (order, product, product.product_tmpl_id)
            for report in self.env["ir.actions.report"].search(
                [("model", "=", record._name)]
            )
            for kind in ("html", "pdf")
        ]
        export = "/product/export/pricelist/?export_format=csv&report_data="
        pages += [
            export + json.dumps(priced),
            *(f"/my/{suffix}" for suffix in ("orders", "quotes")),
            *(
                f"/my/orders/{order.id}{suffix}"
                for suffix in ("", "?report_type=html", "?report_type=pdf")
            ),
            f"/my/orders/{order.id}/download_edi",
            order.get_portal_url(),
            order.get_portal_url(report_type="pdf"),
        ]
        self._assert_only_sales_see(lambda page: self.url_open(page).text, pages)

    def test_calls_of_the_screen(self):
        order, product = self.order, self.product
        offer = {
            "product_template_id": product.product_tmpl_id.id,
            "quantity": 1,
            "currency_id": order.currency_id.id,
            "so_date": "2026-01-01 00:00:00",
            "pricelist_id": self.pricelist.id,
        }
        catalog = {"res_model": "sale.order", "order_id": order.id}
        configurator, combos = "/sale/product_configurator", "/sale/combo_configurator"
        choice = {"product_id": product.id, "extra_price": PRICE}
        combo = self.env["product.combo"].create(
            {"name": "Set", "combo_item_ids": [Command.create(choice)]}
        )
        sets = self.env["product.template"].create(
            {
                "name": "Set",
                "type": "combo",
                "list_price": LIST_PRICE,
                "combo_ids": combo.ids,
            }
        )
        of_set = {
            "product_tmpl_id": sets.id,
            "quantity": 1,
            "date": "2026-01-01 00:00:00",
            "currency_id": order.currency_id.id,
            "pricelist_id": self.pricelist.id,
        }
        routes = {
            f"{combos}/get_data": of_set,
            f"{combos}/get_price": of_set,
            f"{configurator}/get_optional_products": {
                **offer,
                "ptav_ids": [],
                "parent_ptav_ids": [],
            },
            "/product/catalog/order_lines_info": {
                **catalog,
                "product_ids": product.ids,
            },
            "/product/catalog/update_order_line_info": {
                **catalog,
                "product_id": product.id,
                "quantity": 3,
            },
            f"{configurator}/get_values": {**offer, "ptav_ids": []},
            f"{configurator}/update_combination": {**offer, "ptav_ids": []},
            f"/my/orders/{order.id}/transaction": {
                "access_token": order.access_token,
            },
        }
        self._assert_only_sales_see(
            lambda route: self.url_open(route, json={"params": routes[route]}).text,
            routes,
            at_least=5,
        )

    def _assert_only_sales_see(self, answer, roads, at_least=2):
        """Walk each road as those who see no prices, and as a control as Sales."""
        leaks = []
        for user in self.closed:
            self.authenticate(user.login, user.login)
            leaks += [
                f"{user.login} {road}" for road in roads if self._tells(answer(road))
            ]
        self.assertFalse(leaks)
        self.authenticate(self.supervisor.login, self.supervisor.login)
        told = sum(self._tells(answer(road)) for road in roads)
        self.assertGreaterEqual(told, at_least)

    def test_pricelist_report(self):
        model = self.env["report.product.report_pricelist"]
        asked = {
            "active_model": "product.product",
            "active_ids": self.product.ids,
            "pricelist_id": self.pricelist.id,
            "quantities": [1],
        }
        told = str(model.with_user(self.supervisor).get_html(asked))
        self.assertTrue(self._tells(told))
        for user in self.closed:
            with self.assertRaises(AccessError):
                model.with_user(user).get_html(asked)

    # -- mail ----------------------------------------

    def _compose(self, user, template, mode):
        """Return what somebody sees while he writes a mail, and what is sent."""
        composer = self.env["mail.compose.message"].with_user(user).with_context({})
        values = {
            "composition_mode": mode,
            "model": "sale.order",
            "res_ids": str(self.order.ids),
            "template_id": template.id,
        }
        known = self.order.sudo().message_ids
        with self.cr.savepoint():
            mail = composer.create(values)
            mail.action_send_mail()
        new = self.order.sudo().message_ids - known
        files = mail.sudo().attachment_ids | new.attachment_ids
        told = [mail.subject, mail.body, *new.mapped("body"), *files.mapped("raw")]
        return " ".join(str(text) for text in told)

    @mute_logger(
        "odoo.addons.mail.models.mail_render_mixin", "odoo.addons.base.models.ir_qweb"
    )
    def test_mail_composer(self):
        """Core draws the papers of a template as superuser, whoever writes the mail."""
        templates = self.env["mail.template"].search([("model", "=", "sale.order")])
        priced = 0
        for template in templates:
            for mode in ("comment", "mass_mail"):
                for user in self.closed:
                    with self.subTest(f"{template.name} {mode} {user.login}"):
                        try:
                            told = self._compose(user, template, mode)
                        except (AccessError, UserError):
                            told = ""
                        self.assertFalse(self._tells(told))
                priced += self._tells(self._compose(self.supervisor, template, mode))
        self.assertGreater(priced, 2)

    def test_they_still_write_to_the_customer(self):
        template = self.env.ref("order_process_cn.mail_template_acknowledgement")
        for user in self.closed:
            self.assertIn(self.order.name, self._compose(user, template, "comment"))

    def test_mail_to_the_warehouse_has_no_total(self):
        keeper = self.closed[0]
        for partners, shown in (
            (self.partner, True),
            (self.partner | keeper.partner_id, False),
        ):
            # pylint: disable-next=translation-required
            self.order.with_user(self.supervisor).message_post(
                body="Packed", partner_ids=partners.ids, message_type="comment"
            )
            message = self.order.sudo().message_ids[0]
            mails = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
            self.assertTrue(mails)
            self.assertEqual(any(self._tells(mail.body_html) for mail in mails), shown)

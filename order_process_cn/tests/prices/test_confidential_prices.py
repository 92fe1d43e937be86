from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import OrderCommon

ORDER_PRICES = ("amount_total", "amount_untaxed", "amount_tax", "tax_totals")
LINE_PRICES = ("price_unit", "discount", "price_subtotal", "price_total")


@tagged("post_install", "-at_install")
class TestConfidentialPrices(OrderCommon):
    """[SEC-1] stock and workshop users neither read nor write sale prices by any path,
    and still deliver and produce."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        export = "base.group_allow_export"
        cls.keeper = cls._user("keeper", f"stock.group_stock_user,{export}")
        cls.worker = cls._user("worker", f"mrp.group_mrp_user,{export}")
        cls.closed = (cls.keeper, cls.worker)
        cls.stocked = cls.env["product.product"].create(
            {"name": "Pump", "is_storable": True, "list_price": 777}
        )
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.stocked, warehouse.lot_stock_id, 50
        )
        cls.order = cls._order(
            order_line=[
                Command.create({"product_id": cls.stocked.id, "product_uom_qty": 3})
            ]
        )

    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger("odoo.orm.models"))

    def _assert_denied(self, user, records, method, *args, **kwargs):
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._rpc(user, records, method, *args, **kwargs)

    def test_reading(self):
        line = self.order.order_line
        for user in self.closed:
            for name in ORDER_PRICES:
                with self.subTest(f"{user.login} {name}"):
                    self._assert_denied(user, self.order, "read", [name])
                    self._assert_denied(user, self.order, "web_read", {name: {}})
                    self._assert_denied(user, self.order, "export_data", [name])
            for name in LINE_PRICES:
                with self.subTest(f"{user.login} {name}"):
                    self._assert_denied(user, line, "read", [name])
                    self._assert_denied(
                        user,
                        self.order,
                        "web_read",
                        {"order_line": {"fields": {name: {}}}},
                    )
            fields = self._rpc(user, self.order, "fields_get")
            self.assertFalse({*ORDER_PRICES} & {*fields})
            self._assert_denied(user, self.stocked, "read", ["lst_price"])
            self._assert_denied(
                user, self.stocked.product_tmpl_id, "read", ["list_price"]
            )

    def test_guessing(self):
        """Filters, orders, groups and aggregates tell nothing either."""
        orders, lines = self.env["sale.order"], self.env["sale.order.line"]
        for user in self.closed:
            with self.subTest(user.login):
                self._assert_denied(user, orders, "search", [("amount_total", ">", 1)])
                self._assert_denied(user, orders, "search", [], order="amount_total")
                self._assert_denied(
                    user, orders, "search", [("order_line.price_unit", ">", 1)]
                )
                self._assert_denied(
                    user, lines, "formatted_read_group", [], ["price_unit"], ["__count"]
                )
                self._assert_denied(
                    user, lines, "formatted_read_group", [], [], ["price_subtotal:sum"]
                )

    def test_writing(self):
        for user in self.closed:
            with self.subTest(user.login):
                self._assert_denied(
                    user, self.order.order_line, "write", {"price_unit": 0.01}
                )
                self._assert_denied(
                    user, self.order.order_line, "write", {"discount": 99}
                )
                self._assert_denied(
                    user,
                    self.order,
                    "write",
                    {
                        "order_line": [
                            Command.update(self.order.order_line.id, {"price_unit": 1})
                        ]
                    },
                )
                self._assert_denied(user, self.stocked, "write", {"lst_price": 1})
        self.assertEqual(self.order.order_line.price_unit, 777)

    def test_printing(self):
        for user in self.closed:
            with self.assertRaises(AccessError):
                self.env["ir.actions.report"].with_user(user)._render_qweb_html(
                    "sale.report_saleorder", self.order.ids
                )

    def test_form_without_prices(self):
        """The form of the order opens, without the columns."""
        views = self._rpc(
            self.keeper, self.env["sale.order"], "get_views", [[False, "form"]]
        )
        arch = views["views"]["form"]["arch"]
        self.assertIn('name="product_uom_qty"', arch)
        for name in ("price_unit", "price_subtotal", "tax_totals"):
            self.assertNotIn(f'name="{name}"', arch)

    def test_others_still_see_them(self):
        both = self._user(
            "both", "stock.group_stock_user,sales_team.group_sale_salesman_all_leads"
        )
        accountant = self._user("accountant", "account.group_account_invoice")
        plain = self._user("plain", "base.group_user")
        for user in (both, accountant, self.salesman, self.env.ref("base.user_admin")):
            self.assertEqual(
                self.order.with_user(user).order_line.read(["price_unit"])[0][
                    "price_unit"
                ],
                777,
            )
        self.assertTrue(plain.has_group("order_process_cn.order_group_sale_prices"))
        self.assertEqual(self.stocked.with_user(plain).lst_price, 777)

    # -- the work goes on -------------------------------------------------------------

    def _delivered(self, order, quantity):
        picking = order.sudo().picking_ids.filtered(lambda p: p.state != "done")
        picking = picking.with_user(self.keeper).with_context({})
        picking.action_assign()
        picking.move_ids.write({"quantity": quantity, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        self.env.flush_all()
        return picking

    def test_keeping_products(self):
        """Whoever administers stock still enters and changes products."""
        groups = "stock.group_stock_manager,product.group_product_manager"
        manager = self._user("stock_manager", groups)
        for model in ("product.template", "product.product"):
            with self.subTest(model):
                with Form(self.env[model].with_user(manager)) as form:
                    form.name = "Gasket"
                self._assert_denied(manager, form.record, "read", ["tax_string"])
                with Form(form.record) as form:
                    form.name = "Seal"
                self.assertEqual(form.record.name, "Seal")
        number, _name = self._rpc(
            manager, self.env["product.product"], "name_create", "Bolt"
        )
        bolt = self.env["product.product"].browse(number)
        self.assertEqual(bolt.list_price, 1)

    def test_delivering(self):
        self.order.action_confirm()
        picking = self._delivered(self.order, 3)
        self.assertEqual(picking.state, "done")
        self.assertEqual(self.order.order_line.qty_delivered, 3)
        self.assertEqual(self.order.invoice_status, "to invoice")

    def test_delivering_with_a_priced_carrier(self):
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "By value",
                "delivery_type": "base_on_rule",
                "product_id": self.env["product.product"]
                .create({"name": "Freight", "type": "service"})
                .id,
                "price_rule_ids": [
                    Command.create(
                        {
                            "variable": "price",
                            "operator": ">=",
                            "max_value": 0,
                            "list_base_price": 25,
                        }
                    )
                ],
                "invoice_policy": "real",
            }
        )
        self.order.set_delivery_line(carrier, 25)
        self.order.action_confirm()
        picking = self._delivered(self.order, 3)
        self.assertEqual((picking.state, picking.carrier_price), ("done", 25))

    def test_producing(self):
        bom = self.env["mrp.bom"].create(
            {
                "product_tmpl_id": self.stocked.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": self.product.id})],
            }
        )
        production = (
            self.env["mrp.production"]
            .with_user(self.worker)
            .create({"product_id": self.stocked.id, "bom_id": bom.id, "product_qty": 2})
        )
        production.action_confirm()
        production.with_context(skip_consumption=True).button_mark_done()
        self.env.flush_all()
        self.assertEqual(production.state, "done")

    def test_changes_of_prices_are_told_without_values(self):
        """The panel tells a workshop signer that a price changed, not to what."""
        self.route.active = True
        self.departments["production"].member_ids = self.worker
        self.departments["production"].head_id = self.worker
        self.signers["production"] = self.worker
        order = self._submit(self._order())
        self._sign(order, "sales", "production")
        order.order_line.price_unit = 98765
        self._end_of_transaction()
        self.assertIn("100 → 98,765", str(order.with_user(self.salesman).review_panel))
        panel = str(order.with_user(self.worker).review_panel)
        self.assertIn("Unit Price changed", panel)
        self.assertNotIn("98,765", panel)
        review = order.sudo().review_id
        self._assert_denied(self.worker, review, "read", ["facts"])
        self._assert_denied(self.worker, review, "read", ["amount"])
        self._assert_denied(self.worker, review.signature_ids, "read", ["details"])

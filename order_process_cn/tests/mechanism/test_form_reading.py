from odoo import Command
from odoo.tests import freeze_time, tagged

from ..money.money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestFormReading(MoneyCommon):
    """[CSN-6] a form shows what is stored, however it finds out what there is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = True

    def _read(self, order, specification):
        """Return what the form reads, read as ever."""
        self._begin()
        [values] = order.read(list(specification), load=None)
        lines = self.env["sale.order.line"].browse(values["order_line"])
        names = list(specification["order_line"]["fields"])
        values["order_line"] = lines.with_env(order.env).read(names, load=None)
        return values

    def _rich_order(self):
        """An order under way that has something of everything."""
        order = self._order(quantity=3, price=1000.0, is_urgent=True, urgent_reason="!")
        order = order.sudo()
        product = order.order_line.product_id
        about = {"res_model": product._name, "res_id": product.id}
        document = self.env["product.document"].create(
            {"name": "drawing.pdf", "attached_on_sale": "inside", **about}
        )
        order.signature = self.env.company.logo
        order.tag_ids = self.env["crm.tag"].create({"name": "Trade Fair"})
        order.order_line.product_document_ids = document
        self.env["order.statement"].create(
            {"order_id": order.id, "kind": "returned", "signed_by": "Li"}
        )
        self._approve(order)
        order.action_confirm()
        self._pay(self._deposit_invoice(order, 1000.0))
        self._run_worker()
        return order

    def assertReadAlike(self, order):
        specification = self._form_specification(order)
        self._begin()
        with freeze_time("2024-01-20"):  # dates are told from now on
            [shown] = order.web_read(specification)
            expected = self._read(order, specification)
        self.assertEqual(shown.keys(), expected.keys())
        for name, value in expected.items():
            with self.subTest(field=name):
                self.assertEqual(shown[name], value)
        return expected

    def test_an_order_that_has_nothing(self):
        order = self._submit(self._order(lines=2))
        values = self.assertReadAlike(order)
        for name in ("tag_ids", "statement_ids", "urgent_member_ids", "invoice_count"):
            self.assertFalse(values[name], name)

    def test_an_order_that_has_everything(self):
        order = self._rich_order()
        values = self.assertReadAlike(order)
        for name in (
            "tag_ids",
            "statement_ids",
            "urgent_member_ids",
            "invoice_count",
            "delivery_count",
            "deposit_received",
            "signature",
            "is_pdf_quote_builder_available",
        ):
            self.assertTrue(values[name], name)
        for name in ("product_document_ids", "available_product_document_ids"):
            self.assertTrue(values["order_line"][0][name], name)

    def test_an_order_outside_of_every_procedure(self):
        self.route.active = self.rule.active = False
        order = self._order(quantity=3).sudo()
        order.tag_ids = self.env["crm.tag"].create({"name": "Trade Fair"})
        order.action_confirm()
        self._pay(order._create_invoices(), 100.0)
        self.assertFalse(order.needs_review or order.effect_state)
        values = self.assertReadAlike(order)
        for name in ("tag_ids", "invoice_count", "delivery_count"):
            self.assertTrue(values[name], name)

    def test_what_one_order_has_another_has_not(self):
        """Read together, as a page of a list is."""
        rich, poor = self._rich_order(), self._submit(self._order())
        both = rich | poor.sudo()
        self._begin()
        found = both.web_read(self._form_specification(both))
        for order, shown in zip(both, found, strict=True):
            self.assertEqual(shown["tag_ids"], order.tag_ids.ids)
            self.assertEqual(shown["statement_ids"], order.statement_ids.ids)
            self.assertEqual(shown["invoice_count"], order.invoice_count)
            self.assertEqual(shown["delivery_count"], order.delivery_count)

    def test_saved_and_read_at_once(self):
        """What was written in the same request is shown."""
        order = self._submit(self._order()).sudo()
        tag = self.env["crm.tag"].create({"name": "Trade Fair"})
        self.env.invalidate_all()
        [shown] = order.web_save(
            {"tag_ids": [Command.link(tag.id)]}, self._form_specification(order)
        )
        self.assertEqual(shown["tag_ids"], tag.ids)

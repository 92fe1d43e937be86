from datetime import date, timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestEntryValues(OrderCommon):
    """[INT-2] what is entered and cannot be meant is named, all at once. K7"""

    def _gaps(self, order):
        order.invalidate_recordset()
        return order.entry_gaps or ""

    def _with_line(self, order, **values):
        order.order_line.sudo().write(values)
        return order

    def test_absurd_values(self):
        today = fields.Date.today()
        absurd = {
            "quantity above zero": lambda o: self._with_line(o, product_uom_qty=-3),
            "unit price above zero": lambda o: self._with_line(o, price_unit=-1),
            "discount from zero": lambda o: self._with_line(o, discount=-5),
            "less than 100 %": lambda o: self._with_line(o, discount=100),
            "lead time": lambda o: self._with_line(o, customer_lead=-1),
            "to two years": lambda o: self._with_line(o, customer_lead=9000),
            "prepayment": lambda o: o.sudo().write(
                {"require_payment": False, "prepayment_percent": -0.3}
            ),
            "wanted date that lies": lambda o: o.write(
                {"wanted_date": today - timedelta(days=30)}
            ),
            "nor ten years ahead": lambda o: o.write(
                {"wanted_date": date(2206, 5, 20)}
            ),
            "promised date that lies": lambda o: o.write(
                {"commitment_date": "2016-05-20 08:00:00"}
            ),
        }
        for words, spoil in absurd.items():
            with self.subTest(words):
                order = self._order()
                self.assertFalse(self._gaps(order))
                spoil(order)
                self.assertIn(words, self._gaps(order))
                with self.assertRaisesRegex(UserError, words):
                    order.action_review_submit()
                self.assertFalse(order.review_id)
                order.sudo().unlink()

    def test_all_at_once(self):
        order = self._order(wanted_date=date(2016, 5, 20))
        self._with_line(order, product_uom_qty=-3, price_unit=-1, discount=400)
        for words in ("quantity", "unit price", "discount", "wanted date"):
            self.assertIn(words, self._gaps(order))

    def test_total_below_zero(self):
        """A deduction that passes may not turn the order round."""
        order = self._order()
        self._deduct(order, -1000)
        self.assertEqual(self._gaps(order), "total that is not below zero")

    def _deduct(self, order, price):
        """Add a line as Odoo's button “Discount” does."""
        product = self.env["product.product"].create(
            {"name": "Discount", "type": "service", "invoice_policy": "order"}
        )
        self.company.sale_discount_product_id = product
        order.sudo().order_line = [
            Command.create(
                {"product_id": product.id, "price_unit": price, "tax_ids": False}
            )
        ]

    def test_what_is_legitimate_passes(self):
        """Discounts of Odoo's own, down payments; returns where the rule allows it."""
        order = self._order()
        self._deduct(order, -20)
        order.sudo().order_line = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "product_uom_qty": 0,
                    "price_unit": 30,
                    "is_downpayment": True,
                }
            )
        ]
        self.assertFalse(self._gaps(order))
        returning = self._with_line(self._order(), product_uom_qty=-1)
        self.assertIn("quantity above zero", self._gaps(returning))
        for name in ("quantity", "total"):
            rule = self.env.ref(f"order_process_cn.order_entry_rule_{name}")
            self.assertIn(
                self.env.ref("order_process_cn.order_type_aftersales"),
                rule.return_type_ids,
            )
            rule.return_type_ids |= self.order_type
        self.assertFalse(self._gaps(returning))

    def test_line_called_a_down_payment(self):
        """The mark alone, which any client may send, spares no line."""
        order = self._order()
        self._with_line(order, is_downpayment=True, product_uom_qty=-3)
        self.assertIn("quantity above zero", self._gaps(order))

    def test_what_is_printed_counts(self):
        """The contact and the phone that F01 prints, and no others."""
        company = self.env["res.partner"].create(
            {"name": "Water Works", "is_company": True, "street": "1 Road"}
        )
        order = self._order(partner_id=company.id)

        def printed():
            head = dict(self.env["order.paper.f01"]._get_customer_head(order))
            return head["Contact"], head["Phone"]

        def child(**values):
            return self.env["res.partner"].create({"parent_id": company.id, **values})

        self.assertIn("contact person", self._gaps(order))
        child(name=False, type="delivery", street="2 Road")
        child(name="Bookkeeper", type="invoice", phone="1")
        self.assertIn("contact person", self._gaps(order))
        self.assertIn("phone number", self._gaps(order))
        self.assertEqual(printed(), ("", ""))
        company.phone = "021-5555"
        self.assertNotIn("phone number", self._gaps(order))
        buyer = child(name="Buyer", type="contact")
        self.assertFalse(self._gaps(order))
        self.assertEqual(printed(), ("Buyer", "021-5555"))
        buyer.phone = "139"
        self._gaps(order)
        self.assertEqual(printed(), ("Buyer", "139"))

    def test_one_list_while_typing(self):
        """It follows what is typed, and tells what the saved order will be told."""
        form = Form(self.env["sale.order"].with_user(self.salesman))
        form.partner_id = self.partner
        with form.order_line.new() as line:
            line.product_id = self.product
            line.product_uom_qty = -2
        for name, words in (
            ("order_channel_id", "channel"),
            ("wanted_date", "wanted date"),
            ("packing_requirements", "packing"),
        ):
            self.assertIn(words, form.entry_gaps)
            form[name] = {
                "order_channel_id": self.channel,
                "wanted_date": date(2030, 5, 20),
                "packing_requirements": "none",
            }[name]
            self.assertNotIn(words, form.entry_gaps)
        self.assertIn("quantity above zero", form.entry_gaps)
        typed = form.entry_gaps
        self.assertEqual(self._gaps(form.save()), typed)

    def test_reason_for_a_chosen_type(self):
        """Missing while one types; a refusal draws no number."""
        self.salesman.group_ids |= self.env.ref(
            "order_process_cn.order_group_type_override"
        )
        special = self.env.ref("order_process_cn.order_type_special")
        self._make_route(name="Special", order_type_ids=[Command.set(special.ids)])
        form = Form(self.env["sale.order"].with_user(self.salesman))
        form.partner_id = self.partner
        form.order_type_id = special
        self.assertIn("the reason for the chosen type", form.entry_gaps)
        before = self._next_number()
        with self.assertRaisesRegex(UserError, "Reason for the Type"):
            form.save()
        self.assertEqual(self._next_number(), before)
        form.order_type_reason = "Deposit agreed"
        self.assertNotIn("reason", form.entry_gaps)
        self.assertEqual(form.save().order_type_id, special)
        # what is proposed anyway needs no reason
        self._order(order_type_id=self.order_type.id)

    def test_type_without_the_right(self):
        before = self._next_number()
        special = self.env.ref("order_process_cn.order_type_special")
        with self.assertRaises(AccessError):
            self._order(order_type_id=special.id, order_type_reason="Why not")
        self.assertEqual(self._next_number(), before)

    def _next_number(self):
        sequence = self.env["ir.sequence"].search(
            [
                ("code", "=", "sale.order"),
                ("company_id", "in", (False, self.company.id)),
            ],
            order="company_id",
            limit=1,
        )
        sequence.invalidate_recordset()
        return sequence.number_next_actual

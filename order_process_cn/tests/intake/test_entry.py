from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestEntry(OrderCommon):
    def _gaps(self, order):
        order.invalidate_recordset(["entry_gaps"])
        return order.entry_gaps or ""

    def test_everything_missing_at_once(self):
        """[INT-2] an incomplete order cannot be submitted; one error names it all."""
        stranger = self.env["res.partner"].create(
            {"name": "Nowhere", "is_company": True}
        )
        self.product.specification = False
        order = self._order(
            partner_id=stranger.id,
            price=0,
            order_channel_id=False,
            wanted_date=False,
            payment_term_id=False,
            packing_requirements=False,
        )
        expected = [
            "channel",
            "contact person",
            "phone number",
            "delivery address",
            "specification",
            "unit price",
            "wanted date",
            "payment terms",
            "packing",
        ]
        for words in expected:
            self.assertIn(words, self._gaps(order))
        with self.assertRaises(UserError) as caught:
            order.action_review_submit()
        for words in expected:
            self.assertIn(words, str(caught.exception))
        self.assertFalse(order.review_id)

    def test_complete_order(self):
        """[INT-2] nothing is missing on a complete order."""
        order = self._order()
        self.assertFalse(self._gaps(order))
        order.action_review_submit()
        self.assertEqual(order.review_state, "running")

    def test_rules_are_data(self):
        """[INT-2] administrators say what is required, also per type."""
        self.env["order.entry.rule"].create(
            {
                "name": "customer reference",
                "domain": "[('client_order_ref', '!=', False)]",
                "order_type_ids": [Command.set(self.order_type.ids)],
            }
        )
        self.assertEqual(self._gaps(self._order()), "customer reference")
        self.env["order.entry.rule"].search([]).active = False
        empty = self._order(order_line=[], wanted_date=False)
        self.assertFalse(self._gaps(empty))
        with self.assertRaisesRegex(ValidationError, "cannot be read"):
            self.env["order.entry.rule"].create(
                {"name": "bad", "domain": "[('x', '=', 1)]"}
            )

    def test_a_rule_that_cannot_be_read(self):
        """[INT-2] K2: the addon whose field it names is gone. It stops the orders of
        its own types, and no others."""
        kinds = self.env["order.type"].search([])
        order = self._order()
        own = order.sudo().order_type_id or order.sudo().proposed_type_id
        other = kinds - own
        rule = self.env["order.entry.rule"].create(
            {"name": "vanished", "domain": "[('name', '!=', False)]"}
        )
        rule.order_type_ids = other[0]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE order_entry_rule SET domain = %s WHERE id = %s",
            ["[('x_vanished', '!=', False)]", rule.id],
        )
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        self._submit(order)
        self.assertEqual(order.review_state, "running")

    def test_oral_order(self):
        """[INT-1] only where the contract allows it, written down and confirmed."""
        phone = self.env.ref("order_process_cn.order_channel_phone")
        order = self._order(order_channel_id=phone.id)
        # what would cure it is named, and no contract that nobody has seen
        self.assertIn("“Oral Orders Allowed” ticked on the customer", self._gaps(order))
        self.assertNotIn("contract", self._gaps(order))
        self.partner.allows_oral_orders = True
        self.assertIn("written confirmation", self._gaps(order))
        order.written_confirmation = True
        self.assertFalse(self._gaps(order))

    def test_channels_and_who_answers_for_them(self):
        """[INT-1] every channel of the documents is shipped, each with its person."""
        channels = self.env["order.channel"].search([])
        self.assertEqual(len(channels.filtered("is_oral")), 3)
        for name in (
            "phone",
            "email",
            "fax",
            "letter",
            "web",
            "customer_visit",
            "sales_visit",
            "contract",
            "chat",
        ):
            channel = self.env.ref(f"order_process_cn.order_channel_{name}")
            channel.user_id = self.salesman
            self.assertIn(channel, channels)

    def test_number_time_and_duplicates(self):
        """[INT-4] unique number, entry time, entered by; the same customer reference
        is flagged."""
        first = self._order(client_order_ref="PO-1")
        second = self._order(client_order_ref="PO-1")
        self.assertNotEqual(first.name, second.name)
        self.assertEqual(second.create_uid, self.salesman)
        self.assertTrue(second.create_date)
        self.assertIn(first, second.duplicated_order_ids)

    def test_customer_file(self):
        """[INT-5] class and permission to order orally belong to the company; contacts
        below it follow."""
        company = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        contact = self.env["res.partner"].create({"name": "C", "parent_id": company.id})
        company.order_class_id = self.env.ref("order_process_cn.order_customer_class_a")
        company.allows_oral_orders = True
        self.assertEqual(contact.order_class_id.name, "A")
        self.assertTrue(contact.allows_oral_orders)
        self.assertTrue(contact.order_class_id.ships_on_contract)

    def test_acknowledgement(self):
        """[INT-7] the customer gets the order number once, after submission."""
        self.order_type.sends_acknowledgement = True
        self.partner.email = "buyer@example.com"
        order = self._submit()
        self.assertFalse(order.acknowledged_on)
        self._run_worker()
        sent = order.sudo().message_ids.filtered(
            lambda m: order.name in (m.subject or "")
        )
        self.assertEqual(len(sent), 1)
        self.assertIn(self.partner, sent.partner_ids)
        order.sudo()._mark_for_recheck()
        self._run_worker()
        again = order.sudo().message_ids.filtered(
            lambda m: order.name in (m.subject or "")
        )
        self.assertEqual(again, sent)

    def test_import_obeys_the_rules(self):
        """[INT-6] an imported order cannot skip completeness."""
        result = (
            self.env["sale.order"]
            .with_user(self.salesman)
            .load(
                ["partner_id", "order_line/product_id", "order_line/product_uom_qty"],
                [[self.partner.name, self.product.name, "3"]],
            )
        )
        order = self.env["sale.order"].browse(result["ids"]).with_user(self.salesman)
        with self.assertRaisesRegex(UserError, "lacks channel"):
            order.action_review_submit()

    def test_resubmission_with_another_price(self):
        """[REV-4] needs the customer's written confirmation, every time anew."""
        order = self._submit()
        self._sign(order, "sales", decision="decline", opinion="Too cheap")
        order.action_review_submit()
        self._sign(order, "sales", decision="decline", opinion="Still too cheap")
        order.order_line.price_unit = 120
        with self.assertRaisesRegex(UserError, "written confirmation"):
            order.action_review_submit()
        order.written_confirmation = True
        order.action_review_submit()
        self.assertEqual(order.sudo().review_id.round, 3)
        self._sign(order, "sales", decision="decline", opinion="No")
        self.assertFalse(order.written_confirmation)

    def test_form_of_a_declined_order(self):
        """[REV-4] [INT-2] it opens for whoever has to correct it, and says what is
        missing while it is typed."""
        order = self._submit()
        self._sign(order, "sales", decision="decline", opinion="Too cheap")
        for user in (self.salesman, self.supervisor):
            with Form(order.with_user(user).browse(order.id)) as form:
                self.assertFalse(form.entry_gaps)
        self.env.invalidate_all()
        with Form(order.with_user(self.salesman)) as form:
            with form.order_line.edit(0) as line:
                line.price_unit = 120
            form.save()
            self.assertIn("written confirmation", form.entry_gaps)
            with self.assertRaisesRegex(UserError, "written confirmation"):
                form.record.action_review_submit()
            form.written_confirmation = True
            self.assertFalse(form.entry_gaps)
        order.with_user(self.salesman).action_review_submit()
        self.assertEqual(order.sudo().review_id.round, 2)

    def test_form_of_a_new_order(self):
        """The form opens and shows gaps and proposal before anything is saved."""
        with Form(self.env["sale.order"].with_user(self.salesman)) as form:
            form.partner_id = self.partner
            with form.order_line.new() as line:
                line.product_id = self.product
        order = form.record
        self.assertEqual(order.proposed_type_id, self.order_type)
        self.assertEqual(order.order_line.specification, "DN50")

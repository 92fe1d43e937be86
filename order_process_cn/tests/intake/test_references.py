from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ...models.intake.sale_order_references import fill_reference_keys
from ...models.intake.twins import find_same_reference
from ...tools.references import reference_key
from ..common import OrderCommon

WRITTEN = ("PO-001234", "po 1234", "ＰＯ－１２３４", "PO1234", " Po–1234 ")


@tagged("post_install", "-at_install")
class TestReferenceKey(BaseCase):
    """[INT-4] one number, however it is written. K7"""

    def test_ways_of_writing(self):
        self.assertEqual({reference_key(text) for text in WRITTEN}, {"po1234"})
        self.assertEqual(reference_key("2026/001"), reference_key("2026－001"))
        self.assertEqual(reference_key("采购〔2026〕5号"), "采购20265号")

    def test_what_differs(self):
        self.assertNotEqual(reference_key("2026-001"), reference_key("2026-01"))
        self.assertNotEqual(reference_key("PO-1"), reference_key("PR-1"))
        for nothing in (False, "", " - ", "／"):
            self.assertEqual(reference_key(nothing), "")
        self.assertEqual(reference_key("000"), "0")


@tagged("post_install", "-at_install")
class TestTwins(OrderCommon):
    """[INT-4] [INT-6] an order that was entered before is named before it is
    submitted. K7"""

    def test_same_number(self):
        first = self._submit(self._order(client_order_ref=WRITTEN[0]))
        for text in WRITTEN:
            with self.subTest(text):
                again = self._order(client_order_ref=text, quantity=7)
                self.assertIn(first.name, again.entry_gaps)
                with self.assertRaisesRegex(UserError, first.name):
                    again.action_review_submit()
                again.sudo().unlink()

    def test_orders_from_before(self):
        """Orders from before the installation are found and not touched."""
        old = self._order(client_order_ref="Ａ-７/1") | self._order()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET client_order_ref_key = NULL, "
            "write_date = '2020-01-01' WHERE id IN %s",
            [tuple(old.ids)],
        )
        fill_reference_keys(self.env.cr)
        self.env.invalidate_all()
        self.assertEqual(old.mapped("client_order_ref_key"), ["a71", False])
        self.assertEqual({str(order.write_date)[:4] for order in old}, {"2020"})

    def test_contact_of_the_same_customer(self):
        first = self._order(client_order_ref="A-1")
        contact = self.partner.child_ids[:1]
        again = self._order(client_order_ref="a 1", partner_id=contact.id)
        self.assertIn(first.name, again.entry_gaps)
        stranger = self.partner.copy({"name": "Stranger", "phone": "1"})
        other = self._order(client_order_ref="a 1", partner_id=stranger.id)
        self.assertNotIn(first.name, other.entry_gaps or "")

    def _import(self, quantity=3):
        result = (
            self.env["sale.order"]
            .with_user(self.salesman)
            .with_context(import_file=True)  # as the screen that imports does
            .load(
                [
                    "partner_id",
                    "wanted_date",
                    "order_line/product_id",
                    "order_line/product_uom_qty",
                ],
                [
                    [self.partner.name, "2030-05-20", self.product.name, str(quantity)],
                    [self.partner.name, "2030-06-20", self.product.name, str(quantity)],
                ],
            )
        )
        self.assertTrue(result["ids"], result["messages"])
        return self.env["sale.order"].browse(result["ids"]).with_user(self.salesman)

    def test_file_imported_twice(self):
        """Without any number, by what was ordered; each twin is named to the other, and
        what a person types once more is no twin."""
        first = self._import()
        self.assertNotIn("imported", "".join(first.mapped("entry_gaps")))
        other, typed = self._import(quantity=4), self._order(quantity=3)
        again = self._import()
        (first + other).invalidate_recordset()
        for here, there in zip(first + again, again + first, strict=True):
            self.assertIn(f"see {there.name};", here.entry_gaps)
        for order in other + typed:
            self.assertNotIn("imported", order.entry_gaps or "")
        with self.assertRaisesRegex(UserError, first[0].name):
            again.action_review_submit()
        first.action_cancel()
        again.invalidate_recordset()
        self.assertNotIn("imported", "".join(again.mapped("entry_gaps")))

    def test_further_order(self):
        """The way on: a person says that it is meant."""
        self._order(client_order_ref="A-1")
        again = self._order(client_order_ref="A-1")
        again.is_further_order = True
        self.assertFalse(again.entry_gaps)
        again.action_review_submit()
        self.assertEqual(again.review_state, "running")

    def test_orders_of_colleagues_are_seen(self):
        """Whoever sees his own orders only is told the number all the same."""
        colleague = self._user("colleague", "sales_team.group_sale_salesman")
        first = self._order(user=colleague, client_order_ref="A-1")
        again = self._order(client_order_ref="A 1")
        self.assertFalse(again.search([("id", "=", first.id)]))
        self.assertIn(first.name, again.entry_gaps)

    def test_many_at_once(self):
        """One query for any number of orders, and none of them twice."""
        orders = self.env["sale.order"].with_user(self.salesman)
        for number in range(6):
            orders |= self._order(client_order_ref=f"A-{number % 3}")
        orders.invalidate_recordset()
        found = find_same_reference(orders)
        self.assertEqual({len(twins) for twins in found.values()}, {1})
        self.assertEqual(len(found), 6)

    def test_rule_may_be_switched_off(self):
        self._order(client_order_ref="A-1")
        again = self._order(client_order_ref="A-1")
        self.assertTrue(again.entry_gaps)
        self.env.ref("order_process_cn.order_entry_rule_reference").active = False
        again.invalidate_recordset()
        self.assertFalse(again.entry_gaps)

from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestReviewedFacts(OrderCommon):
    """[REV-5] what was reviewed cannot change unnoticed."""

    def setUp(self):
        super().setUp()
        groups = self.env["order.fact.group"].search([]).grouped("code")
        self.check, self.countersign = self.route.stage_ids
        self.check.fact_group_ids = groups["price"] + groups["terms"]
        self.countersign.fact_group_ids = groups["quantity"] + groups["dates"]

    def _signed(self):
        """An order that the sales supervisor and two departments have signed."""
        order = self._submit()
        return self._sign(order, "sales", "engineering", "quality")

    def _agreed(self, order):
        return {
            name for name, state in self._states(order).items() if state == "agreed"
        }

    def _edit(self, order, **values):
        order.write(values)
        self._end_of_transaction()

    def test_same_facts_however_they_are_read(self):
        """Read in one statement, from what a form has read, or before it is written."""
        order = self._order(lines=2)
        order.order_line[0].tax_ids = self.env["account.tax"].search([], limit=2)

        def digest(order):
            return order._collect_review_facts()[order]

        self.env.flush_all()
        self.env.invalidate_all()
        stored = digest(order.sudo())
        order.sudo().read()
        order.sudo().order_line.read()
        self.assertEqual(digest(order.sudo()), stored)
        order.order_line[1].product_uom_qty = 7
        order.wanted_date = date(2031, 1, 1)
        pending = digest(order.sudo())
        self.assertNotEqual(pending, stored)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(digest(order.sudo()), pending)

    def test_only_signatures_that_vouched_for_it(self):
        order = self._signed()
        self._edit(order, commitment_date="2030-06-01 08:00:00")
        self.assertEqual(self._agreed(order), {"Sales"})
        self.assertEqual(self._states(order)["Engineering"], "open")

    def test_earlier_stage_opens_again(self):
        order = self._signed()
        self._edit(order, payment_term_id=False)
        self.assertEqual(self._agreed(order), {"Engineering", "Quality"})
        self.assertEqual(self._states(order)["Sales"], "open")
        self.assertEqual(self._states(order)["Production"], "waiting")

    def test_facts_nobody_vouched_for(self):
        order = self._signed()
        self._edit(order, packing_requirements="Carton")
        self.assertEqual(self._agreed(order), {"Sales", "Engineering", "Quality"})

    def test_every_road_to_a_change(self):
        """Writes on the order, on lines, added and removed lines, and quantities that
        move prices are all noticed."""
        self.product.taxes_id = False
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Volume",
                "item_ids": [
                    Command.create({"compute_price": "fixed", "fixed_price": 80})
                ],
            }
        )

        def by_line_write(order):
            order.order_line.price_unit = 90

        def by_order_command(order):
            line = order.order_line[0]
            order.order_line = [Command.update(line.id, {"discount": 10})]

        def by_new_line(order):
            self.env["sale.order.line"].create(
                {"order_id": order.id, "product_id": self.product.id}
            )

        def by_unlink(order):
            order.order_line[-1].unlink()

        def by_discount_wizard(order):
            self.env["sale.order.discount"].create(
                {"sale_order_id": order.id, "discount_percentage": 0.1}
            ).action_apply_discount()

        def by_pricelist(order):
            order.pricelist_id = pricelist
            order.action_update_prices()

        for change in (
            by_line_write,
            by_order_command,
            by_new_line,
            by_unlink,
            by_discount_wizard,
            by_pricelist,
        ):
            with self.subTest(change.__name__):
                order = self._sign(self._submit(lines=2), "sales")
                change(order.with_user(self.salesman).with_context({}))
                self._end_of_transaction()
                self.assertEqual(self._agreed(order), set())

    def test_quantity_that_moves_the_price(self):
        """A quantity write recomputes prices without any write naming them."""
        self.product.list_price = 100
        self.env["product.pricelist.item"].create(
            {
                "pricelist_id": self.pricelist.id,
                "compute_price": "fixed",
                "fixed_price": 70,
                "min_quantity": 10,
            }
        )
        order = self._order()
        order.order_line.price_unit = 100
        order.pricelist_id = self.pricelist
        self._sign(self._submit(order), "sales")
        order.order_line.product_uom_qty = 20
        self.assertEqual(order.order_line.price_unit, 70)
        self._end_of_transaction()
        self.assertEqual(self._agreed(order), set())

    def test_old_and_new_are_told(self):
        """The panel says what voided whose signature, old → new, by whom."""
        order = self._signed()
        editor = order.with_user(self.salesman)
        editor.order_line.product_uom_qty = 9
        self._end_of_transaction()
        seats = order.with_user(self.salesman).review_panel["stages"][1]["seats"]
        void = next(s["void"] for s in seats if s["name"] == "Engineering")
        self.assertEqual(void["by"], self.salesman.name)
        self.assertIn("2 → 9", " ".join(void["changes"]))
        record = order.sudo().review_id.signature_ids.filtered(
            lambda r: r.act == "change"
        )
        self.assertEqual(len(record), 1)
        self.assertEqual(record.user_id, self.salesman)
        # the total moved with the quantity: who vouched for prices signs again as well
        self.assertEqual(len(record.details["void"]), 3)

    def test_approved_order_is_open_again(self):
        order = self._approve()
        self._edit(order, commitment_date="2030-06-01 08:00:00")
        self.assertEqual(order.review_state, "running")
        with self.assertRaisesRegex(UserError, "Approved review"):
            order.action_confirm()
        self._sign(order, *DEPARTMENTS)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_gate_before_the_voiding_ran(self):
        """The gate compares facts itself: a change in the same transaction counts."""
        order = self._approve()
        order.order_line.price_unit = 1
        with self.assertRaisesRegex(UserError, "signed again"):
            order.action_confirm()

    def test_gate_against_sql(self):
        """What no Python saw is still compared."""
        order = self._approve()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order_line SET price_unit = 0.01 WHERE order_id = %s",
            [order.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "signed again"):
            order.action_confirm()

    def test_signer_sees_what_he_signs(self):
        """A signature on facts that changed meanwhile is refused, old → new shown."""
        order = self._signed()
        shown = self._digest(order)
        self._edit(order, wanted_date=date(2030, 7, 1))
        task = order.with_user(self.signers["purchase"])._my_open_tasks()
        with self.assertRaisesRegex(UserError, "2030-05-20 → 2030-07-01"):
            task.action_sign("agree", shown)
        with self.assertRaisesRegex(UserError, "send the fingerprint"):
            task.action_sign("agree", False)
        self.assertEqual(self._states(order)["Purchasing"], "open")

    def test_confirmation_changes_no_fact(self):
        """Core rewrites the order date at confirmation; that is no reviewed fact."""
        order = self._approve()
        order.action_confirm()
        self._end_of_transaction()
        self.assertEqual(order.review_state, "approved")

    def test_down_payment_changes_no_fact(self):
        order = self._approve()
        order.action_confirm()
        self.env["sale.advance.payment.inv"].create(
            {
                "advance_payment_method": "percentage",
                "amount": 30,
                "sale_order_ids": [Command.set(order.ids)],
            }
        ).create_invoices()
        self._end_of_transaction()
        self.assertTrue(order.order_line.filtered("is_downpayment"))
        self.assertEqual(order.review_state, "approved")

    def test_type_change_outdates_the_review(self):
        """[CLS-4] another type takes another route: the review starts anew."""
        other = self.env["order.type"].create({"name": "Other"})
        self._make_route(name="Other Route", order_type_ids=[Command.set(other.ids)])
        order = self._signed()
        order.with_user(self.administrator).sudo().order_type_id = other
        self._end_of_transaction()
        self.assertEqual(order.review_state, "outdated")
        self._submit(order)
        self.assertEqual(order.sudo().review_id.route_id.name, "Other Route")
        self.assertEqual(order.sudo().review_id.round, 2)
        self.assertTrue(order.sudo().review_id.previous_id)

    def test_cancel_and_back_to_draft(self):
        """History stays, approval does not."""
        order = self._approve()
        first = order.sudo().review_id
        self._rpc(self.salesman, order, "write", {"state": "cancel"})
        self.assertEqual(first.state, "cancelled")
        order.action_draft()
        with self.assertRaisesRegex(UserError, "not submitted"):
            order.action_confirm()
        self._submit(order)
        self.assertEqual(order.sudo().review_id.previous_id, first)
        self.assertEqual(len(first.signature_ids.filtered("seat_names")), 6)

    def test_words_of_the_company(self):
        """[REV-5] K3: what is printed is in the language of the company, also after
        its contact was merged with one that has another; where nothing is translated
        the English words stand."""
        self.env["res.lang"]._activate_lang("fr_FR")
        order = self._order().sudo()
        line = order.order_line
        pieces = self.env["uom.uom"].create({"name": "Crate"})
        line.product_uom_id = pieces
        line.product_id.with_context(lang="fr_FR").name = "Pompe"
        self.env["order.accessory"].create(
            {"order_id": order.id, "name": "Lid", "product_uom_id": pieces.id}
        )

        def told():
            self.env.invalidate_all()
            facts = order._collect_review_facts()[order]
            texts = [
                str(value)
                for values in facts.values()
                for key, value in values.items()
                if key.endswith((".name", ".measure", ".list"))
            ]
            return " ".join(texts)

        english = told()
        self.assertIn(line.product_id.name, english)
        self.assertNotIn("Pompe", english)
        self.assertEqual(english.count("Crate"), 2)
        pieces.with_context(lang="fr_FR").name = "Caisse"
        # not the one that came with Odoo: its deletion would have all forgotten
        contact = self.company.partner_id.copy({"lang": "fr_FR"})
        self.company.partner_id = contact
        french = told()
        self.assertIn("Pompe", french)
        self.assertEqual((french.count("Caisse"), french.count("Crate")), (2, 0))
        kept = contact.copy({"lang": "en_US"})
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (contact + kept).ids, kept, extra_checks=False
        )
        self.assertEqual(self.company.partner_id, kept)
        self.assertEqual(told(), english)

    def test_reviewed_order_cannot_be_deleted(self):
        order = self._submit()
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            order.sudo().unlink()
        self.assertTrue(order.exists())

    def test_condition_that_becomes_true(self):
        """[REV-1] a seat left out at submission opens when its condition holds."""
        self.countersign.seat_ids.filtered(
            lambda seat: seat.department_id == self.departments["production"]
        ).amount_from = 5000
        order = self._submit()
        self.assertNotIn("Production", self._states(order))
        self._sign(order, "sales", "engineering", "quality", "planning", "purchase")
        self.assertEqual(order.review_state, "approved")
        self._edit(order.order_line, product_uom_qty=80, price_unit=100)
        self.assertEqual(order.review_state, "running")
        # who vouched for prices vouched for the total
        self.assertEqual(self._states(order)["Sales"], "open")
        self._sign(order, "sales")
        self.assertEqual(self._states(order)["Production"], "open")


@tagged("post_install", "-at_install")
class TestFactsOverHttp(HttpCase, OrderCommon):
    def test_catalogue(self):
        """[REV-5] the product catalogue writes through its own controller."""
        order = self._sign(self._submit(), "sales")
        self.authenticate("opc_supervisor", "opc_supervisor")
        self.make_jsonrpc_request(
            "/product/catalog/update_order_line_info",
            {
                "res_model": "sale.order",
                "order_id": order.id,
                "product_id": self.product.id,
                "quantity": 7,
            },
        )
        self.assertEqual(order.order_line.product_uom_qty, 7)
        self.assertEqual(self._states(order)["Sales"], "open")

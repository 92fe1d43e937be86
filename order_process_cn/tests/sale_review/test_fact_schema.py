from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.modules.module import get_manifest
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.confirmation.slip import slip_order
from ...tools.facts import SCHEMA, as_known, field_of, spell, with_schema
from ..common import OrderCommon

_AMOUNTS = "what it does to the price stands in the amounts, which are facts"
# facts that are relations, and why nothing behind them has to be a fact as well
SAID_BY_THE_RECORD = {
    ("sale.order", "order_type_id"): "a kind of document; what it asks is in its route",
    ("sale.order", "company_id"): "the house itself, on whose paper it stands",
    ("sale.order", "currency_id"): "a currency is what its code says",
    ("sale.order", "pricelist_id"): _AMOUNTS,
    ("sale.order", "fiscal_position_id"): _AMOUNTS,
    ("sale.order", "deposit_rule_id"): _AMOUNTS,
    ("sale.order", "incoterm"): "a term of the chamber of commerce",
    (
        "sale.order",
        "warehouse_id",
    ): "a place of the house; no paper names it",
    ("sale.order.line", "tax_ids"): _AMOUNTS,
    (
        "sale.order.line",
        "product_no_variant_attribute_value_ids",
    ): "core writes the values into the description, which is a fact",
    ("sale.order.line", "combo_item_id"): "the product it brings is a line of its own",
    ("sale.order.line", "linked_line_id"): "a line of the same order",
    ("sale.order.line", "route_ids"): "how the house gets the goods",
}


def dependencies(name):
    """Return the addon's dependencies and theirs."""
    found, left = set(), [name]
    while left:
        if (name := left.pop()) not in found:
            found.add(name)
            left += get_manifest(name)["depends"]
    return found


def stored_fields(model, modules):
    """Return the names of the stored fields of a model, but for its lines, that come
    from ``modules``."""
    return {
        name
        for name, field in model._fields.items()
        if field.store
        and field.type != "one2many"
        and (not field._modules or modules & set(field._modules))
    }


@tagged("post_install", "-at_install")
class TestFactSchema(OrderCommon):
    """[REV-5] what a signature vouches for is said field by field, as content, and
    outlives a new precision, a new fact and an upgrade. K2, K3, K13."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("order_process_cn.notices", "False")

    def _gap(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        return order.sudo()._find_review_gaps().get(order.sudo())

    # -- every field -------------------------------------------------------------------

    def test_every_stored_field_is_decided(self):
        """A fact of a group, or free with a reason; never both."""
        Order = self.env["sale.order"]
        facts = {
            "sale.order": Order._get_fact_fields(),
            "sale.order.line": Order._get_line_fact_fields(),
        }
        ours = dependencies("order_process_cn")
        for model, groups in facts.items():
            vouched = set(Order._names_in(groups))
            free = Order._get_free_fields()[model]
            self.assertTrue(all(free.values()))
            stored = stored_fields(self.env[model], ours)
            self.assertFalse(stored - vouched - free.keys(), model)
            self.assertFalse(vouched & free.keys(), model)

    def test_what_changes_is_noticed(self):
        """A change of every kind of fact that nobody vouched for before."""
        partner = self.env["res.partner"].create({"name": "Elsewhere"})
        route = self.env["stock.route"].search([], limit=1)
        for name, change in {
            "invoice": lambda o: o.write({"partner_invoice_id": partner.id}),
            "terms": lambda o: o.write({"note": "<p>No warranty</p>"}),
            "reference": lambda o: o.write({"client_order_ref": "PO 7"}),
            "signature": lambda o: o.write(
                {"require_signature": not o.require_signature}
            ),
            "penalty": lambda o: o.write({"has_penalty_clause": True}),
            "redesign": lambda o: o.write({"needs_redesign": True}),
            "production": lambda o: o.write({"production_date": "2030-01-01"}),
            "lead": lambda o: o.order_line.write({"customer_lead": 99}),
            "route": lambda o: o.order_line.write({"route_ids": route.ids}),
            "note line": lambda o: o.write(
                {
                    "order_line": [
                        Command.create({"display_type": "line_note", "name": "Free"})
                    ]
                }
            ),
            "hidden note": lambda o: o.write(
                {
                    "order_line": [
                        Command.create(
                            {
                                "display_type": "line_section",
                                "name": "Free",
                                "is_downpayment": True,
                            }
                        )
                    ]
                }
            ),
        }.items():
            with self.subTest(name):
                order = self._approve()
                change(order.sudo())
                self._end_of_transaction()
                self.assertEqual(order.review_state, "running")

    def test_no_mark_hides_a_line(self):
        """[K13] a mark on a line hides neither goods nor money."""
        for mark in ("is_downpayment", "is_delivery"):
            for quantity, price in ((500, 0.01), (1, -150.0), (500, 0.0)):
                with self.subTest(mark, quantity=quantity, price=price):
                    order = self._approve()
                    line = {
                        "product_id": self.product.id,
                        "product_uom_qty": quantity,
                        "price_unit": price,
                        mark: True,
                    }
                    order.sudo().order_line = [Command.create(line)]
                    self._end_of_transaction()
                    self.assertEqual(order.review_state, "running")

    def test_real_cost_of_shipping(self):
        """[D1] what a carrier charges at its real cost is no change of what was
        reviewed; less than nothing is."""
        product = self.env["product.product"].create(
            {"name": "Freight", "type": "service", "taxes_id": False}
        )
        carrier = self.env["delivery.carrier"].create(
            {"name": "Real", "product_id": product.id, "invoice_policy": "real"}
        )
        order = self._approve().sudo()
        order.action_confirm()
        order._create_delivery_line(carrier, 80.0)
        order.carrier_id = carrier
        self._end_of_transaction()
        self.assertEqual(order.review_state, "approved")
        self.assertFalse(self._gap(order))
        order.order_line.filtered("is_delivery").price_unit = -80
        self._end_of_transaction()
        self.assertEqual(order.review_state, "running")

    # -- content -----------------------------------------------------------------------

    def test_content_behind_relations(self):
        """[K3] what paper prints and goods follow, though the order points to the
        same record."""
        term = self.env["account.payment.term"].create(
            {"name": "Net", "line_ids": [Command.create({"nb_days": 30})]}
        )
        company = self.env["res.partner"].create({"name": "Other", "is_company": True})

        def street(order):
            order.partner_shipping_id.street = "1 Somewhere Else"

        def moved(order):
            order.partner_id.parent_id = company

        def term_longer(order):
            order.payment_term_id.line_ids.nb_days = 180

        def renamed(order):
            order.order_line.product_id.name = "Something else"

        def unit_renamed(order):
            order.order_line.product_uom_id.name = "Pallet"

        def unit_smaller(order):
            order.order_line.product_uom_id.relative_factor = 10

        def unit_behind_smaller(order):
            order.order_line.product_uom_id.relative_uom_id.relative_factor = 5

        for change in (
            street,
            moved,
            term_longer,
            renamed,
            unit_renamed,
            unit_smaller,
            unit_behind_smaller,
        ):
            with self.subTest(change.__name__):
                partner = self.partner.copy({"name": "A"})
                order = self._order(
                    partner_id=partner.id,
                    payment_term_id=term.id,
                    order_line=[Command.create(self._by_the_dozen())],
                )
                self._approve(order)
                self.assertFalse(self._gap(order))
                self.assertFalse(order._get_form_watermark())
                change(order.sudo())
                self.assertIn("signed again", self._gap(order) or "")
                self.assertEqual(order._get_form_watermark(), "Not approved")
                # the worker has it signed again: nobody stands before a closed door
                self._run_worker()
                self.assertEqual(order.review_state, "running")
                changes = order.sudo().review_id.signature_ids[-1].explanation
                self.assertTrue(changes)

    def _by_the_dozen(self):
        """Return the values of a line of a product of its own, and of units."""
        units = self.env["uom.uom"]
        single = units.create({"name": "Single"})
        six = units.create(
            {"name": "Six", "relative_factor": 6, "relative_uom_id": single.id}
        )
        dozen = units.create(
            {"name": "A Dozen", "relative_factor": 2, "relative_uom_id": six.id}
        )
        product = self.env["product.product"].create(
            {"name": "Valve", "uom_id": single.id, "specification": "DN50"}
        )
        return {
            "product_id": product.id,
            "product_uom_id": dozen.id,
            "price_unit": 100,
            "specification": "DN50",
        }

    def test_every_relation_is_decided(self):
        """[K3] a fact that is a relation has its content beside it, or it is said why
        the record alone says everything."""
        Order = self.env["sale.order"]
        found = set()
        for model, groups in (
            (Order, Order._get_fact_fields()),
            (Order.order_line, Order._get_line_fact_fields()),
        ):
            names = {name for group in groups.values() for name in group}
            content = {name.partition(".")[0] for name in names if "." in name}
            found |= {
                (model._name, name)
                for name in names - content
                if "." not in name and model._fields[name].relational
            }
        self.assertEqual(found, set(SAID_BY_THE_RECORD))
        self.assertTrue(all(SAID_BY_THE_RECORD.values()))

    def test_number_is_fixed(self):
        """[K3] under which an order was submitted, on every road."""
        order = self._submit()
        for user in (self.salesman, self.administrator):
            with self.assertRaises(ValidationError):
                order.with_user(user).sudo().write({"name": "S1"})

    def test_number_of_another(self):
        """[K3] an order that was entered under the number of a reviewed one is not
        submitted under it."""
        first = self._submit()
        second = self._order(name=first.name)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(IntegrityError, "reviewed_number_uniq"),
            self.cr.savepoint(),
        ):
            self._submit(second)
            self.env.flush_all()
        second.invalidate_recordset()
        self.assertFalse(second.review_id)
        second.name = "S-OF-ITS-OWN"
        self._submit(second)
        self.assertEqual(second.sudo().review_id.document_name, "S-OF-ITS-OWN")

    # -- schema ------------------------------------------------------------------------

    def test_precision_changes_nothing(self):
        order = self._approve()
        for precision in self.env["decimal.precision"].search([]):
            precision.digits += 1
        self.env.registry.clear_cache()
        self.assertFalse(self._gap(order))

    def test_new_fact_from_the_next_submission_on(self):
        """A fact that an addon adds voids nothing; a new line does."""
        order = self._approve()
        Order = self.env.registry["sale.order"]
        groups = {g: [*n] for g, n in order._get_fact_fields().items()}
        groups["packing"].append("origin")
        self.patch(Order, "_get_fact_fields", lambda self: groups)
        self.assertFalse(self._gap(order))
        order.sudo().origin = "changed"
        self.assertFalse(self._gap(order))
        later = self._approve()
        later.sudo().origin = "changed"
        self._end_of_transaction()
        self.assertEqual(later.review_state, "running")

    def test_signatures_of_the_first_version(self):
        """Facts without a schema, numbers with the digits of their day."""
        Order = self.env.registry["sale.order"]
        collect = Order._collect_review_facts

        def collect_first(orders, _known=None):
            found = {}
            for order, facts in collect(orders).items():
                first = as_known(
                    facts, {}, order._get_first_schema(), lambda *values: False
                )
                quantities = first["quantity"]
                first["quantity"] = {
                    k: f"{float(v):.2f}" for k, v in quantities.items()
                }
                first["delivery"]["carrier_id"] = 0
                found[order] = first
            return found

        with patch.object(Order, "_collect_review_facts", collect_first):
            order = self._approve().sudo()
        self.assertNotIn(SCHEMA, order.review_id.facts)
        self.assertFalse(self._gap(order))
        order.order_line.product_uom_qty = 3
        self.assertIn("signed again", self._gap(order))

    def test_reading(self):
        self.assertEqual(
            [spell(n) for n in (3, 3.0, 0.1 + 0.2, -0.0, 100, 2.5)],
            ["3", "3", "0.3", "0", "100", "2.5"],
        )
        self.assertEqual(field_of("12/price_unit"), "#/price_unit")
        self.assertEqual(field_of("component/7"), "component/#")
        self.assertEqual(field_of("partner_id.name"), "partner_id.name")

    def test_field_and_line_are_told_apart(self):
        old = with_schema({"a": {"x": "1", "1/q": "2"}}, {"a": ["x", "#/q"]})
        more = with_schema(
            {"a": {"x": "1", "y": "9", "1/q": "2"}}, {"a": ["x", "y", "#/q"]}
        )
        line = with_schema(
            {"a": {"x": "1", "1/q": "2", "2/q": "1"}}, {"a": ["x", "#/q"]}
        )

        def same(_key, before, now):
            return before == now

        self.assertEqual(as_known(more, old, {}, same), old)
        self.assertNotEqual(as_known(line, old, {}, same), old)

    def test_slip_lands_on_a_working_day(self):
        """[CFM-2] [K8] a slip voids nothing, whatever it is counted in."""
        for unit, _label in (
            self.env["res.company"]._fields["order_slip_unit"].selection
        ):
            with self.subTest(unit):
                order = self._order(commitment_date="2030-05-31 08:00:00")
                order = self._approve(order).sudo()
                order.company_id.order_slip_unit = unit
                for late in range(1, 9):
                    slip_order(order, late)
                    self._end_of_transaction()
                    self.assertEqual(order.review_state, "approved")
                order.commitment_date = "2030-06-20 08:00:00"
                self._end_of_transaction()
                self.assertEqual(order.review_state, "running")

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.modules.module import get_manifest
from odoo.tests import tagged

from ...tools.facts import SCHEMA, as_known, field_of, spell, with_schema
from ..common import OrderCommon


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

        for change in (street, moved, term_longer, renamed):
            with self.subTest(change.__name__):
                partner = self.partner.copy({"name": "A"})
                order = self._order(partner_id=partner.id, payment_term_id=term.id)
                self._approve(order)
                self.assertFalse(self._gap(order))
                change(order.sudo())
                self.assertIn("signed again", self._gap(order) or "")

    def test_number_is_fixed(self):
        """[K3] under which an order was submitted, on every road."""
        order = self._submit()
        for user in (self.salesman, self.administrator):
            with self.assertRaises(ValidationError):
                order.with_user(user).sudo().write({"name": "S1"})

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

        def collect_first(orders):
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
                    order._slip(late)
                    self._end_of_transaction()
                    self.assertEqual(order.review_state, "approved")
                order.commitment_date = "2030-06-20 08:00:00"
                self._end_of_transaction()
                self.assertEqual(order.review_state, "running")

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestFactReader(OrderCommon):
    """[REV-5] K3: whatever is read along in one statement is what is stored."""

    def _rich_orders(self):
        """Return orders of every kind of content, and orders without any."""
        freight = self.env["product.product"].create(
            {"name": "Freight", "type": "service", "taxes_id": False}
        )
        carrier = self.env["delivery.carrier"].create(
            {"name": "Real", "product_id": freight.id, "invoice_policy": "real"}
        )
        firm = self.partner.copy({"name": "Firm", "vat": "1", "is_company": True})
        person = self.env["res.partner"].create(
            {
                "name": "Person",
                "parent_id": firm.id,
                "type": "delivery",
                "street": "Other Road",
                "state_id": self.env.ref("base.state_cn_SH").id,
                "country_id": self.env.ref("base.cn").id,
            }
        )
        plain, elsewhere, shipped, listed = (self._order(lines=2) for _ in range(4))
        elsewhere.sudo().write(
            {
                "partner_id": person.id,
                "partner_shipping_id": person.id,
                "partner_invoice_id": firm.id,
                "payment_term_id": False,
                "wanted_date": date(2031, 1, 1),
            }
        )
        shipped.sudo()._create_delivery_line(carrier, 80.0)
        shipped.sudo().order_line[:1].tax_ids = self.env["account.tax"].search(
            [], limit=2
        )
        listed.sudo().write(
            {
                "accessory_ids": [Command.create({"name": "Key"})],
                "order_line": [
                    Command.create({"display_type": "line_note", "name": "A note"})
                ],
            }
        )
        listed.sudo().order_line[:1].configuration_row_ids = [
            Command.create({"name": "Motor", "value": "1"})
        ]
        return (plain | elsewhere | shipped | listed).sudo()

    def test_facts_are_the_same_on_every_road(self):
        """From the cache, from what a submission has read, and from what a signature
        reads and locks."""
        orders = self._rich_orders()
        self._begin()
        expected = orders._collect_review_facts()
        self.assertEqual(len({facts.digest for facts in expected.values()}), 4)
        self._begin()
        known = orders._load_facts(["name"])
        self.assertTrue(known)
        self.assertEqual(orders._collect_review_facts(known), expected)
        self._begin()
        found = orders._search([("id", "in", orders.ids)])
        self.assertFalse(orders._collect_and_lock(["name"], found))  # no reviews yet
        reviews = self.env["order.review"].sudo()._start(orders)
        self._begin()
        found = orders._search([("id", "in", orders.ids)])
        self.assertEqual(orders._collect_and_lock(["name"], found), expected)
        for review in reviews:
            self.assertEqual(review.digest, expected[review._document()].digest)

    def test_what_is_known_is_not_believed_of_others(self):
        """An order that points elsewhere by now: what is behind that is read."""
        order = self._rich_orders()[0]
        known = order._load_facts([])
        order.partner_shipping_id = self.partner.copy({"street": "Far Away"})
        order.order_line[0].product_id = self.product.copy({"name": "Another"})
        facts = order._collect_review_facts(known)
        self._begin()
        self.assertEqual(facts, order._collect_review_facts())

    def test_every_column_of_a_line(self):
        """Lines are told in JSON: each column comes back in its own type, as it would
        have been read by itself."""
        orders = self._rich_orders()
        reader, field = self.env["order.fact.reader"], orders._fields["order_line"]
        lines = orders.order_line
        names = tuple(
            name
            for name, column in lines._fields.items()
            if column.store
            and column.column_type
            and name != "id"
            and column.type != "json"
        )
        self.assertGreater(len(names), 40)
        where = SQL("sale_order.id IN %s", orders._ids)
        read = reader._select(orders, [], field, names, where)
        told = {line["id"]: line for _row, own, _more in read for line, _also in own}
        stored = reader._query(lines, ("id", *names), SQL("id IN %s", lines._ids))
        for row in stored:
            values = dict(zip(("id", *names), row, strict=True))
            for name, value in values.items():
                with self.subTest(name):
                    self.assertEqual(told[values["id"]][name], value)
                    self.assertIs(type(told[values["id"]][name]), type(value))

    def test_an_order_that_one_may_not_read_is_not_locked(self):
        """[SEC-1] the door of a signature is the right to read the order."""
        order = self._submit()
        other = self._user("stranger", "base.group_user")
        self._begin()
        with self.assertRaises(AccessError):
            self._rpc(other, order, "action_review_agree")
        signer = self.signers["quality"]
        unreviewed = self._order()
        with self.assertRaises(UserError):
            self._rpc(signer, unreviewed, "action_review_agree")

    def test_the_order_of_resolution(self):
        """Calls of clients are looked up as in plain Odoo; this is no such call."""
        order = self._order()
        self.assertEqual(type(order).mro(), type.mro(type(order)))
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, order, "mro")

    def test_seats_come_in_turn(self):
        """[CSN-1] read with the order, locked, and in the order of the route."""
        order = self._submit()
        self._begin()
        found = order.sudo()._search([("id", "=", order.id)])
        order.sudo()._collect_and_lock(["name"], found)
        seats = order.sudo().review_id.task_ids
        self.assertEqual(len(seats), 1 + len(DEPARTMENTS))
        self.assertEqual(seats, seats.sorted(seats._order))

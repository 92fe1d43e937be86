from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import OrderCommon
from ..limits.common import LimitCommon


@tagged("post_install", "-at_install")
class TestEvents(OrderCommon):
    """[ANA-2] what happens to a document is kept once, for good, with one statement."""

    def _events(self, document):
        """Return what the history of a document tells, oldest first."""
        self._end_of_transaction()
        events = self.env["order.event"].search(
            [("res_model", "=", document._name), ("res_id", "=", document.id)],
            order="id",
        )
        return [
            event.code + (f" {event.detail}" if event.detail else "")
            for event in events
        ]

    def test_life_of_an_order(self):
        """[ANA-2] entered, submitted, approved, confirmed, in effect; each step of the
        progress line with the moment it began."""
        order = self._order()
        self._approve(order)
        order.action_confirm()
        told = self._events(order)
        steps = [event for event in told if event.startswith("progress")]
        self.assertEqual(
            steps, ["progress entry", "progress review", "progress effective"]
        )
        rest = [event for event in told if not event.startswith("progress")]
        self.assertEqual(
            rest,
            ["created", "submitted", "running", "approved", "confirmed", "effective",
             "planned"],
        )  # fmt: skip

    def test_who_and_when(self):
        """[ANA-2] the person who acted, not the engine; the words in his language."""
        order = self._order()
        self._submit(order)
        self._end_of_transaction()
        event = self.env["order.event"].search(
            [("res_id", "=", order.id), ("code", "=", "submitted")]
        )
        self.assertEqual(event.user_id, order.review_id.submitter_id)
        self.assertEqual(event.document_name, order.name)
        self.assertEqual(event.company_id, order.company_id)
        self.assertEqual(event.label, "Submitted to review")

    def test_one_statement(self):
        """[ANA-2] one insert for a transaction, however much has happened."""
        orders = self.env["sale.order"].union(*(self._order() for _n in range(6)))
        self._submit(orders)
        self.env.flush_all()
        name = self.env["order.touched"]._name_of(self.env["order.event"]._add)
        rows = self.env.cr.precommit.data[name]["rows"]
        self.assertGreater(len(rows), 12)
        events = self.env["order.event"].sudo()
        events._add({"rows": list(rows)[:1]})
        with self.assertQueryCount(1):
            events._add({"rows": rows})

    def test_plain_orders_have_no_history(self):
        """[ANA-2] outside of every procedure nothing is kept."""
        self.env["order.review.route"].search([]).active = False
        order = self._order()
        order.action_confirm()
        production = self.env["mrp.production"].create(
            {"product_id": self.product.id, "product_qty": 1}
        )
        production.action_confirm()
        self.assertEqual(self._events(order), [])
        self.assertEqual(self._events(production), [])

    def test_savepoint(self):
        """[ANA-2] what was taken back has not happened."""
        order = self._order()
        savepoint = self.env.cr.savepoint()
        self._submit(order)
        self.env.flush_all()
        savepoint.close(rollback=True)
        self.assertEqual(self._events(order), ["progress entry", "created"])

    def test_event_while_events_are_kept(self):
        """[ANA-2] [REV-5] what the last look at the facts finds is kept, too."""
        order = self._approve()
        self._end_of_transaction()
        order._emit("urgent_told")  # the events are looked at before the facts
        order.order_line.price_unit = 1
        self.assertEqual(self._events(order)[-2:], ["urgent_told", "running"])

    def test_kept_for_good(self):
        """[SEC-2] nobody writes, adds or deletes an event."""
        order = self._order()
        self._end_of_transaction()
        event = self.env["order.event"].search([("res_id", "=", order.id)], limit=1)
        for person in (self.env.user, self.administrator):
            own = event.with_user(person)
            with self.assertRaises(AccessError):
                own.write({"code": "approved"})
            with self.assertRaises(AccessError):
                own.unlink()
        with self.assertRaises(AccessError):
            self.env["order.event"].with_user(self.administrator).create(
                {"res_model": "sale.order", "res_id": order.id, "code": "approved"}
            )
        with self.assertRaises(AccessError):
            event.with_user(self.salesman).read(["code"])

    def test_history_of_one_order(self):
        order = self._order()
        self._end_of_transaction()
        reader = self._user(
            "reader",
            "order_process_cn.order_group_auditor,"
            "sales_team.group_sale_salesman_all_leads",
        )
        action = order.with_user(reader).action_open_history()
        events = self.env["order.event"].with_user(reader)
        self.assertEqual(
            events.search(action["domain"]).mapped("document_name")[0], order.name
        )


@tagged("post_install", "-at_install")
class TestLimitEvents(LimitCommon):
    def test_in_time_or_late(self):
        """[ANA-2] [SLA-2] whether a limit was met stands in the history of the
        document, once, also where nobody looked before it was done."""
        self._limit(length=1)
        with self._clock("2026-05-18 09:00"):
            early, unseen, seen = (self._order() for _n in range(3))
        with self._clock("2026-05-18 09:30"):
            self._submit(early)
        with self._clock("2026-05-18 11:00"):
            self._submit(unseen)
        self._check("2026-05-18 11:30")
        with self._clock("2026-05-18 11:45"):
            self._submit(seen)
        self._end_of_transaction()
        told = {
            order: self.env["order.event"].search(
                [("res_id", "=", order.id), ("code", "in", ("met", "late"))]
            )
            for order in (early, unseen, seen)
        }
        self.assertEqual(told[early].mapped("code"), ["met"])
        self.assertEqual(told[unseen].mapped("code"), ["late"])
        self.assertEqual(told[seen].mapped("code"), ["late"])
        self.assertEqual(told[early].detail, "created to submitted")
        self.assertEqual(told[early].run_id, self._run(early))

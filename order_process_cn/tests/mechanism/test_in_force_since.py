from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import OrderCommon

LONG_AGO = fields.Datetime.from_string("2020-01-01 08:00:00")


@tagged("post_install", "-at_install")
class TestInForceSince(OrderCommon):
    """[REV-1] what was decided or begun before a route was switched on is never asked
    for it, whatever kind of document; what comes later is."""

    def setUp(self):
        super().setUp()
        self.route.active = False

    def _make(self, model):
        """Return a document of ``model`` that is under way, as superuser."""
        return getattr(self, f"_make_{model.replace('.', '_')}")()

    def _make_sale_order(self):
        order = self._order().sudo()
        order.action_confirm()
        return order

    def _make_mrp_production(self):
        production = self.env["mrp.production"].create(
            {"product_id": self.product.id, "product_qty": 1}
        )
        production.action_confirm()
        return production

    def _make_order_forfeiture(self):
        forfeiture = self.env["order.forfeiture"].create(
            {
                "order_id": self._order().id,
                "kind": "none",
                "reason": "Agreed",
            }
        )
        forfeiture._decide()
        return forfeiture

    def _make_order_reallocation(self):
        document = self.env["order.reallocation"].create({"order_id": self._order().id})
        document.action_cancel()
        return document

    def _make_order_shipping_release(self):
        values = {"order_id": self._order().id}
        document = self.env["order.shipping.release"].create(values)
        document._move_to("cancel")
        return document

    def _make_order_change_request(self):
        order = self._make_sale_order()
        document = self.env["order.change.request"].create({"order_id": order.id})
        document._move_to("cancel")
        return document

    def _make_order_service_case(self):
        order = self._make_sale_order()
        document = self.env["order.service.case"].create({"order_id": order.id})
        document._move_to("cancel")
        return document

    def _make_order_inspection(self):
        document = self.env["order.inspection"].create(
            {
                "kind": "incoming",
                "company_id": self.company.id,
                "product_id": self.product.id,
                "quantity": 1,
                # whoever lets nothing through asks nobody
                "quantity_concession": 1,
            }
        )
        document._move_to("cancel")
        return document

    def _make_order_drawing_set(self):
        document = self.env["order.drawing.set"].create({"product_id": self.product.id})
        document._move_to("cancel")
        return document

    def _make_order_project_plan(self):
        order = self._make_sale_order()
        document = self.env["order.project.plan"].create({"order_id": order.id})
        document._end("cancel")
        return document

    def _make_order_project_completion(self):
        plan = self._make_order_project_plan()
        document = self.env["order.project.completion"].create(
            {"order_id": plan.order_id.id, "plan_id": plan.id}
        )
        document._move_to("cancel")
        return document

    def _make_order_purchase_request(self):
        document = self.env["order.purchase.request"].create({})
        document._move_to("cancel")
        return document

    def _make_order_demand_plan(self):
        team = self.env["crm.team"].create({"name": "Region"})
        document = self.env["order.demand.plan"].create(
            {"team_id": team.id, "kind": "month", "date_from": "2030-06-01"}
        )
        document._move_to("handed")
        return document

    def _make_order_receipt_notice(self):
        values = {"inspection_id": self._make_order_inspection().id, "quantity": 1}
        document = self.env["order.receipt.notice"].create(
            {"company_id": self.company.id, **values}
        )
        document._move_to("cancel")
        return document

    def _reviewable(self):
        routes = self.env["order.review.route"]
        return [name for name, _label in routes._selection_res_model()]

    def _switch_on(self, model, **values):
        return self._make_route(
            name=f"Everything of {model}",
            res_model=model,
            order_type_ids=[Command.clear()],
            **values,
        )

    def _is_asked(self, document):
        document.invalidate_recordset(["needs_review"])
        return bool(document._get_review_routes()[document])

    def _date_back(self, records, name, at):
        """Let time pass: a transaction has one clock only."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id IN %s",
                SQL.identifier(records._table),
                SQL.identifier(name),
                at,
                records._ids,
            )
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def test_every_document(self):
        for model in self._reviewable():
            with self.subTest(model):
                document = self._make(model)
                self.assertTrue(document.review_begun_at)
                route = self._switch_on(model)
                # begun in the same moment: asked
                self.assertTrue(self._is_asked(document))
                self._date_back(document, "review_begun_at", LONG_AGO)
                self.assertFalse(self._is_asked(document))
                self.assertNotIn(document, document._find_review_gaps())
                # the route was there first
                self._date_back(route, "in_force_since", LONG_AGO - timedelta(days=1))
                self.assertTrue(self._is_asked(document))
                route.active = False

    def test_decided_forfeiture_is_settled(self):
        """[DEP-3] a route that is switched on after the decision does not keep the
        accountant from posting the final invoice."""
        forfeiture = self._make("order.forfeiture")
        self._switch_on("order.forfeiture")
        self._date_back(forfeiture, "review_begun_at", LONG_AGO)
        forfeiture._move_to("settled")
        self.assertEqual(forfeiture.state, "settled")

    def test_what_is_not_begun_is_asked(self):
        """A quotation or a draft of before is begun after the route."""
        order = self._order()
        production = self.env["mrp.production"].create(
            {"product_id": self.product.id, "product_qty": 1}
        )
        for document in (order, production):
            with self.subTest(document._name):
                self.assertFalse(document.sudo().review_begun_at)
                self._date_back(document, "create_date", LONG_AGO)
                self._switch_on(document._name)
                self.assertTrue(self._is_asked(document))
        production.action_confirm()
        self.assertTrue(self._is_asked(production))

    def test_writing_the_same_again_changes_nothing(self):
        """An import, a data file read again, a form saved by a script."""
        production = self._make("mrp.production")
        for record in (
            self._switch_on("mrp.production"),
            self.env["order.deposit.rule"].create({"name": "Rule", "percent": 30}),
            self.env["order.time.limit"].create(
                {
                    "name": "Limit",
                    "start_event": "submitted",
                    "stop_event": "approved",
                    "length": 1,
                }
            ),
        ):
            with self.subTest(record._name):
                self.assertEqual(record.in_force_since, self.env.cr.now())
                self._date_back(record, "in_force_since", LONG_AGO)
                record.write({"active": True, "name": "The same"})
                record.load([".id", "active"], [[str(record.id), "1"]])
                record.write({"in_force_since": fields.Datetime.now()})
                self.assertEqual(record.in_force_since, LONG_AGO)
                # off: it is remembered that it was used
                record.active = False
                self.assertEqual(record.in_force_since, LONG_AGO)
                # on once more: a new beginning
                record.active = True
                self.assertEqual(record.in_force_since, self.env.cr.now())
        self.assertTrue(production.needs_review)

    def test_another_route_in_front_opens_no_gate(self):
        """What one route asks of a document under way it goes on asking when somebody
        puts another one in front of it."""
        production = self._make("mrp.production")
        old = self._switch_on("mrp.production", sequence=20)
        self._date_back(old, "in_force_since", LONG_AGO - timedelta(days=1))
        self._date_back(production, "review_begun_at", LONG_AGO)
        new = self._switch_on("mrp.production", sequence=1)
        self.assertEqual(production._get_review_routes()[production], old)
        self.assertEqual(
            self._make("mrp.production")._get_review_routes().popitem()[1], new
        )

    def test_never_on(self):
        rule = self.env["order.deposit.rule"].create(
            {
                "name": "Later",
                "percent": 30,
                "active": False,
                "in_force_since": LONG_AGO,
            }
        )
        self.assertFalse(rule.in_force_since)

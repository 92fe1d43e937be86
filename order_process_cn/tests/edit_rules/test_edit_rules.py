from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ...models.edit_rules.stages import STAGES, find_edit_stage
from ...models.effect.take_back import get_all_productions
from ..effect.test_launch import LaunchCommon

RULE = "Rule of the test"
# group of facts -> what of the order, what of its line
OF_ORDER = {
    "document": {"client_order_ref": "PO 77"},
    "product": {"needs_redesign": True},
    "terms": {"note": "Paid by the end of the month"},
    "dates": {"commitment_date": "2031-01-01 08:00:00"},
    "delivery": {"incoterm_location": "Shanghai"},
    "packing": {"packing_requirements": "Bag"},
}
OF_LINE = {
    "product": {"specification": "DN99"},
    "quantity": {"product_uom_qty": 12},
    "price": {"price_unit": 77},
    "dates": {"customer_lead": 9},
}


class EditCommon(LaunchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["order.edit.rule"].search([]).active = False

    def _rule(self, *groups, mode="never", what="facts", **values):
        facts = self.env["order.fact.group"].search([("code", "in", groups)])
        return self.env["order.edit.rule"].create(
            {
                "name": RULE,
                "what": what,
                "fact_group_ids": [Command.set(facts.ids)],
                "mode": mode,
                "from_stage": "review",
                "company_id": False,
                **values,
            }
        )

    def _rule_on(self, group, mode="never", **values):
        what = group if group in {"document", "cancel"} else "facts"
        return self._rule(group, mode=mode, what=what, **values)

    def _tell(self, act):
        """Return what whoever acts is told, nothing if it was let through."""
        self.env.flush_all()
        savepoint = self.env.cr.savepoint()
        try:
            act()
            self._end_of_transaction()
            return ""
        except UserError as error:
            return str(error)
        finally:
            savepoint.rollback()
            self.env.invalidate_all()

    def _call(self, records, method, *args, user=None, context=None):
        model = records.with_user(user or self.salesman).with_context({})
        kwargs = {"context": context} if context else {}
        return call_kw(model.browse(), method, [records.ids, *args], kwargs)


@tagged("post_install", "-at_install")
class TestEditMatrix(EditCommon):
    """[CHG-4] every group of facts × every stage × every road, walked by the salesman
    of the order."""

    def _make_orders(self):
        """Return ``{stage: an order there}``."""
        orders = {"review": self._submit(order_line=[self._line(self.pump, 10)])}
        orders["approved"] = self._approve(order_line=[self._line(self.pump, 10)])
        self.order_type.requires_technical = True
        orders["held"] = self._approve(order_line=[self._line(self.pump, 10)])
        orders["held"].sudo().action_confirm()
        orders["effective"] = self._reviewed(self.made, 10)
        orders["production"] = self._reviewed(self.made, 10)
        get_all_productions(orders["production"]).action_start()
        orders["stock"] = self._reviewed(quantity=10)
        orders["partial"] = self._reviewed(quantity=10)
        picking = orders["partial"].picking_ids
        picking.move_ids.write({"quantity": 6, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        orders["shipped"] = self._reviewed(quantity=10)
        self._ship(orders["shipped"], 10)
        self._end_of_transaction()
        self._run_worker()
        found = {
            stage: find_edit_stage(order.sudo()) for stage, order in orders.items()
        }
        self.assertEqual(found, {stage: stage for stage, _label in STAGES})
        return {stage: o.with_user(self.salesman) for stage, o in orders.items()}

    def _get_roads(self, group, order):
        """Yield ``(road, act)`` for everything by which this group can be changed."""
        line = order.order_line
        if group in OF_ORDER:
            values = OF_ORDER[group]
            (name, value), *_ = values.items()
            yield "write", lambda: self._call(order, "write", values)
            yield (
                "hostile",
                lambda: self._call(
                    order,
                    "write",
                    values,
                    context={
                        "active_test": False,
                        "tracking_disable": True,
                        "mail_notrack": True,
                        "default_state": "draft",
                        "default_edit_reason": "None",
                        "default_mode": "free",
                        "allowed_company_ids": [],
                        "lang": "zh_CN",
                    },
                ),
            )
            yield "import", lambda: self._load(order, [".id", name], [order.id, value])
        if group in OF_LINE:
            values = OF_LINE[group]
            (name, value), *_ = values.items()
            command = [Command.update(line.id, values)]
            yield "line write", lambda: self._call(line, "write", values)
            yield (
                "form",
                lambda: self._call(order, "web_save", {"order_line": command}, {}),
            )
            yield (
                "line import",
                lambda: self._load(line, [".id", name], [line.id, value]),
            )
        if group in {"product", "quantity", "price"}:
            new = {"order_id": order.id, "product_id": self.pump.id, "price_unit": 5}
            yield "line create", lambda: self._create_line(new)
            yield "line copy", lambda: self._call(line, "copy", {"order_id": order.id})
            if order.state != "sale":  # core keeps those of a confirmed order
                yield "line unlink", lambda: self._call(line, "unlink")

    def _create_line(self, values):
        lines = self.env["sale.order.line"].with_user(self.salesman)
        named = {key: value for key, value in values.items() if key != "order_id"}
        # whose it is, is a default: of the client
        context = {"default_order_id": values["order_id"]}
        call_kw(lines.with_context({}), "create", [[named]], {"context": context})

    def _load(self, records, names, row):
        model = records.with_user(self.salesman).with_context({}).browse()
        result = model.load(names, [[str(value) for value in row]])
        if not result["ids"]:
            raise UserError(str(result["messages"]))

    def test_matrix(self):
        orders = self._make_orders()
        count = 0
        for group in {**OF_ORDER, **OF_LINE}:
            rule = self._rule_on(group)
            for stage, order in orders.items():
                for road, act in self._get_roads(group, order):
                    with self.subTest(group=group, stage=stage, road=road):
                        count += 1
                        self.assertIn(RULE, self._tell(act))
            rule.active = False
            # the roads themselves are open
            for road, act in self._get_roads(group, orders["approved"]):
                with self.subTest(group=group, road=road):
                    self.assertEqual(self._tell(act), "")
        self.assertGreater(count, 200)
        self._walk_cancelling(orders)

    def test_stages(self):
        """[CHG-4] a rule holds from one stage up to another, both included."""
        rules = self.env["order.edit.rule"]
        order = self._order().sudo()
        codes = [stage for stage, _label in STAGES]
        for first, until, held in (
            ("review", False, codes),
            ("effective", "stock", ["effective", "production", "stock"]),
            ("shipped", "shipped", ["shipped"]),
        ):
            rule = self._rule(from_stage=first, until_stage=until)
            found = [s for s in codes if rules._find_for(order, s, self.salesman)]
            self.assertEqual(found, held)
            rule.active = False
        with self.assertRaisesRegex(ValidationError, "before it begins"):
            self._rule(from_stage="stock", until_stage="held")

    def _walk_cancelling(self, orders):
        """[CHG-3] by button, inside and by a write; the stages before stay free."""
        self._rule_on("cancel", "change", from_stage="effective")
        for stage, order in orders.items():
            for road, act in (
                ("button", lambda o=order: o.action_cancel()),
                ("inner", lambda o=order: o._action_cancel()),
                ("write", lambda o=order: o.write({"state": "cancel"})),
            ):
                with self.subTest(stage=stage, road=road):
                    free = stage in {"review", "approved", "held"}
                    self.assertEqual(RULE not in self._tell(act), free)

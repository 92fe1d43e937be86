from odoo import Command
from odoo.tests import tagged

from ..payment_plan.payment_plan_common import PaymentPlanCommon
from ..reach.reach_common import ReachCommon


class LookAhead:
    def _change_to(self, order, quantity):
        changes = self.env["order.change.request"].with_user(self.salesman)
        change = changes.browse(changes.action_open(order.id)["res_id"])
        line = Command.update(change.line_ids[0].id, {"quantity": quantity})
        reason = self.env.ref("order_process_cn.order_change_reason_quantity")
        change.write({"reason_id": reason.id, "line_ids": [line]})
        return change

    def _rows(self, change):
        return [
            (e.res_model, e.product_id.name, e.act, e.quantity_from, e.quantity_to)
            for e in change.sudo().effect_ids
            if e.act in {"raise", "reduce", "cancel"}
        ]


@tagged("post_install", "-at_install")
class TestChangeEffects(LookAhead, ReachCommon):
    """[CHG-5] what a change reaches is what it has reached afterwards."""

    def _apply(self, change):
        change.action_request()
        self._end_of_transaction()
        self._sign_open(change.order_id)
        self.assertEqual(change.state, "applied", change.obstacles)

    def test_from_the_top_down(self):
        """Production, what goes into it and what is bought for that get less with the
        order, by themselves, and are found so afterwards."""
        order = self._start("pump", 3)
        change = self._change_to(order, 1)
        self.assertEqual(
            self._rows(change),
            [
                ("stock.picking", "Pump", "reduce", 3, 1),
                ("mrp.production", "Pump", "reduce", 3, 1),
                ("mrp.production", "Casing", "reduce", 6, 2),
                ("purchase.order", "Ore", "reduce", 6, 2),
            ],
        )
        self.assertEqual(set(change.effect_ids.mapped("is_automatic")), {True})
        self._apply(change)
        self.assertEqual(set(change.effect_ids.mapped("result")), {"done"})

    def test_shelf_first(self):
        """Where the shelf is emptied first, what is on it is not made once more."""
        order = self._start("bracket", 5)
        self._put("bracket", 2)
        change = self._change_to(order, 8)
        made = ("mrp.production", "Bracket", "raise", 2, 3)
        self.assertIn(made, self._rows(change))
        self._apply(change)
        self.assertEqual(self._count(order)["make bracket"], 3)
        change = self._change_to(order, 7)
        made = ("mrp.production", "Bracket", "reduce", 3, 2)
        self.assertIn(made, self._rows(change))
        self._apply(change)
        self.assertEqual(set(change.effect_ids.mapped("result")), {"done"})

    def test_what_has_begun(self):
        """What a vendor knows of is the task of the buyer; more of what has begun is
        made beside it."""
        order = self._start("pump", 3)
        request = order.sudo().stock_reference_ids.purchase_ids
        request.button_confirm()
        change = self._change_to(order, 1)
        (bought,) = change.effect_ids.filtered(lambda e: e.product_id.name == "Ore")
        self.assertRecordValues(
            bought,
            [{"is_automatic": False, "user_id": request.user_id.id, "act": "reduce"}],
        )
        change.write(
            {"line_ids": [Command.update(change.line_ids.id, {"quantity": 5})]}
        )
        (bought,) = change.effect_ids.filtered(lambda e: e.product_id.name == "Ore")
        self.assertRecordValues(
            bought,
            [{"is_automatic": True, "act": "raise", "res_id": 0, "quantity_to": 4}],
        )

    def test_subcontracted(self):
        """What a subcontractor makes follows its purchase order."""
        order = self._start("gear", 3)
        change = self._change_to(order, 1)
        self.assertEqual(
            self._rows(change),
            [
                ("stock.picking", "Gear", "reduce", 3, 1),
                ("purchase.order", "Gear", "reduce", 3, 1),
            ],
        )
        self._apply(change)
        self.assertEqual(set(change.effect_ids.mapped("result")), {"done"})


@tagged("post_install", "-at_install")
class TestChangeMoney(LookAhead, PaymentPlanCommon):
    """[CHG-5] [DEP-8] what is due now, and what then."""

    def test_steps(self):
        order = self._deposit_order()
        total = order.amount_total
        change = self._change_to(order, order.order_line[0].product_uom_qty * 2)
        rows = change.sudo().effect_ids.filtered(lambda e: e.act in {"deposit", "due"})
        deposit, *steps = rows
        self.assertEqual(
            (deposit.amount_from, deposit.amount_to), (order.deposit_required,) * 2
        )
        self.assertTrue(steps)
        before = sum(step.amount_from for step in steps)
        after = sum(step.amount_to for step in steps)
        self.assertEqual(after - before, change.sudo().amount_after - total)
        self.assertIn(order._format_money(deposit.amount_from), deposit.value_from)
        keeper = self._user("keeper", "stock.group_stock_user")
        blind = deposit.with_user(keeper).sudo()
        self.assertEqual(blind._spell_side("to"), "…")
        change.action_request()
        self._end_of_transaction()
        self.assertEqual(change.state, "applied", change.obstacles)
        self.assertEqual(set(rows.mapped("result")), {"done"})

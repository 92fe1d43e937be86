from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_edit_rules import RULE, EditCommon

WHY = "The customer moves house"


@tagged("post_install", "-at_install")
class TestEditRules(EditCommon):
    """[CHG-4] whom a rule holds, what it says, and what it lets through."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales_manager = cls._user("sales_manager", "sales_team.group_sale_manager")

    def setUp(self):
        super().setUp()
        self.order = self._approve(order_line=[self._line(self.pump, 10)])
        self.line = self.order.order_line
        self._end_of_transaction()

    def _pack(self, words="Bag", user=None, **values):
        values = {"packing_requirements": words, **values}
        return self._call(self.order, "write", values, user=user)

    def _reasons(self):
        return self.env["order.edit.reason"].search([("order_id", "=", self.order.id)])

    # -- what a refusal says -----------------------------------------------------------

    def test_everything_at_once(self):
        """[CHG-4] every change old → new with its rule, and each way on."""
        self._rule("quantity", mode="change")
        self._rule("packing", mode="reason", name="Ask first")
        self._rule("dates", mode="never", name="Fixed")
        told = self._tell(
            lambda: self._pack(
                wanted_date="2030-06-01",
                order_line=[Command.update(self.line.id, {"product_uom_qty": 12})],
            )
        )
        for words in (
            self.order.name,
            "Approved",
            f"Quantity 10 → 12 ({RULE})",
            "change request",
            "Wooden case → Bag (Ask first)",
            "Reason for the Change",
            "2030-05-20 → 2030-06-01 (Fixed)",
            "settled",
        ):
            self.assertIn(words, told)
        # the total follows from the quantity, which is what he changed
        self.assertNotIn("Total", told)

    def test_whom_it_holds(self):
        """[CHG-4] the first rule that fits decides: by group, type and company."""
        self._rule("packing")
        self.assertIn(RULE, self._tell(self._pack))
        managers = self.env["res.groups"].create(
            {"name": "May", "user_ids": [Command.set(self.sales_manager.ids)]}
        )
        free = self._rule(
            "packing",
            mode="free",
            sequence=1,
            user_group_ids=[Command.set(managers.ids)],
        )
        self.assertIn(RULE, self._tell(self._pack))
        self.assertEqual(self._tell(lambda: self._pack(user=self.sales_manager)), "")
        # it cannot come to be for everybody behind anybody's back
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            managers.unlink()
        for narrowed in (
            {"order_type_ids": [Command.create({"name": "Other"})]},
            {"company_id": self.env["res.company"].create({"name": "Elsewhere"}).id},
        ):
            free.write({"user_group_ids": False, **narrowed})
            self.assertIn(RULE, self._tell(self._pack))
            free.write({"order_type_ids": False, "company_id": False})
        self.assertEqual(self._tell(self._pack), "")

    def test_what_is_free(self):
        """[CHG-4] quotations, what no signature vouches for, what core and the engine
        do as superuser, and contacts that move."""
        self._rule()
        quotation = self._order()
        self.assertEqual(
            self._tell(lambda: self._call(quotation, "write", {"note": "Later"})), ""
        )
        self.assertEqual(
            self._tell(lambda: self._call(self.order, "write", {"origin": "Fair"})), ""
        )
        self.order.partner_id.sudo().street = "2 Pump Road"
        self.assertEqual(
            self._tell(lambda: self._call(self.order, "write", {"origin": "Fair"})), ""
        )
        self.order.sudo().packing_requirements = "Barrel"
        self._end_of_transaction()
        self.assertEqual(self.order.review_state, "running")

    def test_beside_the_engine(self):
        """[CHG-4] what is done as superuser beside what a person does is not his, and
        hides nothing that he does before or after."""
        self._rule("packing")

        def act(*steps):
            for step, value in steps:
                known = self.order.sudo() if step == "engine" else self.order
                known.write({value: "Changed"} if isinstance(value, str) else value)

        free, held = "origin", {"packing_requirements": "Bag"}
        for steps, told in (
            ((("hand", free), ("engine", held)), False),
            ((("engine", held), ("hand", free)), False),
            ((("hand", held), ("engine", {"packing_requirements": "Box"})), True),
            ((("engine", free), ("hand", held)), True),
            ((("hand", free), ("engine", {"note": "x"}), ("hand", held)), True),
        ):
            with self.subTest(steps=steps):
                found = self._tell(lambda steps=steps: act(*steps))
                self.assertEqual(RULE in found, told)

    def test_asked_for_with_a_change(self):
        """[CHG-1] [CHG-4] a change request passes where one is asked for, and says
        before anybody signs that what is settled stays."""
        self.order.action_confirm()
        self._end_of_transaction()
        changes = self.env["order.change.request"].with_user(self.salesman)
        reason = self.env.ref("order_process_cn.order_change_reason_quantity")

        def ask():
            change = changes.browse(changes.action_open(self.order.id)["res_id"])
            quantity = Command.update(change.line_ids[0].id, {"quantity": 12})
            change.write({"reason_id": reason.id, "line_ids": [quantity]})
            change.action_request()
            self.assertEqual(self.line.product_uom_qty, 12)

        for mode, settled in (("change", False), ("never", True)):
            rule = self._rule("quantity", mode=mode)
            with self.subTest(mode=mode):
                told = self._tell(ask)
                self.assertEqual(f"Settled at this stage: {RULE}" in told, settled)
                self.assertEqual(bool(told), settled)
            rule.active = False

    def test_schedule(self):
        """[CHG-4] a delivery in parts is a date of the order: made, moved, removed."""
        parts = self.env["order.delivery.part"].with_user(self.salesman)
        values = [
            {"order_line_id": self.line.id, "quantity": 5, "promised_date": day}
            for day in ("2030-05-01", "2030-06-01")
        ]
        own = parts.create(values)
        self._end_of_transaction()
        self._rule("dates")
        for act in (
            lambda: own[0].write({"promised_date": "2030-05-02"}),
            lambda: own.unlink(),
            lambda: own[0].copy({"order_line_id": self.line.id}),
        ):
            self.assertIn(RULE, self._tell(act))

    # -- with a reason -----------------------------------------------------------------

    def test_reason_with_the_change(self):
        """[CHG-4] given with the change or before it; kept with old and new, by whom;
        good for one change."""
        self._rule("packing", "price", mode="reason")
        self.assertIn("Reason for the Change", self._tell(self._pack))
        self._pack(edit_reason=WHY)
        self._end_of_transaction()
        reason = self._reasons()
        self.assertRecordValues(
            reason,
            [{"reason": WHY, "user_id": self.salesman.id, "at_stage": "approved"}],
        )
        self.assertIn("Wooden case → Bag", reason.with_user(self.salesman).summary)
        self.assertFalse(self.order.edit_reason)
        event = self.env["order.event"].search([("code", "=", "edited")], limit=1)
        self.assertEqual((event.res_id, event.detail), (self.order.id, WHY))
        self.assertIn(WHY, str(self.order.sudo().message_ids[0].body))
        # used up: another transaction needs another one
        self._make_older("used_on")
        self.assertIn(RULE, self._tell(lambda: self._pack("Sack")))
        # before the change, where that is no write of the order
        self._call(self.order, "write", {"edit_reason": WHY})
        price = {"price_unit": 8}
        self.assertEqual(self._tell(lambda: self._call(self.line, "write", price)), "")
        # for a change that needs more than a reason it is worth nothing
        self._rule("dates", mode="change", name="Ask")
        told = self._tell(lambda: self._pack("Sack", wanted_date="2030-06-01"))
        self.assertIn("Ask", told)
        self.assertNotIn(RULE, told)
        self._make_older("date")
        self.assertIn(RULE, self._tell(lambda: self._call(self.line, "write", price)))

    def _make_older(self, name):
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE order_edit_reason SET {name} = {name} - interval '1 day'"  # noqa: S608
        )
        self.env.invalidate_all()

    def test_reason_is_his_own(self):
        """[SEC-2] nobody uses another's, writes one for another, alters or deletes one;
        prices stand in none for who sees none."""
        self._rule("price", mode="reason")
        self._call(self.order, "write", {"edit_reason": WHY}, user=self.sales_manager)
        price = {"price_unit": 8}
        self.assertIn(RULE, self._tell(lambda: self._call(self.line, "write", price)))
        reasons = self.env["order.edit.reason"].with_user(self.sales_manager)
        values = {"order_id": self.order.id, "reason": WHY}
        with self.assertRaises(AccessError):
            reasons.create({**values, "user_id": self.salesman.id})
        stranger = self._user("stranger", "base.group_user")
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._call(self.order, "write", {"edit_reason": WHY}, user=stranger)
        self._call(self.line, "write", price, user=self.sales_manager)
        self._end_of_transaction()
        reason = self._reasons()
        self.assertEqual(reason.user_id, self.sales_manager)
        self.assertIn("9 → 8", reason.with_user(self.sales_manager).summary)
        workshop = self._user("workshop", "mrp.group_mrp_user")
        self.assertNotIn("8", reason.with_user(workshop).sudo().summary)
        self.assertNotIn("→", str(self.order.sudo().message_ids[0].body))
        for act in (
            lambda: reason.write({"reason": "Another"}),
            lambda: reason.write({"at_stage": "shipped"}),
            lambda: reason.unlink(),
        ):
            with self.assertRaises(UserError):
                act()
        self.assertNotIn("changes", reason.with_user(self.salesman).fields_get())

    # -- on the form -------------------------------------------------------------------

    def test_note_on_the_form(self):
        """[CHG-4] what may be changed how is said to whoever looks; nothing without
        rules, and nothing is read for it."""
        asked = self.order.with_user(self.salesman)
        self.assertEqual((asked.edit_note, asked.edit_asks_reason), (False, False))
        self._rule("quantity", "price", mode="change")
        self._rule("packing", mode="reason")
        self._rule_on("cancel", "never")
        self.env.invalidate_all()
        self.assertEqual(
            asked.edit_note,
            "With a reason: Packing and special requirements. By change request: "
            "Quantity, Price and discount. Settled: Cancelling the order.",
        )
        self.assertTrue(asked.edit_asks_reason)

    def test_costs_nothing_without_rules(self):
        """[CHG-4] no rule in force: no statement more, on any road."""
        rules = self.env["order.edit.rule"].with_user(self.salesman)
        rules._compiled()
        self.env.invalidate_all()
        with self.assertQueryCount(0):
            rules._note_edit(self.order)
            rules._note_edit_of_new([{"name": "x"}])
            self.assertFalse(self.order.with_user(self.salesman).edit_note)

    def test_shipped_rules(self):
        """[CHG-4] the examples are archived, and work when they are switched on."""
        examples = [
            self.env.ref(f"order_process_cn.order_edit_rule_{name}")
            for name in ("identity", "agreed", "delivery", "shipped", "cancel")
        ]
        self.assertFalse(any(rule.active for rule in examples))
        for rule in examples:
            rule.active = True
        self.assertIn(examples[2].name, self._tell(self._pack))
        told = self._tell(lambda: self._call(self.line, "write", {"price_unit": 1}))
        self.assertIn("change request", told)

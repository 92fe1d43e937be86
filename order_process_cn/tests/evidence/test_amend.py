from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import SQL

from ...tools.facts import carry_over, lead
from ..common import DEPARTMENTS, OrderCommon

QUANTITY = frozenset({"quantity", "price"})


class AmendCommon(OrderCommon):
    """An approved order, and another approved document that may change it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("order_process_cn.notices", "False")

    def _make_scene(self):
        self.order = self._approve().sudo()
        self.review = self.order.review_id
        # whatever is reviewed justifies a change; a request for it will
        self.source = self._approve().sudo()

    def _amend(self, values=None, groups=QUANTITY, **options):
        """Amend the quantity of the order as engine, on the strength of the source."""
        values = values or {"product_uom_qty": 5}
        options = {"reason": "The customer asked", "source": self.source, **options}
        line = self.order.order_line
        records = self.order._amend(lambda: line.write(values), groups, **options)
        self._end_of_transaction()
        return records

    def _gap(self, order=None):
        self.env.flush_all()
        self.env.invalidate_all()
        order = order or self.order
        return order._find_review_gaps().get(order, "")

    def _alter(self, statement, **values):
        """Do as SQL does."""
        self.env.flush_all()
        self.env.cr.execute(SQL(statement, review=self.review.id, **values))
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestAmend(AmendCommon):
    """[REV-5] [CHG-1] approved facts become other approved facts: a record in the chain
    leads the signatures there, nobody signs again."""

    def test_signatures_are_led(self):
        signed = self.review.task_ids.signature_id
        record = self._amend()
        self.assertEqual(self.review.state, "approved")
        self.assertEqual(self.review.task_ids.signature_id, signed)
        self.assertFalse(self._gap())
        self.assertFalse((self.review + self.source.review_id)._find_tampering())
        self.assertEqual(record.act, "amend")
        self.assertEqual(set(record.details["from"]), QUANTITY)
        self.assertEqual(set(record.details["to"]), QUANTITY)
        self.assertEqual(self.review.amount, self.order.amount_total)
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_it_says_who_what_and_why(self):
        head = self.source.review_id.head
        amending = self.order.with_user(self.administrator)
        record = amending._amend(
            lambda: self.order.order_line.write({"product_uom_qty": 5}),
            QUANTITY,
            reason="The customer asked",
            source=self.source,
        )
        self.assertEqual(record.user_id, self.administrator)
        self.assertEqual(record.signer_name, self.administrator.name)
        self.assertEqual(record.opinion, "The customer asked")
        self.assertEqual(record.details["source"]["review"], self.source.review_id.id)
        self.assertEqual(record.details["source"]["head"], head)
        self.assertIn("2 → 5", record.explanation)
        self.assertIn(self.source.name, record.explanation)
        # where it came from tells as well
        note = self.source.review_id.signature_ids.sorted("number")[-1]
        self.assertEqual(note.act, "execute")
        self.assertIn(self.order.name, note.explanation)

    def test_panel_and_sheet(self):
        """[REV-7] in words, beside the seats and on the countersign sheet; nobody who
        sees no prices is told them."""
        self._amend()
        panel = self.order.with_user(self.salesman).review_panel
        (told,) = panel["amendments"]
        self.assertIn("2 → 5", "; ".join(told["changes"]))
        self.assertEqual(told["reason"], "The customer asked")
        self.assertEqual(told["source"], self.source.name)
        self.assertTrue(told["counts"])
        keeper = self._user("keeper", "stock.group_stock_user")
        blind = self.order.with_user(keeper).sudo().review_panel
        hidden = "; ".join(blind["amendments"][0]["changes"])
        self.assertNotIn("500", hidden)
        self.assertIn("changed", hidden)
        rows = [row for part in self.review._get_form_rounds() for row in part["rows"]]
        self.assertIn("Amended", [row["act"] for row in rows])
        self.assertFalse(self.review._get_form_watermark())

    # -- what it does not cover --------------------------------------------------------

    def test_edit_afterwards(self):
        self._amend()
        for quantity in (6, 2):
            with self.subTest(quantity), self.cr.savepoint():
                self.order.order_line.product_uom_qty = quantity
                self.assertIn("signed again", self._gap())
                self._end_of_transaction()
                self.assertEqual(self.review.state, "running")
                self._sign(self.order, "sales", *DEPARTMENTS)
                self.assertFalse(self._gap())
                self.assertFalse(self.review._find_tampering())
                self._amend({"product_uom_qty": quantity + 10})
                self.assertFalse(self._gap())

    def test_edit_before(self):
        """What somebody changed and nobody signed is not amended along."""
        self.order.order_line.price_unit = 1
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            self._amend()

    def test_nothing_else_changes(self):
        for groups in ({"dates"}, {"quantity"}, set()):
            with (
                self.subTest(groups),
                self.assertRaisesRegex(UserError, "nobody has approved"),
                self.cr.savepoint(),
            ):
                self._amend(groups=groups)
        self.assertEqual(self.order.order_line.product_uom_qty, 2)
        self.assertFalse(self._gap())

    def test_back_to_what_it_was(self):
        self._amend()
        self._amend({"product_uom_qty": 2})
        self.assertFalse(self._gap())
        self._amend({"product_uom_qty": 7})
        self.assertFalse(self._gap())
        self.assertFalse(self.review._find_tampering())

    def test_signed_in_between(self):
        """Signatures of different times lead to the same facts."""
        self._amend()
        self.order.order_line.product_uom_qty = 6
        self._end_of_transaction()
        self._sign(self.order, "sales", *DEPARTMENTS)
        self._amend({"product_uom_qty": 8})
        self.assertFalse(self._gap())
        self.assertFalse(self.review._find_tampering())

    def test_across_groups(self):
        """A seat that vouches for one of the groups is led there, one that vouches for
        neither is not concerned."""
        stage = self.route.stage_ids[0]
        stage.fact_group_ids = self.env["order.fact.group"].search(
            [("code", "=", "dates")]
        )
        self.assertTrue(stage.fact_group_ids)
        self.order = self._approve().sudo()
        self.review = self.order.review_id

        def change():
            self.order.commitment_date = "2030-06-01 08:00:00"
            self.order.order_line.product_uom_qty = 9

        self.order._amend(
            change, QUANTITY | {"dates"}, reason="Both", source=self.source
        )
        self._end_of_transaction()
        self.assertFalse(self._gap())
        self.order.order_line.product_uom_qty = 3
        self._end_of_transaction()
        states = self._states(self.order)
        self.assertEqual(states.pop(self.departments["sales"].name), "agreed")
        self.assertNotIn("agreed", states.values())

    def test_seat_that_is_needed_now(self):
        """[REV-2] a limit that the change reaches has its own seat sign."""
        seat = self.route.stage_ids[1].seat_ids[-1]
        seat.amount_from = 1000
        order = self._submit()
        self._sign(order, "sales", *DEPARTMENTS[:-1])
        self.order, self.review = order.sudo(), order.sudo().review_id
        self.assertEqual(self.review.state, "approved")
        self._amend({"product_uom_qty": 50})
        self.assertEqual(self.review.state, "running")
        self._sign(order, DEPARTMENTS[-1])
        self.assertEqual(self.review.state, "approved")
        self.assertFalse(self._gap())

    def test_agreement_that_counts_again(self):
        """[CSN-3] where one agreement counts for a later seat of the same person, it
        counts for what it was led to, and for nothing that comes before it."""
        self.route.repeat_policy = "once"
        stage = self.route.stage_ids.create(
            {
                **self._stage("Again", "sales", sequence=20),
                "route_id": self.route.id,
                "amount_from": 1000,
            }
        )
        self.order = self._approve().sudo()
        self.review = self.order.review_id
        self._amend({"product_uom_qty": 50})
        self.assertEqual(self.review.state, "approved")
        task = self.review.task_ids.filtered(lambda t: t.stage_name == stage.name)
        self.assertEqual(task.signature_id.act, "repeat")
        self.assertFalse(self._gap())
        self._amend({"product_uom_qty": 60})
        self.assertFalse(self._gap())
        self.assertFalse(self.review._find_tampering())

    def test_another_route(self):
        """[CLS-4] which route applies is no matter of an amendment."""
        self.route.domain = "[('amount_total', '<', 1000)]"
        with self.assertRaisesRegex(UserError, "reviewed anew"), self.cr.savepoint():
            self._amend({"product_uom_qty": 50})

    # -- where it comes from -----------------------------------------------------------

    def test_source_is_approved(self):
        for source in (self._submit().sudo(), self._order().sudo(), self.order):
            with (
                self.subTest(source.review_state),
                self.assertRaisesRegex(UserError, "justifies no change"),
            ):
                self._amend(source=source)
        # approved, and changed since
        self.source.order_line.product_uom_qty = 3
        with self.assertRaisesRegex(UserError, "justifies no change"):
            self._amend()

    def test_applied_with_the_last_signature(self):
        """[CHG-1] a change that is carried out by itself as soon as it is approved, in
        the transaction of whoever signs last."""
        source, line = self._submit(), self.order.order_line
        self.source = source.sudo()
        Order = self.env.registry["sale.order"]
        after_review = Order._after_review

        def carry_out(orders, state):
            after_review(orders, state)
            if state == "approved" and self.source in orders.sudo():
                self.order.with_env(orders.env)._amend(
                    lambda: line.write({"product_uom_qty": 5}),
                    QUANTITY,
                    reason="Approved",
                    source=self.source,
                )

        self.patch(Order, "_after_review", carry_out)
        self._sign(source, "sales", *DEPARTMENTS)
        self._end_of_transaction()
        self.assertEqual(line.product_uom_qty, 5)
        self.assertFalse(self._gap() or self._gap(self.source))
        self.assertFalse((self.review + self.source.review_id)._find_tampering())

    def test_source_of_another_company(self):
        company = self._create_company(name="Branch")
        self.source.review_id.company_id = company
        with self.assertRaisesRegex(UserError, "another company"):
            self._amend()

    def test_reason_and_source_are_given(self):
        for options in ({"reason": " "}, {"source": None}):
            with self.assertRaisesRegex(UserError, "needs a reason"):
                self._amend(**options)

    def test_order_is_approved(self):
        for order in (self._submit().sudo(), self._order().sudo()):
            self.order = order
            with self.assertRaisesRegex(UserError, "nothing to amend"):
                self._amend()

    def test_review_of_the_source_ends(self):
        """[REV-6] it counts as long as that review stands; then everybody concerned is
        asked again, what was signed afterwards counts."""
        self._amend()
        self.source.review_id._end("terminated", "terminate", "Wrong")
        self.assertIn("signed again", self._gap())
        with self.assertRaises(UserError), self.cr.savepoint():
            self.order.with_user(self.salesman).action_confirm()
        self.assertIn(self.review, self.review._find_tampering())
        (told,) = self.order.review_panel["amendments"]
        self.assertFalse(told["counts"])
        self._run_worker()
        self.assertEqual(self.review.state, "running")
        # whoever signs again is told what nobody vouches for
        self.assertIn("2 → 5", self.review.signature_ids[-1].explanation)
        self.assertFalse(self.review._find_tampering())
        self._sign(self.order, "sales", *DEPARTMENTS)
        self.assertFalse(self._gap())
        self.assertFalse(self.review._find_tampering())

    def test_source_is_changed_afterwards(self):
        self._amend()
        self.source.order_line.product_uom_qty = 3
        self._end_of_transaction()
        self.assertEqual(self.source.review_state, "running")
        self.assertIn("signed again", self._gap())
        self._run_worker()
        self.assertEqual(self.review.state, "running")

    def test_grounds_end_after_it(self):
        """[SEC-2] a run that is over rests on nothing any more."""
        self._amend()
        self.review._end("terminated", "terminate", "Over")
        self.source.review_id._end("terminated", "terminate", "Wrong")
        self.assertFalse(self.review._find_tampering())
        self._run_worker()
        self.assertEqual(self.review.state, "terminated")

    def test_put_back_by_hand(self):
        """An amendment that fell leads nowhere: the facts signed before it count."""
        self._amend()
        self.source.review_id._end("terminated", "terminate", "Wrong")
        self.order.order_line.product_uom_qty = 2
        self.assertFalse(self._gap())

    # -- runs --------------------------------------------------------------------------

    def test_next_run(self):
        """An amendment belongs to a run: who signs the next one is shown the facts."""
        self._amend()
        self.review._end("terminated", "terminate", "Again")
        self._submit(self.order)
        self.assertNotEqual(self.order.review_id, self.review)
        self.assertFalse(self.order.review_id.is_amended)
        self._sign(self.order, "sales", *DEPARTMENTS)
        self.assertFalse(self._gap())
        self.assertFalse(self.order.review_id._find_tampering())

    def test_copy(self):
        self._amend()
        copy = self.order.copy()
        self.assertFalse(copy.review_id)
        self.assertTrue(copy.needs_review)

    def test_finished_order(self):
        """Of a closed order content may be called otherwise since; it stays what was
        signed."""
        partner = self.partner.copy({"name": "A"})
        self.order = self._approve(self._order(partner_id=partner.id)).sudo()
        self.review = self.order.review_id
        self.order.closed_on = "2030-01-01 00:00:00"
        partner.street = "Moved"
        self._run_worker()
        known = self.review.facts["delivery"]
        self._amend({"product_uom_qty": 1})
        self.assertEqual(self.review.facts["delivery"], known)
        self.assertEqual(self.review.state, "approved")

    # -- forging it --------------------------------------------------------------------

    def test_forged_record(self):
        """[SEC-2] a record that SQL wrote, with all that goes with it."""
        first = self._amend()
        self.env.flush_all()
        self._alter(
            "UPDATE order_review_signature"
            " SET details = jsonb_set(details, '{to,quantity}', '\"0000\"')"
            " WHERE id = %(id)s",
            id=first.id,
        )
        self.assertIn("altered", self._gap())
        self.assertIn(self.review, self.review._find_tampering())

    def test_row_says_otherwise(self):
        """[SEC-2] the row that says whether a review was amended is not believed."""
        self._alter("UPDATE order_review SET is_amended = TRUE WHERE id = %(review)s")
        self.assertIn("amended by nobody", self._gap())
        self._alter("UPDATE order_review SET is_amended = FALSE WHERE id = %(review)s")
        self.assertFalse(self._gap())
        self._amend()
        self._alter("UPDATE order_review SET is_amended = FALSE WHERE id = %(review)s")
        self.assertIn("an amendment was hidden", self._gap())
        self.assertIn(self.review, self.review._find_tampering())

    def test_facts_altered_to_match(self):
        """[SEC-2] facts of the row that no amendment leads to."""
        self._amend()
        self.order.order_line.product_uom_qty = 6
        self.env.flush_all()
        facts = self.review._current_facts()[self.review]
        self.review.write({"facts": facts, "digest": "x"})
        self.assertIn("signed again", self._gap())

    def test_ended_source_made_valid_again(self):
        """[SEC-2] the row of the source says it is approved, its records do not."""
        self._amend()
        source = self.source.review_id
        source._end("terminated", "terminate", "Wrong")
        self._alter(
            "UPDATE order_review SET state = 'approved' WHERE id = %(source)s",
            source=source.id,
        )
        self.assertIn("signed again", self._gap())
        self.assertIn(self.review, self.review._find_tampering())

    # -- roads to it -------------------------------------------------------------------

    def test_no_client_amends(self):
        for user in (self.salesman, self.administrator):
            for record in (self.order, self.review):
                for method in ("_amend", "_append_amendment", "_rest_on_amended"):
                    with self.assertRaises(AccessError):
                        call_kw(record.with_user(user), method, [record.ids], {})
        for name in ("is_amended", "has_amended", "facts"):
            with self.assertRaises(AccessError):
                self._rpc(self.administrator, self.review, "write", {name: True})

    def test_context_of_a_client(self):
        hostile = {
            "default_act": "agree",
            "default_review_id": self.source.review_id.id,
            "active_test": True,
            "allowed_company_ids": [],
        }
        line = self.order.order_line
        record = self.order.with_context(**hostile)._amend(
            lambda: line.write({"product_uom_qty": 5}),
            QUANTITY,
            reason="Asked",
            source=self.source.with_context(**hostile),
        )
        self.assertEqual((record.act, record.review_id), ("amend", self.review))
        self.assertFalse(self._gap())

    def test_several_at_once(self):
        """[CHG-1] as a whole: all of them, or none."""
        second = self._approve().sudo()
        both = self.order + second
        both._amend(
            lambda: both.order_line.write({"product_uom_qty": 5}),
            QUANTITY,
            reason="Both",
            source=self.source,
        )
        self.assertFalse(self._gap() or self._gap(second))
        second.order_line.price_unit = 1
        with self.assertRaises(UserError), self.cr.savepoint():
            both._amend(
                lambda: both.order_line.write({"product_uom_qty": 6}),
                QUANTITY,
                reason="Both",
                source=self.source,
            )
        self.assertEqual(self.order.order_line.product_uom_qty, 5)

    def test_sign_after_it(self):
        """[REV-5] whoever was shown the facts before is refused, and told."""
        seat = self.route.stage_ids[1].seat_ids[-1]
        seat.amount_from = 1000
        order = self._submit()
        self._sign(order, "sales", *DEPARTMENTS[:-1])
        self.order, self.review = order.sudo(), order.sudo().review_id
        shown = self.review.digest
        self._amend({"product_uom_qty": 50})
        tasks = order.with_user(self.signers[DEPARTMENTS[-1]])._my_open_tasks()
        with self.assertRaisesRegex(UserError, "2 → 50"):
            tasks.action_sign("agree", shown)

    def test_it_costs_nothing_elsewhere(self):
        """[CSN-6] the gate of what was never amended asks not a query more; of what was
        amended, a fixed number."""

        def cost(orders):
            self._begin()
            before = self.cr.sql_log_count
            orders._find_review_gaps()
            return self.cr.sql_log_count - before

        others = self.order + self._approve().sudo()
        plain = cost(others)
        self._amend()
        amended = cost(self.order)
        for quantity in range(10, 14):
            self._amend({"product_uom_qty": quantity})
        self.assertEqual(cost(self.order), amended)
        self.assertLessEqual(amended, plain + 8)

    # -- pure --------------------------------------------------------------------------

    def test_leading(self):
        there = {"a": ("1", "2")}
        back = {"a": ("2", "1")}
        self.assertEqual(lead({"a": "1"}, [there, back]), {"a": "1"})
        self.assertEqual(lead({"a": "1"}, [there, there]), {"a": "2"})
        self.assertEqual(lead({"a": "3", "b": "1"}, [there]), {"a": "3", "b": "1"})
        self.assertEqual(lead({}, [{"a": (None, "2")}]), {"a": "2"})

    def test_carrying_over(self):
        known = {"a": {"x": "old", "y": "1"}}
        before = {"a": {"x": "new", "y": "1"}}
        now = {"a": {"x": "new", "y": "2"}}
        self.assertEqual(carry_over(known, before, now), {"a": {"x": "old", "y": "2"}})
        self.assertEqual(carry_over(before, before, now), now)

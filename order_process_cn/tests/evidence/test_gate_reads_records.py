from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ...tools import hash_chain
from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestGateReadsRecords(OrderCommon):
    """[SEC-2] [REV-6] K14: what opens a gate is what somebody signed, not what a row
    says. Whoever writes the tables by SQL is refused, and found."""

    def _make_scene(self):
        self.order = self._submit()
        self.review = self.order.sudo().review_id

    def _alter(self, statement, **values):
        """Do as SQL does, and begin a new transaction's cache."""
        self.env.flush_all()
        self.env.cr.execute(SQL(statement, review=self.review.id, **values))
        self.env.invalidate_all()

    def _assert_refused(self, words):
        self.assertEqual(self.order.review_state, "approved")
        for method, *args in (["action_confirm"], ["write", {"state": "sale"}]):
            with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                self._rpc(self.salesman, self.order, method, *args)
        self.assertEqual(self.order.state, "draft")
        self.assertIn(self.review, self.review._find_tampering())

    def _forge_state(self):
        self._alter(
            "UPDATE order_review SET state = 'approved' WHERE id = %(review)s;"
            "UPDATE sale_order SET review_state = 'approved' WHERE id = %(order)s",
            order=self.order.id,
        )

    # -- seats ------------------------------------------------

    def test_two_updates_approve_nothing(self):
        self._alter(
            "UPDATE order_review_task SET state = 'agreed', decision = 'agree',"
            " decided_by_id = %(boss)s WHERE review_id = %(review)s",
            boss=self.gm.id,
        )
        self._forge_state()
        self._assert_refused("says something else than its record")

    def test_no_state_of_an_undecided_seat_opens(self):
        """Agreed, declined, closed or removed: each without a record."""
        self._sign(self.order, "sales", *DEPARTMENTS[:-1])
        self._forge_state()
        for state in ("agreed", "closed", "removed", "open"):
            self._alter(
                "UPDATE order_review_task SET state = %(state)s"
                " WHERE review_id = %(review)s AND signature_id IS NULL",
                state=state,
            )
            with self.subTest(state):
                self.assertIn(self.order, self.order._find_review_gaps())
                with self.assertRaises(UserError), self.cr.savepoint():
                    self.order.action_confirm()

    def test_a_seat_left_out_is_asked(self):
        """Left out though its condition holds: whoever confirms has it signed first."""
        self._sign(self.order, "sales", *DEPARTMENTS[:-1])
        self._forge_state()
        self._alter(
            "UPDATE order_review_task SET state = 'skipped'"
            " WHERE review_id = %(review)s AND signature_id IS NULL"
        )
        self.assertIn(self.order, self.order._find_review_gaps())
        with self.assertRaises(UserError), self.cr.savepoint():
            self.order.state = "sale"
            self.env.flush_all()
        self.order.action_confirm()
        self.assertEqual(self.order.state, "draft")
        self.assertEqual(self.order.review_state, "running")

    def test_another_seats_record(self):
        self._sign(self.order, "sales", *DEPARTMENTS[:-1])
        self._forge_state()
        other = self.review.task_ids.signature_id[-1]
        self._alter(
            "UPDATE order_review_task SET state = 'agreed', decision = 'agree',"
            " signature_id = %(other)s, decided_by_id = %(boss)s"
            " WHERE review_id = %(review)s AND signature_id IS NULL",
            other=other.id,
            boss=other.user_id.id,
        )
        self._assert_refused("says something else than its record")

    def test_a_seat_that_is_gone(self):
        self._sign(self.order, "sales", *DEPARTMENTS[:-1])
        self._forge_state()
        self._alter(
            "DELETE FROM order_review_task"
            " WHERE review_id = %(review)s AND signature_id IS NULL"
        )
        self._assert_refused("seats are missing")

    def test_a_refusal_turned_round(self):
        self._sign(self.order, "sales", *DEPARTMENTS[:-1])
        self._sign(self.order, DEPARTMENTS[-1], decision="decline", opinion="No")
        self._forge_state()
        self._alter(
            "UPDATE order_review_task SET state = 'agreed', decision = 'agree'"
            " WHERE review_id = %(review)s AND state = 'declined'"
        )
        self._assert_refused("says something else than its record")

    def test_what_was_taken_back_or_void_stays_so(self):
        """A record that counts no more does not count again because a row names it."""
        self._sign(self.order, "sales", *DEPARTMENTS)
        task = self.review.task_ids[-1]
        record = task.signature_id
        signer = record.user_id
        restore = (
            "UPDATE order_review_task SET state = 'agreed', decision = 'agree',"
            " signature_id = %(record)s, decided_by_id = %(signer)s WHERE id = %(task)s"
        )

        def forge():
            self.env.flush_all()
            self.env.invalidate_all()
            self._alter(restore, record=record.id, signer=signer.id, task=task.id)
            self._forge_state()

        task.with_user(signer).action_take_back("Wrong")
        forge()
        self._assert_refused("says something else than its record")

    def test_what_a_change_made_void(self):
        self._sign(self.order, "sales", *DEPARTMENTS)
        signed = {task.id: task.signature_id for task in self.review.task_ids}
        self.order.order_line.product_uom_qty = 5
        self._end_of_transaction()
        self.assertEqual(self.review.state, "running")
        for task_id, record in signed.items():
            self._alter(
                "UPDATE order_review_task SET state = 'agreed', decision = 'agree',"
                " signature_id = %(record)s, decided_by_id = %(by)s WHERE id = %(id)s",
                record=record.id,
                by=record.user_id.id,
                id=task_id,
            )
        self._forge_state()
        self._assert_refused("says something else than its record")

    def test_what_was_sent_back(self):
        """A return, and a refusal with a way back, say in the chain what is asked
        again."""
        countersign = self.route.stage_ids[-1]
        countersign.resume = "rerun"
        order = self._submit(self._order())
        self.review, self.order = order.sudo().review_id, order
        self._sign(order, "sales")
        first = self.review.task_ids[0].signature_id
        task = order.with_user(self.signers["quality"])._my_open_tasks()
        task.action_return(0, "Look again")
        again = self.review.signature_ids[-1]
        self.assertEqual(again.act, "again")
        self.assertEqual(again.details, {"again": [first.number]})
        self.assertFalse(self.review._find_tampering())
        self._sign(order, "sales", *DEPARTMENTS)
        self.assertFalse(self.review._find_tampering())
        self.assertFalse(order._find_review_gaps())
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_words_of_a_seat(self):
        """The conditions that the customer has to accept are those of the record."""
        self._sign(
            self.order, "sales", decision="conditional", conditions="Two weeks later"
        )
        self._sign(self.order, *DEPARTMENTS)
        self._alter(
            "UPDATE order_review_task SET conditions = NULL, decision = 'agree'"
            " WHERE review_id = %(review)s AND decision = 'conditional'"
        )
        self._assert_refused("says something else than its record")

    # -- the chain ------------------------------------------------

    def test_head_and_last_record(self):
        self._sign(self.order, "sales", *DEPARTMENTS)
        head = self.review.signature_ids[-2].hash
        self._alter(
            "UPDATE order_review SET head = %(head)s WHERE id = %(review)s", head=head
        )
        self._assert_refused("records are missing")

    def test_a_record_of_ones_own(self):
        """[SEC-2] who computes the hash as it was computed without a key."""
        self._sign(self.order, "sales", *DEPARTMENTS[:-1])
        task = self.review.task_ids.filtered(lambda task: not task.signature_id)
        values = {
            "review_id": self.review.id,
            "number": self.review.record_count + 1,
            "round": 1,
            "act": "agree",
            "task_id": task.id,
            "stage_no": task.stage_no,
            "seat_names": task.names,
            "user_id": self.signers[DEPARTMENTS[-1]].id,
            "signer_name": "Forged",
            "digests": self.review._digests(self.review.facts),
            "date": fields.Datetime.now(),
            "previous_hash": self.review.head,
        }
        for key_name in (False, "unknown", self.review.signature_ids[-1].key_name):
            with self.subTest(key_name), self.cr.savepoint() as savepoint:
                record = self._forge_record({**values, "key_name": key_name})
                self._alter(
                    "UPDATE order_review SET head = %(head)s, record_count = %(count)s"
                    " WHERE id = %(review)s",
                    head=record.hash,
                    count=record.number,
                )
                self._alter(
                    "UPDATE order_review_task SET state = 'agreed', decision = 'agree',"
                    " signature_id = %(record)s, decided_by_id = %(by)s"
                    " WHERE id = %(id)s",
                    record=record.id,
                    by=record.user_id.id,
                    id=task.id,
                )
                self._forge_state()
                self._assert_refused("was altered|is missing on this server")
                savepoint.rollback()
            self.env.invalidate_all()

    def _forge_record(self, values):
        records = self.env["order.review.signature"].sudo()
        content = records._content(values)
        digest = hash_chain.link(values["previous_hash"], content)
        return records.create({**values, "hash": digest})

    def test_a_review_that_was_ended(self):
        self._sign(self.order, "sales", *DEPARTMENTS)
        self.review.with_user(self.administrator).action_terminate("Wrong order")
        self._forge_state()
        self._assert_refused("was ended")

    def test_a_review_of_another_document(self):
        self._sign(self.order, "sales", *DEPARTMENTS)
        other = self._order()
        self._alter(
            "UPDATE order_review SET res_id = %(other)s WHERE id = %(review)s;"
            "UPDATE sale_order SET review_id = %(review)s, review_state = 'approved'"
            " WHERE id = %(other)s",
            other=other.id,
        )
        self.order = other
        self._assert_refused("on another document")

    def test_a_plan_without_a_stage(self):
        self._sign(self.order, "sales")
        self._alter(
            "UPDATE order_review SET plan = jsonb_set(plan, '{stages}',"
            " jsonb_build_array(plan->'stages'->0)) WHERE id = %(review)s"
        )
        self._alter("DELETE FROM order_review_task WHERE signature_id IS NULL")
        self._forge_state()
        self._assert_refused("copy of the route was altered")

    # -- the way on ------------------------------------------------

    def test_the_way_on(self):
        """G15: what the refusal names can be done."""
        self._sign(self.order, "sales", *DEPARTMENTS)
        self._alter(
            "UPDATE order_review_signature SET opinion = 'forged'"
            " WHERE review_id = %(review)s AND act = 'agree'"
        )
        self._assert_refused("an administrator of the order process")
        self.review.with_user(self.administrator).action_terminate("Altered")
        self._approve(self.order)
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_honest_orders_pass_and_cost_nothing_more(self):
        """Two at once, each its own records, in the same number of queries."""
        orders = self.env["sale.order"].concat(
            *(self._approve(self._order()) for _number in range(3))
        )

        def cost(some):
            self._begin()
            before = self.env.cr.sql_log_count
            self.assertFalse(some._find_review_gaps())
            return self.env.cr.sql_log_count - before

        cost(orders)
        self.assertEqual(cost(orders[:1]), cost(orders))

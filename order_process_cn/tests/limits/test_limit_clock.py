from odoo import Command
from odoo.tests import tagged

from ...models.effect.take_back import get_all_productions
from ..common import DEPARTMENTS
from .common import MONDAY, LimitCommon


@tagged("post_install", "-at_install")
class TestLimitClock(LimitCommon):
    """[SLA-1] what starts, ends, pauses and restarts a limit."""

    # -- start and stop ----------------------------------------------------------------

    def test_from_event_to_event(self):
        """[SLA-1] four working hours from the entry of an order to its submission."""
        limit = self._limit()
        with self._clock(f"{MONDAY} 10:00"):
            order = self._order()
        run = self._run(order)
        self.assertEqual(run.rule_id, limit)
        self.assertEqual(run.state, "running")
        self.assertEqual(self._shown(run.due_at), "Mon 05-18 15:00")
        self.assertEqual(run.user_id, self.salesman)
        self.assertEqual(
            (run.document_model, run.document_id), ("sale.order", order.id)
        )
        with self._clock(f"{MONDAY} 14:59"):
            self._submit(order)
        self.assertEqual(run.state, "met")
        self.assertEqual((run.met_count, run.late_count, run.on_time_rate), (1, 0, 1))
        self.assertFalse(run.next_check)

    def test_too_late(self):
        """[SLA-1] [SLA-3] it goes on after it was due, and is told apart."""
        self._limit()
        with self._clock(f"{MONDAY} 10:00"):
            order = self._order()
        with self._clock(f"{MONDAY} 15:01"):
            self._submit(order)
        run = self._run(order)
        self.assertEqual((run.state, run.is_late), ("late", True))
        self.assertEqual((run.met_count, run.late_count, run.on_time_rate), (0, 1, 0))

    def test_each_in_its_unit(self):
        """[SLA-1] elapsed hours, working hours, calendar days and working days."""
        expected = {
            ("elapsed_hours", 24): "Sat 05-23 16:00",
            ("working_hours", 4): "Mon 05-25 11:00",
            ("calendar_days", 2): "Sun 05-24 23:59",
            ("working_days", 1): "Mon 05-25 17:00",
            ("working_days", 0): "Fri 05-22 17:00",
        }
        limits = {
            self._limit(length=length, unit=unit): due
            for (unit, length), due in expected.items()
        }
        with self._clock("2026-05-22 16:00"):  # Friday
            order = self._order()
        for limit, due in limits.items():
            self.assertEqual(self._shown(self._run(order, limit).due_at), due)

    def test_what_it_does_not_concern(self):
        """[SLA-1] limits are per order type, condition and company."""
        other_type = self.env["order.type"].create({"name": "Other"})
        other = self.env["res.company"].create({"name": "Elsewhere"})
        own = self._limit(order_type_ids=[Command.set(self.order_type.ids)])
        big = self._limit(domain="[('amount_total', '>', 1000)]")
        foreign = self._limit(order_type_ids=[Command.set(other_type.ids)])
        elsewhere = self._limit(company_id=other.id)
        small_order, big_order = self._order(), self._order(price=5000)
        self.assertTrue(self._run(small_order, own))
        self.assertFalse(self._run(small_order, big))
        self.assertTrue(self._run(big_order, big))
        for limit in (foreign, elsewhere):
            self.assertFalse(self._run(small_order + big_order, limit))

    def test_review_to_plan(self):
        """[SLA-1] P08: the plan within 24 hours of the review, by the clock; the
        first production order that is confirmed is the plan."""
        limit = self._limit("approved", "planned", 24, unit="elapsed_hours")
        self._make_to_order()
        # planning signs a production order before it is confirmed
        self.company.order_production_gate = "confirm"
        self._make_route(
            [self._stage("Plan", "planning")],
            res_model="mrp.production",
            order_type_ids=[Command.clear()],
            submitter_policy="allow",
        )
        with self._clock(f"{MONDAY} 16:00"):
            order = self._approve()
        run = self._run(order, limit)
        self.assertEqual(self._shown(run.due_at), "Tue 05-19 16:00")
        order.action_confirm()
        self._end_of_transaction()
        production = get_all_productions(order.sudo())
        self.assertEqual(production.state, "draft")
        copies = self._instructions(order)
        self.assertEqual(len(copies), 3, "[MFG-1] held or not, production is told")
        self.assertFalse(run.stopped_at, "an order with production has to be planned")
        with self._clock("2026-05-19 10:00"):
            production.action_review_submit()
            self._sign(production, "planning")
            production.action_confirm()
            self._end_of_transaction()
        self.assertEqual(run.state, "met")

    def test_nothing_to_plan(self):
        """[SLA-1] an order for which nothing is made does not wait for a plan."""
        self._limit("approved", "planned")
        order = self._approve()
        self.product.type = "service"
        order.action_confirm()
        self.assertEqual(self._run(order).state, "met")
        self.assertFalse(self._instructions(order))

    def _instructions(self, order):
        """Return the copies of the production instruction that went out."""
        return self.env["order.form.issue"].search(
            [
                ("res_model", "=", "sale.order"),
                ("res_id", "=", order.id),
                ("form_id.code", "=", "F05"),
            ]
        )

    # -- rounds ------------------------------------------------------------------------

    def test_new_round(self):
        """[SLA-1] declined, submitted again: the clock starts anew, as round two; the
        first round is kept."""
        limit = self._limit("submitted", "approved")
        again = self._limit("resubmitted", "approved")
        supplement = self._limit("declined", "resubmitted", 2, unit="working_days")
        order = self._submit()
        self._sign(order, "sales", decision="decline", opinion="Too cheap")
        self.assertEqual(self._run(order, supplement).state, "running")
        order.action_review_submit()
        self.assertEqual(self._run(order, supplement).state, "met")
        self.assertEqual(self._run(order, again).state, "running")
        self._sign(order, "sales", decision="decline", opinion="Still too cheap")
        order.action_review_submit()
        runs = self.runs.search([("rule_id", "=", again.id)])
        self.assertEqual(runs.mapped("round"), [2, 1])
        self.assertEqual(runs.mapped("state"), ["running", "void"])
        self._sign(order, "sales", *DEPARTMENTS)
        self.assertEqual(self._run(order, again).state, "met")
        self.assertEqual(self._run(order, limit).state, "met")

    def test_seats_run_once_more(self):
        """[SLA-1] a seat that is asked again has its time again."""
        limit = self._seat_limit()
        with self._clock(f"{MONDAY} 09:00"):
            order = self._submit()
        seat = self._seat(order, "Sales")
        self.assertEqual(self._shown(seat.due_at), "Mon 05-18 14:00")
        with self._clock(f"{MONDAY} 10:00"):
            self._sign(order, "sales", decision="decline", opinion="Too cheap")
        self.assertEqual(self._run(seat).state, "met")
        self.assertFalse(seat.due_at)
        with self._clock("2026-05-19 09:00"):
            order.action_review_submit()
        run = self._run(seat, limit)
        self.assertEqual((run.round, run.state), (2, "running"))
        self.assertEqual(self._shown(seat.due_at), "Tue 05-19 14:00")

    def test_goes_on_where_it_does_not_restart(self):
        """[SLA-1] sending the confirmation again gives the customer no more time, if
        the limit says so."""
        limit = self._limit(
            "confirmation_sent", "confirmation_returned", restarts=False
        )
        order = self._approve()
        with self._clock(f"{MONDAY} 09:00"):
            order._emit("confirmation_sent")
        with self._clock(f"{MONDAY} 13:30"):
            order._emit("confirmation_sent")
        run = self.runs.search([("rule_id", "=", limit.id)])
        self.assertEqual(len(run), 1)
        self.assertEqual(self._shown(run.due_at), "Mon 05-18 14:00")

    # -- pauses ------------------------------------------------------------------------

    def test_pauses_while_the_customer_is_waited_for(self):
        """[SLA-2] pausing is a choice of each limit; the rest goes on afterwards."""
        pausing = self._limit(
            "approved",
            "confirmed",
            8,
            pause_event="confirmation_sent",
            resume_event="confirmation_returned",
        )
        running = self._limit("approved", "confirmed", 8)
        with self._clock(f"{MONDAY} 08:00"):
            order = self._approve()
        with self._clock(f"{MONDAY} 10:00"):
            order._emit("confirmation_sent")
        run = self._run(order, pausing)
        self.assertEqual((run.state, run.seconds_left), ("paused", 6 * 3600))
        self.assertFalse(run.next_check)
        self.assertEqual(order.limit_light["state"], "late")  # the other one
        with self._clock("2026-05-20 15:00"):
            order._emit("confirmation_returned")
        self.assertEqual(run.state, "running")
        self.assertEqual(self._shown(run.due_at), "Thu 05-21 12:00")
        with self._clock("2026-05-21 11:00"):
            order.action_confirm()
        self.assertEqual(run.state, "met")
        self.assertEqual(self._run(order, running).state, "late")

    def test_supplement_does_not_pause(self):
        """[SLA-2] P16: the two days for the supplement run on meanwhile."""
        limit = self.env.ref("order_process_cn.order_time_limit_p16_supplement")
        self.assertFalse(limit.pause_event)
        limit.active = True
        with self._clock(f"{MONDAY} 09:00"):
            order = self._submit()
            self._sign(order, "sales", decision="decline", opinion="No address")
        self.assertEqual(self._shown(self._run(order).due_at), "Wed 05-20 17:00")

    def test_ends_while_paused(self):
        """[SLA-1] what is done while the clock stands is judged by where it stood."""
        self._limit(
            "approved",
            "confirmed",
            pause_event="confirmation_sent",
            resume_event="confirmation_returned",
        )
        with self._clock(f"{MONDAY} 08:00"):
            order = self._approve()
        with self._clock(f"{MONDAY} 09:00"):
            order._emit("confirmation_sent")
        with self._clock("2026-05-29 09:00"):
            order.action_confirm()
        self.assertEqual(self._run(order).state, "met")

    # -- ending without having been met ------------------------------------------------

    def test_void_on_withdrawal_and_cancel(self):
        """[SLA-1] nobody can meet the limits of what was withdrawn or cancelled."""
        of_order = self._limit("submitted", "approved")
        self._seat_limit()
        withdrawn, cancelled = self._submit(), self._submit()
        seats = (withdrawn + cancelled).sudo().review_id.task_ids
        seats = seats.filtered(lambda task: task.state == "open")
        self.assertEqual(self._run(seats[0]).state, "running")
        withdrawn.review_id.with_user(self.salesman).action_withdraw("Mistake")
        cancelled._action_cancel()
        for record in (*seats, withdrawn, cancelled):
            self.assertEqual(self._run(record).state, "void", record)
        runs = self.runs.search([("rule_id", "=", of_order.id)])
        self.assertFalse(any(runs.mapped("met_count") + runs.mapped("late_count")))

    def test_void_when_the_approval_is_lost(self):
        """[SLA-1] [REV-5] a changed price: what ran since the approval is void, and
        starts anew with the next approval."""
        limit = self._limit("approved", "confirmation_sent")
        order = self._approve()
        first = self._run(order, limit)
        order.order_line.price_unit = 90
        self._end_of_transaction()
        self.assertEqual(first.state, "void")
        self._sign(order, "sales", *DEPARTMENTS)
        self.assertEqual(self._run(order, limit).round, 2)

    def test_closed_seat(self):
        """[SLA-1] any one signs: the others' time is no longer asked of them."""
        self.route.active = False
        self._make_route([self._stage("Any", "engineering", "quality", mode="any")])
        self._seat_limit()
        order = self._submit()
        self._sign(order, "quality")
        self.assertEqual(self._run(self._seat(order, "Engineering")).state, "void")
        self.assertEqual(self._run(self._seat(order, "Quality")).state, "met")

    def test_deleted_draft(self):
        """[SLA-1] what ran on a draft that was deleted is void, and kept."""
        self._limit()
        order = self._order()
        run = self._run(order)
        order.sudo().unlink()
        self.assertEqual(run.state, "void")

    def test_switched_off(self):
        """[SLA-1] what runs of a limit that is switched off becomes void."""
        limit = self._limit()
        order = self._order()
        limit.active = False
        self.assertFalse(self._run(self._order()))
        self._run_worker()
        self.assertEqual(self._run(order).state, "void")

    # -- seats -------------------------------------------------------------------------

    def test_stage_and_department(self):
        """[SLA-1] a limit for the seats of one stage, or of one department."""
        check, countersign = self.route.stage_ids
        of_stage = self._seat_limit(stage_id=countersign.id)
        of_department = self._seat_limit(
            seat_department_id=self.departments["quality"].id
        )
        order = self._submit()
        self.assertEqual(check.name, "Check")
        self.assertFalse(self._run(self._seat(order, "Sales")))
        self._sign(order, "sales")
        self.assertTrue(self._run(self._seat(order, "Purchasing"), of_stage))
        self.assertFalse(self._run(self._seat(order, "Purchasing"), of_department))
        self.assertTrue(self._run(self._seat(order, "Quality"), of_department))

    def test_who_answers(self):
        """[SLA-3] the seat's addressee and department; whoever signed it in the end."""
        self._seat_limit()
        colleague = self._user("quality_colleague", "base.group_user")
        self.departments["quality"].member_ids += colleague
        order = self._submit()
        self._sign(order, "sales")
        run = self._run(self._seat(order, "Quality"))
        self.assertEqual(run.user_id, self.signers["quality"])
        self.assertEqual(run.department_id, self.departments["quality"])
        self.assertEqual(run.order_type_id, self.order_type)
        self._sign(order, colleague)
        self.assertEqual((run.user_id, run.state), (colleague, "met"))

    def test_transfer(self):
        """[SLA-2] [CSN-3] with a seat that is passed on goes the limit."""
        self._seat_limit()
        order = self._submit()
        seat = self._seat(order, "Sales")
        due = seat.due_at
        seat.with_user(self.supervisor).action_transfer(self.gm.id, "On leave")
        run = self._run(seat)
        self.assertEqual((run.user_id, run.due_at), (self.gm, due))
        self.assertEqual(run.department_id, self.departments["gm"])

    def test_person_in_charge_changes(self):
        """[SLA-2] another salesperson takes over an order with its limits."""
        self._limit()
        order = self._order()
        order.user_id = self.supervisor
        self.assertEqual(self._run(order).user_id, self.supervisor)

    def test_named_department(self):
        """[SLA-1] a limit that a department answers for."""
        planning = self.departments["planning"]
        self._limit(responsible="department", department_id=planning.id)
        run = self._run(self._order())
        self.assertEqual(run.department_id, planning)
        self.assertEqual(run.user_id, self.signers["planning"])

    # -- other documents ---------------------------------------------------------------

    def test_production_order(self):
        """[SLA-1] entered, confirmed, started, finished: whoever writes it, also where
        the state is computed."""
        values = {"res_model": "mrp.production"}
        limits = {
            code: self._limit("created", code, **values)
            for code in ("confirmed", "started", "done", "cancelled")
        }
        production = self.env["mrp.production"].create(
            {"product_id": self.product.id, "product_qty": 1}
        )
        production.action_confirm()
        self._end_of_transaction()
        states = {
            code: self._run(production, limit).state for code, limit in limits.items()
        }
        self.assertEqual(states["confirmed"], "met")
        self.assertEqual(states["started"], "running")
        production.qty_producing = 1
        self._end_of_transaction()
        self.assertEqual(self._run(production, limits["started"]).state, "met")
        production.button_mark_done()
        self._end_of_transaction()
        self.assertEqual(self._run(production, limits["done"]).state, "met")

    def test_shipping(self):
        """[SLA-1] P16: from the last production order that is finished to the transfer
        that leaves, one working day."""
        limit = self.env.ref("order_process_cn.order_time_limit_p16_shipping")
        limit.active = True
        self._make_to_order()
        order = self._approve()
        order.action_confirm()
        self._end_of_transaction()
        production = get_all_productions(order.sudo())
        self.assertFalse(self._run(order, limit))
        with self._clock(f"{MONDAY} 10:00"):
            production.qty_producing = production.product_qty
            production._set_qty_producing()
            production.move_raw_ids.picked = True
            production.button_mark_done()
            self._end_of_transaction()
        self.assertEqual(production.state, "done")
        run = self._run(order, limit)
        self.assertEqual(self._shown(run.due_at), "Tue 05-19 17:00")
        self.assertEqual(run.department_id, self.departments["warehouse"])
        with self._clock("2026-05-19 16:00"):
            leaving = order.sudo().picking_ids
            leaving.move_ids.picked = True
            leaving.button_validate()
        self.assertEqual(leaving.state, "done")
        self.assertEqual(run.state, "met")

    def test_deposit_and_statements(self):
        """[SLA-1] every step that an order takes has its event."""
        events = self.env["sale.order"]._get_limit_events()
        for code in ("deposit_received", "effective", "technical_confirmed", "planned"):
            self.assertIn(code, events)
        technical = self._limit("approved", "technical_confirmed")
        deposit = self._limit("approved", "deposit_received")
        effective = self._limit("confirmed", "effective")
        order = self._approve()
        engineer = self.signers["engineering"]
        order.with_user(engineer).action_state_in_writing("technical", "Checked")
        self.assertEqual(self._run(order, technical).state, "met")
        order.sudo().deposit_state = "received"
        self.assertEqual(self._run(order, deposit).state, "met")
        order.action_confirm()
        self.assertEqual(self._run(order, effective).state, "met")

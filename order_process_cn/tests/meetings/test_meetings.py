from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ...models.effect.take_back import get_all_productions
from ..effect.test_launch import LaunchCommon


@tagged("post_install", "-at_install")
class TestMeetings(LaunchCommon):
    """[MFG-10] [ACC-3] [ANA-3] [MFG-12] what is said about orders that are done."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chair = cls._user("chair", "mrp.group_mrp_user")
        cls.leader = cls._user("leader", "sales_team.group_sale_manager")
        cls.quality = cls.signers["quality"]
        cls.departments["production"].head_id = cls.chair

    def _meeting(self, kind="summary", user=None, **values):
        """Return the minutes of a meeting as its chair writes them."""
        user = user or self.chair
        said = {
            "summary": {"efficiency": "Fast", "quality": "Good", "process": "Old"},
            "failure": {
                "cause": "Wrong drawing",
                "responsible_ids": [Command.link(self.quality.id)],
                "responsibility": "Did not compare",
            },
            "process": {
                "date_from": "2030-01-01",
                "date_to": "2030-03-31",
                "process": "Slow",
            },
            "check": {"quality": "All there", "superior_id": self.gm.id},
        }
        if kind != "process":
            said[kind]["order_ids"] = [Command.link(self._order().id)]
        model = self.env["order.meeting"].with_user(user)
        return model.with_context(allowed_company_ids=self.company.ids).create(
            {
                "kind": kind,
                "participant_ids": [Command.create({"user_id": self.quality.id})],
                "improvement_ids": [
                    Command.create(
                        {
                            "name": "Compare drawings",
                            "owner_id": self.quality.id,
                            "due_on": "2030-05-01",
                        }
                    )
                ],
                **said[kind],
                **values,
            }
        )

    def _sent(self, *args, **values):
        meeting = self._meeting(*args, **values)
        self._rpc(meeting.chair_id, meeting, "action_send_minutes")
        return meeting.sudo()

    def _todos(self, meeting):
        return {
            (todo.order_todo_key, todo.user_id): todo.date_deadline
            for todo in meeting.sudo().activity_ids
        }

    def test_everything_missing_at_once(self):
        """[ACC-3] [ANA-3] each kind says what it is for; a failure names who is
        responsible and what will be better, and names nobody otherwise."""
        empty = {
            "participant_ids": False,
            "improvement_ids": False,
            "responsible_ids": False,
            "responsibility": False,
            "efficiency": False,
            "process": False,
            "superior_id": False,
            "date": date.today() + timedelta(days=9),
        }
        wanted = {
            "summary": ["On Efficiency", "On the Process", "who took part"],
            "failure": ["Who Is Responsible", "Responsible for", "will be better"],
            "process": ["On the Process", "not been held yet"],
            "check": ["Summary Goes To", "who took part"],
        }
        for kind, words in wanted.items():
            with self.subTest(kind):
                meeting = self._meeting(kind, **empty)
                with self.assertRaises(UserError) as caught:
                    self._rpc(self.chair, meeting, "action_send_minutes")
                for word in words:
                    self.assertIn(word, str(caught.exception))
                self.assertEqual(meeting.state, "draft")
        with self.assertRaisesRegex(ValidationError, "serious failure"):
            self._meeting(responsible_ids=[Command.link(self.quality.id)])

    def test_minutes_are_confirmed(self):
        """[MFG-10] the chair took part as well; once out they stay as they are; each
        confirms for himself, and the last one closes them."""
        meeting = self._sent()
        order = meeting.order_ids
        self.assertEqual(meeting.state, "held")
        self.assertEqual(meeting.participant_ids.user_id, self.quality | self.chair)
        row = meeting.improvement_ids
        self.assertEqual(
            self._todos(meeting),
            {
                ("minutes", self.quality): self._todos(meeting)[
                    "minutes", self.quality
                ],
                ("minutes", self.chair): self._todos(meeting)["minutes", self.chair],
                (f"improvement.{row.id}", self.quality): date(2030, 5, 1),
            },
        )
        self.assertIn("Minutes sent out", order.message_ids[0].body)
        own = meeting.with_user(self.chair)
        for refused in (
            lambda: own.write({"quality": "Bad"}),
            lambda: own.participant_ids[:1].unlink(),
            lambda: own.improvement_ids.write({"due_on": "2031-01-01"}),
            lambda: own.improvement_ids.copy(),
            lambda: own.unlink(),
        ):
            with self.assertRaisesRegex(UserError, "stay as they are"):
                with self.cr.savepoint():
                    refused()
        for values in ({"state": "closed"}, {"closed_on": "2030-01-01 08:00:00"}):
            with self.assertRaises(AccessError):
                self._rpc(self.chair, own, "write", values)
        with self.assertRaisesRegex(AccessError, "by the button"):
            self._rpc(
                self.chair,
                own.participant_ids,
                "write",
                {"confirmed_on": "2030-01-01 08:00:00"},
            )
        self._rpc(self.quality, meeting, "action_confirm_minutes")
        self.assertEqual(meeting.state, "held")
        with Form(own) as form:  # of everybody, in each state
            self.assertTrue(form.waits_for_me)
        self._rpc(self.chair, meeting, "action_confirm_minutes")
        self.assertEqual(meeting.state, "closed")
        self.assertEqual(
            [key for key, _user in self._todos(meeting)], [f"improvement.{row.id}"]
        )
        for act in ("action_take_back", "action_close", "action_confirm_minutes"):
            with self.assertRaisesRegex(UserError, "everybody has confirmed"):
                self._rpc(self.chair, meeting, act)

    def test_taken_back(self):
        """[MFG-10] whoever does not agree says so, and all confirm anew."""
        meeting = self._sent()
        self._rpc(self.quality, meeting, "action_confirm_minutes")
        self._rpc(self.chair, meeting, "action_take_back")
        self.assertEqual(meeting.state, "draft")
        self.assertFalse(any(meeting.participant_ids.mapped("confirmed_on")))
        self.assertFalse(meeting.activity_ids)
        meeting.with_user(self.chair).quality = "Bad"
        self._rpc(self.chair, meeting, "action_send_minutes")
        self._rpc(self.chair, meeting, "action_close")
        self.assertEqual(meeting.state, "closed")

    def test_improvements(self):
        """[ANA-3] what became of them is said by their owner, before or after the
        minutes are closed; then it stays."""
        meeting = self._sent()
        row = meeting.improvement_ids
        with self.assertRaisesRegex(UserError, "Say what became"):
            self._rpc(self.quality, row, "action_done")
        self._rpc(self.quality, row, "write", {"what_became": "A second pair of eyes"})
        with self.assertRaises(AccessError):
            self._rpc(self.quality, row, "write", {"state": "done"})
        self._rpc(self.quality, row, "action_done")
        self.assertRecordValues(
            row, [{"state": "done", "settled_by_id": self.quality.id}]
        )
        self.assertEqual(meeting.open_count, 0)
        self.assertFalse([key for key, _u in self._todos(meeting) if key[0] == "i"])
        self.assertIn("A second pair", meeting.message_ids[0].body)
        for refused in (
            ("write", {"what_became": "Nothing"}),
            ("action_drop",),
            ("action_done",),
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                self._rpc(self.quality, row, *refused)
        with self.assertRaisesRegex(UserError, "settled already"):
            self._rpc(self.chair, meeting, "action_take_back")

    def test_who_reads_it(self):
        """[SEC-1] whoever is concerned; leaders all but failures; nobody else writes,
        confirms or settles."""
        summary, failure = self._sent(), self._sent("failure")
        auditor = self._user("auditor", "order_process_cn.order_group_auditor")
        rival = self._user("rival", "mrp.group_mrp_user")
        may_read = {
            self.quality: (True, True),
            self.chair: (True, True),
            auditor: (True, True),
            self.leader: (True, False),
            rival: (False, False),
            self.gm: (False, False),
        }
        for user, wanted in may_read.items():
            with self.subTest(user.login):
                found = [
                    record.with_user(user).has_access("read")
                    for meeting in (summary, failure)
                    for record in (
                        meeting,
                        meeting.participant_ids[:1],
                        meeting.improvement_ids,
                    )
                ]
                self.assertEqual(found, [w for w in wanted for _three in range(3)])
        for user in (rival, self.leader, auditor):
            for act in ("action_confirm_minutes", "action_close", "action_take_back"):
                with self.assertRaises(AccessError):
                    self._rpc(user, summary, act)
            with self.assertRaises(AccessError):
                self._rpc(user, summary.improvement_ids, "action_drop")
        # of a participant, who reads it
        for act in ("action_close", "action_take_back"):
            with self.assertRaises(AccessError):
                self._rpc(self.quality, summary, act)
        with self.assertRaises(AccessError):
            self._meeting(user=self.quality)

    def test_check_goes_to_the_superior(self):
        """[MFG-12] the summary of the check is confirmed by the superior."""
        meeting = self._sent("check")
        self.assertIn(("minutes", self.gm), self._todos(meeting))
        self._rpc(self.gm, meeting, "action_confirm_minutes")
        rows = meeting.participant_ids.filtered("confirmed_on")
        self.assertEqual(rows.user_id, self.gm)

    def test_the_next_review_is_proposed(self):
        """[ANA-3] after three months, once, with what became of the proposals."""
        with freeze_time("2030-04-01 02:00:00"):
            meeting = self._sent("process", date="2030-04-01")
            self._run_worker()
            self.assertFalse(meeting.search([("follows_id", "=", meeting.id)]))
        with freeze_time("2030-07-02 02:00:00"):
            for _time in range(2):
                self._run_worker()
                meeting._mark_for_recheck("next")
            following = meeting.search([("follows_id", "=", meeting.id)])
        self.assertRecordValues(
            following,
            [
                {
                    "state": "draft",
                    "date_from": date(2030, 4, 1),
                    "date_to": date(2030, 6, 30),
                    "chair_id": self.chair.id,
                }
            ],
        )
        self.assertIn("Compare drawings", following.activity_ids.note)
        self.assertEqual(following.activity_ids.user_id, self.chair)

    def test_head_who_is_not_there(self):
        """[MFG-10] K8: whoever has left, or works elsewhere, holds no meeting."""
        order = self._order().sudo()
        find = self.env["order.meeting"]._find_summary_chair
        self.assertEqual(find(order), self.chair)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.chair.write(
            {"company_id": elsewhere.id, "company_ids": [Command.set(elsewhere.ids)]}
        )
        self.assertEqual(find(order), self.salesman)
        self.chair.write(
            {
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
            }
        )
        self.chair.active = False
        self.assertEqual(find(order), self.salesman)

    def test_chair_who_has_left(self):
        """[MFG-10] K2, K8: minutes whose chair has left are gone on with by whoever
        administers the process, and by nobody else."""
        gone, manager = self._sent(), self.administrator
        row = gone.improvement_ids
        kept = self._sent(user=self._user("stays", "mrp.group_mrp_user"))
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._rpc(manager, gone, "action_close")
        (self.chair | row.owner_id).active = False
        for user, meeting in ((manager, kept), (self.leader, gone)):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._rpc(user, meeting, "action_close")
        self._rpc(manager, gone, "action_close")
        self.assertEqual(gone.state, "closed")
        self._rpc(manager, row, "write", {"what_became": "Somebody else does it"})
        self._rpc(manager, row, "action_done")
        self.assertEqual(row.state, "done")

    def test_drafted_when_the_order_is_made(self):
        """[MFG-10] within three days: the limit runs, the draft waits for the head of
        production; of types that ask for it, and once."""
        limit = self.env.ref("order_process_cn.order_time_limit_p02_summary")
        limit.active = True
        for asks in (True, False):
            self.order_type.asks_summary_meeting = asks
            order = self._reviewed(self.made, 3)
            production = get_all_productions(order)
            production.qty_producing = 3
            production.move_raw_ids.picked = True
            production.button_mark_done()
            self._end_of_transaction()
            meetings = self.env["order.meeting"].search([("order_ids", "=", order.id)])
            self.assertEqual(len(meetings), asks)
            runs = self.env["order.time.limit.run"].search(
                [("rule_id", "=", limit.id), ("res_id", "=", order.id)]
            )
            self.assertEqual(len(runs), asks)
            if not asks:
                continue
            self.assertEqual(meetings.chair_id, self.chair)
            self.assertIn(("summary", self.chair), self._todos(meetings))
            meetings._propose_summaries(order.sudo())
            self.assertEqual(meetings.search_count([("order_ids", "=", order.id)]), 1)
            own = meetings.with_user(self.chair)
            own.write({"efficiency": "Fast", "quality": "Good", "process": "Old"})
            self.assertFalse(own.order_figures)
            order.sudo().delay_count = 2
            own.invalidate_recordset(["order_figures"])
            self.assertIn(f"{order.name}: delays reported 2", own.order_figures)
            self._rpc(self.chair, own, "action_send_minutes")
            self._end_of_transaction()
            self.assertEqual(runs.state, "met")

    def test_what_the_paper_says(self):
        """[MFG-10] F24: findings, causes, improvements, owners, dates, who agrees."""
        meeting = self._sent("failure")
        self._rpc(self.quality, meeting, "action_confirm_minutes")
        blocks = self.env["order.paper.f24"]._get_blocks(meeting)
        texts = []
        for block in blocks:
            for row in block.rows:
                if block.kind == "facts":
                    texts += [text for _label, own in row for text in own]
                else:
                    cells = row.cells if block.kind == "table" else [c for _l, c in row]
                    texts += [text for cell in cells for text in cell.texts]
        for words in (
            "Wrong drawing",
            "Did not compare",
            "Compare drawings",
            "2030-05-01",
            self.quality.name,
            "Confirmed",
        ):
            self.assertIn(words, texts)

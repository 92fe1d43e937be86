import random

from psycopg2.errors import CheckViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..cases.cases_common import CasesCommon

NEXT_MONTH = "2030-06-03 04:00:00"


@tagged("post_install", "-at_install")
class TestScores(CasesCommon):
    """[ACC-2] score sheets: made by the worker, counted from what was noted, scored by
    the person and the head of the department, and left as they are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.judge = cls._user("judge", "order_process_cn.order_group_ledger")
        cls.other = cls._user("other_seller", "sales_team.group_sale_salesman")
        cls.head = cls.signers["sales"]
        cls.departments["sales"].write(
            {"member_ids": [Command.link(cls.salesman.id)], "head_id": cls.head.id}
        )
        cls.role = cls.env.ref("order_process_cn.order_score_role_sales")
        cls.ledger_rule = cls.env["order.ledger.rule"].create(
            {
                "name": "Delay",
                "amount": 50,
                "basis": "Regulation 6.2",
                "res_model": "sale.order",
                "event_code": "created",
                "company_id": cls.company.id,
            }
        )
        cls.limit = cls.env.ref("order_process_cn.order_time_limit_p27_entered")
        cls.role.standard_ids[0].write(
            {
                "ledger_rule_ids": [Command.set(cls.ledger_rule.ids)],
                "limit_ids": [Command.set(cls.limit.ids)],
            }
        )
        cls.role.user_ids = cls.salesman
        cls.role.active = True
        cls._in_may()
        cls.order = cls._order()

    @classmethod
    def _in_may(cls):
        """The role is in force since the first of May."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE order_score_role SET in_force_since = '2030-04-30 17:00:00'"
        )
        cls.role.invalidate_recordset()

    def _fine(self, day="2030-05-10 03:00:00", **values):
        entries = self.env["order.ledger.entry"].sudo()
        events = self.env["order.event"].sudo()
        event = events.create(
            {
                "res_model": "sale.order",
                "res_id": self.order.id,
                "document_name": self.order.name,
                "code": "created",
                "at": day,
                "company_id": self.company.id,
            }
        )
        given = entries._prepare(self.ledger_rule, event, self.salesman)
        return entries.create(
            {**given, "state": "confirmed", "decided_on": day, **values}
        )

    def _complaint(self, day="2030-05-12 03:00:00"):
        case = self.env["order.service.case"].sudo()
        case = case.create({"order_id": self.order.id, "kind": "complaint"})
        self._put(case, "approved")
        self.env["order.event"].sudo().create(
            {
                "res_model": case._name,
                "res_id": case.id,
                "document_name": "A complaint",
                "code": "order.service.case.approved",
                "at": day,
                "company_id": self.company.id,
            }
        )
        return case

    def _put(self, case, state):
        """Put a case where the gates would let it come to after a delivery."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE order_service_case SET state = %s WHERE id = %s", (state, case.id)
        )
        case.invalidate_recordset()

    def _upheld(self):
        """Return a complaint about goods that were delivered, and whom it went by."""
        with freeze_time("2030-05-12 03:00:00"):
            case = self._approved(self._delivered(), quantity=0, kind="complaint")
            self._end_of_transaction()
        return case

    def _late(self, **values):
        return (
            self.env["order.time.limit.run"]
            .sudo()
            .create(
                {
                    "rule_id": self.limit.id,
                    "res_model": "sale.order",
                    "res_id": self.order.id,
                    "document_model": "sale.order",
                    "document_id": self.order.id,
                    "document_name": self.order.name,
                    "company_id": self.company.id,
                    "user_id": self.salesman.id,
                    "state": "late",
                    "is_late": True,
                    "unit": "elapsed_hours",
                    "started_at": "2030-05-13 03:00:00",
                    "due_at": "2030-05-14 03:00:00",
                    **values,
                }
            )
        )

    def _sheet(self):
        with freeze_time(NEXT_MONTH):
            sheets = self.env["order.score.sheet"]
            sheets._make(self.role)
            sheets.search([])._count()
        return sheets.search([("role_id", "=", self.role.id)])

    def _score(self, sheet, **points):
        judged = sheet.line_ids.filtered(lambda line: not line.per_finding)
        self._rpc(self.head, judged, "write", {"manager_points": 3, **points})

    def test_figures_of_the_document(self):
        """[ACC-2] P27 1.3: full scores 5+3+5, 3+5+5, 3+5+5, 4+2+5; one point a finding,
        five a complaint, nothing after three, ten to adjust; switched off."""
        figures = {
            "sales": [5, 3, 5],
            "entry": [3, 5, 5],
            "tracker": [3, 5, 5],
            "delivery": [4, 2, 5],
        }
        for name, points in figures.items():
            role = self.env.ref(f"order_process_cn.order_score_role_{name}")
            lines = role.standard_ids
            self.assertEqual(lines.mapped("max_points"), points)
            self.assertEqual(lines.mapped("per_finding"), [1, 0, 5])
            self.assertEqual((role.complaints_to_zero, role.max_adjustment), (3, 10))
            self.assertEqual(role.active, name == "sales")
            # 1.1 names the post that answers for each step
            concerned = {"sales": "person", "tracker": "department"}
            self.assertEqual(lines[0].limits_concern, concerned.get(name, "concerned"))

    def test_whom_a_limit_concerns(self):
        """[ACC-2] P27 1.1: a limit that was missed counts against the post that
        answers for the step, as its standard says; each time once, and not against
        people outside of the role."""
        standard = self.role.standard_ids[0]
        team = self.salesman | self.other | self.head
        self.departments["sales"].member_ids |= team
        self.role.user_ids = team
        self.order.sudo().user_id = self.salesman
        self._late(user_id=self.other.id, department_id=self.departments["sales"].id)
        # a document without an order, for which a department answers as a whole
        self._late(
            res_model="product.product",
            document_model="product.product",
            document_id=self.product.id,
            user_id=False,
            department_id=self.departments["sales"].id,
        )
        nobody = self.env["res.users"]
        for concern, first, second in (
            ("person", self.other, nobody),
            ("concerned", self.salesman, nobody),
            ("department", team, team),
            ("head", self.head, self.head),
        ):
            standard.limits_concern = concern
            with self.subTest(concern=concern):
                sheets = self._sheet()
                found = sheets.finding_ids
                self.assertEqual(len(found), len(first) + len(second))
                of = found.grouped("res_model")
                self.assertEqual(of["sale.order"].user_id, first)
                other = of.get("product.product", found.browse())
                self.assertEqual(other.user_id, second)
        self.role.user_ids = self.other
        standard.limits_concern = "department"
        self.assertEqual(self._sheet().filtered("finding_ids").user_id, team)

    def test_from_the_worker_to_the_end(self):
        """[ACC-2] counted once, each finding opens its source; scored by the person and
        the head of his department; confirmed it stays."""
        fine, case, run = self._fine(), self._upheld(), self._late()
        self._fine(state="waived")
        self._fine("2030-06-01 03:00:00")  # the next period
        self._late(state="void", due_at="2030-05-15 03:00:00")
        self._put(self._complaint(), "refused")
        sheet = self._sheet()
        self.assertRecordValues(
            sheet,
            [
                {
                    "user_id": self.salesman.id,
                    "department_id": self.departments["sales"].id,
                    "date_from": fields.Date.to_date("2030-05-01"),
                    "date_to": fields.Date.to_date("2030-05-31"),
                    "complaint_count": 1,
                    "full_score": 13,
                    "final_score": 3,
                    "state": "open",
                }
            ],
        )
        self.assertEqual(sheet.line_ids.mapped("points"), [3, 0, 0])
        opened = {
            (action["res_model"], action["res_id"])
            for finding in sheet.finding_ids
            for action in [self._rpc(self.head, finding, "action_open_document")]
        }
        expected = {fine, case, self.order}
        self.assertEqual(opened, {(each._name, each.id) for each in expected})
        self.assertEqual(sheet.activity_ids.user_id, self.salesman)
        # the worker comes again: nothing twice; a fine that is waived goes
        fine.sudo().state = "appealed"
        self.assertEqual(self._sheet(), sheet)
        self.assertEqual(sheet.line_ids.mapped("finding_count"), [1, 0, 1])
        fine.sudo().state = "confirmed"
        # the person
        with Form(sheet.with_user(self.salesman)) as form:
            with form.line_ids.edit(0) as line:
                line.self_points = 5
        self._rpc(self.salesman, sheet, "action_hand_in")
        self.assertEqual((sheet.state, sheet.self_total), ("handed", 5))
        self.assertEqual(sheet.activity_ids.user_id, self.head)
        with self.assertRaisesRegex(UserError, "Handed in"):
            self._rpc(self.salesman, sheet.line_ids[0], "write", {"self_points": 1})
        # the head of his department
        with self.assertRaisesRegex(UserError, "give points for"):
            self._rpc(self.head, sheet, "action_confirm")
        self._score(sheet)
        self._rpc(self.head, sheet, "action_count")
        self.assertEqual(sheet.line_ids.mapped("points"), [3, 3, 0])
        late = sheet.finding_ids.filtered(lambda row: row.kind == "limit")
        self.assertEqual(late.source, f"order.time.limit.run,{run.id}")
        self._rpc(self.head, late, "write", {"struck_reason": "Power cut"})
        self._rpc(
            self.head,
            self.env["order.score.finding"],
            "create",
            [{"line_id": sheet.line_ids[0].id, "reason": "Promised by phone"}],
        )
        self.assertEqual(sheet.line_ids.mapped("points"), [3, 3, 0])
        self._rpc(self.head, sheet, "write", {"adjustment": 4})
        with self.assertRaisesRegex(UserError, "why it is adjusted"):
            self._rpc(self.head, sheet, "action_confirm")
        self._rpc(self.head, sheet, "write", {"adjustment_reason": "Big order"})
        self._rpc(self.head, sheet, "action_confirm")
        self.assertEqual((sheet.state, sheet.final_score), ("confirmed", 10))
        self.assertEqual(sheet.confirmed_by_id, self.head)
        self.assertFalse(sheet.activity_ids)
        # from now on it stays
        self._fine()
        self.assertEqual(self._sheet().final_score, 10)
        self._confirmed_stays(sheet, late)
        html = self.env["ir.actions.report"].with_user(self.salesman)
        html = html._render_qweb_html(
            "order_process_cn.report_f25b_score_sheet", sheet.ids
        )[0].decode()
        for words in ("10 / 13", "Promised by phone", "Power cut", "Big order"):
            self.assertIn(words, html)
        self.assertNotIn("Not Confirmed", html)

    def _confirmed_stays(self, sheet, finding):
        for user in (self.head, self.judge):
            for record, values in (
                (sheet, {"adjustment": 10}),
                (sheet.line_ids[1], {"manager_points": 1}),
                (finding, {"struck_reason": False}),
            ):
                with self.assertRaisesRegex(UserError, "stays as it is"):
                    self._rpc(user, record, "write", values)
            with self.assertRaisesRegex(UserError, "stays as it is"):
                self._rpc(user, sheet, "action_count")
        with self.assertRaises(UserError):
            sheet.sudo().unlink()

    def test_nobody_scores_himself(self):
        """[SEC-1] not by a field, an act, a finding, as head of his own department, as
        one who decides on fines, nor in another company."""
        self._fine()
        sheet = self._sheet()
        lines, finding = sheet.line_ids, sheet.finding_ids
        attempts = [
            (lines[1], "write", [{"manager_points": 3}]),
            (lines[0], "write", [{"max_points": 99}]),
            (lines[0], "write", [{"points": 5}]),
            (lines[0], "write", [{"finding_count": 0}]),
            (lines[0], "write", [{"remark": "Fine"}]),
            (sheet, "write", [{"adjustment": 10}]),
            (sheet, "write", [{"final_score": 13}]),
            (sheet, "write", [{"max_adjustment": 99}]),
            (sheet, "write", [{"state": "confirmed"}]),
            (sheet, "write", [{"department_id": False}]),
            (sheet, "write", [{"user_id": self.other.id}]),
            (
                sheet,
                "write",
                [{"line_ids": [Command.update(lines[1].id, {"manager_points": 3})]}],
            ),
            (sheet, "write", [{"finding_ids": [Command.delete(finding.id)]}]),
            (finding, "write", [{"struck_reason": "No"}]),
            (finding, "write", [{"line_id": lines[2].id}]),
            (finding, "unlink", []),
            (sheet, "action_confirm", []),
            (sheet, "action_count", []),
            (
                self.env["order.score.finding"],
                "create",
                [[{"line_id": lines[0].id, "reason": "Mine"}]],
            ),
        ]
        own_department = {"head_id": self.salesman.id}
        powers = {
            "as a person": lambda: None,
            "as head": lambda: self.departments["sales"].write(own_department),
            "as judge": lambda: self.salesman.write(
                {"group_ids": [Command.link(self.judge.group_ids[:1].id)]}
            ),
        }

        def read():
            return sheet.final_score, sheet.state, finding.is_counted

        before = read()
        for power, give in powers.items():
            give()
            self.env.invalidate_all()
            for record, act, given in attempts:
                with (
                    self.subTest(power=power, act=act, given=given),
                    self.assertRaises(UserError),  # or no access
                    self.cr.savepoint(),
                ):
                    self._rpc(self.salesman, record, act, *given)
                self.env.invalidate_all()
                self.assertEqual(read(), before)
        for user in (self.other, self._stranger()):
            own = sheet.with_user(user)
            own = own.with_context(allowed_company_ids=user.company_ids.ids)
            self.assertFalse(own.has_access("read"))
            with self.assertRaises(AccessError):
                own.action_confirm()
        # others do not write what he says of himself
        for user in (self.judge, self.signers["planning"]):
            with self.assertRaises(AccessError):
                self._rpc(user, lines[0], "write", {"self_points": 0})
        with self.assertRaises(AccessError):
            self._rpc(self.judge, sheet, "action_hand_in")
        self._limits_hold(sheet)

    def _stranger(self):
        """Return somebody who decides on fines, in another company."""
        other = self._create_company(name="Elsewhere")
        return new_test_user(
            self.env,
            "opc_stranger",
            groups="order_process_cn.order_group_ledger",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )

    def _limits_hold(self, sheet):
        quiet = mute_logger("odoo.sql_db")
        for values in ({"manager_points": 4}, {"manager_points": -1}):
            with quiet, self.assertRaises(CheckViolation), self.cr.savepoint():
                self._rpc(self.judge, sheet.line_ids[1], "write", values)
        for points in (11, -11):
            with self.assertRaisesRegex(ValidationError, "at most 10"):
                with self.cr.savepoint():
                    self._rpc(self.judge, sheet, "write", {"adjustment": points})
        with self.assertRaisesRegex(UserError, "what was found"):
            self._rpc(
                self.judge,
                self.env["order.score.finding"],
                "create",
                [{"line_id": sheet.line_ids[0].id, "reason": " "}],
            )

    def test_scores_add_up(self):
        """[ACC-2] whatever happens: the sum of the lines and the adjustment, between 0
        and the full score, nothing after three complaints; a complaint counts once."""
        dice = random.Random(15)
        sheet = self._sheet()
        lines = sheet.line_ids
        complaints = []
        for _step in range(25):
            roll = dice.randrange(5)
            if roll == 0:
                complaints.append(self._complaint())
            elif roll == 1 and complaints:
                chosen = dice.choice(complaints)
                self._put(chosen, dice.choice(["approved", "settled", "refused"]))
                # noted once more: it is the same complaint
                self.env["order.event"].sudo().create(
                    {
                        "res_model": chosen._name,
                        "res_id": chosen.id,
                        "document_name": "Again",
                        "code": "order.service.case.approved",
                        "at": "2030-05-20 03:00:00",
                        "company_id": self.company.id,
                    }
                )
            elif roll == 2:
                self._fine()
            elif roll == 3:
                self._score(sheet, manager_points=dice.randrange(4))
            else:
                values = {"adjustment": dice.randrange(-10, 11)}
                self._rpc(self.head, sheet, "write", values)
            with freeze_time(NEXT_MONTH):
                sheet._count()
            upheld = [c for c in complaints if c.state in {"approved", "settled"}]
            self.assertEqual(sheet.complaint_count, len(upheld))
            for line in lines:
                self.assertTrue(0 <= line.points <= line.max_points)
            score = sum(lines.mapped("points")) + sheet.adjustment
            self.assertEqual(
                sheet.final_score, 0 if len(upheld) >= 3 else max(0, min(13, score))
            )

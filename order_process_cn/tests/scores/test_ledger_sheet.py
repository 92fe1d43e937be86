import random

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestLedgerSheet(OrderCommon):
    """[ACC-1] the monthly sheet: only what was decided, signed off it stays, and the
    sums of all sheets are those of the ledger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.judge = cls._user("judge", "order_process_cn.order_group_ledger")
        cls.departments["sales"].member_ids += cls.salesman
        cls.rule = cls.env["order.ledger.rule"].create(
            {
                "name": "Delay",
                "amount": 50,
                "basis": "Regulation 6.2",
                "res_model": "sale.order",
                "event_code": "created",
                "company_id": cls.company.id,
            }
        )
        cls.order = cls._order()

    def _entry(self, day="2030-05-10", user=None, **values):
        events = self.env["order.event"].sudo()
        event = events.create(
            {
                "res_model": "sale.order",
                "res_id": self.order.id,
                "document_name": self.order.name,
                "code": "created",
                "at": f"{day} 03:00:00",
                "company_id": self.company.id,
            }
        )
        entries = self.env["order.ledger.entry"].sudo()
        given = entries._prepare(self.rule, event, user or self.salesman)
        return entries.create({**given, "state": "confirmed", **values})

    def _make(self, moment="2030-06-02 03:00:00"):
        with freeze_time(moment):
            return self.env["order.ledger.sheet"].sudo()._make(self.company)

    def test_from_the_month_to_the_signature(self):
        """[ACC-1] a sheet a month, of decided entries; another appeal changes no sheet
        but stands on the next one."""
        self.assertFalse(self._make())
        fine = self._entry()
        reward = self._entry(kind="reward", amount=20, user=self.gm)
        self._entry(state="proposed")
        self._entry(state="waived")
        self._entry(day="2030-06-01")
        sheet = self._make()
        self.assertFalse(self._make())
        self.assertEqual(sheet.line_ids.entry_id, fine | reward)
        self.assertEqual((sheet.total_balance, sheet.state), (-30, "draft"))
        for user in (self.salesman, self.supervisor):
            with self.assertRaises(AccessError):
                self._rpc(user, sheet, "action_sign_off")
        for values in ({"total_balance": 0}, {"state": "signed"}, {"line_ids": [(5,)]}):
            with self.assertRaises(AccessError):
                self._rpc(self.judge, sheet, "write", values)
        late = self._entry(day="2030-05-11", amount=5)
        with self.assertRaisesRegex(UserError, "meanwhile"):
            self._rpc(self.judge, sheet, "action_sign_off")
        self._rpc(self.judge, sheet, "action_refresh")
        self._rpc(self.judge, sheet, "action_sign_off")
        self.assertEqual((sheet.total_balance, sheet.state), (-35, "signed"))
        self.assertEqual(sheet.signed_by_id, self.judge)
        # an appeal of the person succeeds: the sheet stays
        fine.write({"state": "waived"})
        for act in ("action_refresh", "action_sign_off"):
            with self.assertRaisesRegex(UserError, "Signed off already"):
                self._rpc(self.judge, sheet, act)
        with self.assertRaises(UserError):
            sheet.line_ids.unlink()
        following = self._make("2030-07-02 03:00:00")
        self.assertNotIn(late, following.line_ids.entry_id)
        self.assertEqual(following.line_ids.mapped("balance"), [50, -50])
        self.assertEqual(following.line_ids.mapped("is_correction"), [True, False])
        self.assertEqual(sheet.total_balance, -35)
        html = self.env["ir.actions.report"].with_user(self.judge)
        html = html._render_qweb_html(
            "order_process_cn.report_f25_ledger_sheet", sheet.ids
        )[0].decode()
        for words in ("20 % of the month", "minimum wage", "Delay", "35.00"):
            self.assertIn(words, html)

    def test_sums_are_those_of_the_ledger(self):
        """[ACC-1] whatever is decided and decided anew, month by month."""
        dice = random.Random(25)
        entries = self.env["order.ledger.entry"].sudo()
        states = ("proposed", "confirmed", "waived", "appealed")
        for month in range(1, 7):
            for _number in range(dice.randrange(4)):
                entries |= self._entry(
                    f"2030-{month:02}-{dice.randrange(1, 28):02}",
                    amount=dice.randrange(100),
                    kind=dice.choice(["fine", "reward"]),
                    state=dice.choice(states),
                )
            for entry in entries:
                if dice.randrange(3) == 0:
                    entry.state = dice.choice(states)
            sheet = self._make(f"2030-{month + 1:02}-03 03:00:00")
            if sheet:
                self._rpc(self.judge, sheet, "action_sign_off")
            lines = self.env["order.ledger.sheet.line"].search(
                [("company_id", "=", self.company.id)]
            )
            decided = entries.filtered(lambda e: e.state in {"confirmed", "waived"})
            for entry in decided:
                own = lines.filtered(lambda line, entry=entry: line.entry_id == entry)
                self.assertAlmostEqual(sum(own.mapped("balance")), entry.balance)
        self.assertTrue(lines)

from odoo import Command, fields

from .scenes_common import Scene


class ScoreScenes:
    """People who do something with score sheets."""

    def _score_sheet(self, **values):
        """Return the sheet of an assistant about this month, and whoever scores it."""
        judge, entry = self._ledger_entry(
            state="confirmed", decided_on=fields.Datetime.now()
        )
        role = self.env.ref("order_process_cn.order_score_role_sales").sudo()
        role.write({"active": True, "user_ids": [Command.set(self.salesman.ids)]})
        role.standard_ids[0].ledger_rule_ids = entry.rule_id
        sheets = self.env["order.score.sheet"].sudo()
        today = self.company._calendar_day(fields.Datetime.now())
        lines = sheets._prepare_lines(role)
        given = sheets._prepare(role, self.salesman, self.company, today, today, lines)
        sheet = sheets.create({**given, **values})
        sheet.line_ids.filtered(lambda line: not line.per_finding).manager_points = 1
        return judge, sheet

    def _ledger_sheet(self):
        """Return the monthly sheet of a fine, and whoever signs it off."""
        now = fields.Datetime.now()
        judge, entry = self._ledger_entry(
            state="confirmed",
            decided_on=now,
            happened_on=fields.Date.subtract(now.date(), months=1, day=1),
        )
        sheets = self.env["order.ledger.sheet"].sudo()
        return judge, sheets._make(entry.company_id)

    def scene_order_ledger_sheet__action_refresh(self):
        judge, sheet = self._ledger_sheet()
        sheet.line_ids.entry_id.amount += 1
        return Scene(judge, sheet)

    def scene_order_ledger_sheet__action_sign_off(self):
        return Scene(*self._ledger_sheet())

    def scene_order_score_sheet__action_hand_in(self):
        return Scene(self.salesman, self._score_sheet()[1])

    def scene_order_score_sheet__action_count(self):
        return Scene(*self._score_sheet())

    def scene_order_score_sheet__action_confirm(self):
        judge, sheet = self._score_sheet(state="handed")
        sheet._count()
        return Scene(judge, sheet)

    def scene_order_score_finding__action_open_document(self):
        judge, sheet = self._score_sheet()
        sheet._count()
        return Scene(judge, sheet.finding_ids[:1])

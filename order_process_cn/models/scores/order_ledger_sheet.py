from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools import date_utils

from ..accountability.order_ledger_entry import CONFIRMED, DECIDES, WAIVED
from ..mechanism.engine import public_act, take_turns

DRAFT, SIGNED = "draft", "signed"
DECIDED = (CONFIRMED, WAIVED)


class OrderLedgerSheet(models.Model):
    """奖惩月度汇总 (F25): what was decided about fines and rewards until the end of a
    month and stands on no sheet yet (ACC-1).

    Signed off it stays. What an appeal changes afterwards stands on the next sheet as
    the difference: the sums of all sheets are those of the ledger. Nothing is deducted
    anywhere.
    """

    _name = "order.ledger.sheet"
    _inherit = ["order.engine.mixin", "order.event.mixin", "order.form.mixin"]
    _description = "Monthly Sheet of Fines and Rewards"
    _order = "date_from desc, id desc"
    _rec_name = "date_from"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(required=True, readonly=True, string="First Day")
    date_to = fields.Date(required=True, readonly=True, string="Last Day")
    state = fields.Selection(
        [(DRAFT, "To Sign Off"), (SIGNED, "Signed Off")],
        string="State of the Sheet",
        required=True,
        readonly=True,
        default=DRAFT,
        index=True,
    )
    line_ids = fields.One2many(
        "order.ledger.sheet.line", "sheet_id", string="Decided Entries", readonly=True
    )
    total_balance = fields.Monetary(
        string="Rewards Less Fines", compute="_compute_total_balance", store=True
    )
    signed_on = fields.Datetime(string="Signed Off on", readonly=True)
    signed_by_id = fields.Many2one(
        "res.users", string="Signed Off by", readonly=True, ondelete="restrict"
    )

    _month_uniq = models.UniqueIndex(
        "(company_id, date_from)", "There is a sheet of this month."
    )

    @api.depends("line_ids.balance")
    def _compute_total_balance(self):
        for sheet in self:
            sheet.total_balance = sum(sheet.line_ids.mapped("balance"))

    @api.depends("date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for sheet in self:
            month = fields.Date.to_string(sheet.date_from)[:7]
            sheet.display_name = self.env._("Fines and Rewards %s", month)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Sheets of fines and rewards are kept."))

    @api.model
    def _get_event_labels(self):
        return {
            **super()._get_event_labels(),
            "ledger.signed": self.env._("Signed Off"),
        }

    # -- making ------------------------------------------------------------------------

    @api.model
    def _cron_make(self):
        """Make the sheets of the last month, where something was decided."""
        entries = self.env["order.ledger.entry"]
        groups = entries._read_group([("state", "in", DECIDED)], ["company_id"])
        self._make(self.env["res.company"].union(*(row[0] for row in groups)))

    @api.model
    def _make(self, companies):
        """Make the sheets of the last month of these companies, where there is none
        and something stands on none.

        :return: the new sheets
        """
        sheets = self.browse()
        for company in companies:
            today = company._calendar_day(fields.Datetime.now())
            end = date_utils.start_of(today, "month") - timedelta(days=1)
            begin = date_utils.start_of(end, "month")
            known = Domain("company_id", "=", company.id)
            if self.search_count(known & Domain("date_to", ">=", end), limit=1):
                continue
            sheet = self.new({"company_id": company.id, "date_to": end})
            if lines := sheet._propose():
                sheets |= self.create(
                    {
                        "company_id": company.id,
                        "date_from": begin,
                        "date_to": end,
                        "line_ids": [Command.create(values) for values in lines],
                    }
                )
        return sheets

    def _propose(self):
        """Return the values of the lines that one open sheet has now: what the ledger
        says of each decided entry less what signed sheets say of it."""
        self.ensure_one()
        entries = self.env["order.ledger.entry"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", DECIDED),
                ("happened_on", "<=", self.date_to),
            ],
            order="department_id, user_id, happened_on, id",
        )
        said = dict(
            self.env["order.ledger.sheet.line"]._read_group(
                [
                    ("entry_id", "in", entries.ids),
                    ("sheet_id.state", "=", SIGNED),
                ],
                ["entry_id"],
                ["balance:sum"],
            )
        )
        currency = self.company_id.currency_id
        return [
            {
                "entry_id": entry.id,
                "user_id": entry.user_id.id,
                "department_id": entry.department_id.id,
                "team_id": entry.user_id.sale_team_id.id,
                "happened_on": entry.happened_on,
                "decided_by_id": entry.decided_by_id.id,
                "balance": balance,
                "is_correction": entry in said,
            }
            for entry in entries
            if not currency.is_zero(balance := entry.balance - said.get(entry, 0.0))
        ]

    # -- acts --------------------------------------------------------------------------

    @public_act
    def action_refresh(self):
        """Take over what was decided since the sheet was made.

        :raise AccessError: the caller does not decide on fines and rewards
        :raise UserError: it is signed off
        """
        self._check_may_sign()
        sheets = self.sudo()  # the group was checked
        take_turns(sheets)
        sheets._check_open()
        for sheet in sheets:
            lines = [Command.create(values) for values in sheet._propose()]
            sheet.line_ids = [Command.clear(), *lines]
        return True

    @public_act
    def action_sign_off(self):
        """Sign these sheets off; from now on they stay.

        :raise AccessError: the caller does not decide on fines and rewards
        :raise UserError: signed off already, an older one is open, or the ledger says
            something else by now
        """
        self._check_may_sign()
        sheets = self.sudo()  # the group was checked
        take_turns(sheets)
        sheets._check_open()
        for sheet in sheets.sorted("date_from"):
            sheet._check_is_of_the_ledger()
            sheet.write(
                {
                    "state": SIGNED,
                    "signed_on": fields.Datetime.now(),
                    "signed_by_id": self.env.uid,
                }
            )
            sheet._emit("ledger.signed")
            sheet._issue_form("F25")
        return True

    def _check_may_sign(self):
        self.check_access("read")
        if not self.env.user.has_group(DECIDES):
            raise AccessError(
                self.env._(
                    "The monthly sheet is signed off by those who decide on fines and "
                    "rewards."
                )
            )

    def _check_open(self):
        if signed := self.filtered(lambda sheet: sheet.state != DRAFT):
            raise UserError(
                self.env._(
                    "Signed off already: %s. What changes stands on the next sheet.",
                    ", ".join(signed.mapped("display_name")),
                )
            )

    def _check_is_of_the_ledger(self):
        """Check that whoever signs one sheet signs what the ledger says now."""
        older = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", DRAFT),
                ("date_from", "<", self.date_from),
            ],
            limit=1,
        )
        if older:
            raise UserError(self.env._("First sign off “%s”.", older.display_name))
        shown = {line.entry_id.id: line.balance for line in self.line_ids}
        now = {row["entry_id"]: row["balance"] for row in self._propose()}
        if shown != now:
            raise UserError(
                self.env._(
                    "%s: something was decided meanwhile. Refresh the sheet and "
                    "look at it again.",
                    self.display_name,
                )
            )

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..document.entered import check_entered
from ..mechanism.engine import public_act, take_turns
from .meeting_states import DONE, DRAFT, DROPPED, OPEN

ENTERED = frozenset({"sequence", "name", "owner_id", "due_on"})
NOTED = frozenset({"what_became"})


class OrderMeetingImprovement(models.Model):
    """改进措施: what will be better, who sees to it until when, and what became of it.

    Entered with the minutes. Its owner says at any time how it goes, and settles it.
    """

    _name = "order.meeting.improvement"
    _inherit = ["order.engine.mixin"]
    _description = "Improvement"
    _order = "meeting_id desc, sequence, id"

    meeting_id = fields.Many2one(
        "order.meeting", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="meeting_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="What Will Be Better", required=True)
    owner_id = fields.Many2one(
        "res.users",
        string="Seen To By",
        required=True,
        index=True,
        ondelete="restrict",
    )
    due_on = fields.Date(string="Better Until", required=True)
    what_became = fields.Text(string="What Became of It")
    state = fields.Selection(
        [(OPEN, "Being Seen To"), (DONE, "Carried Out"), (DROPPED, "Not Carried Out")],
        string="Result",
        required=True,
        readonly=True,
        copy=False,
        default=OPEN,
        index=True,
    )
    settled_on = fields.Date(readonly=True, copy=False)
    settled_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    meeting_state = fields.Selection(related="meeting_id.state", string="Its Minutes")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_entered(vals_list, {"meeting_id"})
        rows = super().create(vals_list)
        rows._check_open()
        return rows

    def write(self, vals):
        self._check_entered([vals])
        if vals.keys() & ENTERED:
            self._check_open()
        elif not self.env.su:
            self._check_unsettled()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_out(self):
        self._check_open()

    @api.model
    def _check_entered(self, vals_list, also=frozenset()):
        check_entered(self, vals_list, ENTERED | NOTED | also, self._spell_entered)

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Of an improvement people enter what will be better, who sees to it, until "
            "when and what became of it; the rest follows."
        )

    def _check_open(self):
        """Check that the caller may write the minutes, and that they are not out."""
        if not self.env.su:
            self.meeting_id.check_access("write")
            self.meeting_id._check_open()

    def _check_unsettled(self):
        if settled := self.filtered(lambda row: row.state != OPEN):
            raise UserError(
                self.env._(
                    "This was settled and stays as it is: %s",
                    ", ".join(settled.mapped("name")),
                )
            )

    # -- seeing to it ------------------------------------------------------------------

    @public_act
    def action_done(self):
        """Say that these improvements were carried out."""
        return self._settle(DONE)

    @public_act
    def action_drop(self):
        """Say that these improvements will not be carried out."""
        return self._settle(DROPPED)

    def _settle(self, state):
        """Settle these improvements, as their owner or as whoever chairs the meeting.

        :raise AccessError: they are somebody else's
        :raise UserError: the minutes are not out, or it is not said what became of it
        """
        rows = self._enter()
        take_turns(rows.meeting_id)
        take_turns(rows)
        for row in rows:
            if self.env.user not in row.owner_id | row.meeting_id.chair_id:
                raise AccessError(
                    self.env._(
                        "“%(what)s” is settled by %(owner)s or %(chair)s.",
                        what=row.name,
                        owner=row.owner_id.name,
                        chair=row.meeting_id.chair_id.name,
                    )
                )
        rows._check_unsettled()
        if early := rows.filtered(lambda row: row.meeting_id.state == DRAFT):
            raise UserError(
                self.env._(
                    "The minutes are not out yet: %s",
                    ", ".join(early.meeting_id.mapped("display_name")),
                )
            )
        if silent := rows.filtered(lambda row: not (row.what_became or "").strip()):
            raise UserError(
                self.env._(
                    "Say what became of it: %s", ", ".join(silent.mapped("name"))
                )
            )
        for row in rows:
            now = fields.Datetime.now()
            row.write(
                {
                    "state": state,
                    "settled_on": row.company_id._calendar_day(now),
                    "settled_by_id": self.env.uid,
                }
            )
            row.meeting_id._find_todos(row._get_todo_key()).unlink()
            row.meeting_id._message_log(body=row._spell())
        return True

    def _get_todo_key(self):
        return f"improvement.{self.id}"

    def _tell_owner(self):
        """Leave the owner of one improvement a to-do until its day."""
        todos = self.meeting_id._leave_todo(
            self._get_todo_key(), self.name, self._spell(), user=self.owner_id
        )
        todos.date_deadline = self.due_on

    def _spell(self):
        """Return in one line what is to be better, until when, and what came of it."""
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(what)s (%(owner)s, until %(day)s): %(state)s %(outcome)s",
            what=self.name,
            owner=self.owner_id.name,
            day=format_date(self.env, self.due_on),
            state=states[self.state],
            outcome=self.what_became or "",
        ).rstrip()

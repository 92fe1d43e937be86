from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..mechanism.engine import public_act, take_turns
from .meeting_states import (
    CHECK,
    CLOSED,
    DRAFT,
    EVENTS,
    HELD,
    IMPROVING,
    PROCESS,
    WANTED,
)


class OrderMeeting(models.Model):
    """What is done with the minutes: sent out, taken back, confirmed, closed; and the
    next review of the process."""

    _inherit = "order.meeting"

    @public_act
    def action_send_minutes(self):
        """Send these minutes to those who took part; from now on they stay as they are.

        :raise UserError: everything that is missing, of all of them at once
        """
        self.check_access("write")
        meetings = self._enter()
        take_turns(meetings)
        meetings._check_complete()
        for meeting in meetings:
            meeting._send_minutes()
        return True

    def _find_problems(self):
        """Return in words what the minutes of one meeting lack."""
        self.ensure_one()
        if self.state != DRAFT:
            return [self.env._("its minutes are out already")]
        problems = self._find_empty(WANTED[self.kind])
        if self.date > self.company_id._calendar_day(fields.Datetime.now()):
            problems.append(self.env._("it has not been held yet"))
        if not self.participant_ids:
            problems.append(self.env._("say who took part"))
        if self.kind in IMPROVING and not self.improvement_ids:
            problems.append(self.env._("say what will be better"))
        return problems

    def _send_minutes(self):
        self.ensure_one()
        self._add_participants()
        self.write({"state": HELD, "minutes_on": fields.Datetime.now()})
        self._emit(HELD)
        if event := EVENTS.get(self.kind):
            self.order_ids._emit(event)
            for order in self.order_ids:
                order._message_log(
                    body=self.env._("Minutes sent out: %s", self.display_name)
                )
        self._issue_form("F24")
        for row in self.participant_ids:
            words = self.env._("Confirm the minutes")
            if row.user_id == self.superior_id:
                words = self.env._("Summary of the check after execution: confirm")
            self._leave_todo("minutes", words, self.display_name, user=row.user_id)
        for row in self.improvement_ids:
            row._tell_owner()
        if self.kind == PROCESS and self.months_to_next:
            self._mark_for_recheck("next", at=self._get_next_moment())

    def _add_participants(self):
        """The chair took part, and the superior gets the summary."""
        present = self.participant_ids.user_id
        rows = self.env["order.meeting.participant"]
        superior = self.superior_id if self.kind == CHECK else self.superior_id.browse()
        rows.create(
            [
                {"meeting_id": self.id, "user_id": user.id}
                for user in (self.chair_id | superior) - present
            ]
        )

    @public_act
    def action_take_back(self):
        """Take minutes back that somebody does not agree with: they are written anew
        and confirmed anew.

        :raise UserError: everybody has confirmed them already
        """
        self.check_access("write")
        meetings = self._enter()
        take_turns(meetings)
        meetings._check_held()
        for meeting in meetings:
            begun = meeting.improvement_ids.filtered(lambda row: row.state != "open")
            if begun:
                raise UserError(
                    self.env._(
                        "%(meeting)s: “%(what)s” is settled already, so the minutes "
                        "stay. Write what is to be said to them below.",
                        meeting=meeting.display_name,
                        what=begun[:1].name,
                    )
                )
        meetings.participant_ids.write({"confirmed_on": False})
        keys = meetings.improvement_ids.mapped(lambda row: row._get_todo_key())
        for key in ("minutes", *keys):
            meetings._find_todos(key).unlink()
        meetings.write({"state": DRAFT, "minutes_on": False})
        meetings._emit(DRAFT)
        return True

    @public_act
    def action_confirm_minutes(self):
        """Confirm these minutes as somebody who took part; the last one closes them.

        :raise AccessError: the caller did not take part
        """
        meetings = self._enter()
        take_turns(meetings)
        meetings._check_held()
        for meeting in meetings:
            rows = meeting.participant_ids.filtered(
                lambda row: row.user_id == self.env.user
            )
            if not rows:
                raise AccessError(
                    self.env._(
                        "%s: only those who took part confirm the minutes.",
                        meeting.display_name,
                    )
                )
            rows.filtered(lambda row: not row.confirmed_on).write(
                {"confirmed_on": fields.Datetime.now()}
            )
            meeting._find_todos("minutes", self.env.user)._action_done()
            if not meeting._get_unconfirmed():
                meeting._close()
        return True

    @public_act
    def action_close(self):
        """Close these minutes though somebody has not confirmed them: he stands there
        as one who has not.

        :raise UserError: they are not out, or closed already
        """
        self.check_access("write")
        meetings = self._enter()
        take_turns(meetings)
        meetings._check_held()
        meetings._close()
        return True

    def _close(self):
        for meeting in self:
            meeting._find_todos("minutes").unlink()
        self.write({"state": CLOSED, "closed_on": fields.Datetime.now()})
        self._emit(CLOSED)

    def _check_held(self):
        if others := self.filtered(lambda meeting: meeting.state != HELD):
            raise UserError(
                self.env._(
                    "Their minutes are not out, or everybody has confirmed them: %s",
                    ", ".join(others.mapped("display_name")),
                )
            )

    # -- the next review of the process [ANA-3] ----------------------------------------

    def _get_next_day(self):
        return self.date + relativedelta(months=self.months_to_next)

    def _get_next_moment(self):
        return self.company_id._start_of_day(self._get_next_day())

    def _propose_next(self):
        """Propose the next review of the process, where its day has come: once."""
        due = self.filtered(
            lambda meeting: (
                meeting.kind == PROCESS
                and meeting.state != DRAFT
                and meeting.months_to_next
                and meeting._get_next_moment() <= fields.Datetime.now()
            )
        )
        take_turns(due)
        done = self.search([("follows_id", "in", due.ids)]).follows_id
        for meeting in due - done:
            following = self.create(meeting._prepare_next_values())
            following._leave_todo(
                "review",
                self.env._("Hold the next review of the process"),
                meeting._spell_improvements(),
                user=meeting.chair_id,
            )

    def _prepare_next_values(self):
        """Return the values of the review of the process that follows this one."""
        begin = self.date_to + relativedelta(days=1)
        return {
            "kind": PROCESS,
            "company_id": self.company_id.id,
            "date": self._get_next_day(),
            "date_from": begin,
            "date_to": begin + relativedelta(months=self.months_to_next, days=-1),
            "chair_id": self.chair_id.id,
            "months_to_next": self.months_to_next,
            "follows_id": self.id,
            "participant_ids": [
                fields.Command.create({"user_id": user.id})
                for user in self.participant_ids.user_id.filtered("active")
            ],
        }

    def _spell_improvements(self):
        """Return in words what became of the improvements of one meeting."""
        return "\n".join(row._spell() for row in self.improvement_ids)

    # -- the summary meeting of an order [MFG-10] --------------------------------------

    @api.model
    def _propose_summaries(self, orders):
        """Draft the summary meeting of orders of which the last thing was made, where
        their type asks for one."""
        asking = self.env["order.type"]._ids_with_summary()
        due = orders.filtered(lambda order: order.order_type_id.id in asking)
        if not due:
            return
        take_turns(due)
        domain = [("order_ids", "in", due.ids), ("kind", "=", "summary")]
        for order in due - self.search(domain).order_ids:
            chair = self._find_summary_chair(order)
            meeting = self.create(
                {
                    "kind": "summary",
                    "company_id": order.company_id.id,
                    "chair_id": chair.id,
                    "date": order.company_id._calendar_day(fields.Datetime.now()),
                    "order_ids": [fields.Command.link(order.id)],
                    "participant_ids": [
                        fields.Command.create({"user_id": user.id})
                        for user in chair | order.user_id
                    ],
                }
            )
            meeting._leave_todo(
                "summary",
                self.env._("Hold the summary meeting"),
                self.env._(
                    "The last production order of %(order)s was finished on %(day)s.",
                    order=order.name,
                    day=format_date(self.env, meeting.date),
                ),
                user=chair,
            )

    @api.model
    def _find_summary_chair(self, order):
        """Return who holds the summary meeting: the head of production, else whoever
        answers for the order. [000 P02 13]"""
        return self._find_head(
            "order_process_cn.order_department_production",
            order.company_id,
            order.user_id,
        )

    @api.model
    def _find_head(self, department_name, company, *others):
        """Return who heads a department in ``company``, else the first of ``others``:
        somebody who is there and works in it, for nobody else can hold a meeting."""
        department = self.env.ref(department_name, raise_if_not_found=False)
        rosters = self.env["order.department"]._rosters(company.id)
        head, _members = rosters.get(department.id if department else 0, (False, ()))
        for user in (self.env["res.users"].browse(head or []), *others):
            if user.active and company in user.company_ids:
                return user
        return self.env.user

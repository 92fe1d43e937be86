from collections import defaultdict
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import split_every

# what is looked at in one go of the scheduled action, and written to how many people
# before the work is handed in
AT_ONCE = 5000
PEOPLE = 20


class OrderTimeLimitRun(models.Model):
    """What happens by itself: a reminder before the time is up, a word to the superior
    afterwards, once each. Nothing is ever agreed or decided this way. (SLA-2)

    The moments are stored and indexed: finding what fell due costs nothing for what
    merely runs.
    """

    _inherit = "order.time.limit.run"

    @api.model
    def _due_domain(self, now):
        return [("state", "=", "running"), ("next_check", "<=", now)]

    @api.model
    def _find_due(self, now, limit=None):
        """Return the limits on which something falls due until ``now``."""
        return self.search(
            self._due_domain(now), order="next_check, id", limit=limit or AT_ONCE
        )

    @api.model
    def _cron_check(self):
        """Tell everybody concerned, in one message each, what falls due or is late.

        A limit is ticked off when the last of those concerned was told: a process that
        dies in between rather tells somebody twice than not at all.
        """
        now = fields.Datetime.now()
        progress = self.env["ir.cron"]
        due = self._find_due(now)
        # the rest of a great many is left to the next round, which comes at once
        left = self.search_count(self._due_domain(now)) if due else 0
        progress._commit_progress(remaining=left)
        letters = due._address_notices(now)
        waiting = defaultdict(set)
        for user, letter in letters.items():
            for run_id in letter["remind"] | letter["escalate"]:
                waiting[run_id].add(user)
        quiet = [run_id for run_id in due.ids if run_id not in waiting]
        for run_ids in split_every(AT_ONCE // 10, quiet):
            self._lock_due(run_ids, now)._tick_off(now)
            if not progress._commit_progress(processed=len(run_ids)):
                return
        for users in split_every(PEOPLE, list(letters)):
            told = self._write_to(users, letters, waiting, now)
            if not progress._commit_progress(processed=told):
                return

    @api.model
    def _lock_due(self, run_ids, now):
        """Return those that are still due and that nobody is just about to end."""
        runs = self.search([("id", "in", list(run_ids)), *self._due_domain(now)])
        return runs.try_lock_for_update()

    @api.model
    def _write_to(self, users, letters, waiting, now):
        """Write to these people; return how many limits are done with."""
        named = {
            run_id
            for user in users
            for run_ids in letters[user].values()
            for run_id in run_ids
        }
        runs = self._lock_due(named, now)
        for user in users:
            letter = {
                kind: runs.filtered(lambda run, ids=run_ids: run.id in ids)
                for kind, run_ids in letters[user].items()
            }
            if any(letter.values()):
                self._send_digest(user, letter)
        for run_id in named:
            waiting[run_id] -= set(users)
        done = {run_id for run_id in named if not waiting[run_id]}
        runs.filtered(lambda run: run.id in done)._tick_off(now)
        return len(done)

    def _tick_off(self, now):
        """Note what has happened to these limits until ``now``."""
        late = self.filtered(lambda run: not run.is_late and run.due_at <= now)
        for run in self:
            values = {}
            if run.remind_at and not run.reminded_at and run.remind_at <= now:
                values["reminded_at"] = now
            if not run.is_late and run.due_at <= now:
                values["is_late"] = True
            if run.escalate_at and not run.escalated_at and run.escalate_at <= now:
                values["escalated_at"] = now
            if values:
                run.write(values)
        late._tell_document("late", now)
        self._schedule()

    # -- whom to tell ------------------------------------------------------------------

    def _address_notices(self, now):
        """Return ``{user: {"remind": run ids, "escalate": run ids}}``."""
        stand_ins = self._get_stand_ins()
        letters = defaultdict(lambda: {"remind": set(), "escalate": set()})
        for run in self:
            if run.remind_at and not run.reminded_at and run.remind_at <= now:
                people = run.user_id.filtered("active") or run._get_superiors()
                for user in self._with_stand_ins(people, stand_ins):
                    letters[user]["remind"].add(run.id)
            if run.escalate_at and not run.escalated_at and run.escalate_at <= now:
                for user in self._with_stand_ins(run._get_superiors(), stand_ins):
                    letters[user]["escalate"].add(run.id)
        for letter in letters.values():
            letter["remind"] -= letter["escalate"]
        return letters

    def _get_superiors(self):
        """Return whom to tell that this limit is late: the head of the department that
        answers for it, else the administrators of the process."""
        self.ensure_one()
        rosters = self.env["order.department"]._rosters(self.company_id.id)
        for department in (self.rule_id.escalation_department_id, self.department_id):
            head, _members = rosters.get(department.id, (False, ()))
            if head and head != self.user_id.id:
                return self.env["res.users"].browse(head)
        administrators = self.env.ref("order_process_cn.order_group_manager")
        return administrators.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )

    @api.model
    def _get_stand_ins(self):
        """Return ``{user: who signs for him today}``."""
        found = defaultdict(self.env["res.users"].browse)
        today, day = fields.Date.today(), timedelta(days=1)
        # somewhere it is the next day already, or still the day before
        delegations = self.env["order.delegation"].search(
            [("date_from", "<=", today + day), ("date_to", ">=", today - day)]
        )
        for delegation in delegations.filtered(lambda d: d._covers_today()):
            found[delegation.principal_id] |= delegation.actor_id.filtered("active")
        return found

    @api.model
    def _with_stand_ins(self, users, stand_ins):
        """Return ``users``, with those who are absent replaced by who stands in."""
        return self.env["res.users"].union(
            *(stand_ins.get(user) or user for user in users)
        )

    # -- what to tell ------------------------------------------------------------------

    def _send_digest(self, user, letter):
        """Send one person one notice. Nobody becomes a follower of anything."""
        reader = self.with_context(
            lang=user.lang,
            tz=user.tz or user.company_id.resource_calendar_id.tz,
        )
        parts = [
            (reader.env._("Falls due"), letter["remind"]),
            (reader.env._("Late"), letter["escalate"]),
        ]
        count = sum(len(runs) for _title, runs in parts)
        reader.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            subject=reader.env._("Time limits: %s to look after", count),
            body=Markup().join(
                reader._format_part(title, runs) for title, runs in parts if runs
            ),
        )

    def _format_part(self, title, runs):
        """Return the lines of a digest about ``runs``, what falls due first on top."""
        runs = runs.with_env(self.env).sorted(lambda run: (run.due_at, run.id))
        lights = runs._draw()
        lines = Markup().join(
            Markup(
                '<li><a href="/mail/view?model={}&amp;res_id={}">{}</a> {}: {}{}{}</li>'
            ).format(
                run.document_model,
                run.document_id,
                run.document_name,
                lights[run]["limit"],
                lights[run]["text"],
                f" ({lights[run]['mark']})" if lights[run]["mark"] else "",
                f" → {run.user_id.name}" if run.user_id else "",
            )
            for run in runs
        )
        return Markup("<p><strong>{}</strong></p><ul>{}</ul>").format(title, lines)

import logging
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as CONCURRENCY

from .halves import work_in_halves
from .mail_activity_mixin import WARNING

_logger = logging.getLogger(__name__)

# minutes between attempts; afterwards an administrator has a to-do
PAUSES = (1, 5, 30, 120)
ATTEMPTS = len(PAUSES) + 1
ALARM = "recheck.failed"


class OrderRecheck(models.Model):
    """How the queue is worked off.

    A batch at a time, each in a savepoint. When one fails it is cut into halves, so
    that a document never stops the others: what a document refuses (``UserError``) it
    is told itself; any other error is noted, tried again later and at last left to an
    administrator. That a row was taken is stored before the work begins: what kills
    the process is taken a few times and no more, and the rest goes on.
    """

    _inherit = "order.recheck"

    @api.model
    def _cron_recheck(self):
        """Take the steps that have become possible, a batch at a time."""
        progress = self.env["ir.cron"]
        while rows := self._take():
            rows._work_off_or_postpone()
            if not progress._commit_progress(remaining=self._count_due()):
                break

    @api.model
    def _take(self):
        """Return the next rows, once it is stored that they were taken."""
        rows = self._next_rows()
        if rows:
            rows._count_attempt()
            # Each row is taken a limited number of times, so that taking it is
            # progress, also when the process dies afterwards: core puts a job to
            # sleep that was killed three times without any.
            self.env["ir.cron"]._commit_progress(len(rows), remaining=self._count_due())
        return rows

    def _work_off_or_postpone(self):
        rows = self._lock_again()
        killers = rows.filtered(lambda row: row.attempts > ATTEMPTS)
        killers._note_failure(f"The process ended {ATTEMPTS} times while it did this.")
        rows -= killers
        try:
            rows._work_off()
        except CONCURRENCY as error:
            # no savepoint helps: taken again, one by one, in other transactions
            self.env.cr.rollback()
            _logger.info("%s: another transaction was first: %s", rows, error)
        except Exception as error:  # pylint: disable=broad-except
            # whatever it is, the queue goes on
            self.env.cr.rollback()
            _logger.warning("%s cannot be worked off", rows, exc_info=error)
            rows._note_failure(self._spell_error(error))
        self._raise_alarm()

    def _work_off(self):
        """Look at the documents of these rows, all of one model."""
        if not self:
            return
        model = self[0].res_model
        ids = set(self.mapped("res_id"))
        failed = {}
        # a model that is gone with its addon: nobody is left to look at anything
        if model in self.env and hasattr(self.env[model], "_on_recheck"):
            documents = self._find_documents(model, ids)
            for company, own in documents.grouped("company_id").items():
                failed |= self._recheck(
                    own.with_user(SUPERUSER_ID)
                    .with_company(company)
                    .with_context(
                        allowed_company_ids=company.ids,
                        # what it leaves behind is read by people of the company
                        lang=self._get_language(company),
                    )
                )
        for res_id, error in failed.items():
            self.filtered(lambda row, i=res_id: row.res_id == i)._note_failure(error)
        done = self.filtered(lambda row: row.res_id not in failed)
        (done | self._find_former(model, ids - failed.keys()))._remove()

    @api.model
    def _find_documents(self, model, ids):
        """Return those that still exist, as the worker will read them."""
        records = self.env[model].with_context(active_test=False)
        names = [
            name
            for name, field in records._fields.items()
            if field.prefetch is True and field.column_type and field.store
        ]
        found = records.search_fetch([("id", "in", list(ids))], names)
        return self.env[model].browse(found.ids)

    @api.model
    def _get_language(self, company):
        partners = self.env["res.partner"]
        own = [("ref_company_ids", "in", company.ids)]
        return partners.search_fetch(own, ["lang"], limit=1).lang

    @api.model
    def _recheck(self, documents):
        """Work on a batch, and on its halves when it fails. Return ``{id: error}`` for
        those that failed."""
        failed = {}
        for document, error in work_in_halves(
            documents, lambda batch: batch._on_recheck()
        ):
            failed |= self._recheck_failed(document, error)
        return failed

    @api.model
    def _recheck_failed(self, document, error):
        """Tell whoever has to know that one document could not go on. Return as
        :meth:`_recheck`."""
        if isinstance(error, UserError):
            try:
                with self.env.cr.savepoint():
                    document._on_recheck_refused(str(error))
                return {}
            except CONCURRENCY:
                raise
            except Exception as another:  # pylint: disable=broad-except
                error = another
        # not at the level of an error: what waits and what failed has a list and
        # ends with an administrator
        _logger.warning("%s cannot be checked again", document, exc_info=error)
        return {document.id: self._spell_error(error)}

    @api.model
    def _spell_error(self, error):
        return f"{type(error).__name__}: {error}"

    # -- failing -----------------------------------------------------------------------

    @api.model
    def _find_former(self, model, ids):
        """Return the rows by which documents failed before."""
        return self.search(
            [
                ("res_model", "=", model),
                ("res_id", "in", list(ids)),
                "|",
                ("state", "=", "failed"),
                ("error", "!=", False),
            ]
        )

    def _note_failure(self, error):
        """Have rows tried again later, or leave them to an administrator. One row is
        kept for each document."""
        kept = self.browse()
        for (model, res_id), rows in self.grouped(
            lambda row: (row.res_model, row.res_id)
        ).items():
            former = self._find_former(model, [res_id])
            row = (former - self)[:1] or rows[:1]
            attempts = max(rows.mapped("attempts"))
            if earlier := (former - rows).mapped("attempts"):
                attempts += max(earlier)  # marked anew, and failed anew
            if attempts >= ATTEMPTS:
                row.write({"state": "failed", "error": error, "attempts": attempts})
            else:
                pause = timedelta(minutes=PAUSES[max(attempts, 1) - 1])
                later = fields.Datetime.now() + pause
                row.write({"error": error, "not_before": later, "attempts": attempts})
                self._wake_up(later)
            kept |= row
            ((rows | former) - row)._remove()
        return kept

    @api.model
    def _raise_alarm(self):
        """See to it that an administrator has one to-do while something has failed."""
        failed = self.search([("state", "=", "failed")])
        if not failed or failed._find_todos(ALARM):
            return
        try:
            with self.env.cr.savepoint():
                failed[0]._alarm_administrator()
        except Exception as error:  # pylint: disable=broad-except
            # the list shows it all the same
            _logger.error("nobody could be told of %s", failed, exc_info=error)

    def _alarm_administrator(self):
        user = self._get_administrator()
        spoken = self.with_context(lang=user.lang)
        # a list for administrators is no place for mail
        quiet = spoken.with_context(mail_activity_quick_update=True)
        self.with_env(quiet.env)._leave_todo(
            ALARM,
            spoken.env._("A step that happens by itself has failed"),
            spoken.env._(
                "See “Waiting for the Worker” in the configuration of the order "
                "process: mend what the error names, then press “Try Again”."
            ),
            user=user,
            kind=WARNING,
        )

    @api.model
    def _get_administrator(self):
        group = self.env.ref("order_process_cn.order_group_manager")
        people = group.all_user_ids.filtered(lambda user: user.active)
        return people.sorted("id")[:1] or self.env.ref("base.user_admin")

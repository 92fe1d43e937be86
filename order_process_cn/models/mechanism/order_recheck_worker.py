import logging
from collections import defaultdict

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as CONCURRENCY

from .halves import work_in_halves
from .order_recheck_failures import ATTEMPTS

_logger = logging.getLogger(__name__)


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
            due, failed = rows._work_off_or_postpone()._remove()
            if failed:
                self._raise_alarm()
            # whoever marks something from now on calls the scheduler again
            if not progress._commit_progress(remaining=due) or not due:
                break

    @api.model
    def _take(self):
        """Return the next rows, once it is stored that they were taken."""
        rows, due = self._in_turn(self._next_rows)
        if rows:
            # Each row is taken a limited number of times, so that taking it is
            # progress, also when the process dies afterwards: core puts a job to
            # sleep that was killed three times without any.
            self.env["ir.cron"]._commit_progress(len(rows), remaining=due)
        return rows

    def _in_turn(self, lock_rows):
        """Return what ``lock_rows`` finds; asked again whenever another worker has
        taken some of them after the moment from which this transaction sees the
        database. Nothing is lost, for nothing was done yet; the other has got on."""
        while True:
            try:
                return lock_rows()
            except CONCURRENCY:
                self.env.cr.rollback()

    def _work_off_or_postpone(self):
        """Return the rows that are done with."""
        done = self.browse()
        rows, former = self._in_turn(self._lock_again)
        killers = rows.filtered(lambda row: row.attempts > ATTEMPTS)
        killers._note_failure(f"The process ended {ATTEMPTS} times while it did this.")
        rows -= killers
        try:
            done = rows._work_off(former)
        except CONCURRENCY as error:
            # no savepoint helps: taken again, one by one, in other transactions
            self.env.cr.rollback()
            _logger.info("%s: another transaction was first: %s", rows, error)
            lost = rows.filtered(lambda row: row.attempts >= ATTEMPTS)
            lost._note_failure(self._spell_error(error))
        except Exception as error:  # pylint: disable=broad-except
            # whatever it is, the queue goes on
            self.env.cr.rollback()
            _logger.warning("%s cannot be worked off", rows, exc_info=error)
            if len(rows) == 1:  # several are taken again, one by one
                rows._note_failure(self._spell_error(error))
        return done

    def _work_off(self, former):
        """Look at the documents of these rows, all of one model; return the rows that
        are done with.

        :param former: see :meth:`_find_former`
        """
        if not self:
            return self
        model = self[0].res_model
        due, failed = self._collect_due(), {}
        # a model that is gone with its addon: nobody is left to look at anything
        if self._is_looked_at(model):
            documents = self._find_documents(model, due)
            for company, own in documents.grouped("company_id").items():
                failed |= self._recheck(
                    own.with_user(SUPERUSER_ID)
                    .with_company(company)
                    .with_context(
                        allowed_company_ids=company.ids,
                        # what it leaves behind is read by people of the company
                        lang=company.browse()._get_language(company.id),
                    ),
                    due,
                )
        noted = self._note_failures(failed, former)
        return ((self | former) - noted)._filtered_done(due, failed)

    @api.model
    def _is_looked_at(self, model):
        return hasattr(self.env.get(model), "_expand_recheck_topics")

    def _get_due(self):
        """Return the topics that one row asks for."""
        if not self._is_looked_at(self.res_model):
            return set()
        topics = [self.topic] if self.topic else []
        return self.env[self.res_model]._expand_recheck_topics(topics)

    def _collect_due(self):
        """Return ``{id: topics}`` of the documents of these rows."""
        due = defaultdict(set)
        for row in self:
            due[row.res_id] |= row._get_due()
        return due

    def _filtered_done(self, due, failed):
        """Return the rows of which all that they ask for was looked at and done."""
        return self.filtered(
            lambda row: all(
                topic in due[row.res_id] and (row.res_id, topic) not in failed
                for topic in row._get_due()
            )
        )

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
    def _recheck(self, documents, due):
        """Work on a batch, and on its halves when it fails; on a document that fails,
        topic by topic. Return ``{(id, topic): error}`` for what failed."""
        failed = {}
        for document, error in work_in_halves(
            documents, lambda batch: batch._on_recheck(due)
        ):
            failed |= self._recheck_apart(document, due[document.id], error)
        return failed

    @api.model
    def _recheck_apart(self, document, topics, error):
        """Work on each topic of one document that failed with ``error``, so that none
        stops the others. Return as :meth:`_recheck`."""
        if len(topics) == 1:
            errors = dict.fromkeys(topics, error)
        else:
            errors = {
                topic: another
                for topic in document._get_recheck_handlers()
                if topic in topics
                for _document, another in work_in_halves(
                    document, lambda d, t=topic: d._on_recheck({d.id: {t}})
                )
            }
        return self._recheck_failed(document, errors)

    @api.model
    def _recheck_failed(self, document, errors):
        """Tell whoever has to know that one document could not go on.

        :param dict errors: ``{topic: error}``
        :return: as :meth:`_recheck`
        """
        refused = {t: e for t, e in errors.items() if isinstance(e, UserError)}
        failed = {t: e for t, e in errors.items() if t not in refused}
        if refused:
            words = "\n".join(dict.fromkeys(str(error) for error in refused.values()))
            for _document, error in work_in_halves(
                document, lambda document: document._on_recheck_refused(words)
            ):
                failed |= dict.fromkeys(refused, error)
        for topic, error in failed.items():
            # not at the level of an error: what waits and what failed has a list and
            # ends with an administrator
            _logger.warning(
                "%s cannot be checked again: %s", document, topic, exc_info=error
            )
        return {
            (document.id, topic): self._spell_error(error)
            for topic, error in failed.items()
        }

    @api.model
    def _spell_error(self, error):
        return f"{type(error).__name__}: {error}"

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .mail_activity_mixin import WARNING

_logger = logging.getLogger(__name__)

# minutes between attempts; afterwards an administrator has a to-do
PAUSES = (1, 5, 30, 120)
ATTEMPTS = len(PAUSES) + 1
ALARM = "recheck.failed"


class OrderRecheck(models.Model):
    """What becomes of what failed: tried again later, and at last left to an
    administrator, who has one to-do however much there is."""

    _inherit = "order.recheck"

    @api.model
    def _find_former(self, model, ids):
        """Return the rows by which documents failed before."""
        documents = Domain("res_model", "=", model) & Domain("res_id", "in", list(ids))
        tried = Domain("state", "=", "failed") | Domain("error", "!=", False)
        return self.search(documents & tried)

    def _note_failure(self, error):
        """Note of rows of one model that none of what they ask for could be done."""
        if self:
            former = self._find_former(self[0].res_model, self.mapped("res_id"))
            failed = {(row.res_id, row.topic): error for row in self}
            self._note_failures(failed, former)

    def _note_failures(self, failed, former):
        """Have what failed tried again later, or leave it to an administrator. One row
        is kept for each document and topic.

        :param dict failed: ``{(id, topic): error}``, of documents of these rows
        :param former: see :meth:`_find_former`
        :return: the rows that were dealt with
        """
        kept = self.browse()
        for (res_id, topic), error in failed.items():
            own = self.filtered(lambda row, i=res_id: row.res_id == i)
            alike = (former | own).filtered(
                lambda row, i=res_id, t=topic: (row.res_id, row.topic) == (i, t)
            )
            spare = own.filtered(lambda row: (row.res_id, row.topic) not in failed)
            row = ((alike - own) | alike | (spare - kept))[:1] or self.create(
                {"res_model": own[0].res_model, "res_id": res_id}
            )
            attempts = max(own.mapped("attempts"))
            if earlier := (alike - own).mapped("attempts"):
                attempts += max(earlier)  # marked anew, and failed anew
            row._postpone(topic, error, attempts)
            kept |= row
        ids = {res_id for res_id, _topic in failed}
        noted = (former | self).filtered(
            lambda row: (
                (row.res_id, row.topic) in failed or (row in self and row.res_id in ids)
            )
        )
        if spent := noted - kept:
            spent._remove()
        return noted | kept

    def _postpone(self, topic, error, attempts):
        """Note of one row what failed with ``error``, the how manieth time."""
        noted = {"topic": topic, "error": error, "attempts": attempts}
        if attempts >= ATTEMPTS:
            self.write({**noted, "state": "failed"})
            return
        pause = timedelta(minutes=PAUSES[max(attempts, 1) - 1])
        later = fields.Datetime.now() + pause
        self.write({**noted, "not_before": later})
        self._wake_up(later)

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
        # a list for administrators is no place for mail
        spoken = self.with_context(lang=user.lang, mail_activity_quick_update=True)
        spoken._leave_todo(
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

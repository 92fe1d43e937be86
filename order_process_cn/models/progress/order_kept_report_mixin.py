from odoo import api, models
from odoo.tools import SQL

# orders whose rows are kept in one transaction
SLICE = 2_000


class OrderKeptReportMixin(models.AbstractModel):
    """A report whose rows are kept as long as the orders they tell of do not move (see
    ``kept_rows``).

    A model on this mixin has ``_auto = False``, the rows as ``_kept``, what is read of
    them as ``_query``, and says in ``_depends`` which fields they come from.
    """

    _name = "order.kept.report.mixin"
    _description = "Report of Kept Rows"

    _kept = None
    _query = None

    def init(self):
        if self._kept:
            # the tables of models that are made after this one are needed
            self.pool.post_init(self._kept.make_kept, self.env.cr, self._depends)
        return super().init()

    @property
    def _table_query(self):
        return SQL(self._query) if self._kept else None

    @api.model
    def _get_kept_reports(self):
        return [model for model in self.env.values() if getattr(model, "_kept", None)]

    @api.model
    def _cron_keep(self):
        """Keep the rows of orders that have moved, in all these reports."""
        cr, cron = self.env.cr, self.env["ir.cron"]
        reports = [report._kept for report in self._get_kept_reports()]

        def count():
            return sum(kept.count_moved(cr) for kept in reports)

        cron._commit_progress(0, remaining=count())
        for kept in reports:
            while done := kept.keep(cr, SLICE):
                cron._commit_progress(done, remaining=count())

    @api.model
    def _drop_kept(self):
        for report in self._get_kept_reports():
            report._kept.drop(self.env.cr, report._depends)

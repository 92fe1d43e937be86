from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

BATCH = 50


class OrderRecheck(models.Model):
    """Documents that the recheck worker has to look at.

    Rows are only added and removed, never updated: marking a document never collides
    with another transaction. They are written in the transaction that changed
    something, so that nothing is lost when the process dies in between.
    """

    _name = "order.recheck"
    _description = "Document to Check Again"
    _order = "id"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", required=True, readonly=True
    )
    not_before = fields.Datetime(readonly=True)

    @api.model
    def _mark(self, documents, at=None):
        """Have the worker look at ``documents`` after this transaction, or not before
        the moment ``at``."""
        if not documents:
            return
        # written by the engine only; whoever changed something need not see the queue
        self.sudo().create(
            [
                {"res_model": documents._name, "res_id": doc_id, "not_before": at}
                for doc_id in documents.ids
            ]
        )
        # only wakes the scheduler up
        self.env.ref("order_process_cn.order_recheck_cron").sudo()._trigger(at)

    @api.model
    def _due_domain(self):
        return Domain("not_before", "=", False) | Domain(
            "not_before", "<=", fields.Datetime.now()
        )

    @api.model
    def _next_rows(self):
        """Lock and return a batch of rows that are due, of one model: one that waits
        for the outside world must not hold what another has written."""
        rows = self.search(self._due_domain(), limit=BATCH).try_lock_for_update()
        return rows.filtered(lambda row: row.res_model == rows[0].res_model)

    @api.model
    def _cron_recheck(self):
        """Take the steps that have become possible, a batch at a time."""
        progress = self.env["ir.cron"]
        left = self.search_count(self._due_domain())
        progress._commit_progress(remaining=left)
        while rows := self._next_rows():
            for model, group in rows.grouped("res_model").items():
                documents = self.env[model].browse(set(group.mapped("res_id"))).exists()
                for company, own in documents.grouped("company_id").items():
                    self._recheck(
                        own.with_user(SUPERUSER_ID)
                        .with_company(company)
                        .with_context(
                            allowed_company_ids=company.ids,
                            # what it leaves behind is read by people of the company
                            lang=company.partner_id.lang,
                        )
                    )
            rows.unlink()
            if not progress._commit_progress(processed=len(rows)):
                break

    @api.model
    def _recheck(self, documents):
        """Work on a batch; when it fails, on its halves, so that one document never
        stops the others."""
        try:
            with self.env.cr.savepoint():
                documents._on_recheck()
        except UserError as error:
            if len(documents) == 1:
                documents._on_recheck_refused(str(error))
                return
            half = len(documents) // 2
            self._recheck(documents[:half])
            self._recheck(documents[half:])

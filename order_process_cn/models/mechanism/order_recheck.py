from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

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
        # only wakes the scheduler up; read narrowly, for every act comes by here
        cron = self.env["ir.cron"].sudo().browse(self._get_cron_id())
        cron.fetch(["active"])
        cron._trigger(at)

    @api.model
    def _get_cron_id(self):
        known = self.env["ir.model.data"]
        return known._xmlid_to_res_id("order_process_cn.order_recheck_cron")

    @api.model
    def _due_domain(self):
        return Domain("not_before", "=", False) | Domain(
            "not_before", "<=", fields.Datetime.now()
        )

    @api.model
    def _next_rows(self):
        """Lock and return a batch of rows that are due, of one model: one that waits
        for the outside world must not hold what another has written."""
        self.flush_model()
        found = self.env.execute_query(
            SQL(
                """
                SELECT id, res_model, res_id FROM order_recheck
                 WHERE not_before IS NULL OR not_before <= %s
                 ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
                """,
                fields.Datetime.now(),
                BATCH,
            )
        )
        found = [row for row in found if row[1] == found[0][1]]
        rows = self.browse([row_id for row_id, _model, _res_id in found])
        # the statement has read the rows: no need to read them again
        self._fields["res_model"]._insert_cache(rows, [row[1] for row in found])
        self._fields["res_id"]._insert_cache(rows, [row[2] for row in found])
        return rows

    def _remove(self):
        """Take rows out of the queue; nothing ever refers to them."""
        self.env.cr.execute(
            SQL("DELETE FROM order_recheck WHERE id IN %s", tuple(self.ids))
        )
        self.invalidate_recordset(flush=False)

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
    def _cron_recheck(self):
        """Take the steps that have become possible, a batch at a time."""
        progress = self.env["ir.cron"]
        while rows := self._next_rows():
            model, ids = rows[0].res_model, set(rows.mapped("res_id"))
            documents = self._find_documents(model, ids)
            for company, own in documents.grouped("company_id").items():
                self._recheck(
                    own.with_user(SUPERUSER_ID)
                    .with_company(company)
                    .with_context(
                        allowed_company_ids=company.ids,
                        # what it leaves behind is read by people of the company
                        lang=self._get_language(company),
                    )
                )
            rows._remove()
            # a full batch may not be all
            full = len(rows) == BATCH
            left = self.search_count(self._due_domain()) if full else 0
            if not progress._commit_progress(processed=len(rows), remaining=left):
                break

    @api.model
    def _get_language(self, company):
        partners = self.env["res.partner"]
        own = [("ref_company_ids", "in", company.ids)]
        return partners.search_fetch(own, ["lang"], limit=1).lang

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

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...tools.recheck_queue import (
    DUE,
    NEXT,
    REMOVE,
    STILL_FREE,
    add_to_queue,
    call_once,
)
from .engine import public_act

BATCH = 50


class OrderRecheck(models.Model):
    """The queue of the recheck worker: documents that it has to look at.

    They are written in the transaction that changed something, so that nothing is lost
    when the process dies in between. Whoever marks a document only adds a row, and the
    worker alone changes and removes them: marking never collides with anything.
    How rows are worked off: ``order_recheck_worker.py``.
    """

    _name = "order.recheck"
    _inherit = [
        "order.engine.mixin",
        "order.about.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Document to Check Again"
    _order = "id"
    _rec_name = "res_model"

    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    document_kind = fields.Char("Kind of Document", compute="_compute_document_kind")
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", required=True, readonly=True
    )
    document_name = fields.Char(
        string="Name of the Document", compute="_compute_document_name"
    )
    topic = fields.Char(
        string="Code of the Topic",
        readonly=True,
        help="What has to be looked at. Empty: everything.",
    )
    topic_label = fields.Char("Topic", compute="_compute_topic_label")
    not_before = fields.Datetime(readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("failed", "Failed")],
        required=True,
        readonly=True,
        default="waiting",
        help="What has failed several times in a row is left alone until somebody says "
        "“Try Again”, or the same is looked at and done because something else happens "
        "to the document.",
    )
    attempts = fields.Integer(
        readonly=True, default=0, help="Counted before the work begins."
    )
    error = fields.Text("Last Error", readonly=True)

    @api.depends("res_model")
    @api.depends_context("lang")
    def _compute_document_kind(self):
        known = self.env["ir.model"].sudo()  # what a model is called is no secret
        for row in self:
            kind = known._get(row.res_model).name if row.res_model in self.env else ""
            row.document_kind = kind or row.res_model

    @api.depends("res_model", "res_id")
    def _compute_document_name(self):
        """Whoever may not read a document does not learn its name here."""
        self.document_name = False
        for model, rows in self.grouped("res_model").items():
            if model not in self.env:
                continue
            documents = self.env[model].browse(rows.mapped("res_id")).exists()
            names = {
                document.id: document.display_name
                for document in documents._filtered_access("read")
            }
            for row in rows:
                row.document_name = names.get(row.res_id)

    @api.depends("res_model", "topic")
    @api.depends_context("lang")
    def _compute_topic_label(self):
        everything = self.env._("All topics")
        for model, rows in self.grouped("res_model").items():
            labels = {}
            if hasattr(self.env.get(model), "_get_recheck_labels"):
                labels = self.env[model]._get_recheck_labels()
            for row in rows:
                row.topic_label = labels.get(row.topic, row.topic) or everything

    # -- marking -----------------------------------------------------------------------

    @api.model
    def _after_refusal(self, documents):
        """Called when ``documents`` are told what they wait for. What an override
        writes here is undone with the act that was refused."""

    @api.model
    def _mark(self, documents, topics=(), at=None, soon=True):
        """Have the worker look at ``documents`` after this transaction, or not before
        the moment ``at``.

        :param topics: about which; none: about everything
        :param soon: see ``_mark_for_recheck`` of ``order.recheck.mixin``
        :raise ValueError: nobody handles one of them
        """
        unknown = {*topics} - documents._get_recheck_handlers().keys()
        if unknown:
            names = ", ".join(sorted(unknown))
            raise ValueError(f"{documents._name} has no topics called {names}")
        rows = (
            (documents._name, doc_id, topic, at)
            for doc_id in documents.ids
            for topic in topics or [False]
        )
        self._add(rows, soon)

    @api.model
    def _mark_before_commit(self, documents, topics):
        """As :meth:`_mark`, but once for all that happens in this transaction."""
        rows = [
            (documents._name, doc_id, topic, None)
            for doc_id in documents.ids
            for topic in topics
        ]
        # see _add
        self.env["order.touched"]._collect(self.sudo()._add_touched, rows=rows)

    @api.model
    def _add_touched(self, touched):
        self._add(touched["rows"])

    @api.model
    def _add(self, rows, soon=True):
        """Add rows of model, id, topic and moment, and wake the worker up."""
        if rows := dict.fromkeys(rows):  # named twice, done once
            self.env.cr.execute(SQL("WITH %s SELECT 1", self._get_clause(rows)))
            moment = fields.Datetime.now()
            if soon and any(at is None or at <= moment for *_row, at in rows):
                # as core does it where it calls the scheduler
                call_once(self.env.cr.postcommit, self.env["ir.cron"]._notifydb)

    @api.model
    def _get_clause(self, rows):
        """Return what adds ``rows``, as clauses of a statement's ``WITH``: for whoever
        asks the database anyway. Nobody is called for them: the scheduler comes by
        within a minute, or at once if anything else calls it."""
        moment, cron = fields.Datetime.now(), self.env["ir.cron"]
        cron.flush_model(["active"])
        now, uid = self.env.cr.now(), self.env.uid
        return add_to_queue(rows, moment, self._get_cron_id(), now, uid)

    @api.model
    def _wake_up(self, at=None):
        """Have the scheduler call the worker now, or at the moment ``at``."""
        # only wakes the scheduler up; read narrowly, for every act comes by here
        cron = self.env["ir.cron"].sudo().browse(self._get_cron_id())
        cron.fetch(["active"])
        cron._trigger(at)

    @api.model
    def _get_cron_id(self):
        known = self.env["ir.model.data"]
        return known._xmlid_to_res_id("order_process_cn.order_recheck_cron")

    # -- taking ------------------------------------------------------------------------

    @api.model
    def _next_rows(self):
        """Lock and return what is taken next, and how many rows are due; that the
        worker begins with them is counted. Of one model: one that waits for the outside
        world must not hold what another has written.

        Rows that were taken before and did not come to an end go last and one by one:
        whatever it was that failed or killed the process, it stops nothing else.
        """
        self.flush_model()
        found = self.env.execute_query(
            SQL(NEXT, due=SQL(DUE, fields.Datetime.now()), limit=BATCH)
        )
        rows = self.browse(sorted(row[0] for row in found))
        rows.invalidate_recordset(["attempts"], flush=False)
        return rows, found[0][1] if found else 0

    def _lock_again(self):
        """Read and lock those rows that nobody else has taken in the meantime; return
        them, and the rows by which their documents failed before."""
        found = self.env["order.fact.reader"]._load(
            self,
            ["res_model", "res_id", "topic", "not_before", "state", "attempts"],
            SQL(STILL_FREE, ids=self._ids),
            SQL("ORDER BY id"),
        )
        return found & self, found - self

    def _remove(self):
        """Take rows out of the queue; return how many of what is left the worker would
        take now, and how many have failed."""
        failed = self.filtered(lambda row: row.state == "failed")
        failed.unlink()  # an alarm may hang on them
        rows = self - failed
        self.flush_model()
        [counted] = self.env.execute_query(
            SQL(REMOVE, ids=rows.ids, due=SQL(DUE, fields.Datetime.now()))
        )
        rows.invalidate_recordset(flush=False)
        return counted

    # -- acts of an administrator ------------------------------------------------------

    @public_act
    def action_try_again(self):
        """Put rows that wait or have failed to the head of the queue."""
        if not self.env.user.has_group("order_process_cn.order_group_manager"):
            raise AccessError(
                self.env._("Only administrators of the order process may try it again.")
            )
        self.check_access("read")
        # the queue is written by the engine only; that he may was checked above
        rows = self.sudo()
        rows.activity_ids.unlink()
        rows.write({"state": "waiting", "attempts": 0, "not_before": False})
        self._wake_up()
        return True

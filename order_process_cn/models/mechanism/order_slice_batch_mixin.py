from odoo import api, fields, models

from .engine import public_act


class OrderSliceBatchMixin(models.AbstractModel):
    """What somebody at a desk did with many documents at once: the recheck worker does
    it slice by slice, each committed, so that the desk sees how it goes on. A document
    that fails never stops the others and is shown.

    A model on this mixin has ``line_ids``, whose state is "waiting", "failed" or its
    ``_done``, and says in :meth:`_work_on` what is done with some of them. The topic of
    the worker is ``_topic``.
    """

    _name = "order.slice.batch.mixin"
    _inherit = ["order.engine.mixin", "order.recheck.mixin"]
    _description = "Batch Worked on in Slices"
    _order = "id desc"

    _done = None
    _topic = None
    # so many in one transaction; smaller slices cost more for each
    _slice = 30

    name = fields.Char(required=True, readonly=True, default="/")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one("res.users", readonly=True)
    date = fields.Datetime(readonly=True, default=fields.Datetime.now)
    state = fields.Selection(
        [("running", "Under Way"), ("done", "Finished")],
        default="running",
        readonly=True,
        index=True,
    )
    count_total = fields.Integer(compute="_compute_counts")
    count_done = fields.Integer(compute="_compute_counts")
    count_failed = fields.Integer(string="Failed", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts")

    @api.depends("line_ids.state")
    def _compute_counts(self):
        lines = self.env[self._fields["line_ids"].comodel_name]
        counts = {
            (batch, state): count
            for batch, state, count in lines._read_group(
                [("batch_id", "in", self.ids)], ["batch_id", "state"], ["__count"]
            )
        }
        for batch in self:
            waiting = counts.get((batch, "waiting"), 0)
            batch.count_done = counts.get((batch, self._done), 0)
            batch.count_failed = counts.get((batch, "failed"), 0)
            finished = batch.count_done + batch.count_failed
            batch.count_total = waiting + finished
            batch.progress = 100.0 * finished / (batch.count_total or 1)

    @api.model
    def _begin(self, commands):
        """Make a batch for each company and have the worker begin.

        Called by checked acts.

        :param dict commands: ``{company: commands of line_ids}``
        """
        # the batches are the engine's, and so is their numbering
        numbers = self.env["ir.sequence"].sudo()
        batches = self.sudo().create(
            [
                {
                    "name": numbers.with_company(company).next_by_code(self._name),
                    "company_id": company.id,
                    "user_id": self.env.uid,
                    "line_ids": own,
                }
                for company, own in commands.items()
            ]
        )
        batches._mark_for_recheck(self._topic)
        return batches.with_env(self.env)

    @api.model
    def _get_recheck_handlers(self):
        return {**super()._get_recheck_handlers(), self._topic: "_work_on_next"}

    def _work_on_next(self):
        """Work on the next slice; ask to be called again while something is left."""
        for batch in self:
            waiting = batch.line_ids.filtered(lambda line: line.state == "waiting")
            batch._work_on(waiting[: self._slice])
            if len(waiting) > self._slice:
                batch._mark_for_recheck(self._topic)
            else:
                batch.state = "done"

    def _work_on(self, lines):
        """Do with these lines of one batch what it is for."""
        raise NotImplementedError

    @public_act
    def action_refresh(self):
        """Show how far the worker has come."""
        self.check_access("read")
        return True

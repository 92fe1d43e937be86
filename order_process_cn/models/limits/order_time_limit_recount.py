from odoo import api, fields, models

# how many limits are reckoned again before the work is handed in
SLICE = 500


class OrderTimeLimitRecount(models.Model):
    """A company whose open limits have to be reckoned again, and how far that is.

    Written in the transaction that changed working hours, time off, holidays or a
    limit; the recheck worker takes it from there, a slice at a time.
    """

    _name = "order.time.limit.recount"
    _inherit = ["order.engine.mixin", "order.recheck.mixin"]
    _description = "Time Limits to Reckon Again"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    last_id = fields.Integer(help="Up to this limit the work is done.")

    @api.model
    def _get_recheck_handlers(self):
        return {**super()._get_recheck_handlers(), "limits": "_go_on"}

    @api.model
    def _get_recheck_labels(self):
        labels = super()._get_recheck_labels()
        return {**labels, "limits": self.env._("Time limits")}

    def _go_on(self):
        """Reckon the next slice again. Called by the recheck worker."""
        for recount in self:
            runs = recount._get_slice()
            ended = runs.filtered(lambda run: not run.rule_id.active)
            ended._void()
            (runs - ended)._reckon_again()
            runs._tell_records()
            if len(runs) == SLICE:
                recount.last_id = runs[-1].id
                recount._mark_for_recheck("limits")
            else:
                recount.unlink()

    def _get_slice(self):
        return self.env["order.time.limit.run"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", ["running", "paused"]),
                ("id", ">", self.last_id),
            ],
            order="id",
            limit=SLICE,
        )

    def _on_recheck_refused(self, message):
        super()._on_recheck_refused(message)
        self.unlink()

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import public_act, take_turns

# ten steps of progress for a large batch; smaller slices cost more for each order
SLICE = 30


class OrderIssueBatch(models.Model):
    """One act at the issue desk: the orders issued together, printed as F14 (PLN-1).

    The recheck worker works through it in slices, each committed, so that the desk
    sees the progress; an order that fails never stops the others and is shown.
    """

    _name = "order.issue.batch"
    _inherit = ["order.engine.mixin", "order.form.mixin", "order.recheck.mixin"]
    _description = "Release List"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True, default="/")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one("res.users", string="Issued by", readonly=True)
    date = fields.Datetime(readonly=True, default=fields.Datetime.now)
    line_ids = fields.One2many("order.issue.line", "batch_id", readonly=True)
    state = fields.Selection(
        [("running", "Under Way"), ("done", "Finished")],
        default="running",
        readonly=True,
        index=True,
    )
    count_total = fields.Integer(string="Orders", compute="_compute_counts")
    count_done = fields.Integer(string="Issued", compute="_compute_counts")
    count_failed = fields.Integer(string="Failed", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts")

    @api.depends("line_ids.state")
    def _compute_counts(self):
        counts = {
            (batch, state): count
            for batch, state, count in self.env["order.issue.line"]._read_group(
                [("batch_id", "in", self.ids)], ["batch_id", "state"], ["__count"]
            )
        }
        for batch in self:
            waiting = counts.get((batch, "waiting"), 0)
            batch.count_done = counts.get((batch, "issued"), 0)
            batch.count_failed = counts.get((batch, "failed"), 0)
            batch.count_total = waiting + batch.count_done + batch.count_failed
            finished = batch.count_total - waiting
            batch.progress = 100.0 * finished / (batch.count_total or 1)

    @api.model
    def _issue(self, orders):
        """Make a batch for each company of ``orders``; the worker issues them.

        :raise AccessError: the caller does not belong to the issue desk
        """
        if not self.env.user.has_group("order_process_cn.order_group_release"):
            raise AccessError(
                self.env._("Only the issue desk gives orders to production.")
            )
        orders.check_access("read")
        take_turns(orders)  # two at the desk issue an order once
        held = orders.filtered(lambda order: order.effect_state == "held")
        if not held:
            raise UserError(self.env._("None of these orders waits to be issued."))
        listed = self.env["order.issue.line"]._find_waiting(held)
        held -= listed.order_id
        if not held:
            raise UserError(
                self.env._(
                    "These orders are being issued already: see %s.",
                    ", ".join(listed.batch_id.mapped("name")),
                )
            )
        batches = self.sudo().create(  # the group was checked above
            [
                {
                    "name": self.env["ir.sequence"]
                    .sudo()  # numbering belongs to the batch, not to the person
                    .with_company(company)
                    .next_by_code("order.issue.batch"),
                    "company_id": company.id,
                    "user_id": self.env.uid,
                    "line_ids": [
                        fields.Command.create({"order_id": order.id}) for order in own
                    ]
                    # each list says what became of every order that was chosen
                    + [
                        fields.Command.create(line._prepare_refused_values())
                        for line in listed
                        if line.order_id.company_id == company
                    ],
                }
                for company, own in held.grouped("company_id").items()
            ]
        )
        batches._mark_for_recheck("issue")
        return batches.with_env(self.env)

    @api.model
    def _get_recheck_handlers(self):
        return {**super()._get_recheck_handlers(), "issue": "_issue_next"}

    @api.model
    def _get_recheck_labels(self):
        return {**super()._get_recheck_labels(), "issue": self.env._("Issuing")}

    def _issue_next(self):
        """Issue the next slice; ask to be called again while something is left."""
        for batch in self:
            waiting = batch.line_ids.filtered(lambda line: line.state == "waiting")
            waiting[:SLICE]._issue()
            if len(waiting) > SLICE:
                batch._mark_for_recheck("issue")
            else:
                batch.state = "done"

    @public_act
    def action_refresh(self):
        """Show how far the worker has come."""
        self.check_access("read")
        return True

    def _get_form_document(self):
        return self.name

    def _get_form_head(self):
        """Return label and value of who issued how many orders, and when."""
        self.ensure_one()
        return [
            (self.env._("Issued by"), self.user_id.name),
            (self.env._("Date"), self._spell_moment(self.date)),
            (self.env._("Issued"), self.count_done),
            (self.env._("Not Issued"), self.count_failed),
        ]

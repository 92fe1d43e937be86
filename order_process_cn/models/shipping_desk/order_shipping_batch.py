from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import public_act, take_turns

# of a large batch so many in one transaction: people see how it goes on
SLICE = 20


class OrderShippingBatch(models.Model):
    """One act at the shipping desk: what was shipped together (SHP-1).

    The recheck worker validates the deliveries in slices, in the name of whoever
    pressed the button; a release that fails never stops the others and is shown.
    """

    _name = "order.shipping.batch"
    _inherit = ["order.engine.mixin", "order.recheck.mixin"]
    _description = "Shipped Together"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True, default="/")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one(
        "res.users", string="Shipped by", required=True, readonly=True
    )
    date = fields.Datetime(readonly=True, default=fields.Datetime.now)
    line_ids = fields.One2many("order.shipping.batch.line", "batch_id", readonly=True)
    state = fields.Selection(
        [("running", "Under Way"), ("done", "Finished")],
        default="running",
        readonly=True,
        index=True,
    )
    count_total = fields.Integer(string="Releases", compute="_compute_counts")
    count_done = fields.Integer(string="Shipped", compute="_compute_counts")
    count_failed = fields.Integer(string="Failed", compute="_compute_counts")

    @api.depends("line_ids.state")
    def _compute_counts(self):
        counts = {
            (batch, state): count
            for batch, state, count in self.env["order.shipping.batch.line"]
            ._read_group(
                [("batch_id", "in", self.ids)], ["batch_id", "state"], ["__count"]
            )
        }  # fmt: skip
        for batch in self:
            batch.count_done = counts.get((batch, "shipped"), 0)
            batch.count_failed = counts.get((batch, "failed"), 0)
            waiting = counts.get((batch, "waiting"), 0)
            batch.count_total = waiting + batch.count_done + batch.count_failed

    @api.model
    def _ship(self, releases):
        """Make a batch for each company of ``releases``; the worker ships them.

        :raise AccessError: the caller does not move goods
        """
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Only the warehouse ships goods."))
        releases.check_access("read")
        take_turns(releases)  # two at the desk ship a release once
        lines = self.env["order.shipping.batch.line"]
        # what somebody else has begun is no secret to the desk
        running = lines.sudo().search(
            [("release_id", "in", releases.ids), ("state", "=", "waiting")]
        )
        releases -= running.release_id.sudo(False)
        if not releases:
            raise UserError(
                self.env._("Nothing is ready to be shipped, or it is being shipped.")
            )
        batches = self.sudo().create(  # the group was checked above
            [
                {
                    "name": self.env["ir.sequence"]
                    .sudo()  # numbering belongs to the batch, not to the person
                    .with_company(company)
                    .next_by_code("order.shipping.batch"),
                    "company_id": company.id,
                    "user_id": self.env.uid,
                    "line_ids": [
                        fields.Command.create({"release_id": release.id})
                        for release in own
                    ],
                }
                for company, own in releases.grouped("company_id").items()
            ]
        )
        batches._mark_for_recheck("ship_out")
        return batches.with_env(self.env)

    def _open(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_shipping_batch_action"
        )
        if len(self) == 1:
            return {**action, "views": [(False, "form")], "res_id": self.id}
        return {**action, "domain": [("id", "in", self.ids)]}

    @api.model
    def _get_recheck_handlers(self):
        return {**super()._get_recheck_handlers(), "ship_out": "_ship_next"}

    @api.model
    def _get_recheck_labels(self):
        label = self.env._("Shipping many")
        return {**super()._get_recheck_labels(), "ship_out": label}

    def _ship_next(self):
        """Ship the next slice; ask to be called again while something is left."""
        for batch in self:
            waiting = batch.line_ids.filtered(lambda line: line.state == "waiting")
            for line in waiting[:SLICE]:
                line._ship()
            if len(waiting) > SLICE:
                batch._mark_for_recheck("ship_out")
            else:
                batch.state = "done"

    @public_act
    def action_refresh(self):
        """Show how far the worker has come."""
        self.check_access("read")
        return True

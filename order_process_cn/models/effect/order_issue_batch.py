from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import take_turns


class OrderIssueBatch(models.Model):
    """One act at the issue desk: the orders issued together, printed as F14 (PLN-1)."""

    _name = "order.issue.batch"
    _inherit = ["order.slice.batch.mixin", "order.form.mixin"]
    _description = "Release List"
    _done = "issued"
    _topic = "issue"

    user_id = fields.Many2one(string="Issued by")
    line_ids = fields.One2many("order.issue.line", "batch_id", readonly=True)
    count_total = fields.Integer(string="Orders")
    count_done = fields.Integer(string="Issued")

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
        # each list says what became of every order that was chosen
        refused = listed.grouped(lambda line: line.order_id.company_id)
        return self._begin(
            {
                company: [
                    *(fields.Command.create({"order_id": order.id}) for order in own),
                    *(
                        fields.Command.create(line._prepare_refused_values())
                        for line in refused.get(company, ())
                    ),
                ]
                for company, own in held.grouped("company_id").items()
            }
        )

    @api.model
    def _get_recheck_labels(self):
        return {**super()._get_recheck_labels(), "issue": self.env._("Issuing")}

    def _work_on(self, lines):
        lines._issue()

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

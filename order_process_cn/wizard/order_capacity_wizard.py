from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.capacity.order_capacity_check import find_all
from ..models.mechanism.engine import public_act


class OrderCapacityWizard(models.TransientModel):
    """Shows whether production can make an order by the promised date; what it says
    can be kept, and passed with a reason (PLN-5)."""

    _name = "order.capacity.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Capacity for an Order"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    answer = fields.Html(string="What Production Says", compute="_compute_answer")
    check_ids = fields.Many2many(
        "order.capacity.check", string="Checks Kept", compute="_compute_check_ids"
    )
    waits_for_reason = fields.Boolean(compute="_compute_check_ids")
    reason_id = fields.Many2one(
        "order.capacity.reason", string="Why It Is Promised All the Same"
    )
    remark = fields.Text(string="What Was Agreed")

    @api.depends("order_id")
    @api.depends_context("lang", "uid")
    def _compute_answer(self):
        for wizard in self:
            # whoever names an order that he may not read is shown nothing
            order = wizard.order_id._filtered_access("read")
            # what production says is told to whoever promises, also without its rights
            known = order.sudo()
            wizard.answer = bool(known) and self.env["order.capacity.check"]._draw(
                find_all(known)
            )

    @api.depends("order_id")
    @api.depends_context("uid")
    def _compute_check_ids(self):
        checks = self.env["order.capacity.check"]
        for wizard in self:
            order = wizard.order_id._filtered_access("read")
            # what was kept of an order is shown to whoever reads it
            kept = checks.sudo().search([("order_id", "in", order.ids)])
            wizard.check_ids = kept.with_env(self.env)
            last = kept[:1]
            wizard.waits_for_reason = bool(
                last.late_days and not last.passed_on and not last._find_gap()
            )

    @public_act
    def action_keep(self):
        """Check the order now and keep what is said.

        :raise AccessError: the caller may not
        """
        self.ensure_one()
        self.env["order.capacity.check"]._keep(self.order_id)
        return self._show_again()

    @public_act
    def action_pass(self):
        """Promise all the same, with the reason that was chosen.

        :raise AccessError: the caller may not give this reason
        :raise UserError: nothing was checked, or nothing stands against the date
        """
        self.ensure_one()
        self.order_id.check_access("read")
        checks = self.env["order.capacity.check"]
        # a key of what was found, nothing is read
        check = checks._get_latest(self.order_id).get(self.order_id.sudo())
        if not check:
            raise UserError(
                self.env._("%s was not checked yet.", self.order_id.display_name)
            )
        if not self.reason_id:
            raise UserError(self.env._("Say why it is promised all the same."))
        check.with_env(self.env)._pass(self.reason_id, self.remark)
        return self._show_again()

    def _show_again(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_capacity_wizard_action"
        )
        return {**action, "context": {"default_order_id": self.order_id.id}}

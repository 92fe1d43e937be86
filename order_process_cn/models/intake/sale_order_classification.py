from odoo import api, fields, models

from .classification import propose_types


class SaleOrder(models.Model):
    """What kind of order this is, and why (CLS-1 … CLS-4)."""

    _inherit = "sale.order"

    order_type_id = fields.Many2one(
        "order.type",
        copy=False,
        check_company=True,
        index="btree_not_null",
        help="Fixed when the order is submitted. Until then the proposed type applies.",
        groups="base.group_user",
    )
    order_type_reason = fields.Char(
        string="Reason for the Type",
        copy=False,
        help="Why the order was classified differently from the proposal.",
        groups="base.group_user",
    )
    proposed_type_id = fields.Many2one(
        "order.type",
        compute="_compute_proposed_type",
        compute_sudo=True,
        groups="base.group_user",
    )
    proposed_type_reasons = fields.Text(
        string="Reasons",
        compute="_compute_proposed_type",
        compute_sudo=True,
        groups="base.group_user",
    )
    order_type_reasons = fields.Text(
        string="Reasons at Submission",
        copy=False,
        readonly=True,
        help="The reasons that were shown when the order was submitted.",
        groups="base.group_user",
    )
    is_urgent = fields.Boolean(
        string="Urgent", copy=False, tracking=True, groups="base.group_user"
    )
    has_penalty_clause = fields.Boolean(
        string="Penalty Clause",
        help="The contract fines late delivery, or our reputation is at stake.",
        groups="base.group_user",
    )
    needs_redesign = fields.Boolean(
        help="Engineering has to draw it anew.", groups="base.group_user"
    )
    above_standard_quality = fields.Boolean(
        help="The quality asked for exceeds our standard.",
        groups="base.group_user",
    )

    @api.depends(
        "order_line.product_id",
        "partner_id",
        "company_id",
        "wanted_date",
        "is_urgent",
        "has_penalty_clause",
        "needs_redesign",
        "above_standard_quality",
        "order_type_id",
    )
    @api.depends_context("lang")
    def _compute_proposed_type(self):
        self.proposed_type_id = False
        self.proposed_type_reasons = False
        # once fixed, by a person or at submission, nothing is proposed any more
        open_orders = self.filtered(lambda order: not order.order_type_id)
        for order, (kind, reasons) in propose_types(open_orders).items():
            order.proposed_type_id = kind
            order.proposed_type_reasons = "\n".join(reasons)

from odoo import api, fields, models

from .customer_notice import get_confirmation_gaps
from .entry import get_entered_fields, get_entry_gaps
from .order_states import EFFECTIVE, HELD


class SaleOrder(models.Model):
    """What is asked of an order when it is entered (INT-1, INT-2, INT-4)."""

    _inherit = "sale.order"

    # what the customer hears of us
    acknowledged_on = fields.Datetime(
        copy=False,
        readonly=True,
        help="When the customer was told the order number.",
        groups="base.group_user",
    )
    # what money and planning ask of an order, though others decide it
    effect_state = fields.Selection(
        [(HELD, "Held"), (EFFECTIVE, "Effective")],
        string="Effect",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="Held: confirmed, but nothing is launched yet.",
        groups="base.group_user",
    )
    urgent_reason = fields.Char(
        string="Why Urgent",
        copy=False,
        tracking=True,
        help="Told to everybody.",
        groups="base.group_user",
    )

    order_channel_id = fields.Many2one(
        "order.channel",
        string="Channel",
        check_company=True,
        index="btree_not_null",
        help="How this order reached us.",
        groups="base.group_user",
    )
    wanted_date = fields.Date(
        copy=False,
        help="When the customer wants to have the goods. The promised date is the "
        "delivery date.",
    )
    written_confirmation = fields.Boolean(
        string="Confirmed in Writing",
        copy=False,
        tracking=True,
        help="The order was taken by word of mouth, written down and confirmed by the "
        "customer in writing.",
        groups="base.group_user",
    )
    is_oral_order = fields.Boolean(
        compute="_compute_is_oral_order", groups="base.group_user"
    )
    special_requirements = fields.Text(
        help="What the customer asks beyond the catalogue."
    )
    packing_requirements = fields.Text()
    entry_gaps = fields.Text(
        string="Still Missing",
        compute="_compute_entry_gaps",
        help="What must be filled in before the order can be submitted.",
        groups="base.group_user",
    )

    @api.depends("order_channel_id")
    def _compute_is_oral_order(self):
        oral = self.env["order.channel"]._ids_oral()
        for order in self:
            order.is_oral_order = order.order_channel_id.id in oral

    @api.depends_context("lang", "uid")
    @api.depends(lambda self: get_entered_fields(self))
    def _compute_entry_gaps(self):
        """The one list of what is missing: drawn anew with each thing that is typed,
        until a review vouches for the order."""
        self.entry_gaps = False
        concerned = self.filtered(
            lambda order: (
                order.needs_review
                and order.review_state not in {"running", "approved"}
                and order._may_start_review()
            )
        )
        if not concerned:
            return
        confirmation = get_confirmation_gaps(concerned)
        for order, gaps in get_entry_gaps(concerned).items():
            if order in confirmation:
                gaps.append(confirmation[order])
            order.entry_gaps = "\n".join(gaps) or False

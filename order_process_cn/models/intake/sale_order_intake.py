from odoo import api, fields, models


class SaleOrder(models.Model):
    """What is asked of an order when it is entered (INT-1, INT-2, INT-4)."""

    _inherit = "sale.order"

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
    @api.depends("order_line", "partner_id", "order_channel_id", "written_confirmation")
    def _compute_entry_gaps(self):
        self.entry_gaps = False
        concerned = self.filtered(
            lambda order: (
                order.needs_review and not order.review_id and order._may_start_review()
            )
        )
        for order, gaps in concerned._get_entry_gaps().items():
            order.entry_gaps = "\n".join(gaps) or False

    def _get_entry_gaps(self):
        """Return ``{order: [text, …]}``: everything that keeps it from being complete.

        [INT-2] all of it at once, so that nobody is sent back twice.
        """
        gaps = self.env["order.entry.rule"]._missing_in(self)
        for order in self:
            if not order.is_oral_order:
                continue
            if not order.partner_id.commercial_partner_id.allows_oral_orders:
                gaps[order].append(
                    self.env._(
                        "an order in writing: the contract with %(customer)s does not "
                        "allow oral orders",
                        customer=order.partner_id.commercial_partner_id.name,
                    )
                )
            elif not order.written_confirmation:
                gaps[order].append(
                    self.env._("the customer's written confirmation of the oral order")
                )
        return gaps

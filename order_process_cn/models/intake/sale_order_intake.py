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
    @api.depends(lambda self: self._get_entered_fields())
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
        confirmation = concerned._get_confirmation_gaps()
        for order, gaps in concerned._get_entry_gaps().items():
            if order in confirmation:
                gaps.append(confirmation[order])
            order.entry_gaps = "\n".join(gaps) or False

    def _get_entered_fields(self):
        """Return the fields of an order and of its lines that a person fills in: any of
        them may be what a rule of completeness asks for."""
        lines = self.env["sale.order.line"]._fields.values()
        return [
            *self._names_entered(self._fields.values()),
            *(f"order_line.{name}" for name in self._names_entered(lines)),
        ]

    @api.model
    def _names_entered(self, model_fields):
        return [
            field.name
            for field in model_fields
            if field.store and field.column_type and not field.readonly
        ]

    def _get_entry_gaps(self):
        """Return ``{order: [text, …]}``: everything that keeps it from being complete.

        [INT-2] all of it at once, so that nobody is sent back twice.
        """
        gaps = self.env["order.entry.rule"]._missing_in(self)
        for order in self:
            if order._lacks_reason_for_type():
                gaps[order].append(self.env._("the reason for the chosen type"))
            if order.is_oral_order and (gap := order._get_oral_gap()):
                gaps[order].append(gap)
        return gaps

    def _get_oral_gap(self):
        """Return what an order by word of mouth lacks, or ``False``."""
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id
        if not customer.allows_oral_orders:
            return self.env._(
                "an order in writing: oral orders of %(customer)s are not allowed. "
                "Choose the channel by which it came in writing, or have “Oral Orders "
                "Allowed” ticked on the customer",
                customer=customer.name or self.env._("this customer"),
            )
        if not self.written_confirmation:
            return self.env._(
                "the customer's written confirmation of the oral order: tick "
                "“Confirmed in Writing” when you have it"
            )
        return False

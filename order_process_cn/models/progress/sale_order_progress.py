from odoo import api, fields, models

from ..effect.held import is_held
from ..mechanism.engine import public_act
from .steps import (
    check_act_of_sales,
    filtered_settled,
    find_step,
    may_close,
    store_parts,
)

STEPS = [
    ("entry", "Entry"),
    ("review", "Review"),
    ("confirmed", "Confirmed"),
    ("effective", "Effective"),
    ("production", "Production"),
    ("stock", "In Stock"),
    ("shipped", "Shipped"),
    ("received", "Received"),
    ("settled", "Settled"),
    ("archived", "Archived"),
]


class SaleOrder(models.Model):
    """Where an order is, in one look: from entry to archive (ANA-2).

    Stored, and changed on the boundaries between the steps only.
    """

    _inherit = "sale.order"

    progress = fields.Selection(
        STEPS,
        compute="_compute_progress",
        store=True,
        copy=False,
        index="btree_not_null",
        group_expand=True,
    )
    receipt_confirmed_on = fields.Datetime(copy=False, readonly=True)
    needs_acceptance = fields.Boolean(
        copy=False, readonly=True, groups="base.group_user"
    )
    accepted_on = fields.Datetime(
        string="Accepted by the Customer on",
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
    # how much has left, and of how much: pieces, or lines where their units differ
    shipped_parts = fields.Float(
        string="Shipped so Far",
        digits="Product Unit",
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
    parts_to_ship = fields.Float(
        digits="Product Unit", copy=False, readonly=True, groups="base.group_user"
    )
    closed_on = fields.Datetime(copy=False, readonly=True, groups="base.group_user")
    archived_on = fields.Datetime(
        string="Papers Filed on", copy=False, readonly=True, groups="base.group_user"
    )
    archived_by_id = fields.Many2one(
        "res.users",
        string="Papers Filed by",
        copy=False,
        readonly=True,
        ondelete="restrict",
        groups="base.group_user",
    )

    # the deposits that are held or awaited, among the orders of all years
    _open_deposit_idx = models.Index(
        "(deposit_state) "
        "WHERE state = 'sale' AND deposit_required > 0 AND closed_on IS NULL"
    )

    @api.depends("order_type_id", "proposed_type_id")
    def _compute_progress(self):
        """The type says whether a new order comes under a procedure. Everything later
        is stored when it happens."""
        for order in self:
            if order.state not in {"draft", "sent"}:
                order.progress = order.progress
                continue
            before, order.progress = order.progress, find_step(order)
            if order.progress and order.progress != before and order.id:
                order._keep_event("progress", detail=order.progress)

    def _filtered_in_process(self):
        """Only they have a progress, until they are closed or cancelled."""
        in_process = super()._filtered_in_process()
        return in_process.filtered(lambda order: order.progress or order.review_id)

    @api.model
    def _get_event_labels(self):
        return {
            **super()._get_event_labels(),
            "progress": self.env._("Step"),
            "date_moved": self.env._("Promised date moved"),
            "date_told": self.env._("Told of the moved date"),
        }

    @api.model
    def _get_event_details(self):
        steps = self._fields["progress"]._description_selection(self.env)
        ended = {"ended": self.env._("Ended")}
        return {**super()._get_event_details(), "progress": {**dict(steps), **ended}}

    def _refresh_progress(self):
        """Store where these orders are now. Orders without any procedure have no
        progress line: they are as in plain Odoo."""
        shipped = self.filtered(lambda order: order._is_delivered())
        settled = filtered_settled(shipped)
        for order in self:
            step = find_step(order, order in settled)
            store_parts(order, step)
            closes = may_close(order, step)
            if closes and order.archived_on:
                step = "archived"
            if step != (order.progress or False):
                order.progress = step
                order._emit("progress", detail=step or "ended")
            # what was closed stays so though it is cancelled afterwards: how long it is
            # kept is reckoned from then
            if closes != bool(order.closed_on) and order.state != "cancel":
                # money that is lost again opens the order again
                order.closed_on = closes and fields.Datetime.now()

    def _get_goods_lines(self):
        return self.order_line.filtered(
            lambda line: line.product_id.type == "consu" and line.product_uom_qty > 0
        )

    def _is_delivered(self):
        """Whether everything that was to leave has left, or nothing was to leave.

        What came back has left before, and what nobody will send any more was closed
        short: a return or a cancelled backorder does not open an order again. [ANA-2]
        """
        self.ensure_one()
        if self.state != "sale" or is_held(self):
            return False
        goods = self._get_goods_lines()
        return not goods or (
            any(line._has_left() for line in goods)
            and all(line._is_sent() for line in goods)
        )

    @public_act
    def action_archive_papers(self):
        """Note that the papers of closed orders are filed: the end of the line. [ANA-2]

        :raise UserError: with everything that the orders still wait for [AFS-4]
        """
        check_act_of_sales(self)
        # the right to write was checked above, and the gate stands behind
        orders = self.sudo().filtered(lambda order: not order.archived_on)
        orders.write(
            {"archived_on": fields.Datetime.now(), "archived_by_id": self.env.uid}
        )
        orders._refresh_progress()
        orders._mark_for_recheck("progress")  # it may be paid back at this moment
        return True

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..effect.held import is_held
from ..effect.take_back import get_all_productions
from ..mechanism.engine import public_act, take_turns
from ..pickup.balance import collect_balance_figures

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

# who speaks with customers
FOR_CUSTOMERS = ("sales_team.group_sale_salesman", "account.group_account_invoice")


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
    closed_on = fields.Datetime(copy=False, readonly=True, groups="base.group_user")
    archived_on = fields.Datetime(
        string="Papers Filed on", copy=False, readonly=True, groups="base.group_user"
    )

    @api.depends("order_type_id", "proposed_type_id")
    def _compute_progress(self):
        """The type says whether a new order comes under a procedure. Everything later
        is stored when it happens."""
        for order in self:
            if order.state not in {"draft", "sent"}:
                order.progress = order.progress
                continue
            before, order.progress = order.progress, order._find_step()
            if order.progress and order.progress != before and order.id:
                order._keep_event("progress", detail=order.progress)

    def _filtered_in_process(self):
        """Only they have a progress, until they are closed or cancelled."""
        in_process = super()._filtered_in_process()
        return in_process.filtered(lambda order: order.progress or order.review_id)

    @api.model
    def _get_event_labels(self):
        return {**super()._get_event_labels(), "progress": self.env._("Step")}

    @api.model
    def _get_event_details(self):
        steps = self._fields["progress"]._description_selection(self.env)
        ended = {"ended": self.env._("Ended")}
        return {**super()._get_event_details(), "progress": {**dict(steps), **ended}}

    def _refresh_progress(self):
        """Store where these orders are now. Orders without any procedure have no
        progress line: they are as in plain Odoo."""
        shipped = self.filtered(lambda order: order._is_delivered())
        settled = shipped._filtered_settled()
        for order in self:
            step = order._find_step(order in settled)
            closes = order._may_close(step)
            if closes and order.archived_on:
                step = "archived"
            if step != (order.progress or False):
                order.progress = step
                order._emit("progress", detail=step or "ended")
            if closes != bool(order.closed_on):
                # money that is lost again opens the order again
                order.closed_on = closes and fields.Datetime.now()

    def _find_step(self, settled=False):
        return self._find_progress(settled) if self._is_in_process() else False

    def _is_in_process(self):
        self.ensure_one()
        return bool(
            self.review_id
            or self.effect_state
            or self.deposit_rule_id
            or (self.state in {"draft", "sent"} and self.needs_review)
        )

    def _find_progress(self, settled):
        self.ensure_one()
        if self.state == "cancel":
            return False
        if self.state != "sale":
            held = self.review_state in {"running", "approved", "declined"}
            return "review" if held else "entry"
        if is_held(self):
            return "confirmed"
        return self._find_progress_after_effect(settled)

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

    def _find_progress_after_effect(self, settled):
        goods = self._get_goods_lines()
        if settled:
            return "settled"
        if goods and self._is_delivered():
            return "received" if self.receipt_confirmed_on else "shipped"
        pickings = self.picking_ids.filtered(
            lambda p: p.state not in {"done", "cancel"}
        )
        if pickings and all(p.state == "assigned" for p in pickings):
            return "stock"
        productions = get_all_productions(self)
        if any(p.state in {"progress", "to_close", "done"} for p in productions):
            return "production"
        return "effective"

    def _filtered_settled(self):
        """Return the orders of self of which everything is invoiced and paid by the
        books, nothing is owed back and nothing is left to be decided. [DEP-7]"""
        decided = self.filtered(
            lambda order: all(f.state != "proposed" for f in order.forfeiture_ids)
        )
        figures = collect_balance_figures(decided)
        return decided.filtered(lambda order: order._is_even(figures[order]))

    def _is_even(self, figures):
        self.ensure_one()
        invoiced = self.invoice_ids.filtered(lambda move: move.state == "posted")
        return (
            bool(invoiced or self.currency_id.is_zero(self.amount_total))
            and self.currency_id.is_zero(figures["unbilled"])
            and self.currency_id.is_zero(figures["balance"])
        )

    def _may_close(self, step):
        """Whether the closing rule of the type is fulfilled. [DEP-7]"""
        if step not in {"received", "settled"}:
            return False
        # services are not received: they close with the money
        if self.order_type_id.closing_rule == "received" and self._get_goods_lines():
            return bool(self.receipt_confirmed_on)
        return step != "received"

    def _confirm_receipt(self, name, address=""):
        """Record that the customer has received the goods, once."""
        self.ensure_one()
        take_turns(self)
        if self.receipt_confirmed_on:
            return
        self.receipt_confirmed_on = fields.Datetime.now()
        words = self.env._("Receipt confirmed by %s", name)
        self._message_log(body=f"{words} ({address})" if address else words)

    def _check_act_of_sales(self):
        """Raise unless the caller works on these orders for the customer: core lets
        whoever delivers or produces write them, too.

        :raise AccessError: he may not write them, or neither sells nor keeps accounts
        """
        self.check_access("write")
        if not any(self.env.user.has_group(group) for group in FOR_CUSTOMERS):
            raise AccessError(
                self.env._("Only sales and accounting may note this on an order.")
            )

    @public_act
    def action_archive_papers(self):
        """Note that the papers of closed orders are filed: the end of the line. [ANA-2]

        :raise UserError: naming the orders that are not closed yet
        """
        self._check_act_of_sales()
        if still_open := self.filtered(lambda order: not order.closed_on):
            raise UserError(
                self.env._(
                    "Not closed yet: %s. Papers are filed when everything is settled.",
                    ", ".join(still_open.mapped("name")),
                )
            )
        orders = self.sudo()  # the right to write was checked above
        orders.archived_on = fields.Datetime.now()
        orders._refresh_progress()
        orders._mark_for_recheck("progress")  # it may be paid back at this moment
        return True

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.order_condition_mixin import Condition

GROUP = "order_process_cn.order_group_hold"
OPEN, RESUMED, CANCELLED = "open", "resumed", "cancelled"
PART, WHOLE = "part", "whole"
# how a suspension ends; the rest of it never changes
END = {"state", "resumed_on", "resumed_by_id", "resume_reason"}
# production that had begun may be finished
BEGUN = {"progress", "to_close"}


class OrderSuspension(models.Model):
    """暂停 (CFM-8): nothing of an order, or of some of its lines, is launched, started
    or shipped until somebody resumes it.

    Append-only: a suspension is made and ends, each with person, time and reason. What
    is suspended now is repeated on the order and its lines by :meth:`_apply`, which is
    all that the gates ask: an order that was never suspended costs nothing. Not to be
    confused with a held order (待生效), which has not taken effect yet.
    """

    _name = "order.suspension"
    _inherit = ["order.append.only.mixin", "order.engine.mixin"]
    _description = "Suspension of an Order"
    _order = "id desc"
    _rec_name = "reason"

    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    is_whole = fields.Boolean(string="Whole Order", readonly=True)
    line_ids = fields.Many2many(
        "sale.order.line",
        string="Lines",
        readonly=True,
        help="What is suspended, where it is not the whole order.",
    )
    reason = fields.Text(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Suspended by",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    date = fields.Datetime(
        string="Suspended on",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
    )
    gives_back = fields.Boolean(
        string="Reservations Given Back",
        readonly=True,
        help="What was reserved is free for others, and nothing is reserved until the "
        "order is resumed.",
    )
    tells_customer = fields.Boolean(string="Customer Told", readonly=True)
    production_ids = fields.Many2many(
        "mrp.production",
        string="Production under Way",
        readonly=True,
        help="What had begun when the order was suspended: it may be finished.",
    )
    state = fields.Selection(
        [
            (OPEN, "Suspended"),
            (RESUMED, "Resumed"),
            (CANCELLED, "Order Cancelled"),
        ],
        required=True,
        readonly=True,
        default=OPEN,
        index=True,
    )
    resumed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    resumed_on = fields.Datetime(readonly=True)
    resume_reason = fields.Text(string="Why It Goes On", readonly=True)

    def _check_alteration(self, vals):
        self.check_access("write")
        if vals.keys() - END or any(record.state != OPEN for record in self):
            super()._check_alteration(vals)

    # -- suspending --------------------------------------------------------------------

    @api.model
    def _suspend(self, order, lines, reason, gives_back=False, message=""):
        """Suspend ``lines`` of one order, all of it without lines.

        :param message: what the customer is told; nothing: he is not told
        :raise AccessError: the caller does not belong to those who may
        :raise UserError: there is nothing to suspend
        """
        self._check_may(order, reason)
        order = order.sudo()  # group and right to read were checked
        self._take_turns(order)
        if order.state != "sale":
            raise UserError(
                self.env._(
                    "%s is not confirmed: nothing of it goes on anyway.", order.name
                )
            )
        self._check_lines(order, lines)
        open_ones = self._get_open(order)
        # the same lines in the environment of the others, nothing is read
        if any(open_ones.mapped("is_whole")) or lines.sudo() & open_ones.line_ids:
            raise UserError(self.env._("%s is suspended already.", order.name))
        concerned = lines.sudo() or order.order_line
        self.sudo().create(  # as above
            {
                "order_id": order.id,
                "is_whole": not lines,
                "line_ids": lines.ids,
                "reason": reason,
                "user_id": self.env.uid,
                "gives_back": gives_back,
                "tells_customer": bool(message),
                "production_ids": self._find_productions(order, concerned)
                .filtered(lambda production: production.state in BEGUN)
                .ids,
            }
        )
        self._apply(order)
        self._tell(
            order,
            self.env._(
                "Suspended (%(what)s): %(reason)s",
                what=self._spell_lines(lines),
                reason=reason,
            ),
            message,
        )
        order._emit("suspended")
        order._mark_for_recheck("effect")

    @api.model
    def _resume(self, order, lines, reason, message=""):
        """Let ``lines`` of one order go on, everything without lines. The worker picks
        up what waited. Parameters as in :meth:`_suspend`."""
        self._check_may(order, reason)
        order = order.sudo()  # group and right to read were checked
        self._take_turns(order)
        self._check_lines(order, lines)
        lines = lines.sudo() or order.order_line
        ended = self._get_open(order).filtered(
            lambda one: one.is_whole or one.line_ids & lines
        )
        if not ended:
            raise UserError(self.env._("%s is not suspended.", order.name))
        values = {"resumed_by_id": self.env.uid, "resume_reason": reason}
        for one in ended:
            stay = one._get_lines() - lines
            one._end(RESUMED, values)
            if stay:
                one._carry_on(stay)
        self._apply(order)
        self._tell(
            order,
            self.env._(
                "Goes on (%(what)s): %(reason)s",
                what=self._spell_lines(
                    lines if lines != order.order_line else lines.browse()
                ),
                reason=reason,
            ),
            message,
        )
        order._emit("resumed")
        self._wake(order)

    @api.model
    def _forget(self, orders):
        """End what is suspended of orders that are cancelled."""
        suspended = orders.filtered("suspension_state")
        self._get_open(suspended)._end(CANCELLED, {"resumed_by_id": self.env.uid})
        for order in suspended:
            self._apply(order)

    def _end(self, state, values):
        self.write({"state": state, "resumed_on": fields.Datetime.now(), **values})

    def _carry_on(self, lines):
        """Go on suspending ``lines`` of a suspension that has ended for others."""
        self.ensure_one()
        self.create(
            {
                "order_id": self.order_id.id,
                "line_ids": lines.ids,
                "reason": self.reason,
                "user_id": self.user_id.id,
                "date": self.date,
                "gives_back": self.gives_back,
                "tells_customer": self.tells_customer,
                "production_ids": self.production_ids.ids,
            }
        )

    # -- what follows from it ----------------------------------------------------------

    @api.model
    def _get_open(self, orders):
        # whoever asks was checked; what follows is the engine's
        domain = [("order_id", "in", orders.ids), ("state", "=", OPEN)]
        return self.sudo().search(domain)

    def _get_lines(self):
        """Return the lines that these open suspensions concern."""
        whole = self.filtered("is_whole")
        return self.line_ids | whole.order_id.order_line

    @api.model
    def _spell_lines(self, lines):
        if not lines:
            return self.env._("the whole order")
        return ", ".join(lines.product_id.mapped("display_name"))

    # -- checks ------------------------------------------------------------------------

    @api.model
    def _check_may(self, order, reason):
        if not self.env.user.has_group(GROUP):
            raise AccessError(
                self.env._(
                    "You may not suspend or resume orders. Ask for the group “Suspend "
                    "Orders”."
                )
            )
        order.check_access("read")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why."))

    @api.model
    def _check_lines(self, order, lines):
        if lines.sudo().order_id - order:  # whose they are
            raise UserError(self.env._("Choose lines of %s.", order.name))

    # -- conditions --------------------------------------------------------------------

    @api.model
    def _condition(self, order, words=""):
        """Return what whoever waits for one suspended order is told."""
        open_ones = self._get_open(order)
        return Condition(
            "suspension",
            self.env._("Not suspended"),
            False,
            lambda: ", ".join(open_ones.user_id.mapped("name")),
            lambda: words or "; ".join(open_ones.mapped("reason")),
        )

    @api.model
    def _condition_of_orders(self, orders):
        """[CFM-8] an order goes on while it is not suspended as a whole."""
        suspended = orders.filtered(lambda order: order.suspension_state == WHOLE)
        return {order: self._condition(order) for order in suspended}

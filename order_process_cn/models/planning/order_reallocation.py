from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import public_act

GROUP = "order_process_cn.order_group_reallocation"
DRAFT, DONE, CANCELLED = "draft", "done", "cancel"
# {from: {to, …}}; what was taken is given back by another document
MOVES = {DRAFT: {DONE, CANCELLED}, DONE: set(), CANCELLED: set()}


class OrderReallocation(models.Model):
    """Stock reserved for others that goes to an urgent order or a preferred customer
    (ALC-3): what each of them would lose, what is taken, and who agreed to it."""

    _name = "order.reallocation"
    _inherit = [
        "order.engine.mixin",
        "order.review.mixin",
        "order.condition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Stock Re-allocation"
    _order = "id desc"
    _check_company_auto = True

    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="The order that takes the stock.",
    )
    production_id = fields.Many2one(
        "mrp.production",
        string="Production Order",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Only the components of this production order are taken.",
    )
    run = fields.Integer(string="No.", required=True, readonly=True, default=1)
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    partner_id = fields.Many2one(related="order_id.partner_id", store=True)
    is_urgent = fields.Boolean(related="order_id.is_urgent")
    user_id = fields.Many2one(
        "res.users",
        string="Proposed by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        [(DRAFT, "Proposed"), (DONE, "Carried Out"), (CANCELLED, "Cancelled")],
        required=True,
        readonly=True,
        default=DRAFT,
        index=True,
        tracking=True,
    )
    reason = fields.Text(help="Why the others have to wait.", tracking=True)
    line_ids = fields.One2many(
        "order.reallocation.line", "reallocation_id", string="Held by Others"
    )
    lacking = fields.Text(
        string="The Order Lacks", compute="_compute_lacking", compute_sudo=True
    )
    changes = fields.Text(
        string="Changed Meanwhile", compute="_compute_changes", compute_sudo=True
    )
    done_on = fields.Datetime(string="Carried out on", readonly=True)
    done_by_id = fields.Many2one("res.users", string="Carried out by", readonly=True)

    _run_uniq = models.UniqueIndex(
        "(order_id, run)", "This re-allocation of the order exists already."
    )

    @api.depends("order_id", "run")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # those who lose something need not see the order that takes it
        for document in self.sudo():
            document.display_name = self.env._(
                "Stock for %(order)s, no. %(run)s",
                order=document.order_id.name or "",
                run=document.run,
            )

    @api.depends("order_id", "production_id", "state")
    @api.depends_context("lang")
    def _compute_lacking(self):
        self.lacking = False
        for document in self.filtered(lambda d: d.state == DRAFT):
            document.lacking = "\n".join(
                f"{product.display_name}: {product.uom_id._spell_with_unit(quantity)}"
                for product, quantity in document._get_lacking().items()
            )

    @api.depends("line_ids.reserved_qty", "line_ids.quantity", "state")
    @api.depends_context("lang")
    def _compute_changes(self):
        self.changes = False
        for document in self.filtered(lambda d: d.state == DRAFT):
            document.changes = "\n".join(document._find_changes())

    @api.constrains("state")
    def _check_transition_execute(self):
        """The gate: nothing is taken without an approved review. [ALC-3]"""
        done = self.filtered(lambda document: document.state == DONE)
        done._raise_open_conditions("execute")

    # -- write -------------------------------------------------------------------------

    def write(self, vals):
        if not self.env.su:
            self._check_entry(vals)
        return super().write(vals)

    def _check_entry(self, vals):
        entered = [name for name in vals if name in self._fields]
        if any(self._is_system_field(name) for name in entered):
            raise AccessError(
                self.env._("People enter quantities and the reason; the rest follows.")
            )
        if "reason" in vals:
            self._check_open()

    def _is_system_field(self, name):
        field = self._fields[name]
        # what mail and reviews keep about a document has guards of its own
        return field.readonly and field.store

    def _check_open(self):
        closed = self.filtered(lambda document: document.state != DRAFT)
        if closed:
            raise UserError(
                self.env._(
                    "%s is closed and cannot be changed.",
                    ", ".join(closed.mapped("display_name")),
                )
            )

    def _move_to(self, state):
        """Bring these documents to ``state``; see :data:`MOVES`."""
        for document in self:
            if state not in MOVES[document.state]:
                document._check_open()
        self.write({"state": state})
        # nobody has to carry it out any more
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _check_may_take(self):
        if not self.env.user.has_group(GROUP):
            raise AccessError(
                self.env._(
                    "You may not take stock that is reserved for others. Ask for the "
                    "group “Take Reserved Stock”."
                )
            )

    # -- buttons -----------------------------------------------------------------------

    @public_act
    def action_refresh(self):
        """List again what others hold now. Chosen quantities stay as far as they can;
        what was signed for other quantities becomes void."""
        self._check_may_take()
        self.check_access("write")
        self._check_open()
        for document in self.sudo():  # the right to write was checked above
            document._list_again()
        return True

    @public_act
    def action_cancel(self):
        """Give these proposals up; their reviews end."""
        self._check_may_take()
        self.check_access("write")
        documents = self.sudo()  # the right to write was checked above
        documents._move_to(CANCELLED)
        documents.review_id._end("cancelled", "cancel")
        return True

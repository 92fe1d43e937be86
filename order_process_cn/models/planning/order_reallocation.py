from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..mechanism.engine import public_act

GROUP = "order_process_cn.order_group_reallocation"
DRAFT, DONE, CANCELLED = "draft", "done", "cancel"


class OrderReallocation(models.Model):
    """Stock reserved for others that goes to an urgent order or a preferred customer
    (ALC-3): what each of them would lose, what is taken, and who agreed to it."""

    _name = "order.reallocation"
    _inherit = ["order.case.mixin"]
    _description = "Stock Re-allocation"
    # what was taken is given back by another document
    _moves = {DRAFT: {DONE, CANCELLED}, DONE: set(), CANCELLED: set()}
    # nothing is taken without an approved review [ALC-3]
    _gates = {"execute": ("state", {DONE})}
    _entered = frozenset({"reason"})
    # all of it is vouched for by everybody, whatever a stage names
    _facts = {"document": ["order_id", "production_id", "company_id"]}
    _lines = "line_ids"
    _line_facts = {"document": ["quantity", "reserved_qty"]}

    order_id = fields.Many2one(help="The order that takes the stock.")
    production_id = fields.Many2one(
        "mrp.production",
        string="Production Order",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Only the components of this production order are taken.",
    )
    user_id = fields.Many2one(
        "res.users",
        related=None,
        string="Proposed by",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        [(DRAFT, "Proposed"), (DONE, "Carried Out"), (CANCELLED, "Cancelled")],
        required=True,
        readonly=True,
        copy=False,
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
    done_on = fields.Datetime(string="Carried out on", readonly=True, copy=False)
    done_by_id = fields.Many2one(
        "res.users", string="Carried out by", readonly=True, copy=False
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

    def _spell_name(self, order, run):
        return self.env._("Stock for %(order)s, no. %(run)s", order=order, run=run)

    def _move_to(self, state):
        super()._move_to(state)
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

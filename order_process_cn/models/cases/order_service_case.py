from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools import arguments
from ..given.given import find_given
from ..mechanism.engine import public_act
from .case_states import (
    APPROVED,
    CANCELLED,
    COLLECTED,
    COLLECTING,
    COMPLAINT,
    DIFFERENCE,
    DRAFT,
    ENDED,
    EXCHANGE,
    INSPECTED,
    INSTALLATION,
    REFUSED,
    REQUESTED,
    RETURN,
    SETTLED,
    WISHES,
    WITH_GOODS,
)
from .guard import may_have_case

# entered as long as the case is open, whatever was agreed to
FOLLOW_UP = {"owner_id", "due_on", "department_id", "measure_taken", "answer_text"}


class OrderServiceCase(models.Model):
    """退换货申请单, 客诉处理单 (F26): a customer comes back after the delivery.

    Goods are collected and inspected before anything is refunded or replaced; a
    complaint has an owner and a day (AFS-1, AFS-2).

    Spread over files: what each step waits for (``…_conditions``), the goods
    (``…_goods``), what becomes of them (``…_settle``), the customer (``…_portal``).
    """

    _name = "order.service.case"
    _inherit = ["order.case.portal.mixin", "order.evidence.mixin"]
    _description = "Service Case"
    _moves = {
        DRAFT: {REQUESTED, REFUSED, CANCELLED},
        # a signature that is taken back or withdrawn opens it again
        REQUESTED: {APPROVED, REFUSED, DRAFT, CANCELLED},
        APPROVED: {COLLECTING, SETTLED, REQUESTED, REFUSED, DRAFT, CANCELLED},
        COLLECTING: {COLLECTED, CANCELLED},
        COLLECTED: {INSPECTED},
        INSPECTED: {SETTLED},
        SETTLED: set(),
        REFUSED: set(),
        CANCELLED: set(),
    }
    _gates = {
        "request": ("state", {REQUESTED}),
        "approve": ("state", {APPROVED}),
        "collect": ("state", {COLLECTING}),
        "settle": ("state", {SETTLED}),
    }
    _given = frozenset({"order_id", "kind"})
    _entered = frozenset({"kind", "reason_id", "description", "case_contact"})
    _facts = {
        "document": ["order_id", "run", "company_id", "kind", "reason_id"],
        "special": ["description"],
    }
    _in_charge = "owner_id"
    _lines = "line_ids"
    _line_facts = {
        "product": ["order_line_id", "product_id", "product_uom_id"],
        "quantity": ["quantity"],
    }
    _portal_fields = ("kind", "description", "answer_text")

    kind = fields.Selection(
        [
            (RETURN, "Return of Goods"),
            (EXCHANGE, "Exchange of Goods"),
            (DIFFERENCE, "Difference in Goods Received"),
            (COMPLAINT, "Complaint"),
            (INSTALLATION, "Installation, Commissioning, Training"),
        ],
        string="What It Is About",
        required=True,
        default=RETURN,
        tracking=True,
    )
    state = fields.Selection(
        [
            (DRAFT, "Being Entered"),
            (REQUESTED, "Requested"),
            (APPROVED, "Approved"),
            (COLLECTING, "Goods on Their Way Back"),
            (COLLECTED, "Goods Are Back"),
            (INSPECTED, "Inspected"),
            (SETTLED, "Case Settled"),
            (REFUSED, "Refused"),
            (CANCELLED, "Cancelled"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
        group_expand=True,
    )
    with_goods = fields.Boolean(compute="_compute_with_goods")
    reason_id = fields.Many2one(
        "order.service.reason", index="btree_not_null", ondelete="restrict"
    )
    description = fields.Text(
        string="What Happened", help="In the words of the customer."
    )
    case_contact = fields.Char(
        string="Contact of the Case", help="Who told us, and how to reach him."
    )
    is_from_portal = fields.Boolean(string="Opened by the Customer", readonly=True)
    address = fields.Char(
        string="Network Address",
        readonly=True,
        groups="base.group_user",
        help="Where a case that was opened in the portal came from.",
    )
    evidence_ids = fields.Many2many(string="Photos")
    line_ids = fields.One2many(
        "order.service.case.line", "case_id", string="Goods of the Case"
    )
    owner_id = fields.Many2one(
        "res.users",
        string="In Charge",
        compute="_compute_owner_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    due_on = fields.Date(string="To Be Settled by", tracking=True)
    department_id = fields.Many2one(
        "order.department",
        string="Answers for It",
        compute="_compute_department_id",
        store=True,
        readonly=False,
        ondelete="restrict",
        tracking=True,
    )
    measure_taken = fields.Text(
        string="Corrective Action", help="So that it does not happen again."
    )
    answer_text = fields.Text(
        string="Answer to the Customer",
        tracking=True,
        help="Shown to the customer on the page of his order.",
    )
    answered_on = fields.Datetime(readonly=True, copy=False)
    settled_on = fields.Datetime(readonly=True, copy=False)
    settled_by_id = fields.Many2one(
        "res.users", string="Settled by", readonly=True, copy=False, ondelete="restrict"
    )
    return_picking_ids = fields.Many2many(
        "stock.picking",
        string="Transfers of the Case",
        compute="_compute_documents",
        compute_sudo=True,
        groups="base.group_user",
    )
    credit_note_ids = fields.Many2many(
        "account.move",
        "order_service_case_credit_rel",
        "case_id",
        "move_id",
        string="Credit Notes",
        readonly=True,
        copy=False,
        groups="account.group_account_invoice,sales_team.group_sale_salesman",
    )
    case_outcome = fields.Text(
        string="What Was Done", compute="_compute_case_outcome", compute_sudo=True
    )

    @api.depends("kind")
    def _compute_with_goods(self):
        for case in self:
            case.with_goods = case.kind in WITH_GOODS

    @api.depends("order_id")
    def _compute_owner_id(self):
        for case in self:
            case.owner_id = case.owner_id or case.order_id.user_id

    @api.depends("reason_id")
    def _compute_department_id(self):
        for case in self:
            case.department_id = case.reason_id.department_id or case.department_id

    @api.depends("line_ids.move_ids.picking_id", "line_ids.sent_move_ids.picking_id")
    def _compute_documents(self):
        for case in self:
            lines = case.line_ids
            moves = lines.move_ids | lines.sent_move_ids
            case.return_picking_ids = moves.picking_id

    @api.depends("state", "line_ids.decision")
    @api.depends_context("lang")
    def _compute_case_outcome(self):
        for case in self:
            chosen = case.line_ids.filtered(lambda line: line._is_chosen())
            settled = case.state == SETTLED
            case.case_outcome = settled and "\n".join(line._spell() for line in chosen)

    def _spell_name(self, order, run):
        return self.env._("Service of %(order)s, no. %(run)s", order=order, run=run)

    # -- entering ----------------------------------------------------------------------

    @api.model
    @public_act
    @arguments.checked(order_id=arguments.record_id, kind=arguments.text)
    def action_open(self, order_id, kind=RETURN):
        """Open a new case of an order, to be entered.

        :raise UserError: the order is not in force
        """
        order = find_given(self.env["sale.order"], order_id)
        order.check_access("write")
        self.browse().check_access("write")
        self._check_may_submit()
        if kind not in dict(self._fields["kind"].selection):
            kind = RETURN
        # who may was checked above
        return self.sudo()._open_for(order.sudo(), kind)._open()

    @api.model
    def _open_for(self, order, kind, quantities=None, **values):
        """Return a new case of one order.

        :param order: superuser record
        :param dict quantities: ``{(order line, product): quantity}``, in its unit
        """
        if not may_have_case(order):
            raise UserError(
                self.env._(
                    "%s is not in force: nothing of it was delivered. Edit or cancel "
                    "the order itself.",
                    order.name,
                )
            )
        case = self.create({"order_id": order.id, "kind": kind, **values})
        for line in case.line_ids:
            key = (line.order_line_id, line.product_id)
            line.quantity = (quantities or {}).get(key, 0.0)
        return case

    def _open(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_service_case_action"
        )
        return {**action, "views": [(False, "form")], "res_id": self.id, "context": {}}

    @api.model
    def _complete(self, vals_list):
        """Name all that was delivered: how much of it is entered in place."""
        lines = self.env["order.service.case.line"]
        completed = []
        for vals in super()._complete(vals_list):
            order = self.env["sale.order"].browse(vals["order_id"])
            # who may open a case of it was checked
            wish = WISHES.get(vals.get("kind", RETURN))
            commands = [Command.create(v) for v in lines._propose(order.sudo(), wish)]
            completed.append({"line_ids": commands, **vals})
        return completed

    def _check_entry(self, names):
        super()._check_entry(names)
        if self._entered & names:
            self._check_may_submit()
        if FOLLOW_UP & names:
            self._check_may_submit()
            self._check_not_ended()

    def _check_not_ended(self):
        if ended := self.filtered(lambda case: case.state in ENDED):
            ended._check_open()

    def write(self, vals):
        answered = vals.get("answer_text") and self.filtered(
            lambda c: not c.answered_on
        )
        result = super().write(vals)
        if answered:
            # follows from the answer
            answered.sudo().answered_on = fields.Datetime.now()
            answered._emit("answered")
        return result

    # -- who answers, what time limits count -------------------------------------------

    def _get_evidence_company(self):
        return self.company_id

    def _get_limit_owner(self):
        return self.owner_id or self.user_id

    def _get_owner(self):
        return self.owner_id or super()._get_owner()

    @api.model
    def _get_limit_events(self):
        return {
            **super()._get_limit_events(),
            "answered": self.env._("Customer answered"),
        }

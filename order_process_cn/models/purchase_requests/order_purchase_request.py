from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..document.numbers import give_numbers
from ..mechanism.engine import public_act, take_turns

DRAFT, RELEASED, CANCELLED = "draft", "released", "cancel"
MATERIAL, OUTSOURCING = "material", "outsourcing"
# outcomes of a review that take back what was released on it
TAKES_BACK = {"running", "declined", "withdrawn", "terminated", "outdated"}
BUYERS = "purchase.group_purchase_user"


class OrderPurchaseRequest(models.Model):
    """采购申请单 (F08) and 外协计划单 (F09): what production asks purchasing to buy, or
    to have made elsewhere (MFG-3).

    ``order_purchase_shortage.py`` proposes its lines; how far purchases are covered by
    it is decided in ``purchase_order_line_request.py``.
    """

    _name = "order.purchase.request"
    _inherit = ["order.document.mixin"]
    _description = "Purchase Request"
    _order = "id desc"
    _check_company_auto = True

    _moves = {
        DRAFT: {RELEASED, CANCELLED},
        # somebody who signed does not stand by it any more
        RELEASED: {DRAFT, CANCELLED},
        CANCELLED: set(),
    }
    _gates = {"release": ("state", {RELEASED})}
    _entered = frozenset({"kind", "warehouse_id", "production_ids", "note"})
    _given = frozenset({"company_id"})
    _facts = {"document": ["kind", "company_id", "warehouse_id", "note"]}
    _lines = "line_ids"
    _line_facts = {
        "product": ["product_id"],
        "quantity": ["quantity", "product_uom_id"],
        "dates": ["wanted_date"],
        "document": ["use", "partner_id"],
    }

    name = fields.Char(
        string="Request No.", required=True, readonly=True, default="/", copy=False
    )
    state = fields.Selection(
        [
            (DRAFT, "Being Made"),
            (RELEASED, "To Be Bought"),
            (CANCELLED, "Cancelled"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
    )
    kind = fields.Selection(
        [(MATERIAL, "Material"), (OUTSOURCING, "Subcontracting Plan")],
        string="Kind of Request",
        required=True,
        default=MATERIAL,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        required=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self._default_warehouse_id(),
    )
    user_id = fields.Many2one(
        "res.users",
        string="Asked by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    production_ids = fields.Many2many(
        "mrp.production",
        string="Production Orders",
        copy=False,
        check_company=True,
        ondelete="restrict",
        domain="[('state', 'in', ['confirmed', 'progress', 'to_close'])]",
        help="For which something is missing. Empty: all that are open.",
    )
    note = fields.Text(string="Reason of the Request")
    line_ids = fields.One2many(
        "order.purchase.request.line", "request_id", string="Requested Goods"
    )
    is_urgent = fields.Boolean(
        string="Urgent", compute="_compute_is_urgent", compute_sudo=True
    )

    @api.depends("production_ids.is_urgent")
    def _compute_is_urgent(self):
        for request in self:
            request.is_urgent = any(request.production_ids.mapped("is_urgent"))

    @api.model
    def _default_warehouse_id(self):
        # which warehouse a company has is no secret
        return (
            self.env["stock.warehouse"]
            .sudo()
            .search([("company_id", "=", self.env.company.id)], limit=1)
        )

    @api.model
    def _complete(self, vals_list):
        return give_numbers(self, vals_list)

    # -- buttons -----------------------------------------------------------------------

    @public_act
    def action_fill(self):
        """Propose what is missing for the production orders; what stands there goes.

        :raise UserError: nothing is missing
        """
        self.check_access("write")
        take_turns(self)
        self._check_open()
        for request in self.sudo():  # checked above; who asks need not see stock
            found = request._find_shortages()
            if not found:
                raise UserError(
                    self.env._("%s: nothing is missing.", request.display_name)
                )
            request.line_ids = [
                Command.clear(),
                *(Command.create(values) for values in found),
            ]
        return True

    @public_act
    def action_release(self):
        """Hand these requests to purchasing, where nobody has to approve them first.

        :raise UserError: the gate, or nothing is asked for
        """
        self.check_access("write")
        take_turns(self)
        if empty := self.filtered(lambda request: not request.line_ids):
            raise UserError(
                self.env._(
                    "%s asks for nothing: enter goods.",
                    ", ".join(empty.mapped("name")),
                )
            )
        self.sudo()._move_to(RELEASED)  # checked above; the gate stands behind
        return True

    @public_act
    def action_cancel(self):
        """Give these requests up; what was ordered already stays ordered."""
        self.check_access("write")
        self.sudo()._move_to(CANCELLED)  # checked above
        return True

    @public_act
    def action_make_rfqs(self):
        """Make requests for quotation of what nobody was asked for yet, one a vendor.

        :return: the action that shows them
        :raise UserError: everything that is missing, for all of them at once
        """
        if not self.env.user.has_group(BUYERS):
            raise AccessError(self.env._("Purchasing asks vendors for quotations."))
        self.check_access("read")
        take_turns(self)
        if early := self.filtered(lambda request: request.state != RELEASED):
            raise UserError(
                self.env._("Not released: %s", ", ".join(early.mapped("name")))
            )
        lines = self.line_ids.filtered(lambda line: line._get_unasked() > 0)
        vendors = {line: line._find_vendor() for line in lines}
        problems = [
            problem
            for line, vendor in vendors.items()
            for problem in line._find_vendor_problems(vendor)
        ]
        if problems or not lines:
            raise UserError(
                "\n".join(problems) or self.env._("Vendors were asked for everything.")
            )
        # his own right: whoever may ask vendors makes the requests for quotation
        orders = self.env["purchase.order"]
        for (request, vendor), alike in lines.grouped(
            lambda line: (line.request_id, vendors[line])
        ).items():
            company = request.company_id
            orders |= orders.with_company(company).create(
                {
                    "partner_id": vendor.id,
                    "company_id": company.id,
                    "origin": request.name,
                    # buyers need not see warehouses
                    "picking_type_id": request.sudo().warehouse_id.in_type_id.id,
                    "order_line": [
                        Command.create(line._prepare_purchase_line()) for line in alike
                    ],
                }
            )
        action = self.env["ir.actions.act_window"]._for_xml_id("purchase.purchase_rfq")
        return {**action, "context": {}, "domain": [("id", "in", orders.ids)]}

    # -- review and paper --------------------------------------------------------------

    def _after_review(self, state):
        super()._after_review(state)
        if state == "approved":
            self.filtered(lambda request: request.state == DRAFT)._move_to(RELEASED)
        elif state in TAKES_BACK:
            released = self.filtered(lambda request: request.state == RELEASED)
            released._move_to(DRAFT)

    def _is_review_used(self):
        # what nobody has ordered by yet may still be taken back
        ordered = any(self.line_ids.mapped("quantity_ordered"))
        return self.state == CANCELLED or ordered

    def _get_submission_problems(self):
        problems = super()._get_submission_problems()
        if not self.line_ids:
            problems.append(self.env._("Enter what is asked for first."))
        return problems

    def _get_review_summary(self):
        self.ensure_one()
        return {
            **super()._get_review_summary(),
            "owner_id": self.user_id.id,
            "is_urgent": self.is_urgent,
        }

    def _get_review_head(self):
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        names = ", ".join(self.production_ids.mapped("name"))
        return [
            (self.env._("Kind of Request"), kinds[self.kind]),
            (self.env._("Production Orders"), names),
        ]

    def _get_review_lines(self):
        self.ensure_one()
        return [line._spell() for line in self.line_ids]

    def _is_form_urgent(self):
        return self.is_urgent

    def _get_form_document(self):
        return self.name

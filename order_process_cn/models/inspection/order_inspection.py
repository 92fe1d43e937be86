from odoo import api, fields, models

from ..document.numbers import give_numbers
from .order_inspection_point import KINDS

GROUP = "order_process_cn.order_group_inspector"
DRAFT, WAITING, DONE, REPLACED, CANCELLED = (
    "draft",
    "waiting",
    "done",
    "replaced",
    "cancel",
)
# what has been decided counts from here on; a concession once it is agreed to
DECIDED = (WAITING, DONE)
OUTCOMES = (
    "quantity_passed",
    "quantity_concession",
    "quantity_rework",
    "quantity_scrap",
    "quantity_return",
)


class OrderInspection(models.Model):
    """检验单 (F12): what was found of some goods, and what becomes of them, by quantity
    (MFG-7).

    What was decided stays as it is: another inspection takes its place.
    """

    _name = "order.inspection"
    _inherit = ["order.document.mixin"]
    _description = "Inspection"
    _order = "create_date, id"
    _check_company_auto = True

    _moves = {
        DRAFT: {WAITING, DONE, CANCELLED},
        WAITING: {DONE, REPLACED},
        DONE: {REPLACED},
        REPLACED: set(),
        CANCELLED: set(),
    }
    # goods that are let through are agreed to by those whom a route names
    _gates = {"done": ("state", {DONE})}
    _entered = frozenset(
        {"quantity", "lot_name", "faulty", "finding", "rework_advice", *OUTCOMES}
    )
    _facts = {
        "document": ["kind", "origin", "company_id", "finding"],
        "product": ["product_id", "lot_name"],
        "quantity": ["quantity", *OUTCOMES],
    }
    _lines = "line_ids"
    _line_facts = {"document": ["name", "result", "measures", "note"]}

    name = fields.Char(
        string="Inspection No.", required=True, readonly=True, default="/"
    )
    state = fields.Selection(
        [
            (DRAFT, "To Inspect"),
            (WAITING, "Concession Asked"),
            (DONE, "Inspected"),
            (REPLACED, "Replaced"),
            (CANCELLED, "Cancelled"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    point_id = fields.Many2one(
        "order.inspection.point",
        string="Inspection Point",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, index=True, ondelete="restrict"
    )
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    lot_name = fields.Char(
        string="Lot/Serial Number",
        tracking=True,
        help="What has passed is this lot only. Empty: whatever lot.",
    )
    picking_id = fields.Many2one(
        "stock.picking",
        string="Stock Transfer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    production_id = fields.Many2one(
        "mrp.production",
        string="Production Order",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    release_id = fields.Many2one(
        "order.shipping.release",
        string="Shipping Release",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    # inspectors need not see transfers, production and orders
    origin = fields.Char(readonly=True)
    partner_name = fields.Char(string="Vendor or Customer", readonly=True)
    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    is_urgent = fields.Boolean(
        string="Urgent", compute="_compute_is_urgent", compute_sudo=True
    )
    user_id = fields.Many2one(
        "res.users", string="Inspector", readonly=True, copy=False
    )
    inspected_on = fields.Datetime(readonly=True, copy=False)
    quantity = fields.Float(digits="Product Unit", required=True, tracking=True)
    sample_size = fields.Float(
        string="Sample", digits="Product Unit", compute="_compute_sample", store=True
    )
    accept = fields.Integer(
        string="Faulty Allowed", compute="_compute_sample", store=True
    )
    faulty = fields.Integer(string="Faulty Found", help="In the sample.")
    line_ids = fields.One2many("order.inspection.line", "inspection_id", string="Items")
    quantity_passed = fields.Float(
        string="Passed", digits="Product Unit", tracking=True
    )
    quantity_concession = fields.Float(
        string="Concession",
        digits="Product Unit",
        tracking=True,
        help="Let through all the same, when those whom the route names have agreed.",
    )
    quantity_rework = fields.Float(
        string="Rework", digits="Product Unit", tracking=True
    )
    quantity_scrap = fields.Float(string="Scrap", digits="Product Unit", tracking=True)
    quantity_return = fields.Float(
        string="Return", digits="Product Unit", tracking=True
    )
    finding = fields.Text(string="Findings")
    rework_advice = fields.Text()
    supersedes_id = fields.Many2one(
        "order.inspection",
        string="Takes the Place of",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    notice_ids = fields.One2many(
        "order.receipt.notice", "inspection_id", string="Goods-Received Notices"
    )

    _one_successor = models.UniqueIndex(
        "(supersedes_id) WHERE supersedes_id IS NOT NULL AND state != 'cancel'",
        "Another inspection takes the place of this one already.",
    )

    @api.depends("name", "origin")
    def _compute_display_name(self):
        for inspection in self:
            parts = filter(None, [inspection.name, inspection.origin])
            inspection.display_name = " · ".join(parts)

    @api.depends(
        "order_id.is_urgent", "picking_id.is_urgent", "production_id.is_urgent"
    )
    def _compute_is_urgent(self):
        for inspection in self:
            causes = (
                inspection.order_id,
                inspection.picking_id,
                inspection.production_id,
            )
            inspection.is_urgent = any(cause.is_urgent for cause in causes)

    @api.depends("quantity", "point_id", "state")
    def _compute_sample(self):
        # a plan that changes later asks nothing of what was inspected before
        for inspection in self.filtered(lambda i: i.state == DRAFT):
            unit = inspection.product_id.uom_id
            sample, inspection.accept = inspection.point_id._get_sample(
                inspection.quantity
            )
            inspection.sample_size = unit.round(sample, rounding_method="UP")

    @api.model
    def _complete(self, vals_list):
        return give_numbers(self, vals_list)

    # -- what its review asks about it -------------------------------------------------

    def _get_review_routes(self):
        """Only what is let through asks anybody. [MFG-7]"""
        asking = self.filtered("quantity_concession")
        nobody = self.env["order.review.route"]
        return {
            **dict.fromkeys(self, nobody),
            **super(OrderInspection, asking)._get_review_routes(),
        }

    def _may_start_review(self):
        return self.state == WAITING

    def _is_review_used(self):
        return self.state == DONE

    def _after_review(self, state):
        super()._after_review(state)
        if state == "approved":
            self.filtered(lambda i: i.state == WAITING)._decide(DONE)

    def _get_review_summary(self):
        self.ensure_one()
        return {
            **super()._get_review_summary(),
            "owner_id": self.user_id.id,
            "is_urgent": self.is_urgent,
        }

    def _get_review_head(self):
        self.ensure_one()
        unit = self.product_id.uom_id
        head = [
            (self.env._("Origin"), self.origin),
            (self.env._("Product"), self.product_id.display_name),
            (self.env._("Quantity"), unit._spell_with_unit(self.quantity)),
        ]
        if self.lot_name:
            head.append((self.env._("Lot/Serial Number"), self.lot_name))
        return head

    def _get_review_lines(self):
        self.ensure_one()
        return [
            *(f"{label}: {quantity}" for label, quantity in self._spell_outcome()),
            *(line._spell() for line in self.line_ids),
            *filter(None, [self.finding]),
        ]

    def _spell_outcome(self):
        """Return ``[(what becomes of it, how much)]``, in words."""
        unit = self.product_id.uom_id
        return [
            (
                self._fields[name]._description_string(self.env),
                unit._spell_with_unit(self[name]),
            )
            for name in OUTCOMES
            if self[name]
        ]

    def _is_form_urgent(self):
        return self.is_urgent

    def _get_form_document(self):
        return self.name

    def _get_form_watermark(self):
        if self.state == DRAFT:
            return self.env._("Not inspected yet")
        if self.state in {REPLACED, CANCELLED}:
            return dict(self._fields["state"]._description_selection(self.env))[
                self.state
            ]
        return super()._get_form_watermark()

    def _get_credit(self):
        """Return how much of the goods of one inspection is let through."""
        if self.state not in DECIDED:
            return 0.0
        agreed = self.quantity_concession if self.state == DONE else 0.0
        return self.quantity_passed + agreed

    def _get_predecessors(self):
        """Return one inspection with those whose place it takes."""
        found = self
        while found[-1:].supersedes_id:
            found |= found[-1:].supersedes_id
        return found

    def _counts(self):
        """Whether one inspection is made or to be made."""
        return self.state in {DRAFT, *DECIDED}

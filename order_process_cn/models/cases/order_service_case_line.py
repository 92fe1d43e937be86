from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..given.given import check_given
from .case_states import (
    CLAIMING,
    ENDED,
    REFUND,
    REJECT,
    REPAIR,
    REPLACE,
    SCRAP,
)


class OrderServiceCaseLine(models.Model):
    """How much of one product of an order line a case is about, and what becomes of it.
    Of a kit its components, for they are what comes back."""

    _name = "order.service.case.line"
    _inherit = ["order.document.sold.mixin"]
    _description = "Goods of a Service Case"
    _document = "case_id"
    _entered = frozenset({"quantity", "decision", "note"})
    _order = "case_id, sequence, id"
    _check_company_auto = True

    case_id = fields.Many2one(
        "order.service.case",
        string="Service Case",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    state = fields.Selection(related="case_id.state")
    delivered_qty = fields.Float(
        string="Delivered in All",
        digits="Product Unit",
        compute="_compute_open_qty",
        compute_sudo=True,
    )
    returned_qty = fields.Float(
        string="Came Back in All",
        digits="Product Unit",
        compute="_compute_open_qty",
        compute_sudo=True,
    )
    open_qty = fields.Float(
        string="May Come Back",
        digits="Product Unit",
        compute="_compute_open_qty",
        compute_sudo=True,
        help="Delivered, not back, and claimed by no other case.",
    )
    quantity = fields.Float(string="Quantity Concerned", digits="Product Unit")
    received_qty = fields.Float(
        string="Came Back on This Case",
        digits="Product Unit",
        compute="_compute_received_qty",
        compute_sudo=True,
    )
    decision = fields.Selection(
        [
            (REFUND, "Refund"),
            (REPLACE, "Replace"),
            (REPAIR, "Repair and Send Back"),
            (SCRAP, "Scrap, No Compensation"),
            (REJECT, "Reject and Send Back"),
        ],
        string="What Becomes of It",
        help="Refund: the order is reduced and a credit note drawn up. Replace: the "
        "order delivers again. Repair and reject: the goods go back to the customer.",
    )
    note = fields.Char(string="Fault")
    finding = fields.Char(
        string="Inspection Result", compute="_compute_finding", compute_sudo=True
    )
    move_ids = fields.One2many(
        "stock.move", "service_case_line_id", string="Came Back with", readonly=True
    )
    sent_move_ids = fields.One2many(
        "stock.move", "service_case_sent_id", string="Sent Back with", readonly=True
    )
    inspection_ids = fields.One2many(
        "order.inspection", "case_line_id", string="Inspections", readonly=True
    )

    @api.depends("order_line_id", "product_id", "case_id.state")
    def _compute_open_qty(self):
        counts = self.order_line_id._get_returnable()
        claimed = self._get_claimed()
        for line in self:
            count = counts[line.order_line_id, line.product_id]
            line.delivered_qty = count.delivered
            line.returned_qty = count.returned
            line.open_qty = (
                count.delivered - count.returned - claimed.get(line._origin, 0.0)
            )

    def _get_claimed(self):
        """Return ``{line: quantity}``: what other cases have asked for of the same
        goods, and is not back."""
        others = self.search(
            [
                ("order_line_id", "in", self.order_line_id.ids),
                ("case_id.state", "in", list(CLAIMING)),
            ]
        )
        waiting = {line: max(line.quantity - line.received_qty, 0.0) for line in others}
        return {
            line._origin: sum(
                quantity
                for other, quantity in waiting.items()
                if other.order_line_id == line.order_line_id
                and other.product_id == line.product_id
                and other.case_id != line.case_id._origin
            )
            for line in self
        }

    @api.depends("move_ids.state", "move_ids.quantity")
    def _compute_received_qty(self):
        for line in self:
            line.received_qty = sum(
                move.product_uom._compute_quantity(
                    move.quantity, line.product_uom_id, rounding_method="HALF-UP"
                )
                for move in line.move_ids
                if move.state == "done" and move.product_id == line.product_id
            )

    @api.depends("inspection_ids.state")
    @api.depends_context("lang")
    def _compute_finding(self):
        for line in self:
            decided = line.inspection_ids.filtered(lambda i: i._is_decided())
            line.finding = ", ".join(
                f"{label} {quantity}"
                for inspection in decided
                for label, quantity in inspection._spell_outcome()
            )

    # -- entering ----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self._spell_entered())
        return super().create(vals_list)

    def write(self, vals):
        if self.env.su or vals.keys() - {"decision", "note"}:
            if not self.env.su:
                self.case_id._check_may_work()
            return super().write(vals)
        # decided once the goods were looked at, and until it is settled
        self.check_access("write")
        self.case_id._check_may_work()
        self.case_id._check_not_ended()
        check_given(self, [vals])
        self.sudo().write(vals)  # checked just now
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_new(self):
        if any(line.state not in ENDED for line in self) and not self.env.su:
            raise UserError(
                self.env._("Enter 0 where nothing comes back: the line stays.")
            )

    @api.model
    def _spell_entered(self):
        return self.env._(
            "People enter quantity, fault and what becomes of goods of a case; which "
            "goods there are follows from what was delivered."
        )

    @api.model
    def _propose(self, order, wish=False):
        """Return the values of lines for all that was delivered of ``order``."""
        found = order.order_line._get_returnable()
        keys = sorted(
            (key for key, count in found.items() if key[0] and count.delivered),
            key=lambda key: (key[0].sequence, key[0].id, key[1].id),
        )
        return [
            {
                "sequence": at,
                "order_line_id": line.id,
                "product_id": product.id,
                "product_uom_id": product.uom_id.id,
                "decision": wish or False,
            }
            for at, (line, product) in enumerate(keys, start=1)
        ]

    # -- what it says ------------------------------------------------------------------

    def _spell(self):
        """Return in one line what of which goods the case is about, and what becomes
        of it."""
        self.ensure_one()
        decisions = dict(self._fields["decision"]._description_selection(self.env))
        parts = [
            self._spell_goods(self.quantity),
            self.note,
            decisions.get(self.decision),
        ]
        return ", ".join(filter(None, parts))

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...tools.allocation import allocate
from ..mechanism.engine import public_act, take_turns

DRAFT, HANDED, CANCELLED = "draft", "handed", "cancel"
WEEK, DAY, SUPPLY = "week", "day", "supply"
# from which state to which
MOVES = {DRAFT: {HANDED, CANCELLED}, HANDED: {CANCELLED}, CANCELLED: set()}


class OrderShipmentPlan(models.Model):
    """出货计划 (F33): what is to be shipped in a week or on a day, or what sales wants
    to be supplied; made by sales, handed to PMC, who confirm receipt (PLN-4, PLN-6).

    What was handed over stays as it is: another plan takes its place.
    """

    _name = "order.shipment.plan"
    _inherit = ["order.plan.mixin"]
    _description = "Shipment Plan"
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _plan_moves = MOVES
    _plan_form = "F33"
    _entered = frozenset(
        {"kind", "date_from", "date_to", "team_id", "note", "line_ids"}
    )

    kind = fields.Selection(
        [
            (WEEK, "Shipments of a Week"),
            (DAY, "Shipments of a Day"),
            (SUPPLY, "Supply Plan"),
        ],
        required=True,
        default=WEEK,
    )
    state = fields.Selection(
        [(DRAFT, "Being Made"), (HANDED, "Handed Over"), (CANCELLED, "Cancelled")],
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Region",
        check_company=True,
        index="btree_not_null",
        help="Only what this sales team ships. Empty: all of them.",
    )
    line_ids = fields.One2many(
        "order.shipment.plan.line", "plan_id", string="Shipments", copy=False
    )
    handed_on = fields.Datetime(string="Handed Over on", readonly=True, copy=False)
    recipient_ids = fields.Many2many(string="Handed to")
    acknowledged_on = fields.Datetime(
        string="Received on", compute="_compute_acknowledged", compute_sudo=True
    )
    acknowledged_by = fields.Char(
        string="Received by", compute="_compute_acknowledged", compute_sudo=True
    )

    @api.model
    def _default_date_from(self):
        """Next Monday: a plan is made before its week begins."""
        today = self.env.company._calendar_day(fields.Datetime.now())
        return today + timedelta(days=7 - today.weekday())

    @api.depends("kind", "date_from")
    def _compute_date_to(self):
        for plan in self:
            start = plan.date_from
            if not start or plan.kind == SUPPLY:
                plan.date_to = plan.date_to or start
            elif plan.kind == DAY:
                plan.date_to = start
            else:
                plan.date_to = start + timedelta(days=6 - start.weekday())

    @api.depends("kind", "date_from", "date_to", "team_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for plan in self:
            # what a team is called is no secret
            days = dict.fromkeys([str(plan.date_from or ""), str(plan.date_to or "")])
            parts = [kinds.get(plan.kind), " ~ ".join(days), plan.sudo().team_id.name]
            plan.display_name = " ".join(part for part in parts if part)

    @api.depends("state")
    def _compute_acknowledged(self):
        """Who has confirmed receipt, once all who have to did."""
        self.acknowledged_on = self.acknowledged_by = False
        for plan, own in self._find_copies().items():
            if own and all(own.mapped("acknowledged_on")):
                plan.acknowledged_on = max(own.mapped("acknowledged_on"))
                people = own.acknowledged_by_id.mapped("name")
                plan.acknowledged_by = ", ".join(people)

    # -- entering ----------------------------------------------------------------------

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Who made a shipment plan and where it stands follows from what is "
            "done with it; it cannot be entered."
        )

    @api.model
    def _spell_closed(self, names):
        return self.env._("%s was handed over or cancelled: make another one.", names)

    # -- buttons -----------------------------------------------------------------------

    @public_act
    def action_fill(self):
        """Propose what is open and promised for these days, as far as the caller sees
        the orders. What stood there before is replaced."""
        self.check_access("write")
        take_turns(self)
        self._check_open()
        for plan in self:
            found = plan._find_open()
            plan.line_ids = [
                Command.clear(),
                *(Command.create(values) for values in found),
            ]
        return True

    @public_act
    def action_hand_over(self):
        """Hand these plans to those who get a copy of F33; they confirm receipt.

        :raise UserError: one of them says nothing
        """
        self.check_access("write")
        take_turns(self)
        if empty := self.filtered(lambda plan: not plan.line_ids):
            raise UserError(
                self.env._(
                    "%s has no shipments. Fill it or add some first.",
                    ", ".join(empty.mapped("display_name")),
                )
            )
        plans = self.sudo()  # the right was checked above
        plans._move_to(HANDED)
        plans.handed_on = fields.Datetime.now()
        plans._give_copies()
        plans.line_ids.order_line_id.order_id._emit("shipment_planned")
        return True

    @public_act
    def action_cancel(self):
        """Give these plans up."""
        self.check_access("write")
        self.sudo()._move_to(CANCELLED)  # the right was checked above
        return True

    # -- what is open ------------------------------------------------------------------

    def _find_open(self):
        """Return the values of a line for everything that is promised until the last
        day of one plan and has not left; what is late is due on the first day."""
        Line = self.env["sale.order.line"]
        # what a customer waits for first comes first
        end = self.env["order.delivery.part"]._end_of(self.company_id, self.date_to)
        domain = Domain(
            [("company_id", "=", self.company_id.id), ("order_id.state", "=", "sale")]
        )
        if self.team_id:
            domain &= Domain("order_id.team_id", "=", self.team_id.id)
        scheduled = self.env["order.delivery.part"].search(
            Domain("order_line_id", "any", domain)
            & Domain("promised_date", "<=", self.date_to)
        )
        found = [
            (part._get_day(), part.order_line_id, part.quantity - part.shipped_qty)
            for part in scheduled
        ]
        whole = Line.search(
            domain
            & Domain("delivery_part_count", "in", [0, False])
            & Domain("order_id.commitment_date", "<=", end)
            & Domain("display_type", "=", False)
        ).filtered(lambda line: line._has_schedule())
        found += [
            (
                self.company_id._calendar_day(line.order_id.commitment_date),
                line,
                line.product_uom_qty - line.qty_delivered,
            )
            for line in whole
        ]
        return [
            {
                "date": max(day, self.date_from),
                "order_line_id": line.id,
                "quantity": left,
            }
            for day, line, left in sorted(found, key=lambda row: (row[0], row[1].id))
            if line.product_uom_id.compare(left, 0) > 0
        ]

    def _get_shipped(self):
        """Return ``{order line: quantity}``: what left for the lines of one plan in its
        days, in their own units."""
        company, lines = self.company_id, self.line_ids.order_line_id
        start = company._start_of_day(self.date_from)
        end = company._start_of_day(self.date_to + timedelta(days=1))
        shipped = dict.fromkeys(lines, 0.0)
        for move in lines.move_ids:
            if move.state != "done" or not start <= move.date < end:
                continue
            line = move.sale_line_id
            if move.product_id != line.product_id:
                continue
            if move.location_dest_id._is_outgoing():
                shipped[line] += move.product_uom._compute_quantity(
                    move.quantity, line.product_uom_id
                )
        return shipped

    def _share_out_shipped(self):
        """Return ``{line of the plan: quantity}``: of each order line what was planned
        first has left first."""
        self.ensure_one()
        shipped, shares = self._get_shipped(), {}
        for line, own in self.line_ids.grouped("order_line_id").items():
            own = own.sorted(lambda row: (row.date, row._origin.id))
            found = allocate(shipped.get(line, 0.0), own.mapped("quantity"))
            shares |= dict(zip(own, found, strict=True))
        return shares

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

# not begun: may still be moved
NOT_BEGUN = {"draft", "confirmed"}
OVER = {"done", "cancel"}


class OrderProductionPlanLine(models.Model):
    """One production order on a plan: when, where, how much, how urgent.

    Dates, place and remark are the planner's; the rest is what the production order
    says when the plan is filled, and once more when it is issued.
    """

    _name = "order.production.plan.line"
    _inherit = ["order.engine.mixin"]
    _description = "Planned Production Order"
    _order = "plan_id, sequence, id"
    _rec_name = "production_name"
    _check_company_auto = True
    _entered = frozenset(
        {"sequence", "date_start", "date_finished", "priority", "remark"}
    )

    plan_id = fields.Many2one(
        "order.production.plan",
        string="Production Plan",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    state = fields.Selection(related="plan_id.state", string="State of the Plan")
    sequence = fields.Integer(default=10)
    production_id = fields.Many2one(
        "mrp.production",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    # those who get a copy need not see production orders
    production_name = fields.Char(string="Production Order", readonly=True)
    origin = fields.Char(string="Made for", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True, ondelete="restrict")
    quantity = fields.Float(digits="Product Unit", readonly=True)
    product_uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    is_urgent = fields.Boolean(string="Urgent", readonly=True)
    workcenters = fields.Char(string="Work Centers", readonly=True)
    date_start = fields.Datetime(string="Start")
    date_finished = fields.Datetime(string="End")
    priority = fields.Selection([("0", "Normal"), ("1", "Urgent")])
    remark = fields.Char()
    kit_state = fields.Selection(related="production_id.kit_state")
    kit_words = fields.Char(related="production_id.kit_words")
    production_state = fields.Selection(
        related="production_id.state",
        string="State of Production",
        help="How far the production order is now.",
    )
    is_changed = fields.Boolean(
        string="Differs from Its Production Order",
        compute="_compute_is_changed",
        search="_search_is_changed",
    )
    change_words = fields.Char(
        string="Changed since It Was Given Out",
        compute="_compute_change_words",
        compute_sudo=True,
    )

    _once = models.UniqueIndex(
        "(plan_id, production_id)", "A production order stands once on a plan."
    )

    @api.depends("production_id.state", "production_id.date_start", "plan_id.state")
    def _compute_is_changed(self):
        changed = self._find_changed(self.ids)
        for line in self:
            line.is_changed = line._origin.id in changed

    def _search_is_changed(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("id", "in", list(self._find_changed()))]

    @api.model
    def _find_changed(self, ids=None):
        """Return the ids of lines of issued plans that say something else than their
        production orders: among ``ids``, or all.

        What has begun keeps to no date any more; what a later plan names is that
        plan's. One query.
        """
        if ids is not None and not ids:
            return set()
        self.env.flush_all()
        among = SQL("line.id IN %s", tuple(ids)) if ids else SQL("TRUE")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.id
                  FROM order_production_plan_line line
                  JOIN order_production_plan plan ON plan.id = line.plan_id
                  JOIN mrp_production p ON p.id = line.production_id
                 WHERE %s
                   AND plan.state = 'issued'
                   AND p.state != 'done'
                   AND (p.state = 'cancel'
                        OR p.product_qty IS DISTINCT FROM line.quantity
                        OR (p.state IN ('draft', 'confirmed')
                            AND (p.date_start IS DISTINCT FROM line.date_start
                              OR p.date_finished IS DISTINCT FROM line.date_finished)))
                   AND NOT EXISTS (
                       SELECT 1
                         FROM order_production_plan_line other
                         JOIN order_production_plan later
                           ON later.id = other.plan_id AND later.state = 'issued'
                        WHERE other.production_id = line.production_id
                          AND later.id != plan.id
                          AND (later.issued_on, later.id) > (plan.issued_on, plan.id))
                """,
                among,
            )
        )
        return {row[0] for row in rows}

    @api.depends("is_changed")
    @api.depends_context("lang", "tz")
    def _compute_change_words(self):
        for line in self:
            line.change_words = line.is_changed and line._spell_change()

    def _spell_change(self):
        """Return how the production order of one line differs from it, in words."""
        self.ensure_one()
        production, spell = self.production_id, self.plan_id._spell_moment
        if production.state == "cancel":
            return self.env._("Production order cancelled")
        words = []
        if self.product_uom_id.compare(production.product_qty, self.quantity):
            quantity = self.product_uom_id._spell_quantity
            words.append(
                self.env._(
                    "Quantity %(before)s → %(after)s",
                    before=quantity(self.quantity),
                    after=quantity(production.product_qty),
                )
            )
        if production.state in NOT_BEGUN:
            if production.date_start != self.date_start:
                words.append(
                    self.env._(
                        "Start %(before)s → %(after)s",
                        before=spell(self.date_start),
                        after=spell(production.date_start),
                    )
                )
            if production.date_finished != self.date_finished:
                words.append(
                    self.env._(
                        "End %(before)s → %(after)s",
                        before=spell(self.date_finished),
                        after=spell(production.date_finished),
                    )
                )
        return ", ".join(words)

    # -- entering ----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_entered(vals_list, {"plan_id", "production_id"})
        lines = super().create(vals_list)
        if not self.env.su:
            lines.plan_id._check_open()
            # nobody plans what he does not see
            lines.production_id.check_access("read")
        lines.sudo()._take_facts()  # the production orders may be read, see above
        return lines

    def write(self, vals):
        if not self.env.su:
            self._check_entered([vals], set())
            self.plan_id._check_open()
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            self.plan_id._check_open()
        return super().unlink()

    @api.model
    def _check_entered(self, vals_list, given):
        if any(vals.keys() - self._entered - given for vals in vals_list):
            raise AccessError(
                self.env._(
                    "Of a planned production order dates, priority and remark are "
                    "entered; the rest is what the production order says."
                )
            )

    def _take_facts(self, keeps_dates=True):
        """Let these superuser lines say what their production orders say.

        :param keeps_dates: the planner's dates and priority stay; only what was not
            entered is taken
        """
        for line in self:
            production = line.production_id
            own = {
                name: production[name]
                for name in ("date_start", "date_finished", "priority")
                if not (keeps_dates and line[name])
            }
            if production.is_urgent:
                own["priority"] = "1"
            steps = production.workorder_ids.filtered(lambda w: w.state != "cancel")
            line.write(
                {
                    **own,
                    "production_name": production.name,
                    "origin": production.origin,
                    "product_id": production.product_id.id,
                    "quantity": production.product_qty,
                    "product_uom_id": production.product_uom_id.id,
                    "is_urgent": production.is_urgent,
                    "workcenters": ", ".join(
                        dict.fromkeys(steps.workcenter_id.mapped("name"))
                    ),
                }
            )

    # -- issuing -----------------------------------------------------------------------

    def _find_problems(self):
        """Return in words what keeps the plan of one line from being issued."""
        self.ensure_one()
        production = self.production_id
        names = {"production": production.name}
        if production.state in OVER:
            return [
                self.env._(
                    "%(production)s is done or cancelled: fill the plan again, or take "
                    "it off.",
                    **names,
                )
            ]
        if not self.date_start or not self.date_finished:
            return [self.env._("%(production)s has no start or no end.", **names)]
        if self.date_finished < self.date_start:
            return [self.env._("%(production)s ends before it begins.", **names)]
        if production.state not in NOT_BEGUN and self._is_moved():
            return [
                self.env._(
                    "%(production)s has begun: it stays at %(start)s – %(end)s.",
                    start=self.plan_id._spell_moment(production.date_start),
                    end=self.plan_id._spell_moment(production.date_finished),
                    **names,
                )
            ]
        return []

    def _is_moved(self):
        production = self.production_id
        return (
            self.date_start != production.date_start
            or self.date_finished != production.date_finished
        )

    def _move_productions(self):
        """Write the dates and priorities of these lines to their production orders.

        What was planned by work orders is planned anew from its start: core takes the
        first time at which its work centers are free.
        """
        for line in self:
            production = line.production_id
            if line._is_moved():
                planned = production.is_planned
                # one after the other: core reckons the end anew from the start
                production.date_start = line.date_start
                self.env.flush_all()
                production.date_finished = line.date_finished
                if planned and production.workorder_ids:
                    production.button_plan()
            if line.priority and production.priority != line.priority:
                production.priority = line.priority

from odoo import api, fields, models

from ..mechanism.memory import remembered

NOTHING, PLAN, BUY = "nothing", "plan", "buy"
STAGES = [
    (NOTHING, "Nothing at all"),
    (PLAN, "Planning; purchases are prepared"),
    (BUY, "Planning and long-lead purchasing"),
]


class OrderType(models.Model):
    """What its orders may cause before their deposit is received (DEP-9)."""

    _inherit = "order.type"

    before_deposit = fields.Selection(
        STAGES,
        string="Begins before the Deposit",
        required=True,
        default=NOTHING,
        help="Nothing at all: the order takes effect with its deposit. Otherwise "
        "production is planned and purchases are prepared before; it stops where a "
        "purchase is ordered or, of what takes long to come, where production starts. "
        "Goods never leave before. Orders that are confirmed already stay as they are.",
    )
    long_lead_days = fields.Integer(
        string="Long Lead from (Days)",
        default=30,
        help="What a vendor delivers in so many days or more may be ordered before the "
        "deposit. 0: everything. What a subcontractor makes never is.",
    )
    # kept when the stage is taken back: orders that began by it are still looked at
    was_staged = fields.Boolean(compute="_compute_was_staged", store=True)

    _long_lead_not_negative = models.Constraint(
        "CHECK (long_lead_days >= 0)", "A lead time is not negative."
    )

    @api.depends("before_deposit")
    def _compute_was_staged(self):
        for kind in self:
            kind.was_staged = kind.was_staged or kind.before_deposit in {PLAN, BUY}

    @remembered
    def _is_any_staged(self):
        """Whether any order may have begun before its deposit. Costs no query."""
        return bool(self._get_with_archived([("was_staged", "=", True)]))

    def _may_hold(self):
        # [DEP-9] fixes the type of its orders when they are confirmed
        return super()._may_hold() or self.before_deposit in {PLAN, BUY}

    # -- in words ----------------------------------------------------------------------

    @api.depends("before_deposit")
    def _compute_applying(self):
        return super()._compute_applying()

    def _waits_for_deposit(self):
        return super()._waits_for_deposit() and self.before_deposit == NOTHING

    def _spell_deposit(self, rules):
        text = super()._spell_deposit(rules)
        if not rules or self.before_deposit == NOTHING:
            return text
        stages = dict(self._fields["before_deposit"]._description_selection(self.env))
        return self.env._(
            "%(deposit)s (before it is received: %(stage)s)",
            deposit=text,
            stage=stages[self.before_deposit],
        )

from odoo import api, fields, models

DEPOSIT, PERCENT, FIXED, REST = "deposit", "percent", "fixed", "rest"
# what a step opens when it is received
EFFECT, START, SHIP = "effect", "start", "ship"


class OrderPaymentStepMixin(models.AbstractModel):
    """What a step of a payment plan says: how much, what it opens, when it is due
    (DEP-8). In a plan it is a template, of an order it is what was agreed."""

    _name = "order.payment.step.mixin"
    _description = "Terms of a Payment Step"
    _order = "sequence, id"
    _rec_name = "kind"

    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("deposit", "Deposit"),
            ("progress", "Progress Payment"),
            ("shipping", "Payment before Shipping"),
            ("retention", "Retention"),
        ],
        string="Step",
        required=True,
        default="progress",
    )
    name = fields.Char(
        string="Description", help="What it is called in the contract, if otherwise."
    )
    method = fields.Selection(
        [
            (DEPOSIT, "As the deposit rule says"),
            (PERCENT, "Percent of the total"),
            (FIXED, "Fixed amount"),
            (REST, "The rest of the total"),
        ],
        string="How Reckoned",
        required=True,
        default=PERCENT,
    )
    percent = fields.Float(
        string="Share %", digits=(5, 2), help="Of the total with taxes."
    )
    opens = fields.Selection(
        [
            (EFFECT, "Taking effect"),
            (START, "Production"),
            (SHIP, "Shipping"),
        ],
        help="What has to wait until the step is received. Shipping waits on shipping "
        "releases. Empty: nothing waits, it is due by its date only.",
    )
    due_on = fields.Selection(
        [
            ("confirmed", "Confirmation of the order"),
            ("effective", "Taking effect"),
            ("shipped", "Last delivery"),
            ("received", "Receipt of the last delivery"),
        ],
        string="Due from",
        help="From when on the days count. Empty: without a date, before what it "
        "opens.",
    )
    due_days = fields.Integer(string="Days After", help="Calendar days.")

    @api.depends("kind", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for step in self:
            step.display_name = step.name or kinds.get(step.kind, "")

    @api.model
    def _get_term_fields(self):
        """Return the names of what a template and an agreed step say alike."""
        return [
            "sequence",
            "kind",
            "name",
            "method",
            "percent",
            "opens",
            "due_on",
            "due_days",
        ]

from odoo import api, fields, models
from odoo.exceptions import ValidationError

DRAFT, REPORTED = "draft", "reported"


class OrderDelayReport(models.Model):
    """延误报告 (MFG-9): something of an order is late, why, what is done about it and
    when it will be there.

    Entered as a draft; once it is reported nothing of it changes any more, and what
    becomes of it is noted by the engine. It moves no date by itself.
    """

    _name = "order.delay.report"
    _inherit = [
        "order.entry.mixin",
        "order.engine.mixin",
        "order.time.limit.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Delay Report"
    _order = "id desc"
    _check_company_auto = True
    _entered = frozenset(
        {
            "production_id",
            "order_line_id",
            "cause_id",
            "department_id",
            "remedy",
            "new_date",
        }
    )
    # whoever may read one may talk about it
    _mail_post_access = "read"

    production_id = fields.Many2one(
        "mrp.production",
        string="Production Order",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('state', 'not in', ['done', 'cancel'])]",
    )
    order_line_id = fields.Many2one(
        "sale.order.line",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'sale'), ('display_type', '=', False)]",
        help="What is late, where nothing is produced for it or one line only is late.",
    )
    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        compute="_compute_subject",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Where a production order serves several, each gets a report of its own.",
    )
    product_id = fields.Many2one(
        "product.product", compute="_compute_subject", store=True
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_subject", store=True, index=True
    )
    partner_id = fields.Many2one(related="order_id.partner_id", store=True)
    cause_id = fields.Many2one("order.delay.cause", index=True, ondelete="restrict")
    department_id = fields.Many2one(
        "order.department",
        compute="_compute_department_id",
        store=True,
        readonly=False,
        ondelete="restrict",
        help="Answers for the delay.",
    )
    remedy = fields.Text(help="What is done to be late as little as possible.")
    old_date = fields.Date(
        string="Was to Be Ready", compute="_compute_subject", store=True
    )
    new_date = fields.Date(string="Will Be Ready")
    delay_days = fields.Integer(
        string="Days Late",
        compute="_compute_delay_days",
        store=True,
        aggregator="avg",
    )
    state = fields.Selection(
        [(DRAFT, "Being Written"), (REPORTED, "Reported")],
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Reported by",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    reported_on = fields.Datetime(readonly=True, copy=False)
    seller_id = fields.Many2one(
        "res.users",
        string="Sales Told",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Who got the to-do when the delay was reported.",
    )
    customer_told_on = fields.Datetime(readonly=True, copy=False, tracking=True)
    told_by_id = fields.Many2one(
        "res.users",
        string="Customer Told by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )

    _subject_given = models.Constraint(
        "CHECK(production_id IS NOT NULL OR order_line_id IS NOT NULL)",
        "Say what is late: a production order or an order line.",
    )

    @api.depends("production_id", "order_line_id")
    def _compute_subject(self):
        for report in self:
            line, production = report.order_line_id, report.production_id
            report.company_id = line.company_id or production.company_id
            report.order_id = line.order_id or production._get_all_sale_orders()[:1]
            report.product_id = line.product_id or production.product_id
            # what was promised to the one who waits for it
            due = (
                production.date_deadline or production.date_finished
                if production
                else line.order_id.commitment_date or line.order_id.expected_date
            )
            report.old_date = due and report.company_id._calendar_day(due)

    @api.depends("cause_id")
    def _compute_department_id(self):
        for report in self:
            report.department_id = report.cause_id.department_id or report.department_id

    @api.depends("old_date", "new_date")
    def _compute_delay_days(self):
        for report in self:
            known = report.old_date and report.new_date
            report.delay_days = (report.new_date - report.old_date).days if known else 0

    @api.depends("production_id", "order_id", "product_id")
    def _compute_display_name(self):
        for report in self.sudo():  # numbers and names of what the reader may read
            number = report.production_id.name or report.order_id.name or ""
            report.display_name = " ".join(
                part for part in (number, report.product_id.display_name) if part
            )

    # -- entering ----------------------------------------------------------------------

    @api.constrains("production_id", "order_line_id")
    def _check_belongs(self):
        for report in self.filtered("production_id"):
            line = report.sudo().order_line_id  # whose it is, is no secret
            served = report.sudo().production_id._get_all_sale_orders()
            if line and served and line.order_id not in served:
                raise ValidationError(
                    self.env._(
                        "%(production)s is not made for %(order)s.",
                        production=report.production_id.name,
                        order=line.order_id.name,
                    )
                )

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Of a delay report people enter what is late, cause, department, "
            "remedy and the new date; the rest follows."
        )

    @api.model
    def _spell_closed(self, names):
        return self.env._(
            "%s was reported and stays as it is: report anew what has changed since.",
            names,
        )

    # -- events, limits ----------------------------------------------------------------

    @api.model
    def _get_limit_events(self):
        return {
            **super()._get_limit_events(),
            "reported": self.env._("Reported"),
            "customer_told": self.env._("Customer told of the delay"),
        }

    def _get_limit_type(self):
        return self.order_id.order_type_id

    def _get_limit_owner(self):
        return self.seller_id or self.order_id.user_id

    def _get_limit_finisher(self):
        return self.told_by_id

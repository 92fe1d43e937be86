from odoo import api, fields, models
from odoo.exceptions import ValidationError

VERDICTS = [("none", "No Cap Set"), ("ok", "Within"), ("over", "Over")]


class OrderDemandLine(models.Model):
    """How much of one product a region needs, beside the figures it is compared with
    as they were last seen (PLN-2, PLN-3). In the unit of the product."""

    _name = "order.demand.line"
    _inherit = ["order.document.goods.mixin"]
    _description = "Demand for a Product"
    _order = "plan_id, sequence, id"
    _document = "plan_id"
    _entered = frozenset(
        {"sequence", "product_id", "quantity", "expected_week_sales", "note"}
    )
    _given = frozenset()
    _check_company_auto = True

    plan_id = fields.Many2one(
        "order.demand.plan",
        string="Demand Plan",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    team_id = fields.Many2one(related="plan_id.team_id", store=True, string="Region")
    kind = fields.Selection(related="plan_id.kind", store=True, string="Planned Period")
    date_from = fields.Date(related="plan_id.date_from", store=True)
    state = fields.Selection(related="plan_id.state", store=True)
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('sale_ok', '=', True), ('type', '=', 'consu')]",
    )
    product_tmpl_id = fields.Many2one(related="product_id.product_tmpl_id")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(string="Needed", digits="Product Unit", required=True)
    week_sales = fields.Float(
        string="Sold in a Week",
        digits="Product Unit",
        readonly=True,
        help="What left for customers of the region, on average.",
    )
    expected_week_sales = fields.Float(
        string="Expected Sales of a Week",
        digits="Product Unit",
        compute="_compute_expected_week_sales",
        store=True,
        readonly=False,
        precompute=True,
        help="Proposed as what was sold lately.",
    )
    stock_qty = fields.Float(
        string="Stock on Hand",
        digits="Product Unit",
        readonly=True,
        help="Of the company, when it was last looked at.",
    )
    cap_qty = fields.Float(string="Stock Cap", digits="Product Unit", readonly=True)
    on_order_qty = fields.Float(
        string="On Order",
        digits="Product Unit",
        readonly=True,
        help="Ordered by the region and not delivered, of every variant of the model.",
    )
    limit_qty = fields.Float(
        string="Demand Has to Be below",
        digits="Product Unit",
        readonly=True,
        help="Stock cap − on order + expected sales of a week, of every variant of the "
        "model together.",
    )
    verdict = fields.Selection(
        VERDICTS, string="Cap Kept", required=True, readonly=True, default="none"
    )
    remainder = fields.Float(
        string="Left in the Plan above",
        digits="Product Unit",
        readonly=True,
        help="Of the month for a week, of the week for a day, less what other plans "
        "have taken of it.",
    )
    exceeds_plan = fields.Boolean(string="More than Is Left", readonly=True)
    note = fields.Char(string="Remark")

    _product_uniq = models.UniqueIndex(
        "(plan_id, product_id)", "A product stands on a demand plan once."
    )

    @api.depends("product_id", "plan_id")
    def _compute_expected_week_sales(self):
        for plan, lines in self.grouped("plan_id").items():
            # what a region sells is told to those who see its plan
            seen = plan._origin.sudo(False).has_access("read")
            sales = (
                plan._origin._find_week_sales().get(plan._origin, {}) if seen else {}
            )
            for line in lines:
                product = line.product_id._origin.id
                line.expected_week_sales = max(sales.get(product, 0.0), 0.0)

    @api.constrains("expected_week_sales")
    def _check_expected_week_sales(self):
        if wrong := self.filtered(lambda line: line.expected_week_sales < 0):
            raise ValidationError(
                self.env._(
                    "%s: what is expected to be sold is not less than nothing.",
                    ", ".join(wrong.mapped("product_id.display_name")),
                )
            )

    # -- entering ----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.plan_id._check_region()
        # what is looked at is the engine's, whoever enters
        lines.plan_id.sudo()._evaluate()
        return lines

    def write(self, vals):
        if not self.env.su:
            self.plan_id._check_region()
        result = super().write(vals)
        if vals.keys() & {"product_id", "quantity", "expected_week_sales"}:
            self.plan_id.sudo()._evaluate()  # as above
        return result

    def unlink(self):
        plans = self.plan_id
        if not self.env.su:
            plans._check_open()
            plans._check_region()
        result = super().unlink()
        plans.sudo()._evaluate()  # as above
        return result

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Of a demand people enter product, quantity, expected sales and a remark; "
            "stock, caps and what is on order follow."
        )

    def _spell(self):
        """Return one line in words."""
        quantity = self.product_id.uom_id._spell_with_unit(self.quantity)
        return f"{self.product_id.display_name} · {quantity}"

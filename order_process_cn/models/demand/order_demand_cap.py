from odoo import api, fields, models
from odoo.exceptions import ValidationError

TOTAL, MODEL = "total", "model"


class OrderDemandCap(models.Model):
    """合理库存, 库存上限: what a region may hold, of everything together and of one
    model (PLN-3). One of the region's own goes before one for every region.

    A demand has to be smaller than its cap − what is on order + one week's expected
    sales [002 P10 2].
    """

    _name = "order.demand.cap"
    _inherit = ["order.config.mixin"]
    _description = "Stock Cap"
    _order = "scope desc, team_id, product_tmpl_id, id"
    _check_company_auto = True

    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Region",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: every region that has no cap of its own, each for itself.",
    )
    scope = fields.Selection(
        [(TOTAL, "Reasonable Stock in Total"), (MODEL, "Stock Cap of a Model")],
        string="Kind of Cap",
        required=True,
        default=MODEL,
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Model",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    quantity = fields.Float(string="Cap", digits="Product Unit", required=True)
    plan_kind = fields.Selection(
        [("month", "Of Months"), ("week", "Of Weeks"), ("both", "Of Months and Weeks")],
        string="Holds Plans",
        required=True,
        default="both",
    )

    _quantity_positive = models.Constraint(
        "CHECK(quantity >= 0)", "A cap is not less than nothing."
    )
    _cap_uniq = models.UniqueIndex(
        "(company_id, COALESCE(team_id, 0), scope, COALESCE(product_tmpl_id, 0), "
        "plan_kind) WHERE active",
        "There is such a cap for this region already.",
    )

    @api.constrains("scope", "product_tmpl_id")
    def _check_scope(self):
        if any((cap.scope == MODEL) != bool(cap.product_tmpl_id) for cap in self):
            raise ValidationError(
                self.env._(
                    "The cap of a model names the model, reasonable stock in total "
                    "names none."
                )
            )

    @api.depends("scope", "team_id", "product_tmpl_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["scope"]._description_selection(self.env))
        for cap in self:
            names = (
                cap.product_tmpl_id.display_name or kinds.get(cap.scope),
                cap.team_id.display_name,
            )
            cap.display_name = " · ".join(filter(None, names))

    @api.model
    def _find_for(self, plans):
        """Return ``{(company, team, kind, model or False): quantity}`` of what holds
        these plans. One query."""
        # a cap holds whether or not whoever plans may see it
        caps = self.sudo().search(
            [
                ("company_id", "in", plans.company_id.ids),
                ("team_id", "in", [False, *plans.team_id.ids]),
            ]
        )
        kinds = {"both": ("month", "week")}
        # what is for every region first: a region's own takes its place
        general = {
            (cap.company_id, kind, cap.product_tmpl_id.id): cap.quantity
            for cap in caps
            if not cap.team_id
            for kind in kinds.get(cap.plan_kind, (cap.plan_kind,))
        }
        found = {}
        for plan in plans:
            for (company, kind, model), quantity in general.items():
                if company == plan.company_id:
                    found[company, plan.team_id, kind, model] = quantity
        for cap in caps.filtered("team_id"):
            for kind in kinds.get(cap.plan_kind, (cap.plan_kind,)):
                key = (cap.company_id, cap.team_id, kind, cap.product_tmpl_id.id)
                found[key] = cap.quantity
        return found

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..intake.classification import get_order_type
from ..mechanism.memory import remembered
from .order_payment_step_mixin import DEPOSIT, EFFECT, PERCENT, REST, SHIP


class OrderPaymentPlan(models.Model):
    """收款计划 (DEP-8): in which steps orders of a type or with some payment terms are
    paid, and what each step opens. The first one that fits an order is frozen on it
    when it is submitted, see ``order.payment.step``."""

    _name = "order.payment.plan"
    _inherit = ["order.in.force.mixin", "order.company.mixin"]
    _description = "Payment Plan"
    _order = "sequence, id"
    _check_company_auto = True
    # a branch follows the plans of the company it belongs to
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(
        default=10, help="When several plans fit an order, the first one applies."
    )
    order_type_ids = fields.Many2many(
        "order.type",
        string="Order Types",
        help="Leave empty for every type.",
    )
    # a term that is deleted would leave a plan for all of them
    payment_term_ids = fields.Many2many(
        "account.payment.term",
        string="Payment Terms",
        ondelete="restrict",
        help="Only orders with these payment terms. Leave empty for all.",
    )
    deposit_rule_id = fields.Many2one(
        "order.deposit.rule",
        check_company=True,
        ondelete="restrict",
        help="Says how much deposit the orders of this plan need, whichever rule would "
        "fit them otherwise; it need not be switched on. Leave empty for the rule that "
        "fits.",
    )
    line_ids = fields.One2many(
        "order.payment.plan.line", "plan_id", string="Steps", copy=True
    )
    note = fields.Text(string="Remark", translate=True)

    @api.model
    def _get_narrowing_fields(self):
        return ["order_type_ids"]

    # -- checks ------------------------------------------------------------------------

    @api.constrains("active", "line_ids", "order_type_ids")
    def _check_steps(self):
        problems = [
            f"{plan.name}: {problem}"
            for plan in self.filtered("active")
            for problem in plan._find_problems()
        ]
        if problems:
            raise ValidationError("\n".join(problems))

    def _find_problems(self):
        """Return in words what is wrong with the steps of one plan."""
        self.ensure_one()
        lines, problems = self.line_ids, []
        if len(lines.filtered(lambda line: line.method == REST)) != 1:
            problems.append(self.env._("exactly one step takes the rest of the total"))
        shares = lines.filtered(lambda line: line.method == PERCENT)
        if sum(shares.mapped("percent")) > 100:
            problems.append(self.env._("the shares are more than the total"))
        if any(
            (line.opens == EFFECT) != (line.method == DEPOSIT)
            or (line.method == DEPOSIT and line != lines[0])
            for line in lines
        ):
            problems.append(
                self.env._(
                    "the first step, as the deposit rule says, lets an order take "
                    "effect, and no other"
                )
            )
        # not what is remembered: the switch may be written at this moment
        types = self.with_context(active_test=False).order_type_ids
        guarded = types and all(kind.asks_shipping_release for kind in types)
        if SHIP in lines.mapped("opens") and not guarded:
            problems.append(
                self.env._(
                    "a step that opens shipping needs order types that all ask for "
                    "shipping releases"
                )
            )
        return problems

    # -- which plan applies ------------------------------------------------------------

    @api.model
    def _company_domain(self, company_id):
        # which company a branch belongs to is known to everybody
        company = self.env["res.company"].sudo().browse(company_id)
        return [("company_id", "in", [False, *company.parent_ids.ids])]

    @api.model
    @remembered
    def _compiled_plans(self, company_id):
        """Return the plans of a company as plain data, in order of preference. Callers
        must not change them."""
        return [
            {
                "plan": plan.id,
                "rule": plan.deposit_rule_id.id,
                "types": frozenset(plan._ids_in("order_type_ids")),
                "terms": frozenset(
                    plan.with_context(active_test=False).payment_term_ids.ids
                ),
            }
            for plan in self.search(self._company_domain(company_id))
        ]

    @api.model
    @remembered
    def _is_used(self):
        """Whether there can be orders with a plan: one is or was in use."""
        plans = self.with_context(active_test=False)
        return bool(plans.search_count([("in_force_since", "!=", False)], limit=1))

    @api.model
    def _find_for(self, orders):
        """Return ``{order: compiled plan}`` for the orders that one fits. Costs no
        query in companies without plans."""
        found = {}
        for company, own in orders.grouped("company_id").items():
            for compiled in self._compiled_plans(company.id):
                for order in own:
                    if order not in found and self._fits(compiled, order):
                        found[order] = compiled
        return found

    @api.model
    def _fits(self, compiled, order):
        """Whether a compiled plan applies to one order."""
        if compiled["terms"] and order.payment_term_id.id not in compiled["terms"]:
            return False
        return not compiled["types"] or get_order_type(order).id in compiled["types"]

    # -- freezing ----------------------------------------------------------------------

    def _freeze_on(self, order):
        """Make the steps of one order what this plan, none or one, says now."""
        order.ensure_one()
        wanted = [line._prepare_step(order) for line in self.line_ids]
        steps = order.payment_step_ids
        if order.payment_plan_id == self and steps._read_terms() == wanted:
            return
        steps.unlink()
        order.payment_plan_id = self
        steps.create([{"order_id": order.id, **values} for values in wanted])
        order._mark_for_recheck("money")

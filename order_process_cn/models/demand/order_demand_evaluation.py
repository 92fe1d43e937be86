from collections import defaultdict

from odoo import models

from ..mechanism.order_condition_mixin import Condition
from .figures import find_on_order, find_week_sales
from .order_demand_plan import ABOVE, COUNTS, DRAFT, HANDED

DECIDES = "order_process_cn.order_group_demand"


class OrderDemandPlan(models.Model):
    """Demand compared with the stock caps [002 P10 2] and with the plan of which it is
    a part: the same few queries for any number of plans and lines."""

    _inherit = "order.demand.plan"

    def _evaluate(self):
        """Look at these open superuser plans, and note on them and their lines what
        they were compared with."""
        plans = self.filtered(lambda plan: plan.state == DRAFT)
        if not plans:
            return
        caps = self.env["order.demand.cap"]._find_for(plans)
        on_order = find_on_order(self.env, plans.company_id, plans.team_id)
        sales = plans._find_week_sales()
        stock = plans._find_stock()
        left = plans._find_remainders()
        for plan in plans:
            figures = {
                "caps": {
                    model: quantity
                    for (company, team, kind, model), quantity in caps.items()
                    if (company, team, kind)
                    == (plan.company_id, plan.team_id, plan.kind)
                },
                "on_order": on_order.get((plan.company_id.id, plan.team_id.id), {}),
                "sales": sales.get(plan, {}),
                "stock": stock[plan.company_id],
                "left": left.get(plan),
            }
            plan._note_figures(**figures)

    def _note_figures(self, caps, on_order, sales, stock, left):
        """Write what one plan was compared with.

        :param dict caps: ``{model id, or False for the total: quantity}``
        :param dict on_order, sales, stock: ``{product id: quantity}``
        :param left: the same of the plan above, ``None`` where there is none
        """
        for lines in self.line_ids.grouped("product_tmpl_id").values():
            model = lines.product_tmpl_id
            cap = caps.get(model.id)
            ordered = sum(on_order.get(v, 0.0) for v in model.product_variant_ids.ids)
            limit = (cap or 0.0) - ordered + sum(lines.mapped("expected_week_sales"))
            verdict = self._judge(model.uom_id, lines, cap, limit)
            for line in lines:
                product = line.product_id
                rest = 0.0 if left is None else left.get(product.id, 0.0)
                exceeds = left is not None and (
                    product.uom_id.compare(line.quantity, rest) > 0
                )
                line.write(
                    {
                        "week_sales": sales.get(product.id, 0.0),
                        "stock_qty": stock.get(product.id, 0.0),
                        "cap_qty": cap or 0.0,
                        "on_order_qty": ordered,
                        "limit_qty": limit if cap is not None else 0.0,
                        "verdict": verdict,
                        "remainder": rest,
                        "exceeds_plan": exceeds,
                    }
                )
        self._note_total(caps, on_order, sales)

    def _note_total(self, caps, on_order, sales):
        lines, cap = self.line_ids, caps.get(False)
        planned = {*lines.product_id.ids}
        expected = sum(lines.mapped("expected_week_sales")) + sum(
            max(quantity, 0.0)
            for product, quantity in sales.items()
            if product not in planned
        )
        ordered = sum(on_order.values())
        limit = (cap or 0.0) - ordered + expected
        unit = lines.product_id.uom_id[:1] or self.env.ref("uom.product_uom_unit")
        verdict = self._judge(unit, lines, cap, limit)
        self.write(
            {
                "total_quantity": sum(lines.mapped("quantity")),
                "total_cap": cap or 0.0,
                "total_on_order": ordered,
                "total_week_sales": expected,
                "total_limit": limit if cap is not None else 0.0,
                "total_verdict": verdict,
                "is_over": verdict == "over"
                or "over" in lines.mapped("verdict")
                or any(lines.mapped("exceeds_plan")),
            }
        )

    def _judge(self, unit, lines, cap, limit):
        """Return whether the demand of ``lines`` is below ``limit``: smaller, not the
        same. [002 P10 2]"""
        if cap is None:
            return "none"
        demand = sum(lines.mapped("quantity"))
        return "over" if demand and unit.compare(demand, limit) >= 0 else "ok"

    # -- what they are compared with ---------------------------------------------------

    def _find_week_sales(self):
        """Return ``{plan: {product id: quantity}}``: what the regions of these plans
        sell in a week, on average."""
        cycles = self.env["order.demand.cycle"]
        proposed = cycles.default_get(["sales_weeks"])["sales_weeks"]
        found = {}
        for key, plans in self.grouped(lambda p: (p.company_id, p.kind)).items():
            weeks = cycles._find_for(*key).sales_weeks or proposed
            sales = find_week_sales(self.env, plans.company_id, plans.team_id, weeks)
            for plan in plans:
                found[plan] = sales.get((plan.company_id.id, plan.team_id.id), {})
        return found

    def _find_stock(self):
        """Return ``{company: {product id: quantity on hand}}``."""
        found = {}
        for company, plans in self.grouped("company_id").items():
            products = plans.line_ids.product_id.with_company(company)
            # stock of its own warehouses, whatever the caller works in
            products = products.with_context(allowed_company_ids=company.ids)
            found[company] = {p.id: p.qty_available for p in products}
        return found

    def _find_above(self):
        """Return ``{plan: the plan of which it is a part}``, as far as one counts: the
        month in which a week begins, the week of a day."""
        kinds = {ABOVE[plan.kind] for plan in self if plan.kind in ABOVE}
        if not kinds:
            return {}
        # of the region of these plans: what they are parts of
        above = self.sudo().search(
            [
                ("company_id", "in", self.company_id.ids),
                ("team_id", "in", self.team_id.ids),
                ("kind", "in", [*kinds]),
                ("state", "=", COUNTS),
                ("date_from", "<=", max(self.mapped("date_from"))),
                ("date_to", ">=", min(self.mapped("date_from"))),
            ]
        )
        places = above.grouped(lambda p: (p.company_id, p.team_id, p.kind))
        found = {}
        for plan in self.filtered(lambda p: p.kind in ABOVE):
            near = places.get((plan.company_id, plan.team_id, ABOVE[plan.kind]), above)
            mine = near.filtered(
                lambda other, p=plan: (
                    other.kind == ABOVE[p.kind]
                    and (other.company_id, other.team_id) == (p.company_id, p.team_id)
                    and other.date_from <= p.date_from <= other.date_to
                )
            )
            if mine:
                found[plan] = mine[:1]
        return found

    def _find_remainders(self):
        """Return ``{plan: {product id: quantity}}``: what is left of the plans above
        for each of these, less what others that are handed in have taken."""
        above = self._find_above()
        if not above:
            return {}
        uppers = self.browse().union(*above.values())
        # the same region: what others have taken of it counts, whoever may see it
        others = self.sudo().search(
            [
                ("company_id", "in", self.company_id.ids),
                ("team_id", "in", self.team_id.ids),
                ("kind", "in", [*{plan.kind for plan in above}]),
                ("state", "in", [HANDED, COUNTS]),
                ("date_from", ">=", min(uppers.mapped("date_from"))),
                ("date_from", "<=", max(uppers.mapped("date_to"))),
            ]
        )
        upper_of = others._find_above()
        taken = defaultdict(lambda: defaultdict(float))
        for line in others.line_ids:
            taken[upper_of.get(line.plan_id)][line.product_id.id] += line.quantity
        return {
            plan: {
                line.product_id.id: line.quantity
                - taken[upper][line.product_id.id]
                + sum(
                    own.quantity
                    for own in (plan.line_ids if plan in others else ())
                    if own.product_id == line.product_id
                )
                for line in upper.line_ids
            }
            for plan, upper in above.items()
        }

    # -- in words ----------------------------------------------------------------------

    def _condition_caps(self):
        """What exceeds something is approved before a plan counts: by its review, or
        where no route applies by whoever holds the right. [PLN-3]"""
        concerned = self.filtered("is_over")
        concerned -= concerned._filtered_reviewed()
        label = self.env._("What exceeds caps or plans is approved")
        owner = self.env["res.users"]
        return {
            plan: Condition(
                "caps",
                label,
                bool(plan.approved_by_id),
                lambda p=plan: owner._spell_holders(DECIDES, p.company_id),
                lambda p=plan: "; ".join(p._spell_excess()),
            )
            for plan in concerned
        }

    def _filtered_reviewed(self):
        """Return those of these plans on which a review decides."""
        routes = self._get_review_routes()
        under_way = {"running", "approved", "declined"}
        return self.filtered(
            lambda plan: plan.review_state in under_way or routes[plan]
        )

    def _spell_excess(self):
        """Return in words, with the numbers, what one plan exceeds."""
        self.ensure_one()
        found = []
        if self.total_verdict == "over":
            unit = self.line_ids.product_id.uom_id[:1]
            found.append(
                self._spell_over(
                    self.env._("Total demand"),
                    unit,
                    self.total_quantity,
                    self.total_cap,
                    self.total_on_order,
                    self.total_week_sales,
                    self.total_limit,
                )
            )
        over = self.line_ids.filtered(lambda line: line.verdict == "over")
        for lines in over.grouped("product_tmpl_id").values():
            found.append(
                self._spell_over(
                    lines.product_tmpl_id.display_name,
                    lines.product_id.uom_id[:1],
                    sum(lines.mapped("quantity")),
                    lines[0].cap_qty,
                    lines[0].on_order_qty,
                    sum(lines.mapped("expected_week_sales")),
                    lines[0].limit_qty,
                )
            )
        return found + [
            self.env._(
                "%(product)s: %(needed)s needed, %(left)s left in the plan above",
                product=line.product_id.display_name,
                needed=line.product_uom_id._spell_quantity(line.quantity),
                left=line.product_uom_id._spell_quantity(line.remainder),
            )
            for line in self.line_ids.filtered("exceeds_plan")
        ]

    def _spell_over(self, name, unit, demand, cap, ordered, expected, limit):
        spell = unit._spell_quantity
        return self.env._(
            "%(name)s %(demand)s is not below %(limit)s = cap %(cap)s − on order "
            "%(ordered)s + a week's sales %(expected)s",
            name=name,
            demand=spell(demand),
            limit=spell(limit),
            cap=spell(cap),
            ordered=spell(ordered),
            expected=spell(expected),
        )

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_round

from ..mechanism.engine import public_act, take_turns
from .order_demand_cycle import MONTH, WEEK
from .order_demand_plan import COUNTS, DAY, DRAFT

PARTS = {MONTH: WEEK, WEEK: DAY}


class OrderDemandPlan(models.Model):
    """Month → week → day → shipment plan (PLN-6): what counts is spread over the parts
    of the period by their working days; what is changed there is compared with it.

    A week belongs to the month in which it begins.
    """

    _inherit = "order.demand.plan"

    @public_act
    def action_break_down(self):
        """Propose the plans of the weeks of these months, or of the days of these
        weeks. What somebody has filled in already stays as it is.

        :return: the action that shows them
        :raise UserError: a plan that does not count yet, or is one of a day
        """
        self.check_access("write")
        self._check_region()
        plans = self.sudo()  # checked as the caller, written by the engine
        take_turns(plans)
        parts = plans.browse()
        for plan in plans:
            parts |= plan._break_down()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_demand_plan_action"
        )
        return {**action, "context": {}, "domain": [("id", "in", parts.ids)]}

    def _break_down(self):
        """Return the plans of the parts of one plan, made or filled where empty."""
        self.ensure_one()
        kind = PARTS.get(self.kind)
        days = self._find_parts()
        if self.state != COUNTS or not kind or not days:
            raise UserError(
                self.env._(
                    "%s cannot be divided: the plan of a month or a week is, once it "
                    "counts, over days on which somebody works.",
                    self.display_name,
                )
            )
        same = [
            ("company_id", "=", self.company_id.id),
            ("team_id", "=", self.team_id.id),
        ]
        there = self.search([*same, ("kind", "=", kind), ("date_from", "in", [*days])])
        known = {plan.date_from: plan for plan in there}
        now = fields.Datetime.now()
        shares = self._share_out([*days.values()])
        for (day, _weight), lines in zip(days.items(), shares, strict=True):
            plan = known.get(day) or self.create(
                {
                    "company_id": self.company_id.id,
                    "team_id": self.team_id.id,
                    "kind": kind,
                    "date_from": day,
                }
            )
            if plan not in there and plan.due_at and plan.due_at < now:
                plan.due_at = False  # it is made of what was handed in
            if plan.state == DRAFT and not plan.line_ids:
                plan.line_ids = [Command.create(values) for values in lines]
            known[day] = plan
        return self.browse().union(*known.values())

    def _find_parts(self):
        """Return ``{first day: working days}`` of the parts of one plan."""
        length = (self.date_to - self.date_from).days + 1
        days = [self.date_from + timedelta(days=n) for n in range(length)]
        works = self.company_id._is_working_day
        if self.kind == WEEK:
            return {day: 1 for day in days if works(day)}
        mondays = [day for day in days if day.weekday() == 0]
        counts = {
            monday: sum(works(monday + timedelta(days=n)) for n in range(7))
            for monday in mondays
        }
        return {monday: count for monday, count in counts.items() if count}

    def _share_out(self, weights):
        """Return the values of the lines of each part: shares by ``weights`` that add
        up to what is planned."""
        precision = self.env["decimal.precision"].precision_get("Product Unit")
        parts = [[] for _weight in weights]
        for line in self.line_ids:
            given, passed = 0.0, 0
            # whole pieces stay whole pieces
            digits = 0 if line.quantity.is_integer() else precision
            for part, weight in zip(parts, weights, strict=True):
                passed += weight
                upto = float_round(
                    line.quantity * passed / sum(weights), precision_digits=digits
                )
                part.append(
                    {
                        "product_id": line.product_id.id,
                        "sequence": line.sequence,
                        "quantity": max(upto - given, 0.0),
                        "expected_week_sales": line.expected_week_sales,
                    }
                )
                given = upto
        return parts

    @public_act
    def action_make_shipment_plan(self):
        """Make the shipment plan (F33) of one week or day that counts: what is open and
        promised by then, as far as it is planned and the caller sees the orders.

        :return: the action that shows it, the one that is there already if there is
        :raise UserError: it does not count, or is a plan of a month
        """
        self.ensure_one()
        self.check_access("write")
        self._check_region()
        take_turns(self)
        if self.state != COUNTS or self.kind == MONTH:
            raise UserError(
                self.env._(
                    "%s: goods are shipped by the plan of a week or a day that counts.",
                    self.display_name,
                )
            )
        values = {
            "kind": self.kind,
            "team_id": self.team_id.id,
            "date_from": self.date_from,
        }
        shipments = self.env["order.shipment.plan"].with_company(self.company_id)
        shipment = shipments.search(
            [
                *((name, "=", value) for name, value in values.items()),
                ("company_id", "=", self.company_id.id),
                ("state", "!=", "cancel"),
            ],
            limit=1,
        )
        if not shipment:
            shipment = shipments.create(values)
            lines = self._limit_shipments(shipment._find_open())
            shipment.line_ids = [Command.create(line) for line in lines]
        return {
            "type": "ir.actions.act_window",
            "res_model": shipment._name,
            "res_id": shipment.id,
            "views": [(False, "form")],
        }

    def _limit_shipments(self, rows):
        """Return those of the open shipments ``rows`` that are planned, the first ones
        first, none of a product beyond what is needed."""
        left = {line.product_id: line.quantity for line in self.line_ids}
        found = []
        for row in rows:
            line = self.env["sale.order.line"].browse(row["order_line_id"])
            product, unit = line.product_id, line.product_uom_id
            rest = product.uom_id._compute_quantity(left.get(product, 0.0), unit)
            quantity = min(rest, row["quantity"])
            if unit.compare(quantity, 0) > 0:
                left[product] -= unit._compute_quantity(quantity, product.uom_id)
                found.append({**row, "quantity": quantity})
        return found

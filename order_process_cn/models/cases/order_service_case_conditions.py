from odoo import models

from ..mechanism.order_condition_mixin import Condition
from .case_states import COMPLAINT, INSTALLATION, REFUND, REPLACE
from .guard import may_have_case


class OrderServiceCase(models.Model):
    """What each step of a service case waits for (AFS-1, AFS-2)."""

    _inherit = "order.service.case"

    def _get_condition_providers(self):
        providers = super()._get_condition_providers()
        asked = [self._condition_order, self._condition_given, self._condition_quantity]
        return {
            **providers,
            # who signs is asked afterwards
            "request": asked,
            "approve": [*providers["approve"], *asked],
            "collect": [*providers["collect"], *asked, self._condition_with_goods],
            "settle": [
                *providers["settle"],
                self._condition_collected,
                self._condition_inspected,
                self._condition_decided,
                self._condition_growth,
                self._condition_answered,
            ],
        }

    def _name_transition(self, transition):
        names = {
            "request": self.env._("Request"),
            "approve": self.env._("Approve"),
            "collect": self.env._("Collect the Goods"),
            "settle": self.env._("Settle"),
        }
        return names.get(transition) or super()._name_transition(transition)

    def _get_next_transition(self):
        found = super()._get_next_transition()
        if found == "collect" and not self.with_goods:
            return "settle"
        return found

    def _name_owner(self):
        return self.owner_id.name or self.env._("Sales")

    def _get_chosen(self):
        return self.line_ids.filtered(lambda line: line._is_chosen())

    def _condition_order(self):
        label = self.env._("Order in effect")
        return {
            case: Condition(
                "order", label, may_have_case(case.order_id), case._name_owner
            )
            for case in self
        }

    def _condition_given(self):
        """Whoever decides knows what happened."""
        label = self.env._("Reason and what happened")
        return {
            case: Condition(
                "given",
                label,
                bool(case.reason_id and (case.description or "").strip()),
                case._name_owner,
            )
            for case in self
        }

    def _condition_quantity(self):
        """Goods come back that were delivered and are not back, and nobody else asks
        for."""
        label = self.env._("Quantities")
        conditions = {}
        for case in self.filtered("with_goods"):
            problems = case._find_quantity_problems()
            conditions[case] = Condition(
                "quantity",
                label,
                not problems,
                case._name_owner,
                "; ".join(problems),
            )
        return conditions

    def _find_quantity_problems(self):
        """Return what is wrong with the quantities of one case, in words."""
        chosen = self._get_chosen()
        if not chosen:
            return [self.env._("enter how much comes back")]
        # what others have asked for since is not in the cache
        chosen.invalidate_recordset(["open_qty", "received_qty"])
        problems = []
        for (_line, product), own in chosen.grouped(
            lambda line: (line.order_line_id, line.product_id)
        ).items():
            wanted = sum(own.mapped("quantity"))
            if product.uom_id.compare(wanted, own[0].open_qty) > 0:
                problems.append(
                    self.env._(
                        "%(product)s: at most %(open)s may come back",
                        product=product.display_name,
                        open=product.uom_id._spell_with_unit(max(own[0].open_qty, 0)),
                    )
                )
        return problems

    def _condition_with_goods(self):
        label = self.env._("Goods come back with this kind of case")
        return {
            case: Condition("kind", label, False, case._name_owner)
            for case in self
            if not case.with_goods
        }

    def _condition_collected(self):
        label = self.env._("Goods are back")
        return {
            case: Condition(
                "collected", label, case._has_goods_back(), self.env._("Warehouse")
            )
            for case in self.filtered("with_goods")
        }

    def _condition_inspected(self):
        """Nothing is refunded or replaced before somebody has looked at the goods."""
        label = self.env._("Goods are inspected")
        return {
            case: Condition(
                "inspected", label, case._is_inspected(), self.env._("Quality")
            )
            for case in self.filtered("with_goods")
        }

    def _condition_decided(self):
        """It is said of all goods what becomes of them; of kits whole ones are refunded
        and replaced."""
        label = self.env._("What becomes of the goods")
        conditions = {}
        for case in self.filtered("with_goods"):
            problems = [
                self.env._("%s: decide", line.display_name)
                for line in case._get_came_back()
                if not line.decision
            ] + case._find_broken_kits()
            conditions[case] = Condition(
                "decided", label, not problems, case._name_owner, "; ".join(problems)
            )
        return conditions

    def _find_broken_kits(self):
        """Return in words the kits of which only parts would be refunded or
        replaced."""
        problems = []
        for decision in (REFUND, REPLACE):
            own = self._get_came_back().filtered(
                lambda li, d=decision: li.decision == d
            )
            for line in own.order_line_id:
                if line.product_id in own.product_id:
                    continue
                if not self._get_kits_back(line, decision).is_whole:
                    problems.append(
                        self.env._(
                            "%s: of a kit all parts are refunded or replaced, or none",
                            line.product_id.display_name,
                        )
                    )
        return problems

    def _condition_growth(self):
        """What is sent in place of something is launched by the order, as it grows."""
        replacing = self.filtered(
            lambda case: REPLACE in case._get_came_back().mapped("decision")
        )
        found = replacing._forward_conditions("effect_growth", "order_id")
        return {case: conditions for case, conditions in found.items() if conditions}

    def _condition_answered(self):
        """A complaint ends with an answer, work at the customer's with what was
        done."""
        label = self.env._("Answer to the Customer")
        return {
            case: Condition(
                "answered",
                label,
                bool((case.answer_text or "").strip()),
                case._name_owner,
            )
            for case in self
            if case.kind in {COMPLAINT, INSTALLATION}
        }

    # -- what a review asks about it ---------------------------------------------------

    def _get_review_head(self):
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        facts = [
            (self.env._("What It Is About"), kinds[self.kind]),
            (self.env._("Reason"), self.reason_id.name or ""),
        ]
        if self.case_contact:
            facts.append((self.env._("Contact of the Case"), self.case_contact))
        return [*super()._get_review_head(), *facts]

    def _get_review_lines(self):
        self.ensure_one()
        told = [line._spell() for line in self._get_chosen()]
        return [*told, *filter(None, [self.description])]

    def _get_review_amount(self):
        """Return what the goods of one case were sold for, in the company's money."""
        total = 0.0
        for line in self._get_chosen():
            sold = line.order_line_id
            if sold.product_id == line.product_id and sold.product_uom_qty:
                unit, ordered = sold.product_uom_id, sold.product_uom_qty
                ordered = unit._compute_quantity(ordered, line.product_uom_id)
                total += sold.price_total * line.quantity / ordered
        return total / (self.order_id.currency_rate or 1.0)

    def _is_fact_line(self, values):
        return values["quantity"] > 0

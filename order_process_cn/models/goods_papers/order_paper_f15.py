from odoo import models

from ...tools.paper_blocks import Column, Facts, Table


class OrderPaperF15(models.AbstractModel):
    """周/月产品需求计划表 (F15): what a region needs, and what it was compared with.
    [002 P10 2, 6.4]"""

    _name = "order.paper.f15"
    _inherit = ["order.paper"]
    _description = "Demand Plan"

    _code = "F15"

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        plan = doc.sudo()  # whoever may read a plan may read all of its paper
        columns = self._get_columns()
        return [
            Facts(self._get_plan_head(plan)),
            Table(
                [column for column, _spell in columns],
                [
                    [spell(number, line) for _column, spell in columns]
                    for number, line in enumerate(plan.line_ids, start=1)
                ],
            ),
            Facts(self._get_total(plan)),
            *self._get_countersign(doc._get_form_seats() or self._get_people(plan)),
        ]

    def _get_plan_head(self, plan):
        timeliness = dict(plan._fields["timeliness"]._description_selection(self.env))
        facts = [
            *plan._get_review_head(),
            (self.env._("Due at"), plan._spell_moment(plan.due_at)),
            (self.env._("Timeliness"), timeliness[plan.timeliness]),
        ]
        if plan.note:
            facts.append((self.env._("Remark"), plan.note))
        return facts

    def _get_total(self, plan):
        """Return the formula of the total with its numbers. [002 P10 2]"""
        spell = (
            plan.line_ids.product_id.uom_id[:1] or self.env.ref("uom.product_uom_unit")
        )._spell_quantity
        facts = [(self.env._("Total Demand"), spell(plan.total_quantity))]
        if plan.total_verdict == "none":
            return [*facts, (self.env._("Reasonable Stock"), self.env._("No Cap Set"))]
        verdicts = dict(plan._fields["total_verdict"]._description_selection(self.env))
        return [
            *facts,
            (self.env._("Reasonable Stock"), spell(plan.total_cap)),
            (self.env._("On Order in Total"), spell(plan.total_on_order)),
            (
                self.env._("Expected Sales of a Week in Total"),
                spell(plan.total_week_sales),
            ),
            (self.env._("Limit in Total"), spell(plan.total_limit)),
            (self.env._("Cap Kept"), verdicts[plan.total_verdict]),
        ]

    def _get_columns(self):
        """Return ``[(column, function of number and line)]``."""

        def count(name):
            return lambda _number, line: line.product_uom_id._spell_quantity(line[name])

        def capped(name):
            return lambda _number, line: (
                "–"
                if line.verdict == "none"
                else line.product_uom_id._spell_quantity(line[name])
            )

        return [
            (Column(self.env._("Item"), 6, "center"), lambda number, _line: number),
            (Column(self.env._("Product"), 24), lambda _n, line: self._spell(line)),
            (Column(self.env._("Needed"), 10, "end"), count("quantity")),
            (
                Column(self.env._("Unit"), 7, "center"),
                lambda _n, line: line.product_uom_id.name,
            ),
            (Column(self.env._("Stock on Hand"), 10, "end"), count("stock_qty")),
            (Column(self.env._("Stock Cap"), 10, "end"), capped("cap_qty")),
            (Column(self.env._("On Order"), 10, "end"), count("on_order_qty")),
            (
                Column(self.env._("Expected Sales of a Week"), 10, "end"),
                count("expected_week_sales"),
            ),
            (Column(self.env._("Cap Kept"), 13), lambda _n, line: self._judge(line)),
        ]

    def _spell(self, line):
        product = [line.product_id.display_name]
        return [*product, line.note] if line.note else product

    def _judge(self, line):
        verdicts = dict(line._fields["verdict"]._description_selection(self.env))
        words = [verdicts[line.verdict]]
        if line.verdict != "none":
            limit = line.product_uom_id._spell_quantity(line.limit_qty)
            words.append(self.env._("below %s", limit))
        if line.exceeds_plan:
            rest = line.product_uom_id._spell_quantity(line.remainder)
            words.append(self.env._("more than is left: %s", rest))
        return words

    def _get_people(self, plan):
        """Return the boxes: the region, and who approved what exceeds something."""
        boxes = [
            self._get_box(
                self.env._("Region"),
                plan.handed_by_id.name,
                self.env._("Handed In") if plan.handed_on else "",
                plan._spell_moment(plan.handed_on),
            )
        ]
        if plan.is_over:
            boxes.append(
                self._get_box(
                    self.env._("Excess Approved by"),
                    plan.approved_by_id.name,
                    self.env._("Excess Approved") if plan.approved_on else "",
                    plan._spell_moment(plan.approved_on),
                )
            )
        else:
            boxes.append(self._get_box(self.env._("Sales"), ""))
        return boxes

from odoo import models

from ...tools.paper_blocks import Column, Facts, Row, Table


class OrderPaperF06(models.AbstractModel):
    """Production plan (F06): what is made when and where, for the workshop head, the
    dispatcher, the warehouse and inspection; urgent in red, no prices. [MFG-4]"""

    _name = "order.paper.f06"
    _inherit = ["order.paper"]
    _description = "Production Plan"

    _code = "F06"

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        plan = doc.sudo()  # whoever may read a plan may read all of its paper
        return [
            Facts(self._get_plan_head(plan)),
            Table(
                [
                    Column(self.env._("Item"), 5, "center"),
                    Column(self.env._("Production Order"), 15),
                    Column(self.env._("Product"), 19),
                    Column(self.env._("Quantity"), 11, "end"),
                    Column(self.env._("Start"), 11, "center"),
                    Column(self.env._("End"), 11, "center"),
                    Column(self.env._("Work Centers"), 13),
                    Column(self.env._("Materials"), 8, "center"),
                    Column(self.env._("Priority"), 7, "center"),
                ],
                [
                    self._get_row(number, line)
                    for number, line in enumerate(plan.line_ids, start=1)
                ],
            ),
            *self._get_shifts(plan),
            *self._get_countersign(self._get_people(plan)),
        ]

    def _get_plan_head(self, plan):
        facts = [
            (self.env._("From"), plan._spell_date(plan.date_from)),
            (self.env._("To"), plan._spell_date(plan.date_to)),
        ]
        if plan.workcenter_ids:
            names = ", ".join(plan.workcenter_ids.mapped("name"))
            facts.append((self.env._("Work Centers"), names))
        if plan.replaces_id:
            before = plan.replaces_id.display_name
            facts.append((self.env._("Takes the Place of"), before))
        if plan.note:
            facts.append((self.env._("Remark"), plan.note))
        return facts

    def _get_row(self, number, line):
        field = line._fields["kit_state"]
        materials = dict(field._description_selection(self.env))
        urgent = line.is_urgent or line.priority == "1"
        name = [line.production_name, *filter(None, [line.origin])]
        product = [line.product_id.display_name, *filter(None, [line.remark])]
        return Row(
            [
                number,
                name,
                product,
                line.product_uom_id._spell_with_unit(line.quantity),
                line.plan_id._spell_moment(line.date_start),
                line.plan_id._spell_moment(line.date_finished),
                line.workcenters or "",
                materials.get(line.kit_state, ""),
                self.env._("Urgent") if urgent else self.env._("Normal"),
            ],
            # urgent in red, as everywhere
            "mark" if urgent else "",
        )

    def _get_shifts(self, plan):
        """Return who works when and where, if shifts are planned in these days."""
        rows = plan._find_roster().filtered(lambda row: not row.is_absent)
        if not rows:
            return []
        own = rows.grouped(lambda row: (row.date, row.workcenter_id, row.shift_id))
        return [
            Table(
                [
                    Column(self.env._("Date"), 15, "center"),
                    Column(self.env._("Work Center"), 22),
                    Column(self.env._("Shift"), 22),
                    Column(self.env._("People"), 41),
                ],
                [
                    Row(
                        [
                            plan._spell_date(day),
                            centre.name,
                            shift.display_name,
                            people._spell_people(),
                        ]
                    )
                    for (day, centre, shift), people in own.items()
                ],
            )
        ]

    def _get_people(self, plan):
        """Return the boxes: who made it, who has received which copy."""
        issues = self.env["order.form.issue"].sudo()  # what stands on this paper
        copies = issues.search(
            [("res_model", "=", plan._name), ("res_id", "=", plan.id)],
            order="copy_number",
        )
        given = self.env._("Given Out") if plan.issued_on else ""
        return [
            self._get_box(
                self.env._("Production"),
                plan.user_id.name,
                given,
                plan._spell_moment(plan.issued_on),
            ),
            *(
                self._get_box(
                    copy.copy_name,
                    copy.acknowledged_by_id.name,
                    self.env._("Received") if copy.acknowledged_on else "",
                    plan._spell_moment(copy.acknowledged_on),
                )
                for copy in copies.filtered("department_id")
            ),
        ]

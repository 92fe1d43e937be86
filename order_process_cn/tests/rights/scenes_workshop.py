from odoo import Command

from .scenes_common import Scene
from .scenes_shipping import ShippingScenes


class WorkshopScenes(ShippingScenes):
    """What the workshop does about its operations."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hand = cls.staff["workshop_hand"]

    def _operation(self):
        """Return an operation on which work may be reported."""
        workcenter = self.env["mrp.workcenter"].create({"name": "Assembly"})
        bom = self.env["mrp.bom"].create(
            {
                "product_tmpl_id": self.product.product_tmpl_id.id,
                "operation_ids": [
                    Command.create({"name": "Assemble", "workcenter_id": workcenter.id})
                ],
            }
        )
        production = self.env["mrp.production"].create(
            {"product_id": self.product.id, "product_qty": 10, "bom_id": bom.id}
        )
        production.action_confirm()
        return production.workorder_ids

    def _work_report(self):
        """Return what the hand has reported."""
        return (
            self.env["order.work.report"]
            .with_user(self.hand)
            ._record(self._operation().with_user(self.hand), quantity_good=4)
        )

    def _ask_work(self, **values):
        wizards = self.env["order.work.wizard"].with_user(self.hand)
        return Scene(self.hand, wizards.create(values))

    def scene_mrp_workorder__action_report_work(self):
        return Scene(self.hand, self._operation())

    def scene_mrp_workorder__action_view_work_reports(self):
        return Scene(self.hand, self._work_report().workorder_id)

    def scene_order_work_report__action_take_back(self):
        return Scene(self.hand, self._work_report())

    def scene_order_work_wizard__action_report(self):
        return self._ask_work(workorder_id=self._operation().id, quantity_good=4)

    def scene_order_work_wizard__action_take_back(self):
        report = self._work_report()
        return self._ask_work(cancels_id=report.id, remark="Counted twice")

    def _daily_report(self):
        """Return a report of today that says something."""
        self._work_report()
        return self.env["order.daily.report"].with_user(self.hand).create({})

    def scene_order_daily_report__action_fill(self):
        return Scene(self.hand, self._daily_report())

    def scene_order_daily_report__action_hand_in(self):
        return Scene(self.hand, self._daily_report())

    def _production_plan(self, issued=False):
        """Return a plan of one production order, being made or given out."""
        plan = (
            self.env["order.production.plan"]
            .with_user(self.hand)
            .create(
                {
                    "date_from": "2030-12-02",
                    "line_ids": [
                        Command.create(
                            {
                                "production_id": self._operation().production_id.id,
                                "date_start": "2030-12-02 01:00:00",
                                "date_finished": "2030-12-02 09:00:00",
                            }
                        )
                    ],
                }
            )
        )
        if issued:
            plan.action_issue()
        return plan

    def scene_order_production_plan__action_fill(self):
        plan = self._production_plan()
        plan.line_ids.production_id.copy()
        return Scene(self.hand, plan)

    def scene_order_production_plan__action_issue(self):
        return Scene(self.hand, self._production_plan())

    def scene_order_production_plan__action_revise(self):
        return Scene(self.hand, self._production_plan(issued=True))

    def scene_order_production_plan__action_view_roster(self):
        return Scene(self.hand, self._production_plan())

    def scene_order_shift_roster__action_repeat(self):
        centre = self.env["mrp.workcenter"].create({"name": "Lathe"})
        values = {
            "date": "2030-12-02",
            "workcenter_id": centre.id,
            "shift_id": self.env["order.shift"].create({"name": "Day"}).id,
            "operator_id": self.env["resource.resource"]
            .create({"name": "Chen", "resource_type": "user"})
            .id,
        }
        rosters = self.env["order.shift.roster"].with_user(self.hand)
        return Scene(self.hand, rosters.create(values))

    def scene_order_production_plan__action_close(self):
        return Scene(self.hand, self._production_plan(issued=True))

    def scene_order_production_plan__action_cancel(self):
        return Scene(self.hand, self._production_plan())

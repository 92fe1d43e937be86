from odoo import Command

from .scenes_common import Scene


class ProjectScenes:
    """What is done about projects."""

    def _project_order(self):
        """Return an order that has no plan yet, and who manages its project."""
        self.rule.active = False
        manager = self.staff["project_manager"]
        self.order_type.write(
            {"asks_project_plan": True, "project_manager_id": manager.id}
        )
        order = self._order()
        order.sudo().order_type_id = self.order_type
        order.action_confirm()
        return manager, order.sudo()

    def _project_plan(self, begun=True):
        """Return a plan of one step for which its manager answers."""
        manager, order = self._project_order()
        plan = order.project_plan_ids
        step = {
            "name": "Design",
            "responsible_id": manager.id,
            "date_begin": "2099-01-01",
            "date_end": "2099-01-02",
        }
        plan.write({"goal": "It runs", "step_ids": [Command.create(step)]})
        if begun:
            plan.with_user(manager).action_begin()
        return manager, plan

    def _project_completion(self, state="draft"):
        manager, plan = self._project_plan()
        plan.step_ids.with_user(manager).action_done()
        action = plan.with_user(manager).action_complete()
        completion = self.env["order.project.completion"].browse(action["res_id"])
        picking = plan.order_id.picking_ids
        for move in picking.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        picking._action_done()
        completion.write(
            {
                "handed_over_on": "2025-01-02",
                "customer_opinion": "Good",
                "customer_verdict": "satisfied",
            }
        )
        if state == "completed":
            completion.with_user(manager).action_complete()
        return manager, completion

    def _project_evaluation(self):
        manager, completion = self._project_completion("completed")
        own = completion.evaluation_ids.filtered(lambda row: row.user_id == manager)
        own.score = "4"
        return manager, own

    def scene_order_project_plan__action_draw_up(self):
        _manager, order = self._project_order()
        order.project_plan_ids._end("cancel")
        plans = self.env["order.project.plan"]
        return Scene(self._leader(), plans, (order.id,))

    def scene_order_project_plan__action_begin(self):
        return Scene(*self._project_plan(begun=False))

    def scene_order_project_plan__action_remake(self):
        return Scene(*self._project_plan())

    def scene_order_project_plan__action_cancel(self):
        return Scene(*self._project_plan())

    def scene_order_project_plan__action_complete(self):
        return Scene(*self._project_plan())

    def scene_order_project_step__action_done(self):
        manager, plan = self._project_plan()
        return Scene(manager, plan.step_ids)

    def scene_order_project_completion__action_complete(self):
        return Scene(*self._project_completion())

    def scene_order_project_completion__action_cancel(self):
        return Scene(*self._project_completion())

    def scene_order_project_completion__action_close_evaluation(self):
        manager, own = self._project_evaluation()
        own.with_user(manager).action_evaluate()
        return Scene(manager, own.completion_id)

    def scene_order_project_evaluation__action_evaluate(self):
        return Scene(*self._project_evaluation())

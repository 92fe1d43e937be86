from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .workshop_common import WorkshopCommon


@tagged("post_install", "-at_install")
class TestWorkshopRoads(WorkshopCommon):
    """[MFG-5] [SEC-1] every road by which something is begun, booked, consumed or made,
    by remote call as a plain user of the workshop and of the store, neither of whom
    sees a cost entry: refused before the countersign, open after it."""

    def setUp(self):
        super().setUp()
        self.work_route.active = True
        # what is signed has these operations and no other
        self.changes_facts = {"another operation"}

    def _begin_by_rpc(self, user):
        """Return ``{road: call on a production order}``."""

        def on(records, method, *args, **context):
            return self._rpc(user, records, method, *args, context=context)

        def first(production):
            return production.workorder_ids[0]

        def line(production):
            move = production.move_raw_ids[0]
            return {
                "move_id": move.id,
                "product_id": move.product_id.id,
                "quantity": 1,
                "picked": True,
                "location_id": move.location_id.id,
                "location_dest_id": move.location_dest_id.id,
            }

        workorder = {
            "start": lambda p: on(first(p), "button_start"),
            "finish": lambda p: on(first(p), "button_finish"),
            "done": lambda p: on(first(p), "action_mark_as_done"),
            "set state": lambda p: on(first(p), "set_state", "progress"),
            "write state": lambda p: on(first(p), "write", {"state": "progress"}),
            "quantity": lambda p: on(first(p), "write", {"qty_produced": 1}),
            "currently": lambda p: on(first(p), "write", {"qty_producing": 1}),
            "duration": lambda p: on(first(p), "write", {"duration": 5}),
            "through the order": lambda p: on(
                p,
                "write",
                {"workorder_ids": [Command.update(first(p).id, {"qty_produced": 1})]},
            ),
            "another operation": lambda p: on(
                self.env["mrp.workorder"],
                "create",
                [
                    {
                        "name": "Polish",
                        "production_id": p.id,
                        "workcenter_id": self.workcenter.id,
                        "state": "progress",
                    }
                ],
            ),
            "report": lambda p: self._report(first(p), 1, user=user),
        }
        production = {
            "order: start": lambda p: on(p, "action_start"),
            "order: quantity": lambda p: on(p, "write", {"qty_producing": 4}),
            "order: state": lambda p: on(p, "write", {"state": "progress"}),
            "order: mark done": lambda p: on(
                p, "button_mark_done", skip_backorder=True, skip_consumption=True
            ),
        }
        move = {
            "pick a component": lambda p: on(
                p.move_raw_ids, "write", {"quantity": 1, "picked": True}
            ),
            "component done": lambda p: on(p.move_raw_ids, "write", {"state": "done"}),
            "product done": lambda p: on(
                p.move_finished_ids, "write", {"state": "done"}
            ),
            "line of a component": lambda p: on(
                self.env["stock.move.line"], "create", [line(p)]
            ),
        }
        if user == self.storeman:
            return move
        return {**workorder, **production, **move}

    def test_before_and_after_the_countersign(self):
        before, after = self._production(4), self._production(4)
        self._countersign(after)
        self._begin()
        for user in (self.hand, self.storeman):
            self.assertFalse(user.has_group("account.group_account_readonly"))
            for name, road in self._begin_by_rpc(user).items():
                with self.subTest(name, user=user.login):
                    with (
                        self.assertRaisesRegex(UserError, "Countersigned work order"),
                        self.cr.savepoint(),
                    ):
                        road(before)
                        self._begin()
                    self.env.invalidate_all()
                    self.assertEqual(before.state, "confirmed")
                    if name in self.changes_facts:
                        continue
                    with self.cr.savepoint() as undo:
                        road(after)
                        self._begin()
                        undo.rollback()
                    self.env.invalidate_all()

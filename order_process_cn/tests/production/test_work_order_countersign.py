from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .production_common import SEATS, ProductionCommon


@tagged("post_install", "-at_install")
class TestWorkOrderCountersign(ProductionCommon):
    """[MFG-5] a production order may not start until five departments have signed it,
    and not before engineering has released the bill of materials."""

    def _roads(self):
        """Every way of starting or finishing a production order, by RPC."""

        def run(production, values):
            self._rpc(self.worker, production, "write", values)

        def workorder(production, method, *args):
            self._rpc(self.worker, production.workorder_ids, method, *args)

        return {
            "quantity producing": lambda p: run(p, {"qty_producing": 1}),
            "state": lambda p: run(p, {"state": "progress"}),
            "done": lambda p: run(p, {"state": "done"}),
            "mark done": lambda p: self._rpc(self.worker, p, "button_mark_done"),
            "work order start": lambda p: workorder(p, "button_start"),
            "work order finish": lambda p: workorder(p, "button_finish"),
            "work order state": lambda p: workorder(p, "write", {"state": "progress"}),
            "consumption": lambda p: self._rpc(
                self.worker, p.move_raw_ids, "write", {"quantity": 1, "picked": True}
            ),
        }

    def test_every_road_is_guarded(self):
        for confirm in (False, True):
            for name, road in self._roads().items():
                with self.subTest(name, confirm=confirm):
                    production = self._production(confirm=confirm)
                    with (
                        self.assertRaisesRegex(UserError, "Countersigned work order"),
                        self.cr.savepoint(),
                    ):
                        road(production)
                    self.assertIn(production.state, {"draft", "confirmed"})

    def test_every_road_is_open_afterwards(self):
        for name, road in self._roads().items():
            with self.subTest(name):
                production = self._countersign(self._production())
                road(production)
                self.assertNotIn(production.state, {"draft", "confirmed"})

    def test_bill_of_materials_is_released_first(self):
        production = self._production()
        self.bom.bom_line_ids.product_qty = 3
        self.assertFalse(self.bom.is_released)
        with self.assertRaisesRegex(UserError, "has not released"):
            production.action_review_submit()
        with self.assertRaises(AccessError):
            self.bom.with_user(self.worker).action_release()
        with self.assertRaises(AccessError):
            self.bom.with_user(self.engineer).write({"is_released": True})
        self.bom.with_user(self.engineer).action_release()
        production.action_review_submit()
        self.assertEqual(production.review_state, "running")

    def test_backorder_inherits(self):
        production = self._countersign(self._production())
        form = Form(production)
        form.qty_producing = 4
        form.save()
        production.with_context(
            skip_backorder=True, mo_ids_to_backorder=production.ids
        ).button_mark_done()
        self._end_of_transaction()
        backorder = production.production_group_id.production_ids - production
        self.assertEqual((production.state, backorder.product_qty), ("done", 6))
        self.assertFalse(backorder.sudo()._find_review_gaps())
        self._rpc(self.worker, backorder, "write", {"qty_producing": 6})
        self.assertNotEqual(backorder.state, "confirmed")

    def test_backorder_that_grows(self):
        production = self._countersign(self._production())
        production._split_productions({production: [4, 6]})
        backorder = production.production_group_id.production_ids - production
        self._change_quantity(backorder, 9)
        with self.assertRaisesRegex(UserError, "not finished"):
            self._rpc(self.worker, backorder, "write", {"qty_producing": 9})

    def test_duplicate_does_not_inherit(self):
        production = self._countersign(self._production())
        copy = production.copy()
        copy.action_confirm()
        self.assertIn("not submitted", str(copy.sudo()._find_review_gaps()))

    def test_forged_family_does_not_help(self):
        """Joining the family of an approved order covers no further quantity."""
        approved = self._countersign(self._production())
        other = self._production()
        self._rpc(
            self.worker,
            other,
            "write",
            {"production_group_id": approved.production_group_id.id},
        )
        with self.assertRaisesRegex(UserError, "signed again"):
            self._rpc(self.worker, other, "write", {"qty_producing": 1})

    def test_merged_order_does_not_inherit(self):
        first, second = (self._countersign(self._production()) for _index in range(2))
        action = (first | second).action_merge()
        merged = self.env["mrp.production"].browse(action["res_id"])
        self.assertIn("not submitted", str(merged.sudo()._find_review_gaps()))

    def _change_quantity(self, production, quantity):
        self.env["change.production.qty"].create(
            {"mo_id": production.id, "product_qty": quantity}
        ).change_prod_qty()
        self._end_of_transaction()

    def test_growth_voids(self):
        production = self._countersign(self._production())
        self._change_quantity(production, 12)
        self.assertEqual(production.review_state, "running")
        with (
            self.assertRaisesRegex(UserError, "not finished"),
            self.cr.savepoint(),
        ):
            self._rpc(self.worker, production, "write", {"qty_producing": 1})
        self._sign(production, *SEATS)
        self._change_quantity(production, 11)
        self.assertEqual(production.review_state, "approved")

    def test_less_is_covered(self):
        production = self._countersign(self._production())
        self._change_quantity(production, 5)
        self.assertEqual(production.review_state, "approved")
        self._rpc(self.worker, production, "write", {"qty_producing": 5})
        self.assertNotEqual(production.state, "confirmed")

    def test_other_component_voids(self):
        production = self._countersign(self._production())
        other = self.component.copy({"name": "Other Casing"})
        production.move_raw_ids.sudo().write({"product_id": other.id})
        with self.assertRaisesRegex(UserError, "signed again"):
            self._rpc(self.worker, production, "write", {"qty_producing": 1})

    # -- guarding confirmation --------------------------------------------------------

    def test_guard_on_confirmation(self):
        """The company may choose to guard confirmation instead."""
        self.company.order_production_gate = "confirm"
        production = self._production(confirm=False)
        for method, args in (
            ("action_confirm", []),
            ("button_plan", []),
            ("write", [{"state": "confirmed"}]),
        ):
            with (
                self.subTest(method),
                self.assertRaisesRegex(UserError, "Countersigned"),
                self.cr.savepoint(),
            ):
                self._rpc(self.worker, production, method, *args)
        self.assertEqual(production.state, "draft")
        self._countersign(production)
        production.action_confirm()
        self.assertEqual(production.state, "confirmed")

    def test_scheduler_and_sale_leave_it_a_draft(self):
        """Neither the scheduler nor a confirmed sale stumbles over it; once it is
        countersigned it is confirmed by itself."""
        self.company.order_production_gate = "confirm"
        self.route.active = False
        self.pump.route_ids = [
            Command.set(
                self.env["stock.route"]
                .search(
                    [
                        ("name", "ilike", "manufacture"),
                        ("company_id", "in", [False, self.company.id]),
                    ],
                    limit=1,
                )
                .ids
            ),
            Command.link(self._mto_route().id),
        ]
        order = self._order(
            order_line=[
                Command.create({"product_id": self.pump.id, "product_uom_qty": 3})
            ]
        )
        order.action_confirm()
        production = order.sudo().mrp_production_ids
        self.assertEqual((order.state, production.state), ("sale", "draft"))
        production.with_user(self.worker).action_review_submit()
        self._sign(production, *SEATS)
        self._run_worker()
        self.assertEqual(production.state, "confirmed")

    def _mto_route(self):
        route = self.env.ref("stock.route_warehouse0_mto")
        route.active = True
        return route

    # -- left alone -------------------------------------------------------------------

    def test_orders_under_way_are_left_alone(self):
        """A procedure that is switched on leaves alone what was confirmed before."""
        self.work_route.active = False
        production = self._production()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mrp_production SET create_date = '2020-01-01', "
            "review_begun_at = '2020-01-01' WHERE id = %s",
            [production.id],
        )
        self.env.invalidate_all()
        self.work_route.active = True
        self._rpc(self.worker, production, "write", {"qty_producing": 1})
        self.assertNotEqual(production.state, "confirmed")

    def test_without_a_route(self):
        self.work_route.active = False
        production = self._production()
        self.assertFalse(production.needs_review)
        self._rpc(self.worker, production, "button_mark_done")
        self.assertEqual(production.state, "done")

    def test_signature_boxes_of_f07(self):
        """[FRM] F07 prints five boxes with names."""
        production = self._countersign(self._production())
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html(
                "order_process_cn.report_f07_work_order", production.ids
            )[0]
            .decode()
        )
        for name in SEATS:
            self.assertIn(self.signers[name].name, html)

    def test_whose_form(self):
        """[CSN-6] a department that only signs gets a form that it can open, a
        subcontractor keeps core's."""
        own = self.env.ref("order_process_cn.mrp_production_view_form_signer")
        portal_form = self.env.ref(
            "mrp_subcontracting.mrp_production_subcontracting_portal_form_view"
        )
        subcontractor = self._user("subcontractor", "base.group_portal")
        for user, view in (
            (self.signers["quality"], own),
            (subcontractor, portal_form),
        ):
            productions = self.env["mrp.production"].with_user(user)
            self.assertEqual(productions.get_view(portal_form.id)["id"], view.id)
        arch = productions.get_view(portal_form.id)["arch"]
        for name in ("review_panel", "order_checklist", "order_measure_ids"):
            self.assertNotIn(name, arch)

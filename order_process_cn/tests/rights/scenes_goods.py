from odoo import Command

from .scenes_cases import CaseScenes
from .scenes_changes import ChangeScenes
from .scenes_common import Scene
from .scenes_demand import DemandScenes
from .scenes_drawings import DrawingScenes
from .scenes_inspection import InspectionScenes
from .scenes_meetings import MeetingScenes
from .scenes_procedures import ProcedureScenes
from .scenes_projects import ProjectScenes
from .scenes_purchase_requests import PurchaseRequestScenes
from .scenes_scores import ScoreScenes
from .scenes_workshop import WorkshopScenes


class Scenes(
    CaseScenes,
    DemandScenes,
    DrawingScenes,
    MeetingScenes,
    ProcedureScenes,
    ProjectScenes,
    PurchaseRequestScenes,
    ScoreScenes,
    WorkshopScenes,
    InspectionScenes,
    ChangeScenes,
):
    """What is done about goods, production and the process itself."""

    # -- stock that is reserved for others ---------------------------------------------

    def _leader(self):
        return self.staff["leader"]

    def _sell(self, quantity, **values):
        order = self._order(quantity=quantity, **values)
        order.action_confirm()
        return order.sudo()

    def _wanting(self):
        """Return an urgent order whose goods are reserved for another one."""
        self.order_type.active = False
        self._sell(20, commitment_date="2030-05-01")
        return self._sell(5, is_urgent=True, urgent_reason="Line stands still")

    def _proposal(self):
        leader = self._leader()
        action = self._wanting().with_user(leader).action_take_stock()
        proposal = self.env["order.reallocation"].browse(action["res_id"])
        proposal.line_ids[:1].quantity = 5
        return leader, proposal

    def scene_sale_order__action_take_stock(self):
        return Scene(self._leader(), self._wanting())

    def scene_order_reallocation__action_refresh(self):
        return Scene(*self._proposal())

    def scene_order_reallocation__action_cancel(self):
        return Scene(*self._proposal())

    def scene_order_reallocation__action_execute(self):
        self._make_route(
            [self._stage("Countersign", "planning")],
            name="Take Stock",
            res_model="order.reallocation",
            order_type_ids=[Command.clear()],
        )
        leader, proposal = self._proposal()
        proposal.with_user(leader).action_review_submit()
        self._sign(proposal, "planning")
        return Scene(leader, proposal)

    # -- delays ------------------------------------------------------------------------

    def _delay(self):
        """Return a delay of an order that is not reported yet, and who reports it."""
        order = self._sell(5, commitment_date="2030-05-01")
        worker = self.staff["delay_worker"]
        values = {
            "order_line_id": order.order_line.id,
            "cause_id": self.env.ref("order_process_cn.order_delay_cause_machine").id,
            "remedy": "Overtime",
            "new_date": "2030-05-20",
        }
        return worker, self.env["order.delay.report"].with_user(worker).create(values)

    def _reported_delay(self):
        worker, report = self._delay()
        report.with_user(worker).action_report()
        return report

    def scene_order_delay_report__action_report(self):
        return Scene(*self._delay())

    def scene_order_delay_report__action_tell_customer(self):
        return Scene(self.salesman, self._reported_delay())

    def scene_order_delay_report__action_note_told(self):
        return Scene(self.salesman, self._reported_delay())

    def scene_order_delay_report__action_change_date(self):
        return Scene(self.salesman, self._reported_delay())

    # -- production --------------------------------------------------------------------

    def _planner(self):
        return self.staff["planner"]

    def _bom(self, **values):
        casing = self.env["product.product"].create(
            {"name": "Casing", "type": "consu", "is_storable": True}
        )
        return self.env["mrp.bom"].create(
            {
                "product_tmpl_id": self.product.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": casing.id})],
                **values,
            }
        )

    def _production(self, confirm=True):
        production = self.env["mrp.production"].create(
            {
                "product_id": self.product.id,
                "product_qty": 10,
                "bom_id": self._bom().id,
            }
        )
        if confirm:
            production.action_confirm()
        return production

    def scene_mrp_bom__action_release(self):
        engineer = self.staff["engineer"]
        return Scene(engineer, self._bom())

    def scene_mrp_production__action_confirm(self):
        return Scene(self._planner(), self._production(confirm=False))

    def scene_mrp_production__action_take_stock(self):
        """Components of an urgent order are reserved for another production order."""
        planner, production = self._planner(), self._production()
        self.order_type.active = False
        components = production.move_raw_ids.product_id
        self._bring_in(10, components)
        production.action_assign()
        order = self._sell(25, is_urgent=True, urgent_reason="Line stands still")
        wanting = production.copy()
        wanting.reference_ids = order.stock_reference_ids
        wanting.action_confirm()
        return Scene(planner, wanting)

    def scene_order_measure__action_outsource(self):
        vendor = self.env["res.partner"].create({"name": "Subcontractor"})
        production = self._production()
        self._bom(type="subcontract", subcontractor_ids=[Command.set(vendor.ids)])
        planner = self._planner()
        measure = (
            self.env["order.measure"]
            .with_user(planner)
            .create(
                {
                    "production_id": production.id,
                    "kind": "outsourcing",
                    "partner_id": vendor.id,
                    "quantity": 4,
                }
            )
        )
        return Scene(planner, measure)

    # -- papers, limits, the worker, bots ----------------------------------------------

    def _copies(self):
        order = self._deposit_order()
        order.sudo()._issue_form("F05")
        issues = self.env["order.form.issue"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        production = self.departments["production"]
        return issues.filtered(lambda issue: issue.department_id == production)

    def scene_order_form_issue__action_acknowledge(self):
        return Scene(self.signers["production"], self._copies())

    def scene_order_form_issue__action_open_document(self):
        return Scene(self.signers["production"], self._copies()[:1])

    def _limit(self):
        return self.env["order.time.limit"].create(
            {
                "name": "Until approval",
                "start_event": "submitted",
                "stop_event": "approved",
                "length": 2,
                "unit": "calendar_days",
            }
        )

    def scene_order_time_limit__action_open_runs(self):
        return Scene(self.administrator, self._limit())

    def scene_order_hint__action_open_rows(self):
        self.env["order.hint.rule"].search([]).write({"least": 1, "threshold": 1})
        order = self._submitted()[0]
        self.env.flush_all()
        task = order.sudo().review_id.task_ids.filtered(lambda t: t.state == "open")
        company = [("company_id", "=", task.company_id[:1].id)]
        hints = self.env["order.hint"].search([*company, ("kind", "=", "overloaded")])
        return Scene(self.administrator, hints[:1])

    def scene_order_time_limit_run__action_open_document(self):
        limit = self._limit()
        self._submitted()
        runs = self.env["order.time.limit.run"].search([("rule_id", "=", limit.id)])
        return Scene(self.salesman, runs)

    def _row(self):
        order = self._deposit_order()
        return self.env["order.recheck"].create(
            {"res_model": "sale.order", "res_id": order.id, "state": "failed"}
        )

    def scene_order_recheck__action_try_again(self):
        return Scene(self.administrator, self._row())

    def scene_order_recheck__action_open_document(self):
        return Scene(self.administrator, self._row())

    def scene_order_calendar_fill_wizard__action_fill(self):
        self.env["order.calendar.exception"].search([]).unlink()
        wizard = self._question(
            "order.calendar.fill.wizard",
            self.administrator,
            year=2026,
            company_id=self.company.id,
        )
        return Scene(self.administrator, wizard)

    def scene_order_bot__action_send_test(self):
        """Nobody listens at the address: that is noted, too."""
        self.env["ir.config_parameter"].set_param(
            "order_process_cn.bot_allow_http", "True"
        )
        bot = self.env["order.bot"].create(
            {
                "name": "Group",
                "kind": "wecom",
                "url": "http://127.0.0.1:9/cgi-bin/webhook/send?key=token",
            }
        )
        return Scene(self.staff["system"], bot)

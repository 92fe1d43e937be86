from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .model_rights import MODELS, OPERATIONS
from .public_methods import ROLES
from .scenes_goods import Scenes

# they leave a record of what they are about
WORLD = (
    "scene_order_forfeiture__action_decide",
    "scene_order_measure__action_outsource",
    "scene_order_form_issue__action_acknowledge",
    "scene_order_statement_wizard__action_confirm",
    "scene_order_statement__action_accept",
    "scene_order_settlement_statement_wizard__action_print",
    "scene_order_bot__action_send_test",
    "scene_order_issue_batch__action_refresh",
    "scene_order_time_limit_run__action_open_document",
    "scene_order_review_sign_wizard__action_confirm",
    "scene_order_review_hand_wizard__action_confirm",
    "scene_order_review_reason_wizard__action_confirm",
    "scene_order_review_register_wizard__action_confirm",
    "scene_order_review_leaver_wizard__action_confirm",
    "scene_order_review_submit_wizard__action_confirm",
    "scene_order_calendar_fill_wizard__action_fill",
    "scene_order_reallocation__action_cancel",
    "scene_order_shipping_release__action_cancel",
    "scene_order_suspension_wizard__action_confirm",
    "scene_order_shipping_emergency_wizard__action_confirm",
    "scene_stock_picking__action_view_receipts",
    "scene_order_packing_wizard__action_confirm",
    "scene_order_carrier_choice_line__action_choose",
    "scene_order_shipping_batch__action_refresh",
    "scene_sale_order_line__action_open_delivery_schedule",
    "scene_order_shipment_plan__action_cancel",
    "scene_order_change_request__action_request",
    "scene_order_inspection__action_cancel",
    "scene_order_work_wizard__action_take_back",
    "scene_order_daily_report__action_fill",
    "scene_order_capacity_wizard__action_pass",
    "scene_order_receipt_notice__action_cancel",
    "scene_order_production_plan__action_issue",
    "scene_order_shift_roster__action_repeat",
    "scene_order_delay_report__action_report",
    "scene_order_meeting__action_close",
    "scene_order_service_case__action_cancel",
    "scene_order_archive_wizard__action_confirm",
    "scene_order_procedure_switch_gap__action_open",
    "scene_order_procedure_trial__action_open_lines",
    "scene_order_observation__action_stop",
    "scene_order_procedure_file__action_import",
    "scene_order_import_wizard__action_check",
    "scene_order_day_line__action_open",
    "scene_order_followed__action_open_document",
    "scene_order_drawing_set__action_recover",
    "scene_order_ledger_entry__action_confirm",
    "scene_order_score_finding__action_open_document",
    "scene_order_ledger_sheet__action_sign_off",
    "scene_order_purchase_request__action_release",
    "scene_order_demand_plan__action_approve_excess",
    "scene_order_project_evaluation__action_evaluate",
)
# nothing in these tests makes one: asked of the model, without its record rules
WITHOUT_RECORD = {
    "order.form.print",
    "order.hint",
    "order.procedure.slip",
    "order.review.anchor",
    "order.signer.list",
}


@tagged("post_install", "-at_install")
class TestModels(Scenes):
    """[SEC-1] every model of the addon × every role × read, write, create, unlink, on a
    record that somebody else has made. A new model fails until somebody has said who
    may what with it (``model_rights.py``)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        logins = {f"role_{number}": role for number, role in enumerate(ROLES)}
        users = cls._new_users({login: ROLES[role] for login, role in logins.items()})
        cls.people = {role: users[login] for login, role in logins.items()}

    def _make_world(self):
        for scene in WORLD:
            self.rule.active = self.order_type.active = True
            self.route.active = self.order_type.asks_packing_check = False
            getattr(self, scene)()
        self._make_rest()
        self._end_of_transaction()

    def _make_rest(self):
        """Make what no scene makes."""
        self.env["order.calendar.fill.wizard"].search([], limit=1).action_fill()
        self.env["order.change.request"].search([], limit=1).action_request()
        submission = self.env["order.review.submit.wizard"].search([], limit=1)
        wizard = self.env["order.review.sign.wizard"].search([], limit=1)
        question = self.env["order.review.question"].create({"name": "Quantity"})
        order = self._order(is_urgent=True, urgent_reason="Line stands still")
        order.urgent_member_ids = [
            Command.create({"role": "Liaison", "user_id": self.gm.id})
        ]
        values = {
            "order.accessory": {"order_id": order.id, "name": "Flange"},
            "order.configuration.row": {
                "order_line_id": order.order_line[:1].id,
                "name": "Motor",
                "value": "7.5 kW",
            },
            "order.sample": {
                "order_id": order.id,
                "name": "Casing",
                "configuration": "PN16",
            },
            "order.archive.entry": {
                "order_id": order.id,
                "kind": "reopened",
                "user_id": self.salesman.id,
            },
            "order.bot.message": {
                "bot_id": self.env["order.bot"].search([], limit=1).id,
                "company_id": self.company.id,
                "text": "Hello",
            },
            "order.delegation": {
                "principal_id": self.gm.id,
                "actor_id": self.deputy.id,
                "date_from": fields.Datetime.now(),
                "date_to": fields.Datetime.add(fields.Datetime.now(), days=1),
            },
            "order.edit.reason": {
                "order_id": order.id,
                "reason": "The customer moves",
                "user_id": self.salesman.id,
            },
            "order.entry.rule": {},
            "order.forfeiture.tier": {
                "rule_id": self.rule.id,
                "from_day": 8,
                "percent": 10,
            },
            "order.payment.allocation": {
                "payment_id": self._advance(order, sale_order_id=False).id,
                "order_id": order.id,
                "amount": 1,
            },
            "order.payment.step": {"order_id": order.id},
            "order.procedure.switch.claim": {
                "page_id": self.env["order.procedure.switch"].search([], limit=1).id,
                "res_model": "order.review.route",
            },
            "order.review.sign.wizard.answer": {
                "wizard_id": wizard.id,
                "question_id": question.id,
            },
            "order.review.submit.wizard.line": {
                "wizard_id": submission.id,
                "seat_id": self.route.stage_ids.seat_ids[:1].id,
                "user_id": self.gm.id,
            },
            "order.time.limit.recount": {"company_id": self.company.id},
        }
        for model, given in values.items():
            if not self._find_record(model):
                self.env[model].sudo().create(given)

    def _find_record(self, model):
        return (
            self.env[model]
            .sudo()
            .with_context(active_test=False)
            .search([], order="id desc", limit=1)
        )

    def _own_models(self):
        return sorted(
            model._name
            for model in self.env.values()
            if model._original_module == "order_process_cn" and not model._abstract
        )

    def test_every_model_is_declared(self):
        self.assertEqual(self._own_models(), sorted(MODELS))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_who_may(self):
        self._make_world()
        for model in self._own_models():
            with self.subTest(model):
                record = self._find_record(model)
                self.assertEqual(not record, model in WITHOUT_RECORD)
                found = {
                    operation: {
                        role
                        for role, user in self.people.items()
                        if record.with_user(user).with_context({}).has_access(operation)
                    }
                    for operation in OPERATIONS.values()
                }
                self.assertEqual(found, self._declared(model))

    def _declared(self, model):
        declared = {operation: set() for operation in OPERATIONS.values()}
        for letters, roles in MODELS.get(model, {}).items():
            for letter in letters:
                declared[OPERATIONS[letter]] |= set(roles)
        return declared

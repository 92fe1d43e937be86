from functools import partial

from odoo import api, models

from .payment_plan.allotment import condition_production
from .production.mrp_production_review import GUARDED_STATES
from .staged_effect.stage import condition_production as condition_stage


class MrpProduction(models.Model):
    """The conductor of the production order: see sale_order.py."""

    _name = "mrp.production"
    _inherit = [
        "mrp.production",
        "order.review.limit.mixin",
        "order.condition.mixin",
        "order.urgency.mixin",
        "order.form.mixin",
        "order.suspension.note.mixin",
        "order.standing.mixin",
    ]
    _standing_paths = ("reference_ids.sale_ids", "sale_line_id.order_id")
    _gates = {step: ("state", states) for step, states in GUARDED_STATES.items()}

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._without_unseen_workorders(vals) for vals in vals_list]
        productions = super().create(vals_list)
        productions._emit("created")
        return productions

    def write(self, vals):
        if "bom_id" in vals:
            self._refuse_other_bom(vals["bom_id"])
        self._watch_state_for_limits()
        started = "date_start" in vals or vals.get("state") in {"progress", "done"}
        if vals.get("name"):
            self._rename(vals["name"])
            vals = {key: value for key, value in vals.items() if key != "name"}
        result = super().write(vals)
        if started:
            self._on_started_or_done()
        if vals.get("state") == "cancel":
            # superuser: ending the review is the engine's business, not a right
            self.sudo().review_id._end("cancelled", "cancel")
        return result

    def _rename(self, name):
        """Core renames the cost entries too, which the workshop does not see."""
        self.check_access("write")
        # pylint: disable-next=super-method-mismatch
        super(MrpProduction, self.sudo()).write({"name": name})

    def copy_data(self, default=None):
        if self.env["account.move"].has_access("read"):
            return super().copy_data(default)
        # [SEC-1] the entries of work in progress are not for whoever only produces:
        # what is given is not read, and what is not there is not written
        copies = super().copy_data({"wip_move_ids": False, **(default or {})})
        for vals in copies:
            if not vals["wip_move_ids"]:
                del vals["wip_move_ids"]
        return copies

    # -- what core does with cost entries that the workshop may not see [SEC-1] --------

    def _split_productions(
        self, amounts=False, cancel_remaining_qty=False, set_consumed_qty=False
    ):
        # private: whoever calls it has been let write these orders, or received what a
        # subcontractor made; core compares records by id
        splitting = self._get_splitting()
        begun = set(self.ids) - splitting
        splitting |= begun
        try:
            # core copies cost entries that the workshop may not see
            productions = super(MrpProduction, self.sudo())._split_productions(
                amounts, cancel_remaining_qty, set_consumed_qty
            )
        finally:
            splitting -= begun
        productions._check_gates()
        productions.workorder_ids._check_work_may_begin()
        productions._check_launch_is_signed()
        return productions.with_env(self.env)

    def action_merge(self):
        self.check_access("write")
        self.browse().check_access("create")
        # these orders only, which he may write
        return super(MrpProduction, self.sudo()).action_merge()

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        # [CSN-6] core's form reads moves, work orders, lots …: a department that only
        # signs gets one that it can open; a subcontractor has core's portal form
        user = self.env.user
        signs_only = user._is_internal() and not user.has_group("mrp.group_mrp_user")
        if view_type == "form" and signs_only and self._is_countersign_used():
            view_id = self.env["ir.model.data"]._xmlid_to_res_id(
                "order_process_cn.mrp_production_view_form_signer"
            )
        return super().get_view(view_id=view_id, view_type=view_type, **options)

    @api.model
    def _is_countersign_used(self):
        """Whether anybody signs production orders here, or has signed one."""
        routes = self.env["order.review.route"].sudo()  # only whether there is one
        return bool(
            routes.search_count([("res_model", "=", self._name)], limit=1)
            or self.sudo().search_count([("review_id", "!=", False)], limit=1)
        )

    def _get_earned_fields(self):
        # asked for by those who cannot read an error; the worker goes on with it
        return super()._get_earned_fields() | {"requested_transition"}

    def _compute_state(self):
        self._watch_state_for_limits()
        return super()._compute_state()

    def _get_condition_providers(self):
        guards = [
            self._condition_bom,
            self._condition_countersign,
            self._condition_suspension,
            partial(condition_production, self),
        ]
        return {
            **super()._get_condition_providers(),
            "confirm": guards,
            # nothing is planned before it is confirmed
            "start": [
                *guards,
                self._condition_step_owners,
                self._condition_drawings,
                partial(condition_stage, self),
            ],
        }

    def _get_next_transition(self):
        step = self._get_guarded_step()
        return False if self.state in GUARDED_STATES[step] | {"cancel"} else step

    def _name_transition(self, transition):
        names = {"start": self.env._("Start"), "confirm": self.env._("Confirm")}
        return names.get(transition) or super()._name_transition(transition)

    @api.constrains("state")
    def _check_made_goods(self):
        """What is called done has been received, as far as it passed. [MFG-7]"""
        self._check_made_received()

    @api.constrains("qty_producing")
    def _check_gates_at_quantity(self):
        """The state is computed from work orders, quantities and moves: every road to
        a started production order ends at the gates. [MFG-5]"""
        self._check_gates()
        self._check_first_article()

    def _filtered_at_gate(self, transition):
        found = super()._filtered_at_gate(transition)
        whole = found - found.browse(self._get_splitting())
        # what guards the start is asked there, also where the countersign is asked for
        # before
        return whole.filtered(
            lambda p: (
                transition in {"start", p._get_guarded_step()}
                and not p._is_being_given_up()
            )
        )

    def _check_work_may_begin(self):
        """Whatever is reported, booked or scrapped before an order starts waits for the
        same as its start. [MFG-5]"""
        whole = self - self.browse(self._get_splitting())
        whole._raise_open_conditions("start")

    def _on_started_or_done(self):
        """Where the sales orders stand follows from their production."""
        # workshop users do not see sales orders; they are only marked
        orders = self.sudo()._get_all_sale_orders().filtered("progress")
        orders._mark_for_recheck("goods")

    def action_confirm(self):
        """Confirm what is ready; what the scheduler or a sales order confirms before it
        is countersigned stays a draft, where the company guards confirmation."""
        if question := self._ask_before("confirm"):
            return question
        guarded = self.filtered(lambda p: p._get_guarded_step() == "confirm")
        if not self.env.su or not guarded:
            return super().action_confirm()
        waiting = guarded - guarded._filtered_ready("confirm")
        waiting._keep_waiting("confirm")
        ready = self - waiting
        return super(MrpProduction, ready).action_confirm() if ready else True

    def button_plan(self):
        drafts = self.filtered(lambda p: p.state == "draft")
        return drafts._ask_before("confirm") or super().button_plan()

    def action_start(self):
        return self._ask_before("start") or super().action_start()

    def button_mark_done(self):
        return (
            self._ask_before("start")
            or self._ask_inspection_first()
            or super().button_mark_done()
        )

    def _after_review(self, state):
        super()._after_review(state)
        if state == "approved":
            self.filtered("requested_transition")._mark_for_recheck("confirm")

    # -- what the worker does ----------------------------------------------------------

    @api.model
    def _get_recheck_handlers(self):
        return {**super()._get_recheck_handlers(), "confirm": "_confirm_requested"}

    @api.model
    def _get_recheck_followers(self):
        return {
            **super()._get_recheck_followers(),
            "review": {"confirm"},
            "confirm": {"review"},
        }

    @api.model
    def _get_recheck_labels(self):
        labels = super()._get_recheck_labels()
        return {**labels, "confirm": self.env._("Confirmation")}

    def _confirm_requested(self):
        """Confirm what was asked for when it had to wait."""
        waiting = self.filtered(
            lambda p: p.state == "draft" and p.requested_transition == "confirm"
        )
        waiting._filtered_ready("confirm").action_confirm()

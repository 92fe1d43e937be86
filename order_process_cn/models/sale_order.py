from functools import partial

from odoo import api, models

from .archive.conditions import GIVEN
from .capacity.conditions import condition_capacity
from .capacity.order_capacity_check import keep_impact
from .cases.guard import note_guards
from .changes.cancelling import condition_cancel
from .configuration_sheets.sheets import hand_out_sheets
from .confirmation.quotation_changes import remember_quotation
from .confirmation.statements import ask_in_writing
from .delays.moved_dates import get_promises, note_moved_dates
from .effect.growth import (
    cancel_left_open,
    filtered_growth_guarded,
    refuse_changes_in_force,
)
from .effect.held import forget_effect, is_held
from .intake.classification import check_types_of_new
from .limit_events.order_events import emit_if_nothing_to_make, get_limit_events_of
from .money.deposits import (
    asks_deposit_online,
    check_deposit_change,
    determine_deposit_unreviewed,
    filtered_deposit_entered,
    get_deposit_percent,
    is_deposit_paid,
    note_deposit_choice,
)
from .money.till import filtered_settled_at_till
from .payment_plan.allotment import condition_shipping, freeze_payment_plan_unreviewed
from .pickup.balance import filter_invoiceable_before_effect, filter_offset
from .pickup.settlements import (
    add_forfeiture_lines,
    ask_for_settlement,
    leave_settlements_behind,
    remind_of_deposit,
)
from .production.production_deadline import DATE_FIELDS, bind_production
from .projects.projects import end_plans, propose_plans
from .reach.follow import followed_later
from .releases_follow.order_shipping_release import give_up_releases, redirect_releases
from .sale_order_entry import EARNED, check_days_of_new, check_entry, note_entry
from .sale_order_reading import (
    create_empty_columns,
    fill_in_absent,
    fill_in_stock_lines,
    read_behind,
    read_products,
)
from .sale_review.waiting import mark_for_recheck_after_review, waits_for_review
from .schedule.divided import get_divided_lines
from .schedule.order_delivery_promise import EXPECTED_DATE_FIELDS, PROMISING
from .staged_effect.stage import condition_effect, condition_stage, freeze_stage
from .urgent.urgency import on_urgency


class SaleOrder(models.Model):
    """The conductor: the only file that overrides core methods of the sales order.

    It says when the stages of the process are called; what they do stands in the rooms
    ``models/*/sale_order_*.py``: ``intake`` what is entered, ``money`` deposit and
    credit, ``hold`` suspending, ``effect`` holding and launching, ``confirmation`` what
    is said in writing, ``pickup`` the goods that wait and the balance, ``progress`` how
    far it is and the customer's page, ``planning`` the goods there are, ``urgent``,
    ``sale_review`` what is signed. What needs no order to extend stands beside it.
    """

    _name = "sale.order"
    _inherit = [
        "sale.order",
        "order.archive.mixin",
        "order.review.limit.mixin",
        "order.condition.mixin",
        "order.form.mixin",
        "order.suspension.note.mixin",
        "order.standing.mixin",
    ]
    # every road to a sent, confirmed or effective order writes these [REV-6] [CFM-6]
    _gates = {
        "send": ("state", {"sent"}),
        "confirm": ("state", {"sale"}),
        "effect": ("effect_state", {"effective"}),
        "cancel": ("state", {"cancel"}),
        "archive": ("archived_on", GIVEN),
    }

    def _auto_init(self):
        create_empty_columns(self)
        return super()._auto_init()

    # -- entry -------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # core launches procurement while it creates lines of a confirmed order: the
        # order is confirmed only once it is known whether it has to be held
        default = self.default_get(["state"]).get("state")  # of a client, or stored
        states = [vals.get("state", default) for vals in vals_list]
        confirmed = [at for at, state in enumerate(states) if state == "sale"]
        if "default_state" in self.env.context:
            self = self.with_context(default_state=False)  # nor that of the lines
        vals_list = [
            {**vals, "state": "draft" if at in confirmed else states[at]}
            for at, vals in enumerate(vals_list)
        ]
        check_days_of_new(self, vals_list)
        check_types_of_new(self, vals_list)
        orders = super().create(vals_list)
        orders._emit("created")
        orders.filtered("is_urgent")._emit("urgent")
        on_urgency(orders.filtered("is_urgent"))
        if not self.env.su and (
            deposited := filtered_deposit_entered(orders, vals_list)
        ):
            check_deposit_change(deposited)
            note_deposit_choice(deposited)
        if confirmed:
            created = orders.browse(orders.ids[at] for at in confirmed)
            created.write({"state": "sale"})
            created.order_line._action_launch_stock_rule()
        return orders

    def write(self, vals):
        if not self.env.su:
            check_entry(self, vals)
        refuse_changes_in_force(self, vals)
        self.env["order.edit.rule"]._note_edit(self)
        state = vals.get("state")
        entering = self.filtered(lambda order: state and order.state != state)
        events = get_limit_events_of(self, vals)
        promises = get_promises(self, vals)
        # whoever cancels need not see transfers and invoices, nor what is made
        left = entering.sudo() if state == "cancel" else self.browse()
        with followed_later(filtered_growth_guarded(left)):
            cancel_left_open(left)
            result = super().write(vals)
        for code, orders in events.items():
            orders._emit(code)
        if not self.env.su:
            note_entry(self, vals)
        if "is_urgent" in vals:
            on_urgency(self)
        note_moved_dates(promises)
        redirect_releases(self, vals)
        if "commitment_date" in vals:
            get_divided_lines(self)._follow_schedule()
        if DATE_FIELDS & vals.keys():
            bind_production(self)  # core has them follow the deliveries
        if state:
            entering._on_state(state)
        return result

    def _on_state(self, state):
        """Follow core's state, on whichever road it was written."""
        # what follows from a state is the engine's to write
        orders = self.sudo()
        if state in PROMISING:
            get_divided_lines(self)._keep_first_promise()
        if state in {"sent", "sale"}:
            freeze_payment_plan_unreviewed(self)
        if state == "sent":
            determine_deposit_unreviewed(self)
            remember_quotation(self.filtered("needs_review"))
        elif state == "sale":
            determine_deposit_unreviewed(self)
            leave_settlements_behind(orders)
            freeze_stage(orders)
            orders._hold()
            note_guards(orders)
            propose_plans(orders)
            plain = self.filtered(lambda order: not order.effect_state)
            plain._emit("effective")
        elif state == "cancel":
            # [REV-5] nothing of an approval survives a cancellation
            orders.review_id._end("cancelled", "cancel")
            ask_in_writing(forget_effect(orders))
            self.env["order.suspension"].sudo()._forget(orders)
            remind_of_deposit(orders)
            end_plans(orders)
            give_up_releases(orders)
        orders._refresh_progress()

    def _get_earned_fields(self):
        return super()._get_earned_fields() | EARNED

    # -- what each step waits for ------------------------------------------------------

    def _get_condition_providers(self):
        suspension = partial(self.env["order.suspension"]._condition_of_orders, self)
        return {
            **super()._get_condition_providers(),
            "send": [self._condition_review_before_sending],
            "confirm": [
                self._condition_entry,
                self._condition_review,
                self._condition_acceptance,
                self._condition_return,
                self._condition_settlement,
                partial(self.env["order.delivery.part"]._condition_schedule, self),
                partial(condition_capacity, self),
            ],
            "effect": [
                self._condition_review,
                partial(condition_effect, self),
                self._condition_technical,
                self._condition_material,
                self._condition_drawing,
                self._condition_stock,
                self._condition_window,
                suspension,
            ],
            # goods leave by terms and class; a shipping release asks by itself
            "ship": [
                self._condition_balance,
                partial(condition_shipping, self),
                partial(condition_stage, self),
                suspension,
            ],
            # what an effective order needs to grow, and what it may not lose
            "effect_growth": [self._condition_review, suspension],
            "effect_money": [partial(condition_effect, self)],
            # [CHG-3] one that has taken effect
            "cancel": [partial(condition_cancel, self)],
        }

    def _get_next_transition(self):
        if self.state in {"draft", "sent"}:
            return "confirm"
        return "effect" if is_held(self) else super()._get_next_transition()

    def _name_transition(self, transition):
        names = {
            "send": self.env._("Send"),
            "confirm": self.env._("Confirm"),
            "effect": self.env._("Take effect"),
            "ship": self.env._("Ship"),
            "cancel": self.env._("Cancel"),
        }
        return names.get(transition) or super()._name_transition(transition)

    # -- sending, confirmation ---------------------------------------------------------

    def action_quotation_sent(self):
        if not self.env.su:
            return super().action_quotation_sent()
        # a customer's pending payment cannot read an error
        ready = self._filtered_ready("send")
        return super(SaleOrder, ready).action_quotation_sent() if ready else True

    def _confirmation_error_message(self):
        return super()._confirmation_error_message() or self._open_conditions_message(
            "confirm"
        )

    def action_confirm(self):
        """Confirm what is ready.

        A customer who signs or pays, a cash-on-delivery order, a till and a scheduled
        action cannot read an error: what they did is kept, the order waits and is
        looked at again. Whether an order is ready never depends on who asks.
        """
        unattended = self if self.env.su else filtered_settled_at_till(self)
        waiting = unattended - unattended._filtered_ready("confirm")
        # whoever stands at a till may not write this
        waiting.sudo()._keep_waiting("confirm")
        if question := (self - unattended)._open_missing_seats():
            return question
        ready = self - waiting
        return super(SaleOrder, ready).action_confirm() if ready else True

    def _action_confirm(self):
        result = super()._action_confirm()
        bind_production(self)
        emit_if_nothing_to_make(self, instructs=True)
        return result

    # -- taking effect -----------------------------------------------------------------

    def _release(self):
        taking_effect = self.filtered(lambda order: is_held(order))
        super()._release()
        note_guards(taking_effect)
        bind_production(self)
        emit_if_nothing_to_make(self)

    def _after_review(self, state):
        super()._after_review(state)
        mark_for_recheck_after_review(self, state)
        hand_out_sheets(self, state)
        keep_impact(self, state)
        if state == "declined":
            # another price or other terms have to be confirmed anew
            self.written_confirmation = False
        self._refresh_progress()

    # -- reading -----------------------------------------------------------------------

    def web_read(self, specification):
        if "review_panel" in specification:  # the form
            fill_in_absent(self, specification)
            fill_in_stock_lines(self)
            # the panel takes most of it
            self.review_id._read_rows()
        else:
            read_behind(self.filtered("id"), specification)
        return super().web_read(specification)

    def _compute_expected_date(self):
        saved = self.filtered("id")
        # at once for what the lines would ask one by one
        saved.filtered(lambda order: order.state == "sale").fetch(["effective_on"])
        if len(saved) > 1:
            # a list needs nothing else of the lines: six columns instead of all
            saved.order_line.fetch(EXPECTED_DATE_FIELDS)
            read_products(saved.order_line)
        super()._compute_expected_date()

    # -- the customer's side -----------------------------------------------------------

    def _has_to_be_signed(self):
        # nothing can be signed or paid before we have agreed ourselves
        return super()._has_to_be_signed() and not waits_for_review(self)

    def _has_to_be_paid(self):
        return (
            super()._has_to_be_paid()
            and not waits_for_review(self)
            and not is_deposit_paid(self.sudo())  # whether, not how much
        )

    @api.depends("deposit_rule_id")
    def _compute_require_payment(self):
        super()._compute_require_payment()
        asking = self.filtered(lambda order: asks_deposit_online(order))
        asking.require_payment = True

    @api.depends("deposit_rule_id")
    def _compute_prepayment_percent(self):
        super()._compute_prepayment_percent()
        for order in self.filtered(lambda order: asks_deposit_online(order)):
            order.prepayment_percent = get_deposit_percent(order)

    def _get_prepayment_required_amount(self):
        if self.require_payment and asks_deposit_online(self):
            return self.sudo().deposit_required  # the portal asks the customer for it
        return super()._get_prepayment_required_amount()

    # -- the form, opened by a department that only signs ------------------------------

    def _get_invoiced(self):
        # [CSN-6] core counts the invoices with the rights of whoever opens the form
        may = self.env["account.move.line"].has_access("read")
        # a number is shown, no invoice; the cache does not depend on who asks
        return super(SaleOrder, self if may else self.sudo())._get_invoiced()

    def _compute_json_popover(self):
        may = self.env["stock.picking"].has_access("read")
        # [CSN-6] whether a transfer is late, and its number, is no secret to a signer
        return super(SaleOrder, self if may else self.sudo())._compute_json_popover()

    # -- money -------------------------------------------------------------------------

    def _get_invoiceable_lines(self, final=False):
        lines = filter_offset(self, super()._get_invoiceable_lines(final=final))
        if is_held(self):
            lines = filter_invoiceable_before_effect(self, lines)
        return lines

    def _create_account_invoices(self, invoice_vals_list, final):
        if final:
            add_forfeiture_lines(self, invoice_vals_list)
        return super()._create_account_invoices(invoice_vals_list, final)

    def action_cancel(self):
        # a person is asked what becomes of a deposit; on other roads he gets a to-do
        if not self.env.su and (question := ask_for_settlement(self)):
            return question
        with followed_later(filtered_growth_guarded(self.sudo())):  # as in write
            return super().action_cancel()

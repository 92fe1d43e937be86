from odoo import api, fields, models
from odoo.fields import Domain

from ..confirmation.quotation_changes import get_unexplained
from ..effect.held import find_unprocurable, may_be_held
from ..intake.classification import freeze_type, get_order_type
from ..intake.customer_notice import get_confirmation_gaps, request_acknowledgement
from ..intake.entry import get_entry_gaps
from ..mechanism.order_condition_mixin import Condition
from ..money.deposits import determine_deposit
from ..payment_plan.allotment import freeze_payment_plan


class SaleOrder(models.Model):
    """What the review of a sales order looks at."""

    _inherit = "sale.order"

    # -- whom and how much -------------------------------------------------------------

    @api.depends("order_type_id", "proposed_type_id", "company_id")
    def _compute_needs_review(self):
        super()._compute_needs_review()

    @api.model
    def _get_states_before_begin(self):
        return {"draft", "sent"}

    def _get_review_type(self):
        return get_order_type(self)

    def _get_review_amount(self):
        """Amount with taxes in company currency, at the rate stored on the order."""
        return self.amount_total / (self.currency_rate or 1.0)

    def _get_reviewed_amount(self, review):
        # at the rate of the day on which its facts were last looked at
        return review.amount

    def _get_review_people(self):
        return {"salesperson": self.user_id, "team_leader": self.team_id.user_id}

    def _get_review_summary(self):
        self.ensure_one()
        return {
            **super()._get_review_summary(),
            "document_name": self.name,
            "partner_id": self.partner_id.id,
            "owner_id": self.user_id.id,
            "amount": self._get_review_amount(),
            "order_type_id": get_order_type(self).id,
            "is_urgent": self.is_urgent,
        }

    def _get_review_head(self):
        self.ensure_one()
        return [
            (self.env._("Customer"), self.partner_id.display_name),
            (
                self.env._("Customer Code"),
                self.partner_id.commercial_partner_id.ref or "",
            ),
            (self.env._("Order Type"), get_order_type(self).name or ""),
            (
                self.env._("Reasons"),
                self.order_type_reasons or self.order_type_reason or "",
            ),
            (self.env._("Channel"), self.order_channel_id.name or ""),
            (self.env._("Wanted Date"), fields.Date.to_string(self.wanted_date) or ""),
            (self.env._("Salesperson"), self.user_id.name or ""),
            (self.env._("Customer Reference"), self.client_order_ref or ""),
        ]

    def _get_review_lines(self):
        self.ensure_one()
        return [
            f"{line.product_id.display_name} × "
            f"{line.product_uom_id._spell_with_unit(line.product_uom_qty)}"
            for line in self.order_line
            if not line.display_type and not line.is_downpayment
        ]

    def _may_start_review(self):
        # one in force whose review was ended has a way on: another review
        in_force = self.state == "sale" and (self.effect_state or self.review_id)
        return self.state in {"draft", "sent"} or bool(in_force)

    def _is_review_used(self):
        return self.state == "sale"

    # -- submission --------------------------------------------------------------------

    def _get_submission_fields(self):
        return [
            *super()._get_submission_fields(),
            *self._get_outcome_fields(),
            *self._names_in(self._get_fact_fields()),
            *self._track_get_fields(),
            *(path[0] for path in self.env["order.entry.rule"]._get_paths()),
            "client_order_ref_key",
            "is_further_order",
            "is_imported",
            "slip_days",
            "currency_rate",
            "quoted_facts",
            "deposit_is_chosen",
            "deposit_state",
            "acknowledged_on",
            "order_type_reason",
            "order_type_reasons",
            "has_delivery_schedule",
        ]

    def _get_submission_problems(self):
        problems = super()._get_submission_problems()
        confirmation = get_confirmation_gaps(self)
        for order, gaps in get_entry_gaps(self).items():
            if order in confirmation:
                gaps = [*gaps, confirmation[order]]
            problems += [
                self.env._("%(order)s lacks %(what)s.", order=order.name, what=gap)
                for gap in gaps
            ]
        problems += [
            self.env._("%s is confirmed or cancelled already.", order.name)
            for order in self
            if not order._may_start_review() and order.review_state != "declined"
        ]
        holding = may_be_held(self)
        problems += [
            self.env._(
                "%(order)s: no rule says where %(product)s comes from.",
                order=order.name,
                product=product.display_name,
            )
            for order, product in find_unprocurable(holding)
        ]
        problems += [
            self.env._(
                "%s differs from the quotation that was sent: explain the differences.",
                order.name,
            )
            for order in get_unexplained(self)
        ]
        return problems

    def _before_submission(self):
        super()._before_submission()
        freeze_type(self)
        freeze_payment_plan(self)
        determine_deposit(self)
        # the customer signs in the portal
        signing = self.env["order.type"]._ids_requiring_return()
        returning = self.filtered(lambda order: order.order_type_id.id in signing)
        returning.filtered(lambda o: not o.require_signature).require_signature = True
        request_acknowledgement(self)

    # -- conditions --------------------------------------------------------------------

    def _condition_entry(self):
        """[INT-2] the order is complete.

        Asked until it is submitted; from then on the review vouches for it.
        """
        concerned = self.filtered(
            lambda order: (
                order.needs_review and order.review_state not in {"running", "approved"}
            )
        )
        return {
            order: Condition(
                "entry",
                self.env._("Complete entry"),
                not gaps,
                order.user_id.name or "",
                ", ".join(gaps),
            )
            for order, gaps in get_entry_gaps(concerned).items()
        }

    def _condition_review(self):
        """[REV-6] the review stands for the facts as they are now."""
        return self._condition_of_review("review", self.env._("Approved review"))

    def _condition_review_before_sending(self):
        """[CFM-6] where the type says so, the quotation goes out after the review."""
        sending = self.env["order.type"]._ids_reviewed_before_sending()
        concerned = self.filtered(lambda order: get_order_type(order).id in sending)
        return concerned._condition_review()

    # -- after the review -------------------------------------------------------------

    def _get_outcome_fields(self):
        return [
            *super()._get_outcome_fields(),
            "name",
            "review_id",
            "review_state",
            "state",
            "company_id",
            "order_type_id",
            "is_urgent",
            "effect_state",
            "requested_transition",
            "deposit_rule_id",
            "progress",
            "closed_on",
            "archived_on",
            "shipped_parts",
            "parts_to_ship",
        ]

    @api.model
    def _get_watched_domain(self):
        return Domain([("closed_on", "=", False), ("state", "!=", "cancel")])

from odoo import api, fields, models

from ..mechanism.order_condition_mixin import Condition


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
        return self._get_order_type()

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
            "order_type_id": self._get_order_type().id,
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
            (self.env._("Order Type"), self._get_order_type().name or ""),
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
        ]

    def _get_submission_problems(self):
        # read once, for the rules and for the facts
        self._read_lines(
            "order_line",
            ["display_type", "is_downpayment", "delivery_part_count"]
            + self._names_in(self._get_line_fact_fields()),
        )
        problems = super()._get_submission_problems()
        confirmation = self._get_confirmation_gaps()
        for order, gaps in self._get_entry_gaps().items():
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
        holding = self._may_be_held()
        problems += [
            self.env._(
                "%(order)s: no rule says where %(product)s comes from.",
                order=order.name,
                product=product.display_name,
            )
            for order, product in holding._find_unprocurable()
        ]
        problems += [
            self.env._(
                "%s differs from the quotation that was sent: explain the differences.",
                order.name,
            )
            for order in self._get_unexplained()
        ]
        return problems

    def _before_submission(self):
        super()._before_submission()
        self._freeze_type()
        self._determine_deposit()
        # the customer signs in the portal
        signing = self.env["order.type"]._ids_requiring_return()
        returning = self.filtered(lambda order: order.order_type_id.id in signing)
        returning.filtered(lambda o: not o.require_signature).require_signature = True
        self._request_acknowledgement()

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
            for order, gaps in concerned._get_entry_gaps().items()
        }

    def _condition_review(self):
        """[REV-6] the review stands for the facts as they are now."""
        return self._condition_of_review("review", self.env._("Approved review"))

    def _condition_review_before_sending(self):
        """[CFM-6] where the type says so, the quotation goes out after the review."""
        sending = self.env["order.type"]._ids_reviewed_before_sending()
        concerned = self.filtered(lambda order: order._get_order_type().id in sending)
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
        ]

    def _waits_for_review(self):
        """Whether the customer has to wait with signing and paying."""
        self.ensure_one()
        return bool(self._find_review_gaps())

    def _confirms_by_itself(self):
        """Whether nobody has to press Confirm: the type says so, or the customer has
        done his part already."""
        self.ensure_one()
        confirming = self.env["order.type"]._ids_confirming()
        requested = self.requested_transition == "confirm"
        return requested or self._get_order_type().id in confirming

    def _mark_for_recheck_after_review(self, state):
        """Have the worker look at the orders that may go on now."""
        if state in {"withdrawn", "terminated", "outdated"}:
            # what waits for it is free if no route asks for another one
            confirmed = self.filtered(lambda order: order.state == "sale")
            confirmed._mark_for_recheck("effect")
        if state != "approved":
            return
        waiting = self.filtered(
            lambda order: (
                order.state == "sale"
                or order.is_urgent
                or (order.state in {"draft", "sent"} and order._confirms_by_itself())
            )
        )
        waiting._mark_for_recheck("confirm")

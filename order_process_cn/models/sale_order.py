from odoo import api, models


class SaleOrder(models.Model):
    """The conductor: the only file that overrides core methods of the sales order.

    It says when the stages of the process are called; what they do stands in the
    folders, in the order in which an order meets them.
    """

    _name = "sale.order"
    _inherit = ["sale.order", "order.review.mixin", "order.condition.mixin"]

    # -- entry --------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        chosen = orders.filtered("order_type_id")
        if chosen and not self.env.su:
            for order in chosen:
                order._check_type_override({"order_type_id": order.order_type_id.id})
        return orders

    def write(self, vals):
        if "order_type_id" in vals and not self.env.su:
            self._check_type_override(vals)
        result = super().write(vals)
        if "order_type_id" in vals and not self.env.su:
            self._log_type_override()
        if vals.get("state") == "cancel":
            # [REV-5] nothing of an approval survives a cancellation, on any road
            self.sudo().review_id._end("cancelled", "cancel")
            self.filtered("confirmation_requested").confirmation_requested = False
        return result

    # -- confirmation -------------------------------------------------------------------

    def _get_condition_providers(self):
        return {
            **super()._get_condition_providers(),
            "confirm": [self._condition_entry, self._condition_review],
        }

    def _get_next_transition(self):
        return "confirm" if self.state in {"draft", "sent"} else False

    def _name_transition(self, transition):
        names = {"confirm": self.env._("Confirm")}
        return names.get(transition) or super()._name_transition(transition)

    @api.constrains("state")
    def _check_transition_confirm(self):
        """The gate: every road to a confirmed order writes this field. [REV-6]"""
        self.filtered(lambda order: order.state == "sale")._raise_open_conditions(
            "confirm"
        )

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
        if not self.env.su:
            return super().action_confirm()
        ready = self._filtered_ready("confirm")
        (self - ready)._keep_waiting()
        return super(SaleOrder, ready).action_confirm() if ready else True

    def _after_review(self, state):
        super()._after_review(state)
        if state == "approved":
            self._mark_for_recheck_after_approval()
        elif state == "declined":
            # another price or other terms have to be confirmed anew
            self.written_confirmation = False

    def _on_recheck(self):
        super()._on_recheck()
        self._send_acknowledgement()
        waiting = self.filtered(
            lambda order: order.state in {"draft", "sent"}
            and order._confirms_by_itself()
        )
        waiting._filtered_ready("confirm").action_confirm()

    # -- the customer's side ------------------------------------------------------------

    def _has_to_be_signed(self):
        # nothing can be signed or paid before we have agreed ourselves
        return super()._has_to_be_signed() and not self._waits_for_review()

    def _has_to_be_paid(self):
        return super()._has_to_be_paid() and not self._waits_for_review()

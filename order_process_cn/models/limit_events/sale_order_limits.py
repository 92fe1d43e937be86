from odoo import api, models

# a stored state, when it is entered -> what happened
EVENT_OF_STATE = {
    ("state", "sale"): "confirmed",
    ("state", "cancel"): "cancelled",
    ("deposit_state", "received"): "deposit_received",
    ("effect_state", "held"): "held",
    ("effect_state", "effective"): "effective",
    ("is_urgent", True): "urgent",
    ("is_urgent", False): "not_urgent",
}
# a day or moment, when it is first entered -> what happened
EVENT_OF_DATE = {
    "urgent_told_on": "urgent_told",
    "urgent_replied_on": "urgent_replied",
    "goods_in_stock_on": "goods_in_stock",
    "goods_taken_on": "goods_taken",
    "receipt_confirmed_on": "receipt_confirmed",
    "closed_on": "closed",
}


class SaleOrder(models.Model):
    """What happens to an order, for its time limits (SLA-1)."""

    _inherit = "sale.order"

    @api.model
    def _get_limit_events(self):
        return {
            **super()._get_limit_events(),
            "confirmation_sent": self.env._("Order confirmation sent"),
            "confirmation_returned": self.env._("Signed return came in"),
            "return_checked": self.env._("Signed return found complete"),
            "return_rejected": self.env._("Signed return asked for again"),
            "conditions_accepted": self.env._("Customer accepted our conditions"),
            "technical_confirmed": self.env._("Technical confirmation in writing"),
            "material_confirmed": self.env._("Material confirmation in writing"),
            "drawing_confirmed": self.env._("Drawing confirmed by the customer"),
            "confirmed": self.env._("Confirmed"),
            "held": self.env._("Waiting to take effect"),
            "deposit_received": self.env._("Deposit received"),
            "effective": self.env._("Effective, released to production"),
            "shipment_planned": self.env._("On a shipment plan"),
            "planned": self.env._("First production order confirmed"),
            "made": self.env._("Last production order finished"),
            "shipped": self.env._("Goods left for the customer"),
            "goods_in_stock": self.env._("All goods wait for the customer"),
            "goods_taken": self.env._("Customer has taken all goods"),
            "receipt_confirmed": self.env._("Customer confirmed the receipt"),
            "closed": self.env._("Order closed"),
            "urgent": self.env._("Marked as urgent"),
            "not_urgent": self.env._("No longer urgent"),
            "urgent_told": self.env._("Departments told of the urgency"),
            "urgent_replied": self.env._("Reply to the urgent order sent"),
        }

    @api.model
    def _get_limit_voids(self):
        return {
            **super()._get_limit_voids(),
            # what took effect was taken back
            "held": {"effective"},
            "not_urgent": {"urgent"},
        }

    def _get_limit_owner(self):
        return self.user_id

    def _get_limit_events_of(self, vals):
        """Return ``{code: orders}``: what writing ``vals`` means for these orders."""
        entered = {
            code: self.filtered(lambda order, n=name, v=value: order[n] != v)
            for (name, value), code in EVENT_OF_STATE.items()
            if vals.get(name) == value
        }
        dated = {
            code: self.filtered(lambda order, n=name: not order[n])
            for name, code in EVENT_OF_DATE.items()
            if vals.get(name)
        }
        return {**entered, **dated}

    def _emit_if_nothing_to_make(self):
        """An order for which nothing is made needs no plan: it counts as planned."""
        # whoever releases need not see production orders
        launched = self.sudo()._filtered_in_process()
        launched = launched.filtered(lambda order: not order._is_held())
        launched.filtered(lambda order: not order._get_all_productions())._emit(
            "planned"
        )

    def _emit_if_made(self):
        """Their last production order may have been finished just now."""
        # whoever finishes need not see sales orders, nor sales production orders
        orders = self.sudo()._filtered_in_process()
        orders.filtered(
            lambda order: all(p.state == "done" for p in order._get_all_productions())
        )._emit("made")

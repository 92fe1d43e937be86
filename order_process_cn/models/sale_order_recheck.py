from odoo import api, models

from .case_portal.sale_order_rating import ask_for_ratings
from .confirmation.slip import slip_promised_dates
from .confirmation.statements import ask_in_writing
from .delays.moved_dates import tell_moved_dates
from .effect.launch import refresh_effect
from .intake.customer_notice import send_acknowledgements
from .money.deposits import store_deposit_state
from .payment_plan.allotment import refresh_payment_steps
from .pickup.pickup_clock import refresh_pickup
from .planning.sale_order_reallocation import recheck_promised_dates
from .procedures.observing import look_at_observed
from .sale_review.waiting import confirms_by_itself
from .shipping.order_goods import look_at_shipping
from .staged_effect.stage import tell_of_lost_deposit
from .urgent.urgency import reply_to_urgent_orders, tell_of_urgency


class SaleOrder(models.Model):
    """What the worker looks at for an order, in which order, and what lets it look.

    What each step does stands in the folders.
    """

    _inherit = "sale.order"

    @api.model
    def _get_recheck_handlers(self):
        return {
            **super()._get_recheck_handlers(),  # the review first
            "acknowledge": send_acknowledgements,
            "rating": ask_for_ratings,
            "urgency": tell_of_urgency,
            "reply": reply_to_urgent_orders,
            "slip": slip_promised_dates,
            "promise": recheck_promised_dates,
            "moved": tell_moved_dates,
            "observe": look_at_observed,
            "confirm": confirm_by_themselves,
            "money": recheck_deposit,
            "goods": recheck_goods,
            "effect": recheck_effect,
            "growth": "_launch_growth",
            "shipping": look_at_shipping,
            "progress": "_refresh_progress",
        }

    @api.model
    def _get_recheck_followers(self):
        return {
            **super()._get_recheck_followers(),
            "review": {"confirm"},
            "urgency": {"reply"},
            # another seat may be needed now; what is approved is answered; a missing
            # return lets the date slip
            "confirm": {"review", "reply", "slip", "money"},
            # what was decided on the deposit of a cancelled order may be settled now
            "money": {"confirm", "goods", "effect", "shipping"},
            "goods": {"shipping", "progress"},
            "effect": {"growth"},
            "growth": {"shipping", "progress"},
        }

    @api.model
    def _get_recheck_events(self):
        return {
            **super()._get_recheck_events(),
            "confirmation_returned": ("confirm",),
            "conditions_accepted": ("confirm",),
            "technical_confirmed": ("effect",),
            "material_confirmed": ("effect",),
            "drawing_confirmed": ("effect",),
            "receipt_confirmed": ("progress", "rating"),
            "accepted": ("progress",),
        }

    @api.model
    def _get_recheck_labels(self):
        return {
            **super()._get_recheck_labels(),
            "acknowledge": self.env._("Acknowledgement to the customer"),
            "urgency": self.env._("Telling of the urgency"),
            "reply": self.env._("Reply to an urgent order"),
            "slip": self.env._("Promised date, while the return is missing"),
            "promise": self.env._("Promised date, after goods were taken away"),
            "confirm": self.env._("Confirmation"),
            "money": self.env._("Deposit and payments"),
            "goods": self.env._("Goods and pick-up"),
            "effect": self.env._("Taking effect"),
            "growth": self.env._("Quantities added later"),
            "shipping": self.env._("Shipping releases"),
            "progress": self.env._("Progress"),
            "moved": self.env._("Telling of a moved date"),
            "rating": self.env._("Request for a rating"),
            "observe": self.env._("What an observed procedure would have stopped"),
        }


def confirm_by_themselves(orders):
    """Confirm the orders for which nobody has to press a button."""
    waiting = orders.filtered(
        lambda order: order.state in {"draft", "sent"} and confirms_by_itself(order)
    )
    waiting._filtered_ready("confirm").action_confirm()


def recheck_deposit(orders):
    deposited = orders.filtered("deposit_rule_id")
    received = deposited.filtered(lambda order: order.deposit_state == "received")
    store_deposit_state(deposited)
    tell_of_lost_deposit(
        received.filtered(lambda order: order.deposit_state != "received")
    )
    refresh_payment_steps(orders)


def recheck_goods(orders):
    refresh_pickup(orders.filtered("deposit_rule_id"))
    # the rest may have been given up after the last receipt
    orders.env["order.delivery.receipt"]._confirm_orders(orders)


def recheck_effect(orders):
    concerned = orders.filtered("effect_state")
    refresh_effect(concerned)
    ask_in_writing(concerned)

from odoo import fields, models

from odoo.addons.order_process_cn.models.mechanism.engine import public_act


class OrderVisit(models.Model):
    """The customer comes to see his goods: agreed by those who receive him."""

    _name = "order.visit"
    _inherit = ["order.case.portal.mixin"]
    _description = "Customer Visit"

    _moves = {
        "draft": {"agreed", "cancel"},
        "agreed": {"held", "cancel"},
        "held": set(),
        "cancel": set(),
    }
    _gates = {
        "agree": ("state", {"agreed", "held"}),
        "hold": ("state", {"held"}),
    }
    _entered = frozenset({"day", "purpose"})
    _facts = {
        "document": ["order_id", "company_id"],
        "dates": ["day"],
        "special": ["purpose"],
    }
    _portal_fields = ("day", "purpose")

    state = fields.Selection(
        [
            ("draft", "Planned"),
            ("agreed", "Agreed"),
            ("held", "Held"),
            ("cancel", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
    )
    day = fields.Date(required=True)
    purpose = fields.Text()

    def _get_condition_providers(self):
        providers = super()._get_condition_providers()
        # nobody is shown the goods of an order that may not go on
        return {**providers, "hold": [*providers["hold"], self._condition_order]}

    def _condition_order(self):
        return self._forward_conditions("confirm", "order_id")

    @public_act
    def action_hold(self):
        self.check_access("write")
        # whoever writes it may, and the gate stands behind
        self.sudo()._move_to("held")

    def _after_review(self, state):
        super()._after_review(state)
        if state == "approved":
            self._move_to("agreed")


class OrderPaperVisit(models.AbstractModel):
    _name = "order.paper.v01"
    _inherit = ["order.paper"]
    _description = "Visit Sheet"
    _code = "V01"

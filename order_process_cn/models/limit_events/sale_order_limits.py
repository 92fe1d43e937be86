from odoo import api, models


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
            "plan_paid": self.env._("Every step of the payment plan received"),
            "effective": self.env._("Effective, released to production"),
            "shipment_planned": self.env._("On a shipment plan"),
            "production_planned": self.env._("On a production plan"),
            "planned": self.env._("First production order confirmed"),
            "made": self.env._("Last production order finished"),
            "arranged": self.env._("Delivery arranged"),
            "shipped": self.env._("Goods left for the customer"),
            "notified": self.env._("Customer notified of all that left"),
            "arrived": self.env._("All that left has arrived"),
            "receipt_returned": self.env._("Receipts of all that left are in"),
            "notes_handed_over": self.env._("Dispatch notes of all that left are in"),
            "goods_in_stock": self.env._("All goods wait for the customer"),
            "goods_taken": self.env._("Customer has taken all goods"),
            "receipt_confirmed": self.env._("Customer confirmed the receipt"),
            "accepted": self.env._("Customer accepted what was delivered"),
            "acceptance_refused": self.env._("Customer refused what was delivered"),
            "project_planned": self.env._("Project plan in force"),
            "project_completed": self.env._("Project completed"),
            "project_evaluated": self.env._("Project evaluated"),
            "closed": self.env._("Order closed"),
            "suspended": self.env._("Suspended"),
            "resumed": self.env._("Resumed"),
            "delayed": self.env._("Delay reported"),
            "summary_held": self.env._("Summary meeting held"),
            "failure_met": self.env._("Meeting on a serious failure held"),
            "checked": self.env._("Checked after execution"),
            "edited": self.env._("Changed with a reason"),
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

from odoo import models
from odoo.exceptions import UserError

from ..mechanism.engine import public_act
from ..pickup.balance import get_balance_figures


class SaleOrder(models.Model):
    """A sales order as a printed document: what frame, head and foot of its papers show
    and how they are sent. What stands on a paper is said by ``order.paper.fNN``."""

    _inherit = "sale.order"

    def _get_form_document(self):
        return self.name

    def _get_form_copies(self, form):
        # each member of the team gets his copy
        if form.code != "F04":
            return super()._get_form_copies(form)
        return [
            # the name of a colleague is no secret
            (f"{member.role} {member.user_id.sudo().name or ''}", member.department_id)
            for member in self.urgent_member_ids
        ]

    def _is_form_urgent(self):
        return self.is_urgent

    def _get_form_watermark(self):
        return self._get_review_watermark()

    @public_act
    def action_send_balance_reminder(self):
        """Open the message that sends the balance reminder F16 to the customer.

        :raise UserError: nothing is left to be paid
        """
        self.ensure_one()
        self.env["order.paper.f16"]._check_may_print(self)
        if get_balance_figures(self)["balance"] <= 0:
            raise UserError(self.env._("Nothing is left to be paid on %s.", self.name))
        return self._compose_paper(
            "order_process_cn.mail_template_balance_reminder",
            self.env._("Balance Reminder"),
        )

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .order_suspension import WHOLE


class SaleOrderLine(models.Model):
    """Whether a line is suspended: the stored answer that every gate asks (CFM-8)."""

    _inherit = "sale.order.line"

    is_suspended = fields.Boolean(
        string="Suspended",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="Nothing of it is launched, started or shipped until it is resumed.",
    )

    @api.model
    def _refuse_suspension_entered(self, vals_list):
        if not self.env.su and any("is_suspended" in vals for vals in vals_list):
            raise AccessError(
                self.env._(
                    "Lines are suspended and resumed by “Suspend” and “Resume” only."
                )
            )

    def _refuse_leaving_order(self, vals):
        """A suspended line stays with its order: it would never be resumed."""
        # a gate asks the same of everybody
        if "order_id" in vals and any(self.sudo().mapped("is_suspended")):
            self._refuse_suspended()

    def _join_suspension(self):
        """Suspend what was added to an order that is suspended as a whole."""
        joining = self.filtered(lambda line: line.order_id.suspension_state == WHOLE)
        joining.sudo().is_suspended = True  # the engine's to write

    def _refuse_suspended(self):
        """Raise if any of these lines is suspended."""
        lines = self.sudo().filtered("is_suspended")  # whether, and why
        if lines:
            raise UserError(
                self.env._(
                    "Nothing of it is launched, started or shipped now:\n%s",
                    "\n".join(
                        f"- {own._spell_suspension()}"
                        for own in lines.grouped("order_id").values()
                    ),
                )
            )

    def _spell_suspension(self):
        """Return in words that lines of one order are suspended, why and by whom."""
        order = self.order_id
        open_ones = self.env["order.suspension"]._get_open(order)
        owners = ", ".join(open_ones.user_id.mapped("name"))
        reasons = "; ".join(open_ones.mapped("reason"))
        if order.suspension_state == WHOLE:
            return self.env._(
                "%(order)s is suspended: %(reason)s → %(owner)s resumes it",
                order=order.name,
                reason=reasons,
                owner=owners,
            )
        lines = self.filtered("is_suspended")
        return self.env._(
            "%(order)s, %(goods)s is suspended: %(reason)s → %(owner)s resumes it",
            order=order.name,
            goods=", ".join(lines.product_id.mapped("display_name")),
            reason=reasons,
            owner=owners,
        )

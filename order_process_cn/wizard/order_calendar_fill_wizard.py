from odoo import fields, models

from ..models.mechanism.engine import public_act


class OrderCalendarFillWizard(models.TransientModel):
    """Asks for a year and enters its public holidays and make-up days."""

    _name = "order.calendar.fill.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Fill from Public Holidays"

    year = fields.Integer(
        required=True, default=lambda self: fields.Date.context_today(self).year
    )
    company_id = fields.Many2one("res.company", help="Leave empty for every company.")
    result = fields.Text(readonly=True)
    is_complete = fields.Boolean(string="Fully Announced", readonly=True)

    @public_act
    def action_fill(self):
        """Fill the year and show what came of it."""
        self.ensure_one()
        year, changes = self.env["order.calendar.year"]._fill(
            self.year, self.company_id
        )
        self.is_complete = year.is_complete
        self.result = self._describe(changes)
        view = self.env.ref(
            "order_process_cn.order_calendar_fill_wizard_view_form_result"
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
            "name": self.env._("Public Holidays of %s", self.year),
        }

    def _describe(self, changes):
        """Return in words what :meth:`order.calendar.year._fill` did."""
        created = changes["created"]
        days_off = created.filtered(lambda exception: exception.kind == "day_off")
        lines = [
            self.env._(
                "Entered: %(off)s days off, %(worked)s make-up working days.",
                off=len(days_off),
                worked=len(created) - len(days_off),
            )
        ]
        if changes["removed"]:
            lines.append(
                self.env._(
                    "Removed, because no longer so: %s earlier entries.",
                    changes["removed"],
                )
            )
        if changes["kept"]:
            lines.append(
                self.env._(
                    "Left as entered by hand: %s.",
                    ", ".join(map(str, changes["kept"].mapped("date"))),
                )
            )
        return "\n".join(lines)

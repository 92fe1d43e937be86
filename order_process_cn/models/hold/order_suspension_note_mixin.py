from odoo import api, fields, models


class OrderSuspensionNoteMixin(models.AbstractModel):
    """A document that says in red what of it is suspended, why and by whom (CFM-8)."""

    _name = "order.suspension.note.mixin"
    _description = "Shows a Suspension"

    # the fields that the note follows from, and the path to the order lines
    _suspension_fields = ()
    _suspension_path = ""

    suspension_note = fields.Text(
        string="Suspended because",
        compute="_compute_suspension_note",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends(lambda self: self._suspension_fields)
    @api.depends_context("lang")
    def _compute_suspension_note(self):
        self.suspension_note = False
        for document in self._filtered_suspended():
            lines = document._get_suspended_lines()
            document.suspension_note = lines._spell_suspension()

    def _filtered_suspended(self):
        """Return those of these documents that wait because of a suspension."""
        return self.filtered("suspension_state")

    def _get_suspended_lines(self):
        """Return the order lines that one of them waits for."""
        return self.mapped(self._suspension_path)

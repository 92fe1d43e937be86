from odoo import api, models


class OrderWorkingTimeMixin(models.AbstractModel):
    """Something that working time is reckoned from: hours, holidays, make-up days.

    When it changes, what is kept in memory is forgotten and the companies concerned
    are told.
    """

    _name = "order.working.time.mixin"
    _inherit = ["order.config.mixin"]
    _description = "Part of the Working Time"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._note_working_time()
        return records

    def write(self, vals):
        is_concerned = self._is_working_time(vals)
        if is_concerned:
            self._note_working_time()  # those that are left
        result = super().write(vals)
        if is_concerned:
            self._note_working_time()
        return result

    def unlink(self):
        self._note_working_time()
        return super().unlink()

    def _note_working_time(self):
        companies = self.env["res.company"]
        if not companies._is_working_time_stored():
            return
        for record in self:
            companies._note_working_time(*record._get_working_time_owners())

    def _is_working_time(self, vals):
        """Whether writing ``vals`` may change when work is done."""
        return True

    def _get_working_time_owners(self):
        """Return ``(calendars, companies)`` that one record concerns; both empty for
        every company."""
        return self.env["resource.calendar"], self.company_id

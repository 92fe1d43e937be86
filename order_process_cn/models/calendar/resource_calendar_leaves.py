from odoo import api, models


class ResourceCalendarLeaves(models.Model):
    """Time off of whole calendars is part of the working time kept in memory.

    Time off of a person or a machine is not: planning production writes a great deal of
    it and must not empty the caches.
    """

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._order_forget_working_time()
        return leaves

    def write(self, vals):
        self._order_forget_working_time()
        result = super().write(vals)
        self._order_forget_working_time()
        return result

    def unlink(self):
        self._order_forget_working_time()
        return super().unlink()

    def _order_forget_working_time(self):
        general = self.filtered(lambda leave: not leave.resource_id)
        general = general.filtered(lambda leave: leave.time_type == "leave")
        if general:
            self.env.registry.clear_cache()
        for leave in general:
            # of one company, or of everybody who works by the hours
            calendars = self.env["resource.calendar"]
            if not leave.company_id:
                calendars = leave.calendar_id
            self.env["res.company"]._note_working_time(calendars, leave.company_id)

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
        if any(not leave.resource_id and leave.time_type == "leave" for leave in self):
            self.env.registry.clear_cache()

from odoo import models


class ResourceCalendarAttendance(models.Model):
    """Weekly working hours: what is reckoned from them is kept in memory."""

    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "order.working.time.mixin"]

    def _get_working_time_owners(self):
        return self.calendar_id, self.env["res.company"]

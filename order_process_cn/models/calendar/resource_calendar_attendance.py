from odoo import models


class ResourceCalendarAttendance(models.Model):
    """Weekly working hours, kept in memory as :class:`ResourceCalendar` prepares them."""

    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "order.config.mixin"]

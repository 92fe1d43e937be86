from . import order_working_time_mixin  # isort: skip
from . import (
    mail_activity_mixin,
    order_calendar_exception,
    order_calendar_year,
    res_company,
    resource_calendar,
    resource_calendar_attendance,
    resource_calendar_leaves,
)

from datetime import datetime

import pytz

from odoo import Command
from odoo.tests import TransactionCase

OFFICE = ((8, 12), (13, 17))
WORKDAYS = range(5)


class CalendarCommon(TransactionCase):
    """A company in Shanghai that works Monday to Friday, 8-12 and 13-17, and another
    one. No holidays but those that a test enters."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.exceptions = cls.env["order.calendar.exception"]
        cls.exceptions.with_context(active_test=False).search([]).unlink()
        cls.env["order.calendar.year"].search([]).unlink()
        cls.leaves = cls.env["resource.calendar.leaves"]
        cls.leaves.search([("resource_id", "=", False)]).unlink()
        cls.company = cls.env["res.company"].create({"name": "Pump Works"})
        cls.other_company = cls.env["res.company"].create({"name": "Valve Works"})
        cls.calendar = cls._calendar()
        cls.company.resource_calendar_id = cls.calendar
        cls.everybody = cls.env["res.company"]

    @classmethod
    def _calendar(cls, days=WORKDAYS, hours=OFFICE, tz="Asia/Shanghai", **values):
        return cls.env["resource.calendar"].create(
            {
                "name": "Office",
                "tz": tz,
                "company_id": False,
                "attendance_ids": [
                    Command.clear(),
                    *(cls._attendance(day, *span) for day in days for span in hours),
                ],
                **values,
            }
        )

    @classmethod
    def _attendance(cls, day, low, high, **values):
        return Command.create(
            {
                "name": f"{day} {low}",
                "dayofweek": str(day),
                "hour_from": low,
                "hour_to": high,
                "day_period": "morning" if high <= 12 else "afternoon",
                **values,
            }
        )

    @classmethod
    def _except(cls, day, kind="day_off", **values):
        return cls.exceptions.create({"date": day, "kind": kind, **values})

    @classmethod
    def _at(cls, text, tz="Asia/Shanghai"):
        """Return the instant that a clock in ``tz`` shows as ``text``."""
        local = pytz.timezone(tz).localize(datetime.fromisoformat(text))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def _due(self, start, length, unit, tz="Asia/Shanghai"):
        """Return what the clock shows at the end of a limit of the company."""
        due = self.company._plan_deadline(self._at(start, tz), length, unit)
        local = pytz.utc.localize(due).astimezone(pytz.timezone(tz))
        return local.strftime("%a %Y-%m-%d %H:%M:%S").removesuffix(":00")

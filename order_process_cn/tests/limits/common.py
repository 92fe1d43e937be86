from datetime import datetime

import pytz

from odoo import Command
from odoo.tests import freeze_time

from ..common import OrderCommon
from ..set_up_once import set_up_once

OFFICE = ((8, 12), (13, 17))
# Monday to Friday, without any holiday but those that a test enters
MONDAY = "2026-05-18"


class LimitCommon(OrderCommon):
    """The company of the orders works in Shanghai, Monday to Friday, 8-12 and 13-17."""

    @classmethod
    @set_up_once
    def setUpClass(cls):
        super().setUpClass()
        cls.exceptions = cls.env["order.calendar.exception"]
        cls.exceptions.with_context(active_test=False).search([]).unlink()
        cls.env["resource.calendar.leaves"].search(
            [("resource_id", "=", False)]
        ).unlink()
        cls.calendar = cls._calendar()
        cls.company.resource_calendar_id = cls.calendar
        cls.limits = cls.env["order.time.limit"]
        cls.runs = cls.env["order.time.limit.run"]
        cls.limits.search([]).active = False
        for user in (cls.salesman, cls.supervisor, cls.administrator):
            user.tz = "Asia/Shanghai"
        # what is told to administrators is told to one
        managers = cls.env.ref("order_process_cn.order_group_manager")
        managers.user_ids = [Command.set(cls.administrator.ids)]

    @classmethod
    def _calendar(cls, hours=OFFICE):
        return cls.env["resource.calendar"].create(
            {
                "name": "Office",
                "tz": "Asia/Shanghai",
                "company_id": False,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": f"{day} {low}",
                            "dayofweek": str(day),
                            "hour_from": low,
                            "hour_to": high,
                            "day_period": "morning" if high <= 12 else "afternoon",
                        }
                    )
                    for day in range(5)
                    for low, high in hours
                ],
            }
        )

    @classmethod
    def _except(cls, day, kind="day_off", **values):
        return cls.exceptions.create({"date": day, "kind": kind, **values})

    @classmethod
    def _limit(cls, start="created", stop="submitted", length=4, **values):
        """Return a limit of working hours on orders that is switched on."""
        return cls.limits.create(
            {
                "name": f"{start} to {stop}",
                "start_event": start,
                "stop_event": stop,
                "length": length,
                **values,
            }
        )

    @classmethod
    def _seat_limit(cls, **values):
        return cls._limit(
            "opened",
            "decided",
            **{
                "res_model": "order.review.task",
                "responsible": "addressee",
                **values,
            },
        )

    @classmethod
    def _make_to_order(cls):
        """Have the product made for the order that asks for it."""
        routes = cls.env["stock.route"]
        for name in (
            "stock.route_warehouse0_mto",
            "mrp.route_warehouse0_manufacture",
        ):
            routes += cls.env.ref(name)
        routes.active = True
        cls.product.write({"is_storable": True, "route_ids": [Command.set(routes.ids)]})
        component = cls.env["product.product"].create({"name": "Casing"})
        bom = cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.product.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": component.id})],
            }
        )
        bom.is_released = True

    # -- time --------------------------------------------------------------------------

    @classmethod
    def _at(cls, text):
        """Return the instant that a clock in Shanghai shows as ``text``."""
        local = pytz.timezone("Asia/Shanghai").localize(datetime.fromisoformat(text))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    @classmethod
    def _clock(cls, text):
        """Let the clock in Shanghai show ``text``."""
        return freeze_time(cls._at(text))

    @staticmethod
    def _shown(instant):
        local = pytz.utc.localize(instant).astimezone(pytz.timezone("Asia/Shanghai"))
        return local.strftime("%a %m-%d %H:%M")

    # -- what runs ---------------------------------------------------------------------

    def _run(self, record, limit=None):
        """Return what runs, or ran last, on a record."""
        domain = [("res_model", "=", record._name), ("res_id", "in", record.ids)]
        if limit:
            domain.append(("rule_id", "=", limit.id))
        return self.runs.search(domain, limit=1)

    def _seat(self, order, name):
        return order.sudo().review_id.task_ids.filtered(lambda task: task.name == name)

    def _check(self, text):
        """Run the scheduled action at a moment, as the scheduler does."""
        with self._clock(text), self.enter_registry_test_mode():
            self.env.ref(
                "order_process_cn.order_time_limit_cron"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def _digests(self, user):
        """Return the notices about limits that somebody got."""
        return self.env["mail.message"].search(
            [
                ("partner_ids", "in", user.partner_id.ids),
                ("subject", "like", "Time limits:"),
                ("message_type", "=", "user_notification"),
            ],
            order="id",
        )

    @classmethod
    def _fill(cls, limit, count, next_check, first=1000000):
        """Enter many running limits at once, for measurements: they all wait for
        ``next_check``. Returns nothing."""
        cls.env.flush_all()
        cls.env.cr.execute(
            """
            INSERT INTO order_time_limit_run
                (rule_id, res_model, res_id, document_model, document_id,
                 document_name, company_id, user_id, state, unit, length, round,
                 started_at, due_at, next_check, is_late)
            SELECT %(limit)s, 'sale.order', %(first)s + number, 'sale.order',
                   %(first)s + number, 'X' || number, %(company)s, %(user)s, 'running',
                   'working_hours', 4, 1, %(at)s, %(at)s, %(at)s, FALSE
              FROM generate_series(1, %(count)s) AS number
            """,
            {
                "limit": limit.id,
                "first": first,
                "company": cls.company.id,
                "user": cls.salesman.id,
                "at": next_check,
                "count": count,
            },
        )
        cls.env.invalidate_all()

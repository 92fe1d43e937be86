from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.tests import tagged

from ...tools.allocation import allocate
from ..schedule.schedule_common import ScheduleCommon

PARTS = st.lists(
    st.tuples(st.integers(1, 9), st.integers(-6, 6), st.integers(-6, 6)),
    min_size=1,
    max_size=4,
)
SHIPMENTS = st.lists(
    st.tuples(st.integers(1, 9), st.integers(-9, 0)), min_size=0, max_size=4
)


@tagged("post_install", "-at_install")
class TestDeliveryReport(ScheduleCommon):
    """[INT-9] [PLN-6] what is due, and how far the first and the last promise were
    kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.today = cls.company._calendar_day(fields.Datetime.now())

    def _day(self, days):
        return self.today + timedelta(days=days)

    def _get_rows(self, order, *names):
        self.env.flush_all()
        report = self.env["order.delivery.report"]
        report.invalidate_model()
        rows = report.search([("order_id", "=", order.id)])
        return [tuple(row[name] for name in names) for row in rows]

    def _leave(self, order, quantity, days):
        """Have goods of the first line leave ``days`` from today."""
        line = order.sudo().order_line[0]
        move = self.env["stock.move"].create(
            {
                "product_id": self.product.id,
                "product_uom": self.product.uom_id.id,
                "product_uom_qty": quantity,
                "quantity": quantity,
                "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "sale_line_id": line.id,
            }
        )
        move.write(
            {
                "state": "done",
                "date": self.company._start_of_day(self._day(days))
                + timedelta(hours=8),
            }
        )

    @settings(
        max_examples=15,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(parts=PARTS, shipments=SHIPMENTS)
    def test_as_it_is_shared_out(self, parts, shipments):
        """The view says what ``allocate`` says."""
        with self.env.cr.savepoint() as savepoint:
            order = self._scheduled(
                *((n, self._day(last)) for n, last, _first in parts),
                quantity=sum(n for n, *_days in parts),
            )
            rows = order.order_line.sudo().delivery_part_ids.sorted("id")
            for part, (_n, _last, first) in zip(rows, parts, strict=True):
                part.first_promised_date = self._day(first)
            for quantity, days in shipments:
                self._leave(order, quantity, days)
            turn = rows._in_turn()
            places = turn.mapped("quantity")

            def gone(until):
                return sum(n for n, days in shipments if days <= until)

            last = [(part.promised_date - self.today).days for part in turn]
            first = [(part.first_promised_date - self.today).days for part in turn]
            expected = [
                (
                    allocate(gone(99), places)[at],
                    allocate(gone(last[at]), places)[at],
                    allocate(gone(first[at]), places)[at],
                )
                for at in range(len(turn))
            ]
            found = self._get_rows(
                order, "shipped_qty", "on_time_qty", "first_on_time_qty"
            )
            self.assertEqual(found, expected)
            savepoint.rollback()
            self.env.invalidate_all(flush=False)
            self.cr.precommit.clear()

    def test_promises(self):
        """Late against the first promise, in time for the last."""
        order = self._scheduled((4, self._day(-3)), (6, self._day(2)))
        parts = order.order_line.sudo().delivery_part_ids
        parts[0].first_promised_date = self._day(-8)
        self._leave(order, 4, -4)
        names = (
            "open_qty",
            "on_time_rate",
            "first_on_time_rate",
            "shipped_rate",
            "is_late",
        )
        self.assertEqual(
            self._get_rows(order, *names),
            [(0, 1.0, 0.0, 1.0, False), (6, 0.0, 0.0, 0.0, False)],
        )
        rates = self.env["order.delivery.report"]._read_group(
            [("order_id", "=", order.id)], [], ["on_time_rate:avg", "open_qty:sum"]
        )
        # nobody knows yet whether the second will be on time
        self.assertEqual(rates, [(1.0, 6.0)])

    def test_lines_without_a_schedule(self):
        at = self.company._start_of_day(self._day(-1)) + timedelta(hours=9)
        order = self._order(quantity=5, commitment_date=at, wanted_date=self.today)
        self.assertEqual(
            self._get_rows(order, "promised_date", "first_promised_date", "is_late"),
            [(self._day(-1), self._day(-1), True)],
        )

    def test_who_sees_what(self):
        """[SEC-1] one's own, or all; no prices, no other company."""
        order = self._scheduled()
        self.env.flush_all()
        stranger = self._user("stranger", "sales_team.group_sale_salesman")
        for user, seen in (
            (self.salesman, 2),
            (stranger, 0),
            (self.supervisor, 2),
            (self.stocker, 2),
        ):
            report = self.env["order.delivery.report"].with_user(user)
            count = report.search_count([("order_id", "=", order.id)])
            self.assertEqual(count, seen, user.login)
        fields_ = self.env["order.delivery.report"]._fields
        self.assertFalse([n for n in fields_ if "price" in n or "amount" in n])
        other = self.env["res.company"].create({"name": "Other"})
        outsider = self._user(
            "outsider",
            "stock.group_stock_user",
        )
        outsider.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        report = self.env["order.delivery.report"].with_user(outsider)
        report = report.with_context(allowed_company_ids=other.ids)
        self.assertFalse(report.search([("order_id", "=", order.id)]))

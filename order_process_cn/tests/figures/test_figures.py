from odoo.tests import freeze_time, tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestFigures(OrderCommon):
    """[ANA-1] figures come from what happened, and each opens its rows."""

    def test_steps_seats_and_types(self):
        with freeze_time("2026-03-02 01:00:00"):
            order = self._order()
            self._end_of_transaction()
        with freeze_time("2026-03-02 04:00:00"):
            self._submit(order)
            self._end_of_transaction()
        with freeze_time("2026-03-02 09:30:00"):
            self._sign(order, "sales")
            self._sign(order, "quality", decision="decline", opinion="No gauge")
            self._end_of_transaction()
        self.partner.order_class_id = self.env.ref(
            "order_process_cn.order_customer_class_a"
        )
        self.env.flush_all()
        steps = self.env["order.step.report"].with_user(self.salesman)
        own = [("order_id", "=", order.id)]
        rows = steps.search(own, order="entered_on, id")
        self.assertEqual(
            rows.mapped(lambda row: (row.process_step, row.is_current, row.hours)),
            [("entry", False, 3.0), ("review", True, 0.0)],
        )
        self.assertEqual(rows.order_channel_id, self.channel)
        self.assertEqual(rows.order_class_id, self.partner.order_class_id)
        groups = steps.formatted_read_group(
            own, ["entered_on:day", "process_step"], ["hours:avg", "__count"]
        )
        self.assertEqual([group["__count"] for group in groups], [1, 1])
        seats = self.env["order.seat.report"].with_user(self.supervisor)
        mine = [("review_id", "=", order.sudo().review_id.id)]
        declined = seats.search([*mine, ("state", "=", "declined")])
        self.assertRecordValues(
            declined,
            [
                {
                    "signer_id": self.signers["quality"].id,
                    "opinion": "No gauge",
                    "decline_rate": 1.0,
                }
            ],
        )
        signed = seats.search([*mine, ("signer_id", "=", self.supervisor.id)])
        self.assertEqual((signed.state, signed.hours), ("agreed", 5.5))
        sales = self.env["sale.report"].with_user(self.supervisor)
        [group] = sales.formatted_read_group(
            [("order_reference", "=", f"sale.order,{order.id}")],
            ["order_type_id", "order_channel_id", "order_class_id", "progress"],
            ["price_subtotal:sum"],
        )
        self.assertEqual(group["order_type_id"][0], self.order_type.id)
        self.assertEqual(group["progress"], "review")
        # whoever sells sees his own, and no work of others
        other = self._user("other_seller", "sales_team.group_sale_salesman")
        self.assertFalse(steps.with_user(other).search_count(own))
        self.assertFalse(seats.with_user(other).has_access("read"))

    def test_delivery_time_and_returns(self):
        """[ANA-1] delivery time and return rate by day, week and month, counted from
        the events; whoever sells sees his own orders only."""
        orders = self._order() | self._order() | self._order()
        orders = orders.sudo()
        for number, order in enumerate(orders[:2]):
            order.progress = "shipped"
            for step, day in (("entry", 1), ("effective", 3), ("shipped", 9 + number)):
                self.env["order.event"].create(
                    {
                        "res_model": "sale.order",
                        "res_id": order.id,
                        "document_name": order.name,
                        "code": "progress",
                        "detail": step,
                        "at": f"2020-03-{day:02} 08:00:00",
                        "company_id": order.company_id.id,
                    }
                )
        self.env["order.service.case"].create(
            {"order_id": orders[0].id, "kind": "return"}
        )
        self.env.flush_all()
        report = self.env["order.process.report"].with_user(self.salesman)
        own = [("order_id", "in", orders.ids), ("shipped_on", "!=", False)]
        self.assertEqual(report.search(own, order="id").mapped("delivery_days"), [6, 7])
        self.assertEqual(sum(report.search(own).mapped("return_rate")), 0)
        self.env.cr.execute(
            "UPDATE order_service_case SET state = 'approved' WHERE order_id = %s",
            [orders[0].id],
        )
        self.env.invalidate_all()
        measures = ["__count", "delivery_days:avg", "cycle_days:avg", "return_rate:avg"]
        for interval, groups in (("day", 2), ("week", 1), ("month", 1)):
            with self.subTest(interval):
                found = report.formatted_read_group(
                    own, [f"shipped_on:{interval}"], measures
                )
                self.assertEqual(len(found), groups)
        self.assertEqual(found[0]["delivery_days:avg"], 6.5)
        self.assertEqual(found[0]["cycle_days:avg"], 8.5)
        self.assertEqual(found[0]["return_rate:avg"], 0.5)
        other = self._user("other_time", "sales_team.group_sale_salesman")
        self.assertFalse(report.with_user(other).search_count(own))

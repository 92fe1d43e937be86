from odoo.tests import tagged

from ..limits.common import MONDAY, LimitCommon
from .shipping_common import ShippingCommon

RULE = "order_process_cn.order_time_limit_p27_%s"


@tagged("post_install", "-at_install")
class TestShippingNotice(ShippingCommon, LimitCommon):
    """[SHP-5] P27: from the written notice to the goods at the customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = {}
        for name in ("entered", "arranged", "arrived", "arrived_urgent"):
            rule = cls.env.ref(RULE % name)
            rule.write({"active": True, "order_type_ids": cls.order_type.ids})
            cls.rules[name] = rule

    def _due(self, order, name):
        run = self._run(order, self.rules[name])
        return run and self._shown(run.due_at)

    def _notice(self, clock, **values):
        given = {
            "user": self.env.user,  # who may choose the type
            "user_id": self.salesman.id,
            "order_type_id": self.order_type.id,
            "wanted_date": False,
        }
        with self._clock(clock):
            return self._shipping_order(**{**given, **values})

    def test_by_a_quarter_past_five(self):
        """[SHP-5] entered T and arranged T+1; later T+1 and T+2."""
        early = self._notice(f"{MONDAY} 16:50")
        self.assertEqual(self._due(early, "entered"), "Mon 05-18 17:00")
        self.assertEqual(self._due(early, "arranged"), "Tue 05-19 17:00")
        late = self._notice(f"{MONDAY} 17:16")
        self.assertEqual(self._due(late, "entered"), "Tue 05-19 17:00")
        self.assertEqual(self._due(late, "arranged"), "Wed 05-20 17:00")

    def test_arranged_then_delivered(self):
        """[SHP-5] the release arranges it; three days, urgent one, or the date of the
        customer."""
        for values, name, due in (
            ({}, "arrived", "Fri 05-22 23:59"),
            (
                {"is_urgent": True, "urgent_reason": "Line is down"},
                "arrived_urgent",
                "Wed 05-20 23:59",
            ),
            ({"wanted_date": "2026-05-29"}, "arrived", "Fri 05-29 23:59"),
        ):
            with self.subTest(name, **values):
                order = self._notice(f"{MONDAY} 09:00", **values)
                self.assertFalse(self._due(order, name))
                with self._clock("2026-05-19 10:00"):
                    self._let_go(order)
                self.assertEqual(self._run(order, self.rules["arranged"]).state, "met")
                self.assertEqual(self._due(order, name), due)

    def test_as_it_is_shipped(self):
        """[SHP-5] for after-sales orders; other types have no such limit."""
        rules = self.env["order.time.limit"].concat(*self.rules.values())
        aftersales = self.env.ref("order_process_cn.order_type_aftersales")
        rules.order_type_ids = aftersales
        order = self._notice(f"{MONDAY} 09:00")
        self.assertFalse(self._due(order, "entered"))

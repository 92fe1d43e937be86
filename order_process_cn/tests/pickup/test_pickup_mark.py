from datetime import timedelta

from odoo.tests import tagged

from .pickup_common import DAY_0, PickupCommon


@tagged("post_install", "-at_install")
class TestPickupMark(PickupCommon):
    """[DEP-3] K10: a deadline in a year whose holidays are not announced says so,
    wherever it stands."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        years = cls.env["order.calendar.year"]
        years.search([]).unlink()
        cls.year = years.create({"year": DAY_0.year})
        cls.mark = f"holidays of {DAY_0.year} not announced yet"

    def _text_of(self, order):
        blocks = self.env["order.paper.f16"]._get_blocks(order)
        return str([block.rows for block in blocks if block.kind == "facts"])

    def test_mark(self):
        order = self._waiting_order()
        deadline = DAY_0 + timedelta(days=7)
        self.assertEqual(order.pickup_deadline, deadline)
        self.assertEqual(order.pickup_mark, self.mark)
        # to be taken and to be paid by this day
        self.assertEqual(self._text_of(order).count(f"({self.mark})"), 2)
        shown = order.with_user(self.salesman).read(["pickup_mark"])
        self.assertEqual(shown[0]["pickup_mark"], self.mark)
        self.year.is_complete = True
        self.env.invalidate_all()
        self.assertFalse(order.pickup_mark)
        self.assertNotIn(self.mark, self._text_of(order))

    def test_no_deadline_no_mark(self):
        order = self._deposit_order(confirm=False)
        self.assertFalse(order.pickup_deadline)
        self.assertFalse(order.pickup_mark)

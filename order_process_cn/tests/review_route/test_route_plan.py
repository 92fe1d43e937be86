from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ...tools.route_plan import ADDED, VERSION, as_now
from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestRoutePlan(BaseCase):
    """[REV-2] a running copy of a route is read by every later version."""

    def test_what_came_later(self):
        first = {"route": 1, "stages": []}
        later = {name for names in ADDED.values() for name in names}
        self.assertEqual(as_now(first).keys() - first.keys(), later)
        self.assertEqual(max(ADDED), VERSION)

    def test_what_was_chosen_stays(self):
        chosen = {"version": VERSION, "one_seat": True}
        self.assertIs(as_now(chosen), chosen)
        self.assertTrue(as_now({"one_seat": True})["one_seat"])


@tagged("post_install", "-at_install")
class TestOldReview(OrderCommon):
    """[REV-2] [SEC-2] a review that began before an upgrade goes to its end."""

    def test_to_its_end(self):
        Route = type(self.env["order.review.route"])
        compiled = Route._compiled
        later = {"version", *(name for names in ADDED.values() for name in names)}

        def as_first(route):
            plan = compiled(route)
            return {key: value for key, value in plan.items() if key not in later}

        with patch.object(Route, "_compiled", as_first):
            order = self._submit()
        review = order.sudo().review_id
        self.assertFalse(review.plan.keys() & later)
        self._sign(order, "sales", *DEPARTMENTS)
        self.assertEqual(review.state, "approved")
        self.assertFalse(review._find_tampering())

from odoo.tests import tagged

from .changes_common import ChangesCommon


@tagged("post_install", "-at_install")
class TestChangeQueries(ChangesCommon):
    """[CHG-5] what it costs the worker to write a change."""

    def _agreed(self):
        """Return a change of price and date of an order with five lines, as the worker
        finds it."""
        change = self._change(
            self._signed(lines=5),
            {"new_commitment_date": "2030-05-27 08:00:00"},
            line={"price_unit": 90},
        )
        change.action_review_submit()
        self._sign(change, "sales", "production")
        self.assertEqual(change.state, "agreed")
        self._end_of_transaction()
        self._begin()
        return self.env["order.change.request"].browse(change.id)

    def test_apply(self):
        """[CHG-5] all of it, and what follows before the commit."""
        self._agreed()._apply_what_waited()  # what is remembered is remembered
        self._end_of_transaction()
        change = self._agreed()
        with self.assertQueryCount(75):
            change._apply_what_waited()
            self._end_of_transaction()
        self.assertEqual(change.state, "applied")
        self.assertEqual(set(change.effect_ids.mapped("result")), {"done"})
        self._check_form(self.env["sale.order"].browse(change.order_id.id))

    def _check_form(self, order):
        """The form of an order that was changed, beside one that never was."""
        counts, changes = [], []
        for one in (self._signed(lines=5), self._signed(lines=5), order):
            form = one.with_user(self.salesman)
            specification = self._form_specification(form)
            named = {"product_id": {"fields": {"display_name": {}}}}
            specification["order_line"]["fields"] |= named
            self._begin()
            before = self.cr.sql_log_count
            [values] = form.web_read(specification)
            counts.append(self.cr.sql_log_count - before)
            changes.append(values["change_count"])
        self.assertEqual(changes, [0, 0, 1])
        self.assertLessEqual(counts[2] - counts[1], 1)

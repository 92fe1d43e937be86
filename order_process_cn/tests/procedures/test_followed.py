from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from ..common import OrderCommon

FOLLOWED = "order.followed"


@tagged("post_install", "-at_install")
class TestFollowed(OrderCommon):
    """[P25] 跟单: the orders that somebody follows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tracker = cls._user("tracker", "base.group_user")
        cls.seller = cls._user("tracking_seller", "sales_team.group_sale_salesman")
        cls.partner.order_tracker_id = cls.tracker
        cls.followed = cls._order(user_id=cls.salesman.id)

    def _rows(self, user, *domain):
        self.env.flush_all()
        rows = self.env[FOLLOWED].with_user(user)
        rows.invalidate_model()
        return rows.search(list(domain))

    def test_who_follows(self):
        """The tracker of the customer, else whoever is named, else the salesperson;
        each reads his own orders and where they are, whoever sees all orders all."""
        order = self.followed
        self.assertEqual(order.tracker_id, self.tracker)
        row = self._rows(self.tracker)
        self.assertEqual((row.order_id, row.follower_id), (order, self.tracker))
        self.assertIn(self.salesman.name, row.order_standing)
        action = self._rpc(self.tracker, row, "action_open_document")
        self.assertEqual(action["res_id"], order.id)
        # without any right of sales, by being its tracker
        self.assertEqual(
            order.with_user(self.tracker).read(["name"])[0]["id"], order.id
        )
        self.assertTrue(order.order_line.with_user(self.tracker).has_access("read"))
        self.assertFalse(order.with_user(self.tracker).has_access("write"))
        self.assertFalse(self._rows(self.salesman, ("order_id", "=", order.id)))

        order.tracker_id = self.seller
        self.assertFalse(self._rows(self.tracker))
        self.assertTrue(self._rows(self.seller, ("order_id", "=", order.id)))
        self.assertTrue(order.with_user(self.seller).has_access("read"))
        order.tracker_id = False
        self.assertTrue(self._rows(self.salesman, ("order_id", "=", order.id)))
        self.assertFalse(order.with_user(self.seller).has_access("read"))
        self.assertTrue(self._rows(self.supervisor, ("order_id", "=", order.id)))
        # of a contact whose company has one
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.partner.id}
        )
        self.assertEqual(self._order(partner_id=contact.id).tracker_id, self.tracker)

    def test_late_first(self):
        """What is late stands first; receipts and papers that are not back are
        counted; filed and cancelled orders are gone."""
        order = self.followed
        other = self._order(
            commitment_date=fields.Datetime.now() - timedelta(days=3),
            user_id=self.salesman.id,
        )
        rows = self._rows(self.tracker)
        self.assertEqual(rows.order_id.ids, [other.id, order.id])
        self.assertEqual(rows.mapped("is_late"), [True, False])
        self._approve(order).with_user(self.supervisor).action_confirm()
        order.sudo()._issue_form("F05")
        row = rows.filtered(lambda r: r.order_id == order)
        rows = self._rows(self.tracker)
        row = rows.filtered(lambda r: r.order_id == order)
        self.assertTrue(row.papers_missing)
        self.assertFalse(row.receipts_due)
        transfer = order.sudo().picking_ids
        transfer.move_ids.write({"quantity": 2, "picked": True})
        transfer.button_validate()
        waits = ("receipts_due", ">", 0)
        self.assertEqual(self._rows(self.tracker, waits).order_id, order)
        other._action_cancel()
        self.assertEqual(self._rows(self.tracker).order_id, order)

    def test_cost(self):
        """[P25] the number of queries does not depend on the number of orders."""
        line = [Command.create({"product_id": self.product.id})]
        for _number in range(8):
            self._order(order_line=line)
        fields_ = ["order_id", "partner_id", "order_standing", "receipts_due"]

        def cost(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            rows = self.env[FOLLOWED].with_user(self.tracker)
            self.assertEqual(len(rows.search_read([], fields_, limit=limit)), limit)
            return self.cr.sql_log_count - before

        cost(2)  # warms what is the same for all of them
        self.assertEqual(cost(2), cost(9))

    def test_borrowed_choices_are_translated(self):
        """[P25] choices that a field takes from another one are in Chinese, too."""
        chinese = self.env(context={**self.env.context, "lang": "zh_CN"})
        for name, model in self.env.registry.items():
            for field in model._fields.values():
                if (
                    field.type != "selection"
                    or field._module != "order_process_cn"
                    or not callable(field.selection)
                ):
                    continue
                with self.subTest(f"{name}.{field.name}"):
                    choices = field._description_selection(chinese)
                    self.assertNotEqual(choices, field._description_selection(self.env))

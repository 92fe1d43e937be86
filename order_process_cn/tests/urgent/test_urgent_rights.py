from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestUrgentRights(OrderCommon):
    """[URG-1] [SEC-1] the team of an order is changed by whoever may change the order,
    and by nobody else (K12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._user("colleague", "sales_team.group_sale_salesman")
        cls.order = cls._order(
            is_urgent=True,
            urgent_reason="Line stands still",
            urgent_member_ids=[
                Command.create({"role": "Liaison", "user_id": cls.gm.id})
            ],
        )
        cls.member = cls.order.sudo().urgent_member_ids[:1]
        cls.theirs = cls._order(user=cls.colleague)

    def _new(self, order):
        return [{"order_id": order.id, "role": "Spy", "user_id": self.deputy.id}]

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_not_of_other_peoples_orders(self):
        for method, args in (
            ("write", [{"user_id": self.deputy.id}]),
            ("write", [{"order_id": self.theirs.id}]),
            ("unlink", []),
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                self._rpc(self.colleague, self.member, method, *args)
        with self.assertRaises(AccessError):
            self._rpc(
                self.colleague, self.member.browse(), "create", self._new(self.order)
            )
        self.assertEqual(self.member.user_id, self.gm)
        self.assertEqual(self.member.order_id, self.order)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_not_by_moving_ones_own(self):
        """The rule is asked about the row as it was."""
        self._rpc(
            self.colleague, self.member.browse(), "create", self._new(self.theirs)
        )
        spy = self.theirs.sudo().urgent_member_ids
        self.assertEqual(spy.role, "Spy")
        with self.assertRaisesRegex(UserError, "stays with its order"):
            self._rpc(self.colleague, spy, "write", {"order_id": self.order.id})
        with self.assertRaises(UserError):
            self._rpc(
                self.colleague,
                self.theirs,
                "write",
                {"urgent_member_ids": [Command.link(self.member.id)]},
            )
        self.env.invalidate_all()
        self.assertNotIn(spy, self.order.sudo().urgent_member_ids)

    def test_of_ones_own_and_by_those_who_write_all(self):
        for user in (self.salesman, self.supervisor):
            with self.subTest(user.login):
                self._rpc(user, self.member, "write", {"user_id": self.deputy.id})
                # to write what is there already moves nothing
                self._rpc(user, self.member, "write", {"order_id": self.order.id})
                self._rpc(user, self.member.browse(), "create", self._new(self.order))
                spy = self.order.sudo().urgent_member_ids.filtered(
                    lambda member: member.role == "Spy"
                )
                self._rpc(user, spy, "unlink")
                self.assertFalse(spy.exists())
        self.assertEqual(self.member.user_id, self.deputy)

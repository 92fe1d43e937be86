from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestDelegation(OrderCommon):
    """[CSN-3] [SEC-2] nobody acts in the name of somebody who did not ask for it."""

    def setUp(self):
        super().setUp()
        self.principal = self.signers["quality"]
        self.actor = self.signers["planning"]

    def _delegate(self, principal, actor, user=None, **values):
        model = self.env["order.delegation"].with_user(user or principal)
        return model.create(
            {
                "principal_id": principal.id,
                "actor_id": actor.id,
                "date_from": fields.Date.today(),
                "date_to": fields.Date.today(),
                **values,
            }
        )

    def _use(self):
        """Have the delegation sign for quality; return it."""
        delegation = self._delegate(self.principal, self.actor)
        order = self._submit()
        self._sign(order, "sales")
        task = order.sudo().review_id.task_ids.filtered(lambda t: t.name == "Quality")
        self._rpc(self.actor, task, "action_sign", "agree", self._digest(order))
        self.assertEqual(task.decided_by_id, self.principal)
        return delegation

    def _told(self, user):
        return self.env["mail.message"].search(
            [
                ("model", "=", "order.delegation"),
                ("notified_partner_ids", "in", user.partner_id.ids),
            ]
        )

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nobody_makes_himself_the_actor_of_another(self):
        """K12: one's own delegation is not turned into that of somebody else."""
        victim, thief = self.signers["production"], self.principal
        mine = self._delegate(thief, self.actor)
        for user in (thief, self.administrator, self.env.user):
            for values in (
                {"principal_id": victim.id, "actor_id": thief.id},
                {"principal_id": victim.id},
                {"actor_id": self.gm.id},
            ):
                with (
                    self.subTest(f"{user.login} {values}"),
                    self.assertRaisesRegex(UserError, "another one"),
                ):
                    mine.with_user(user).write(values)
        # to save what is there already changes nothing
        mine.write({"principal_id": thief.id, "actor_id": self.actor.id})

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nobody_makes_one_for_another(self):
        victim, thief = self.signers["production"], self.principal
        for principal, context in (
            (victim.id, {}),
            (False, {"default_principal_id": victim.id}),
        ):
            values = {
                "actor_id": thief.id,
                "date_from": "2026-01-01",
                "date_to": "2026-01-02",
            }
            if principal:
                values["principal_id"] = principal
            with self.subTest(context), self.assertRaises(AccessError):
                self.env["order.delegation"].with_user(thief).with_context(
                    **context
                ).create(values)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_the_actor_changes_nothing(self):
        delegation = self._delegate(self.principal, self.actor)
        for values in ({"date_to": "2099-01-01"}, {"active": False}):
            with self.assertRaises(AccessError):
                delegation.with_user(self.actor).write(values)
        with self.assertRaises(AccessError):
            delegation.with_user(self.actor).unlink()

    def test_both_are_told(self):
        self._delegate(self.principal, self.actor)
        self.assertTrue(self._told(self.actor))
        by_hand = self._delegate(self.gm, self.deputy, self.administrator)
        for user in (self.gm, self.deputy):
            with self.subTest(user.login):
                self.assertIn(self.administrator.name, self._told(user).body)
        hostile = {"tracking_disable": True, "mail_notrack": True, "mail_notify": 0}
        by_hand.with_user(self.administrator).with_context(**hostile).write(
            {"date_to": "2099-12-31"}
        )
        self.assertEqual(len(self._told(self.gm)), 2)
        log = self.env["order.people.change"].search(
            [("res_model", "=", "order.delegation"), ("res_id", "=", by_hand.id)]
        )
        self.assertEqual(log.user_id, self.administrator)
        changed = log.filtered(lambda line: line.field_name == "date_to")[:1]
        self.assertEqual(changed.new_value, "2099-12-31")

    def test_revoking_works_at_once(self):
        delegation = self._delegate(self.principal, self.actor)
        order = self._submit()
        self._sign(order, "sales")
        task = order.sudo().review_id.task_ids.filtered(lambda t: t.name == "Quality")
        self.assertTrue(task._capacity(self.actor))
        delegation.with_user(self.principal).write({"active": False})
        self.assertFalse(task._capacity(self.actor))
        with self.assertRaises(UserError):
            self._rpc(self.actor, task, "action_sign", "agree", self._digest(order))

    def test_used_ones_are_kept(self):
        used = self._use()
        for user in (self.principal, self.administrator, self.env.user):
            with self.subTest(user.login), self.assertRaisesRegex(UserError, "kept"):
                used.with_user(user).unlink()
        used.with_user(self.principal).action_archive()
        self.assertFalse(used.active)
        self._delegate(self.gm, self.deputy).unlink()

    def test_days_that_were_used_stay_covered(self):
        """A signature given by delegation stays within its days."""
        used = self._use()
        with self.assertRaisesRegex(UserError, "signed on"):
            used.with_user(self.principal).write(
                {"date_from": "2099-01-01", "date_to": "2099-12-31"}
            )


@tagged("post_install", "-at_install")
class TestPeopleChange(OrderCommon):
    """[SEC-2] who signs is changed under the eyes of everybody."""

    def _log(self, record):
        return self.env["order.people.change"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )

    def _told(self, user, record):
        return self.env["mail.message"].search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("notified_partner_ids", "in", user.partner_id.ids),
            ]
        )

    def test_administrator_makes_himself_head(self):
        """K12: he may, but not without a trace, and the replaced people know."""
        department = self.departments["quality"]
        before = self._log(department)
        department.with_user(self.administrator).with_context(
            tracking_disable=True, mail_notrack=True
        ).write(
            {
                "member_ids": [Command.set(self.administrator.ids)],
                "head_id": self.administrator.id,
            }
        )
        new = self._log(department) - before
        self.assertEqual({line.field_name for line in new}, {"member_ids", "head_id"})
        for line in new:
            self.assertEqual(line.user_id, self.administrator)
            self.assertEqual(line.old_value, self.signers["quality"].name)
            self.assertEqual(line.new_value, self.administrator.name)
        self.assertTrue(self._told(self.signers["quality"], department))

    def test_what_a_route_asks_is_logged(self):
        stage = self.route.stage_ids[0]
        seat = stage.seat_ids[0]
        changes = (
            (self.route, {"submitter_policy": "allow"}, "submitter_policy"),
            (self.route, {"active": False}, "active"),
            (stage, {"mode": "any"}, "mode"),
            (stage, {"amount_from": 5.0}, "amount_from"),
            (
                seat,
                {"source": "users", "user_ids": [Command.set(self.gm.ids)]},
                "user_ids",
            ),
        )
        for record, values, name in changes:
            with self.subTest(f"{record._name} {name}"):
                record.with_user(self.administrator).write(values)
                self.assertIn(name, self._log(record).mapped("field_name"))
        self.assertTrue(self._told(self.gm, seat))
        gone = stage.seat_ids
        stage.with_user(self.administrator).write({"seat_ids": [Command.clear()]})
        self.assertIn("unlink", self._log(gone).mapped("act"))
        whole = self.route.stage_ids
        seats = whole.seat_ids
        self.route.with_user(self.administrator).unlink()
        for record in (*whole, *seats):
            with self.subTest(record):
                self.assertIn("unlink", self._log(record).mapped("act"))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_the_log_is_kept(self):
        line = self._log(self.departments["quality"])[0]
        for user in (self.administrator, self.env.ref("base.user_admin")):
            for method, args in (("write", [{"old_value": "x"}]), ("unlink", [])):
                with self.subTest(f"{user.login} {method}"):
                    with self.assertRaises(UserError), self.cr.savepoint():
                        self._rpc(user, line, method, *args)
        for change in (lambda: line.write({"old_value": "x"}), line.unlink):
            with self.assertRaises(UserError):
                change()
        with self.assertRaises(AccessError):
            line.with_user(self.salesman).read(["old_value"])

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import OrderCommon

LOCKED = ("order.review", "order.review.task", "order.review.signature")


@tagged("post_install", "-at_install")
class TestReviewSecurity(OrderCommon):
    """[SEC-2] decisions cannot be forged, backdated, altered or deleted."""

    def _make_scene(self):
        self.order = self._submit()
        self._sign(self.order, "sales")
        self.review = self.order.sudo().review_id
        self.everybody = [
            self.salesman,
            self.supervisor,
            self.signers["quality"],
            self.gm,
            self.clerk,
            self.administrator,
            self.env.ref("base.user_admin"),
        ]

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_nobody_writes_reviews_by_rpc(self):
        targets = {
            "order.review": (self.review, {"state": "approved"}),
            "order.review.task": (self.review.task_ids[0], {"state": "agreed"}),
            "order.review.signature": (
                self.review.signature_ids[0],
                {"user_id": self.gm.id, "date": "2020-01-01 00:00:00"},
            ),
        }
        for user in self.everybody:
            for model, (record, values) in targets.items():
                with self.subTest(f"{user.login} {model}"):
                    for method, args in (
                        ("write", [values]),
                        ("unlink", []),
                        ("copy", []),
                    ):
                        with self.assertRaises(UserError), self.cr.savepoint():
                            self._rpc(user, record, method, *args)
                    with self.assertRaises(UserError), self.cr.savepoint():
                        self._rpc(
                            user,
                            self.env[model],
                            "create",
                            [{"review_id": self.review.id, **values}],
                        )
        self.assertFalse(self.review._find_tampering())

    def test_private_methods_are_not_callable(self):
        for method in ("_decide", "_settle", "_record", "_advance", "_end"):
            with self.assertRaises(AccessError):
                self._rpc(self.gm, self.review, method)

    def test_only_the_seat_holder_signs(self):
        task = self.review.task_ids.filtered(lambda t: t.name == "Quality")
        for user in (self.salesman, self.supervisor, self.gm, self.administrator):
            with self.subTest(user.login), self.assertRaises(UserError):
                self._rpc(user, task, "action_sign", "agree", self._digest(self.order))
        self.assertEqual(task.state, "open")

    def test_signature_says_who_really_acted(self):
        task = self.review.task_ids.filtered(lambda t: t.name == "Quality")
        self._rpc(
            self.signers["quality"],
            task,
            "action_sign",
            "agree",
            self._digest(self.order),
            context={"uid": self.gm.id, "default_user_id": self.gm.id},
        )
        self.assertEqual(task.signature_id.user_id, self.signers["quality"])

    def test_the_chain_shows_what_sql_did(self):
        self.assertFalse(self.review._find_tampering())
        self.env.flush_all()
        record = self.review.signature_ids[-1]
        self.env.cr.execute(
            "UPDATE order_review_signature SET opinion = 'forged' WHERE id = %s",
            [record.id],
        )
        self.env.invalidate_all()
        self.assertIn(
            f"record {record.number} was altered",
            self.review._find_tampering()[self.review],
        )

    def test_the_chain_shows_what_is_missing(self):
        self.env.flush_all()
        record = self.review.signature_ids[-1]
        self.review.task_ids.signature_id = False
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM order_review_signature WHERE id = %s", [record.id]
        )
        self.env.invalidate_all()
        self.assertIn("records are missing", self.review._find_tampering()[self.review])

    def test_records_are_checked_on_a_schedule(self):
        """What was altered by SQL is found, and told to the administrators once."""
        cron = self.env.ref("order_process_cn.order_review_audit_cron")

        def check():
            self.env.flush_all()
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.env.invalidate_all()

        def told():
            return self.env["mail.message"].search(
                [("subject", "=", "Records of reviews were altered")]
            )

        check()
        self.assertTrue(self.review.checked_on)
        self.assertFalse(self.review.record_problem)
        self.assertFalse(told())
        self.env.cr.execute(
            "UPDATE order_review_signature SET opinion = 'forged' WHERE id = %s",
            [self.review.signature_ids[-1].id],
        )
        for _run in range(2):
            self.review.checked_on = False
            check()
            self.assertIn("was altered", self.review.record_problem)
        self.assertEqual(len(told()), 1)
        self.assertIn(self.administrator.partner_id, told().notified_partner_ids)
        self.assertIn(self.review.display_name, told().body)

    def test_records_are_not_written_even_as_superuser(self):
        with self.assertRaisesRegex(UserError, "cannot be altered"):
            self.review.signature_ids[0].sudo().write({"opinion": "x"})
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            self.review.signature_ids[-1].sudo().unlink()

    def test_signers_open_the_order(self):
        """[CSN-6] each department opens the form of an order it must sign, and no
        other."""
        other = self._order()
        for name in ("quality", "engineering", "production"):
            user = self.signers[name]
            with self.subTest(name):
                values = self.order.with_user(user).read(["name", "review_panel"])
                self.assertEqual(values[0]["name"], self.order.name)
                self.assertTrue(
                    self.order.order_line.with_user(user).read(["product_id"])
                )
                with self.assertRaises(AccessError):
                    other.with_user(user).read(["name"])
                found = self.env["sale.order"].with_user(user).search([])
                self.assertIn(self.order, found)
                self.assertNotIn(other, found)
                with self.assertRaises(AccessError):
                    self.order.with_user(user).write({"note": "x"})

    def test_our_right_takes_none_away(self):
        """A stock user reads every order as in plain Odoo, seats or not."""
        keeper = self._user("keeper", "stock.group_stock_user")
        self.assertTrue(self._order().with_user(keeper).read(["name"]))
        own = self._user("own", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.order.with_user(own).read(["name"])

    def test_portal_reads_no_review(self):
        portal = self._portal_user()
        self.order.sudo().state = "sent"
        for model in LOCKED:
            with self.assertRaises(AccessError):
                self.env[model].with_user(portal).search([])
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.env.ref("base.public_user")).search([])

    def _portal_user(self):
        return self.env["res.users"].create(
            {
                "name": "Customer",
                "login": "opc_portal",
                "partner_id": self.partner.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )

    def test_other_company(self):
        """Reviews of one company are not seen from another."""
        other = self.env["res.company"].create({"name": "Other"})
        outsider = new_test_user(
            self.env,
            "opc_outsider",
            groups="order_process_cn.order_group_auditor",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        env = self.env(user=outsider, context={"allowed_company_ids": other.ids})
        self.assertFalse(env["order.review"].search([("id", "=", self.review.id)]))
        self.assertFalse(
            env["order.review.task"].search([("review_id", "=", self.review.id)])
        )

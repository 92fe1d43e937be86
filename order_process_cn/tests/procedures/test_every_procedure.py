from odoo import Command
from odoo.tests import tagged

from ..common import OrderCommon

# more than any route has seats one after another
MOST_ROUNDS = 20


@tagged("post_install", "-at_install")
class TestEveryProcedure(OrderCommon):
    """[PRC-1] each can be switched on and off, beside others, on one database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._user(
            "boss",
            "order_process_cn.order_group_manager,sales_team.group_sale_manager,"
            "product.group_product_manager,mrp.group_mrp_manager",
        )
        cls.signer = cls._user("everywhere", "base.group_user")
        cls.env["order.department"].search([]).write(
            {
                "member_ids": [Command.set(cls.signer.ids)],
                "head_id": cls.signer.id,
            }
        )
        # the urgent route asks some
        cls.answers = {
            question.id: {"answer": "confirmed"}
            for question in cls.env["order.review.question"].search([])
        }
        cls.procedures = cls.env["order.procedure"].with_user(cls.boss)

    def _page(self, code, mode="on"):
        procedure = self.procedures.search([("code", "=", code)])
        act = procedure.action_open_switch
        if mode == "off":
            act = procedure.action_open_switch_off
        page = self.env["order.procedure.switch"].with_user(self.boss)
        return page.browse(act()["res_id"])

    def _switch(self, code, mode="on"):
        page = self._page(code, mode)
        if page.part_ids.filtered("is_chosen"):
            page.action_apply()
        self.assertIn(page.state, {mode, "people"}, code)
        return page

    def _finish(self, document):
        """Whoever is asked signs, until nobody is."""
        for _round in range(MOST_ROUNDS):
            if document.review_state != "running":
                break
            tasks = document.with_user(self.signer)._my_open_tasks()
            self.assertTrue(tasks, f"{document.name} waits for nobody")
            tasks.action_sign(
                "agree", self._digest(document), "Agreed", answers=self.answers
            )
        self.assertEqual(document.review_state, "approved")

    def test_each_in_turn(self):
        """What was begun under one that is switched off again is signed to its end, and
        nothing of it stays in force."""
        parts = self.procedures.search([]).part_ids
        before = parts._find_on()
        tried, begun = self.env["order.review.route"], []
        for procedure in self.procedures.search([]):
            with self.subTest(procedure.code):
                page = self._switch(procedure.code)
                routes = procedure._get_configuration(tried._name).filtered(
                    lambda route: route.res_model in {"sale.order", "mrp.production"}
                )
                if routes - tried:
                    shown = page.action_make_sample()
                    begun.append(self.env[shown["res_model"]].browse(shown["res_id"]))
                    tried |= routes
                self._switch(procedure.code, "off")
        self.assertEqual(parts._find_on(), before)
        self.assertTrue(all(document.review_id for document in begun))
        self.assertIn("mrp.production", {document._name for document in begun})
        for document in begun:
            with self.subTest(document.name):
                self._finish(document)
        page.action_remove_sample()
        self.assertFalse(page.has_samples)
        self.assertEqual({document.state for document in begun}, {"cancel"})

    def test_several_at_once(self):
        """[PRC-1] P10, P17 and P27 are in force beside each other, and what two want is
        named before it is switched on."""
        together = ["P10", "P17", "P27"]
        for code in together:
            page = self._page(code)
            self.assertFalse(page.claim_ids.mapped("text"), code)
            page.action_apply()
        for code in together:
            self.assertEqual(self._page(code).state, "on")
        self._switch("P01")
        page = self._page("P12")
        claims = "".join(page.claim_ids.mapped("text"))
        for route in ("two_step", "p12_standard"):
            name = self.env.ref(f"order_process_cn.order_review_route_{route}").name
            self.assertIn(f"“{name}”", claims)
        self._switch("P10", "off")
        for code in ("P17", "P27"):
            self.assertEqual(self._page(code).state, "on")

from odoo import Command, fields

from .scenes_common import Scene
from .scenes_review import ReviewScenes


class MoneyScenes(ReviewScenes):
    """What is done about deposits, written confirmations and taking effect."""

    # -- deposits ----------------------------------------------------------------------

    def _settlement(self):
        order = self._deposit_order()
        self._advance(order)
        return self._question(
            "order.settlement.wizard",
            self.salesman,
            order_id=order.id,
            kind="forfeit",
            reason="Broke it",
        )

    def _forfeiture(self):
        wizard = self._settlement()
        wizard.action_confirm()
        return wizard.order_id.sudo().forfeiture_ids

    def scene_order_settlement_wizard__action_confirm(self):
        return Scene(self.salesman, self._settlement())

    def scene_order_settlement_statement_wizard__action_print(self):
        self._deposit_order(date_order=fields.Date.today())
        wizard = self._question(
            "order.settlement.statement.wizard",
            self.salesman,
            partner_id=self.partner.id,
            date_from="2024-01-01",
        )
        return Scene(self.salesman, wizard)

    def scene_order_forfeiture__action_decide(self):
        return Scene(self.accountant, self._forfeiture())

    def scene_order_forfeiture__action_waive(self):
        forfeiture = self._forfeiture()
        forfeiture.reason = "Good customer"
        return Scene(self.accountant, forfeiture)

    def scene_order_forfeiture__action_settle(self):
        forfeiture = self._forfeiture()
        forfeiture.with_user(self.accountant).action_decide()
        return Scene(self.accountant, forfeiture)

    def scene_order_forfeiture__action_withdraw(self):
        return self.scene_order_forfeiture__action_settle()

    def scene_order_forfeiture__action_invoice(self):
        return self.scene_order_forfeiture__action_settle()

    def scene_sale_order__action_deposit_invoice(self):
        return Scene(self.accountant, self._deposit_order())

    def scene_sale_order__action_register_payment(self):
        return Scene(self.accountant, self._deposit_order())

    def scene_sale_order__action_settle_deposit(self):
        return Scene(self.salesman, self._deposit_order())

    def scene_sale_order__action_send_balance_reminder(self):
        return Scene(self.salesman, self._deposit_order())

    def scene_sale_order__action_archive_papers(self):
        order = self._deposit_order()
        order.sudo().closed_on = fields.Datetime.now()
        return Scene(self.salesman, order)

    # -- in writing --------------------------------------------------------------------

    def _returned(self):
        order = self._deposit_order()
        order.with_user(self.salesman).action_register_return(
            "returned", "Mr Li", self._upload(self.salesman).ids
        )
        return order.sudo().statement_ids

    def scene_sale_order__action_register_return(self):
        def given(user):
            return ("returned", "Mr Li", self._upload(user).ids)

        return Scene(self.salesman, self._deposit_order(), given)

    def scene_sale_order__action_state_in_writing(self):
        self.route.active = True
        order = self._submit()
        self._sign(order, "sales")
        return Scene(self.signers["engineering"], order, ("technical", "Feasible"))

    def scene_sale_order__action_ask_statement(self):
        return Scene(self.salesman, self._deposit_order())

    def scene_sale_order__action_send_confirmation(self):
        return Scene(self.salesman, self._deposit_order())

    def scene_order_statement__action_accept(self):
        return Scene(self.clerk, self._returned())

    def scene_order_statement__action_reject(self):
        return Scene(self.clerk, self._returned(), ("No stamp",))

    def scene_order_statement__action_ask_again(self):
        return Scene(self.clerk, self._returned())

    def scene_order_statement_wizard__action_confirm(self):
        wizard = self._question(
            "order.statement.wizard",
            self.salesman,
            order_id=self._deposit_order().id,
            mode="returned",
            signed_by="Mr Li",
            evidence_ids=[Command.set(self._upload(self.salesman).ids)],
        )
        return Scene(self.salesman, wizard)

    # -- taking effect -----------------------------------------------------------------

    def _desk(self):
        return self.staff["desk"]

    def _ready(self):
        self.rule.active = False
        self.order_type.issue_window_id = self.env["order.issue.window"].create(
            {"name": "Never"}
        )
        order = self._deposit_order()
        self.assertTrue(order.effect_is_ready)
        return order

    def scene_sale_order__action_issue(self):
        return Scene(self._desk(), self._ready())

    def scene_sale_order__action_issue_all_ready(self):
        return Scene(self._desk(), self._ready())

    def scene_order_issue_batch__action_refresh(self):
        desk = self._desk()
        action = self._ready().with_user(desk).action_issue()
        return Scene(desk, self.env["order.issue.batch"].browse(action["res_id"]))

    # -- urgent ------------------------------------------------------------------------

    def _urgent_approved(self):
        self.route.active = True
        return self._approve(is_urgent=True, urgent_reason="Line stands still")

    def scene_sale_order__action_urgent_replied(self):
        return Scene(self.salesman, self._urgent_approved())

    def scene_sale_order__action_urgent_reply(self):
        return Scene(self.salesman, self._urgent_approved())

    # -- core's own, with something of ours in them ------------------------------------

    def scene_sale_order__action_confirm(self):
        return Scene(self.salesman, self._deposit_order(confirm=False))

    def scene_sale_order__action_cancel(self):
        return Scene(self.salesman, self._deposit_order())

    def scene_sale_order__action_quotation_sent(self):
        return Scene(self.salesman, self._deposit_order(confirm=False))

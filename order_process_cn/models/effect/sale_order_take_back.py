from datetime import timedelta

from odoo import fields, models

from .sale_order_effect import HELD


class SaleOrder(models.Model):
    """What becomes of an order that loses the money it took effect by. [DEP-2]

    A payment that is corrected is missing for a moment: the owner is told, and only
    what is still missing after the company's grace undoes something.
    """

    _inherit = "sale.order"

    effect_lost_on = fields.Datetime(
        string="Money Missing since",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="Since when the deposit of an order in production is missing. After the "
        "grace that the company gives, the order is held again.",
    )

    def _watch_money_lost(self):
        """Take back the orders whose money has been missing for longer than the grace;
        warn for those that miss it from now on. Called by the worker."""
        ready = self._filtered_ready("effect_money")
        ready.filtered("effect_lost_on").effect_lost_on = False
        now = fields.Datetime.now()
        for order in self - ready:
            grace = timedelta(hours=order.company_id.order_effect_grace_hours)
            since = order.effect_lost_on or now
            if since + grace <= now:
                order._take_back_effect()
            elif not order.effect_lost_on:
                order.effect_lost_on = now
                order._warn_of_lost_money(now + grace)

    def _warn_of_lost_money(self, until):
        self._mark_for_recheck("effect", at=until)
        self._tell_owner(
            self.env._(
                "The deposit is not received any more. Have finance look at the "
                "payments: unless it is received by %s, the order is held again and "
                "its transfers and production orders are cancelled.",
                # left by the worker, who lives nowhere
                self.company_id._spell_instant(until),
            ),
            key="deposit.missing",
        )

    def _take_back_effect(self):
        """Undo the release of orders whose money was lost, if nothing was done yet;
        else raise the alarm. [DEP-2]"""
        for order in self:
            done = order._find_work_done()
            if done:
                order._tell_owner(
                    self.env._(
                        "The deposit is not received any more, but work has begun: %s",
                        ", ".join(done),
                    ),
                    key="deposit.lost",
                )
                continue
            order._cancel_launched()
            order.write(
                {
                    "effect_state": HELD,
                    "effective_on": False,
                    "effect_lost_on": False,
                }
            )
            order._message_log(
                body=self.env._(
                    "The deposit is not received any more: the order is held again, "
                    "its transfers and production orders are cancelled."
                )
            )

    def _find_work_done(self):
        """Return the names of what was done on the strength of this order."""
        self.ensure_one()
        moves = self.order_line.move_ids.filtered(
            lambda move: move.state == "done" or move.picked
        )
        productions = self._get_all_productions().filtered(
            lambda p: (
                p.state in {"progress", "to_close", "done"}
                or p._get_sale_orders() != self
            )
        )
        purchases = self._get_all_purchases().filtered(lambda p: p.state == "purchase")
        return [
            *moves.picking_id.mapped("name"),
            *productions.mapped("name"),
            *purchases.mapped("name"),
        ]

    def _get_all_productions(self):
        """Return the production orders made for this order, sub-assemblies included."""
        return self.stock_reference_ids.production_ids.filtered(
            lambda production: production.state != "cancel"
        )

    def _get_all_purchases(self):
        return (
            self.order_line.purchase_line_ids.order_id
            | self.stock_reference_ids.purchase_ids
        ).filtered(lambda purchase: purchase.state != "cancel")

    def _cancel_launched(self):
        """Cancel transfers and production orders, take lines out of draft purchases."""
        self.ensure_one()
        self.picking_ids.filtered(lambda p: p.state != "done").action_cancel()
        self._get_all_productions().action_cancel()
        lines = self._get_all_purchases().order_line.filtered(
            lambda line: line.order_id.state in {"draft", "sent", "to approve"}
        )
        lines._give_back(self)

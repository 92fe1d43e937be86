class HoldMixin:
    """Suspending and resuming as somebody does who may."""

    def _suspend(self, order, lines=None, user=None, **values):
        return self._decide(order, "suspend", lines, user, **values)

    def _resume(self, order, lines=None, user=None, **values):
        return self._decide(order, "resume", lines, user, **values)

    def _decide(self, order, mode, lines, user, **values):
        user = user or self.sales_manager
        wizard = (
            self.env["order.suspension.wizard"]
            .with_user(user)
            .create(
                {
                    "order_id": order.id,
                    "mode": mode,
                    "line_ids": lines.ids if lines else [],
                    "reason": "The customer asked for it",
                    **values,
                }
            )
        )
        self._rpc(user, wizard, "action_confirm")
        return order.sudo().suspension_ids[:1]

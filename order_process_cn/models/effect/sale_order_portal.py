from odoo import models


class SaleOrder(models.Model):
    """What the customer sees in the portal: progress, what we wait for from him."""

    _inherit = "sale.order"

    def _get_portal_progress(self):
        """Return ``[(label, "done" | "current" | "coming")]`` for the progress line."""
        self.ensure_one()
        steps = self._fields["progress"]._description_selection(self.env)
        codes = [code for code, _label in steps]
        if self.progress not in codes:
            return []
        now = codes.index(self.progress)
        states = ["done" if at < now else "coming" for at in range(len(codes))]
        states[now] = "current"
        return [
            (label, state) for (_code, label), state in zip(steps, states, strict=True)
        ]

    def _get_open_portal_conditions(self):
        """Return the conditions that the customer still has to accept."""
        self.ensure_one()
        if self.review_state != "approved" or self.state not in {"draft", "sent"}:
            return []
        if self in self._find_statements("conditions"):
            return []
        return [words for _seat, words in self._get_review_conditions()]

    def _get_portal_wishes(self):
        """Return what we wait for from the customer, in words."""
        self.ensure_one()
        _t = self.env._
        wishes = []
        if self._get_open_portal_conditions():
            wishes.append(_t("accept our conditions"))
        if self._has_to_be_signed():
            wishes.append(_t("sign the order confirmation"))
        if self._has_to_be_paid() or "deposit" in (self.effect_waiting or []):
            wishes.append(_t("pay the deposit"))
        if "drawing" in (self.effect_waiting or []):
            wishes.append(_t("confirm the drawing"))
        if self._can_confirm_receipt():
            wishes.append(_t("confirm that the goods have arrived"))
        return wishes

    def _can_confirm_receipt(self):
        self.ensure_one()
        return self.progress == "shipped" and not self.receipt_confirmed_on

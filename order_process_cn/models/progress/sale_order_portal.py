import base64

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

from ...tools import arguments
from ..confirmation.statements import find_statements
from ..effect.held import is_held
from ..mechanism.engine import take_turns
from ..mechanism.order_evidence_mixin import EvidenceFile
from ..money.deposits import get_deposit_gaps


class SaleOrder(models.Model):
    """What the customer sees in the portal: progress, what we wait for from him."""

    _inherit = "sale.order"

    def _is_under_procedure(self):
        """Whether anything of the order process is asked of one order."""
        self.ensure_one()
        return bool(
            self._filtered_in_process()
            or self.effect_state
            or self._collect_conditions("confirm")[self]
        )

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
        if self in find_statements(self, "conditions"):
            return []
        return [words for _seat, words in self._get_review_conditions()]

    def _get_portal_wishes(self):
        """Return what we wait for from the customer, in words."""
        self.ensure_one()
        wishes = []
        if self._get_open_portal_conditions():
            wishes.append(self.env._("accept our conditions"))
        if self._has_to_be_signed():
            wishes.append(self.env._("sign the order confirmation"))
        if self._has_to_be_paid() or "deposit" in (self.effect_waiting or []):
            wishes.append(self.env._("pay the deposit"))
        if "drawing" in (self.effect_waiting or []):
            wishes.append(self.env._("confirm the drawing"))
        if self._can_confirm_receipt():
            wishes.append(self.env._("confirm that the goods have arrived"))
        return wishes

    def _waits_for_deposit(self):
        self.ensure_one()
        return is_held(self) and "deposit" in (self.effect_waiting or [])

    def _get_portal_deposit_lines(self):
        """Return label and value of how much of the deposit the customer still has to
        pay to which account, once the order is confirmed."""
        self.ensure_one()
        if not self._waits_for_deposit():
            return []
        # the customer is told what he owes himself
        order = self.sudo()
        missing = get_deposit_gaps(order)[order][1]
        return [
            (self.env._("Deposit still to be paid"), order._format_money(missing)),
            *order.company_id._get_payee_head(order.currency_id),
        ]

    def _get_portal_deposit_invoice(self):
        """Return the deposit invoice that the customer can pay online now, if any."""
        self.ensure_one()
        if not self._waits_for_deposit():
            return self.env["account.move"]
        lines = self.order_line.filtered("is_downpayment").invoice_lines
        return lines.move_id.filtered(
            lambda move: (
                move.state == "posted"
                and move.move_type == "out_invoice"
                and move.amount_residual > 0
            )
        )[:1]

    def _can_confirm_receipt(self):
        self.ensure_one()
        steps = {"shipped"}
        if self.sudo().order_type_id.closing_rule == "received":  # a rule, no figure
            steps.add("settled")  # paid before, and waits for nothing else
        return self.progress in steps and not self.receipt_confirmed_on

    # -- what he says there ------------------------------------------------------------

    def _record_portal_signature(self, name, user, address, drawing=False):
        """Keep what the customer signed for in the portal, with the facts he saw and
        the picture that he drew.

        Called by the portal's own route only: no value of a field is a signature.

        :param drawing: base64, as the page of the customer sends it
        :raise UserError: that is no picture, or too large
        """
        self.ensure_one()
        drawn = arguments.picture(self.env, "signature", drawing)
        evidence = []
        if drawn:
            raw = base64.b64decode(drawn)
            name_of_file = f"signature-{self.name.replace('/', '-')}"
            evidence = [EvidenceFile(name_of_file, raw, guess_mimetype(raw))]
        self.env["order.statement"]._record_portal(
            self, "returned", name, user, address, evidence=evidence
        )

    def _accept_conditions(self, name, user, address):
        """Record that the customer accepted our conditions in the portal. [CFM-4]

        Whoever comes second, with the same click or from another window, finds it done.
        """
        self.ensure_one()
        take_turns(self)
        if not self._get_review_conditions():
            raise UserError(self.env._("There is nothing to accept."))
        if self not in find_statements(self, "conditions"):
            self.env["order.statement"]._record_portal(
                self, "conditions", name, user, address
            )

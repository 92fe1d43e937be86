from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import arguments
from ..confirmation.statements import readable_evidence
from ..mechanism.engine import public_act, take_turns
from ..mechanism.order_condition_mixin import Condition
from .change_states import AGREED, CANCEL, DRAFT, REFUSED, REQUESTED


class OrderChangeRequest(models.Model):
    """The customer's agreement to a change: in the portal, or on paper that somebody
    has checked. The type of the order says when it is needed (CHG-1)."""

    _inherit = "order.change.request"

    statement_ids = fields.One2many(
        "order.statement", "change_id", string="Written Agreements", readonly=True
    )
    needs_agreement = fields.Boolean(
        string="Customer Has to Agree",
        compute="_compute_needs_agreement",
        compute_sudo=True,
    )
    customer_answer = fields.Text(
        string="The Customer's Refusal", readonly=True, copy=False
    )

    def _compute_needs_agreement(self):
        for change in self:
            asked = change.order_id.order_type_id.change_agreement
            change.needs_agreement = asked == "always" or (
                asked == "worse" and change._is_worse()
            )

    def _is_worse(self):
        """Whether one change is dearer or later for the customer, or not his wish to
        end what he ordered."""
        currency = self.order_id.currency_id
        dearer = currency.compare_amounts(self.amount_after, self.amount_before) > 0
        ended = self.kind == CANCEL and self.requested_by != "customer"
        return dearer or ended or self._get_delay().total_seconds() > 0

    def _get_condition_providers(self):
        providers = super()._get_condition_providers()
        return {
            **providers,
            "apply": [*providers["apply"], self._condition_agreement],
        }

    def _condition_agreement(self):
        """[CHG-1] the customer has agreed in writing to what was signed here."""
        label = self.env._("Agreement of the customer")
        conditions = {}
        for change in self.filtered("needs_agreement"):
            unchecked = change.statement_ids.filtered(
                lambda s: s.check_state == "to_check"
            )
            conditions[change] = Condition(
                "agreement",
                label,
                change._is_agreed_in_writing(),
                self.env._("Registrar") if unchecked else change.partner_id.name,
                self.env._("the scan is to be checked") if unchecked else "",
            )
        return conditions

    def _is_agreed_in_writing(self):
        return any(said._agrees_to(self) for said in self.statement_ids)

    def _spell_for_portal(self, name):
        if name == "state" and self._is_waiting_for_customer():
            return self.env._("Waits for your answer")
        return super()._spell_for_portal(name)

    def _is_waiting_for_customer(self):
        """Whether the customer may say now what he thinks of one change."""
        return (
            self.state == AGREED
            and self.needs_agreement
            and not self._is_agreed_in_writing()
        )

    def _get_renewed_kinds(self):
        # what he signed for the change stands for what he had signed before it
        renewed = ["returned", "conditions"] if self._is_agreed_in_writing() else []
        return [*super()._get_renewed_kinds(), *renewed]

    # -- what he says ------------------------------------------------------------------

    @public_act
    @arguments.checked(
        signed_by=arguments.text,
        evidence_ids=arguments.record_ids,
        text=arguments.text,
    )
    def action_register_agreement(self, signed_by, evidence_ids, text=""):
        """Register the signed agreement that came back on paper; it counts once
        somebody has checked the scan."""
        self.ensure_one()
        self.check_access("write")
        self._check_may_submit()
        evidence = readable_evidence(self, evidence_ids)
        if not evidence or not signed_by.strip():
            raise UserError(
                self.env._("Attach the scan and say who signed it for the customer.")
            )
        change = self.sudo()  # the right was checked above
        if change.state != AGREED:
            raise UserError(
                self.env._(
                    "%s has to be agreed to here before the customer signs it.",
                    self.display_name,
                )
            )
        self.env["order.statement"]._record_change(
            change,
            signed_by,
            medium="scan",
            text=text,
            evidence=evidence,
            check_state="to_check",
        )
        return True

    def _answer(self, accepts, name, user, address, reason=""):
        """Take down what the customer said of this change in the portal.

        :param user: who was logged in; a visitor with the link is the public user
        :raise UserError: nothing is asked of him
        """
        self.ensure_one()
        take_turns(self)
        if not self._is_waiting_for_customer():
            raise UserError(self.env._("Nothing is asked of you about this change."))
        if accepts:
            values = {"medium": "portal", "user_id": user.id, "address": address}
            self.env["order.statement"]._record_change(self, name, **values)
            return
        self.customer_answer = reason
        self._move_to(REFUSED)
        # nobody stands by what the customer does not want
        self.review_id._end("terminated", "terminate", reason or self.env._("Declined"))
        words = self.env._(
            "%(name)s declined the change: %(reason)s", name=name, reason=reason or "…"
        )
        self._message_log(body=words)
        self._tell_owner(words, key="change.declined")

    # -- what he is shown --------------------------------------------------------------

    def _get_portal_rows(self):
        rows = super()._get_portal_rows()
        if self.state in {DRAFT, REQUESTED}:
            return rows[:1]  # we are at it again: he keeps the link, we propose nothing
        return [
            *rows[:1],
            *((what, f"{old} → {new}") for what, old, new in self._get_differences()),
            (self.env._("Reason"), self._spell_reason()),
        ]

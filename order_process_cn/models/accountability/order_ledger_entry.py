from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import public_act, take_turns

DECIDES = "order_process_cn.order_group_ledger"
PROPOSED, CONFIRMED, WAIVED, APPEALED = "proposed", "confirmed", "waived", "appealed"
MOVES = {
    PROPOSED: {CONFIRMED, WAIVED},
    CONFIRMED: {APPEALED},
    APPEALED: {CONFIRMED, WAIVED},
    WAIVED: set(),
}


class OrderLedgerEntry(models.Model):
    """奖惩: a fine or a reward, proposed by a rule and decided by people (ACC-1).

    The person concerned may appeal once, and somebody else decides on it. What was done
    when by whom is kept in the history of events. Nothing is deducted anywhere: by law
    a deduction needs a basis, takes at most a fifth of the month's wage and leaves the
    minimum wage.
    """

    _name = "order.ledger.entry"
    _inherit = ["order.engine.mixin", "order.event.mixin", "order.about.mixin"]
    _description = "Fine or Reward"
    _order = "id desc"
    _rec_name = "document_name"

    rule_id = fields.Many2one(
        "order.ledger.rule",
        string="Reason",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    event_id = fields.Many2one(
        "order.event", required=True, readonly=True, index=True, ondelete="restrict"
    )
    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", required=True, readonly=True
    )
    document_name = fields.Char(string="Document Number", readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Person Concerned",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    department_id = fields.Many2one(
        "order.department",
        string="Department of the Person",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    happened_on = fields.Date(readonly=True, required=True)
    kind = fields.Selection(
        [("fine", "Fine"), ("reward", "Reward")],
        string="Fine or Reward",
        required=True,
        readonly=True,
    )
    basis = fields.Text(readonly=True)
    proposed_amount = fields.Monetary(readonly=True)
    amount = fields.Monetary(help="What is confirmed; changed only with a reason.")
    balance = fields.Monetary(
        string="Counts",
        compute="_compute_balance",
        store=True,
        help="Rewards less fines that are confirmed.",
    )
    state = fields.Selection(
        [
            (PROPOSED, "Proposed"),
            (CONFIRMED, "Confirmed"),
            (WAIVED, "Waived"),
            (APPEALED, "Appealed"),
        ],
        required=True,
        readonly=True,
        default=PROPOSED,
        index=True,
    )
    reason = fields.Text(
        string="Reason of the Decision", help="Needed to waive it or to change it."
    )
    appeal = fields.Text(help="What the person concerned says against it, once.")
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_on = fields.Datetime(readonly=True)
    appealed_on = fields.Datetime(readonly=True)

    _event_uniq = models.UniqueIndex(
        "(rule_id, event_id)", "This was proposed already."
    )
    _amount_positive = models.Constraint(
        "CHECK(amount >= 0)", "Amounts are not negative."
    )

    @api.depends("state", "kind", "amount")
    def _compute_balance(self):
        for entry in self:
            counts = entry.amount if entry.state == CONFIRMED else 0.0
            entry.balance = counts if entry.kind == "reward" else -counts

    # -- proposing ---------------------------------------------------------------------

    @api.model
    def _prepare(self, rule, event, person):
        """Return the values of a proposal, of what the rule says now."""
        company = event.company_id or person.company_id
        departments = self.env["order.department"]._rosters(company.id)
        own = [number for number, who in departments.items() if person.id in who[1]]
        return {
            "rule_id": rule.id,
            "event_id": event.id,
            "res_model": event.res_model,
            "res_id": event.res_id,
            "document_name": event.document_name,
            "company_id": company.id,
            "user_id": person.id,
            "department_id": own[0] if own else False,
            "happened_on": company._calendar_day(event.at),
            "kind": rule.kind,
            "basis": rule.basis,
            "proposed_amount": rule.amount,
            "amount": rule.amount,
        }

    @api.model
    def _insert(self, vals_list):
        entries = self.create(vals_list)
        entries._emit("ledger.proposed")
        return entries

    @api.model
    def _get_event_labels(self):
        return {
            **super()._get_event_labels(),
            **{
                f"ledger.{state}": label
                for state, label in self._fields["state"]._description_selection(
                    self.env
                )
            },
        }

    # -- entering ----------------------------------------------------------------------

    def write(self, vals):
        if not self.env.su:
            self._check_entered(vals.keys())
        return super().write(vals)

    def _check_entered(self, names):
        """Refuse what this person may not enter now: whoever decides says how much and
        why, the person concerned what he has against it."""
        own = self.filtered(lambda entry: entry.user_id == self.env.user)
        decides = self.env.user.has_group(DECIDES) and not own
        waits = all(entry.state in {PROPOSED, APPEALED} for entry in self)
        confirmed = all(entry.state == CONFIRMED for entry in self)
        may = {"amount", "reason"} if decides and waits else set()
        if own == self and confirmed and not any(self.mapped("appealed_on")):
            may |= {"appeal"}
        if names - may:
            raise AccessError(
                self.env._(
                    "Whoever decides on fines and rewards enters amount and reason of "
                    "what is open and not his own; the person concerned enters an "
                    "appeal, once, against what was confirmed."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Fines and rewards are kept: waive them instead."))

    # -- deciding ----------------------------------------------------------------------

    @public_act
    def action_confirm(self):
        """Confirm these proposals, or reject the appeals against them.

        :raise AccessError: the caller does not decide, or it is his own
        :raise UserError: a changed amount or a rejected appeal without a reason
        """
        self._check_may_decide()
        silent = self.filtered(lambda entry: not (entry.reason or "").strip())
        for entry in silent:
            if entry.state == APPEALED or entry.amount != entry.proposed_amount:
                raise UserError(self.env._("Say why: %s.", entry.display_name))
        self._decide(CONFIRMED)
        return True

    @public_act
    def action_waive(self):
        """Waive these proposals or appealed decisions, with a reason.

        :raise AccessError: the caller does not decide, or it is his own
        :raise UserError: no reason was entered
        """
        self._check_may_decide()
        if silent := self.filtered(lambda entry: not (entry.reason or "").strip()):
            raise UserError(
                self.env._("Say why: %s.", ", ".join(silent.mapped("display_name")))
            )
        self._decide(WAIVED)
        return True

    @public_act
    def action_appeal(self):
        """Appeal against what was confirmed about oneself, with what one has entered.

        :raise AccessError: it concerns somebody else
        :raise UserError: nothing was entered, or it was appealed already
        """
        self.check_access("read")
        if any(entry.user_id != self.env.user for entry in self):
            raise AccessError(self.env._("Only the person concerned appeals."))
        if any(e.appealed_on or not (e.appeal or "").strip() for e in self):
            raise UserError(
                self.env._("Enter what you have against it; one appeal is decided on.")
            )
        entries = self.sudo()  # it is his own, see above
        entries._move(APPEALED)
        entries.appealed_on = fields.Datetime.now()
        return True

    def _check_may_decide(self):
        self.check_access("write")
        if not self.env.user.has_group(DECIDES):
            raise AccessError(
                self.env._("Only some people decide on fines and rewards.")
            )
        if any(entry.user_id == self.env.user for entry in self):
            raise AccessError(self.env._("Nobody decides about himself."))

    def _decide(self, state):
        entries = self.sudo()  # the group was checked
        entries._move(state)
        entries.write(
            {"decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()}
        )

    def _move(self, state):
        take_turns(self)
        if stuck := self.filtered(lambda entry: state not in MOVES[entry.state]):
            raise UserError(
                self.env._(
                    "Decided already: %s.", ", ".join(stuck.mapped("display_name"))
                )
            )
        self.state = state
        for entry in self:
            said = entry.appeal if state == APPEALED else entry.reason
            entry._emit(f"ledger.{state}", detail=said or False)

from odoo import api, fields, models

from ...tools.canonical import digest
from ...tools.facts import SCHEMA
from ..mechanism.engine import take_turns


class OrderStatement(models.Model):
    """The customer's written agreement to a change (CHG-1): it names what he was shown,
    and counts for nothing else."""

    _inherit = "order.statement"

    kind = fields.Selection(
        selection_add=[("change", "Change agreed to by the customer")],
        ondelete={"change": "cascade"},
    )
    change_id = fields.Many2one(
        "order.change.request",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model
    def _record_change(self, change, signed_by, **values):
        """Record that the customer agreed to ``change`` as it stands. Called by checked
        actions.

        :param change: superuser record
        :param list evidence: files, see ``_read_evidence``; copies of them are kept
        """
        take_turns(change)
        evidence = values.pop("evidence", [])
        # nobody may create one: the callers have checked who states it
        statement = self.sudo().create(
            {
                "order_id": change.order_id.id,
                "change_id": change.id,
                "review_id": change.review_id.id,
                "kind": "change",
                "signed_by": signed_by,
                "user_id": self.env.uid,
                "digests": self._spell_change_digests(change),
                "checksum": self._checksum_of(file.digest for file in evidence),
                **values,
            }
        )
        statement._keep_evidence(evidence)
        change._mark_for_recheck("apply")
        return statement

    @api.model
    def _spell_change_digests(self, change):
        facts = change._collect_review_facts()[change]
        return {
            group: found if group == SCHEMA else digest(found)
            for group, found in facts.items()
        }

    def _agrees_to(self, change):
        """Whether this says yes to ``change`` as it stands, and was recorded so."""
        self.ensure_one()
        return (
            self.kind == "change"
            and self.change_id == change
            and self.check_state == "accepted"
            and self.digests == self._spell_change_digests(change)
            and self._is_sealed()
        )

    def _holds(self, facts, stood_for):
        # it is about the change, not about the order as it stands
        return self.kind != "change" and super()._holds(facts, stood_for)

    def _check(self, state, remark=False):
        super()._check(state, remark)
        changes = self.sudo().change_id  # whoever may check them was asked above
        changes._mark_for_recheck("apply")
        if state == "rejected":
            for change in changes:
                change._tell_owner(
                    self.env._(
                        "The signed agreement has to be asked for again: %s",
                        remark or "",
                    ),
                    key="change.agreement",
                )

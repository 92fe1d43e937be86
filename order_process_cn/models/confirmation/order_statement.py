from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import arguments, hash_chain
from ...tools.canonical import digest
from ...tools.facts import SCHEMA
from ..mechanism.engine import public_act, take_turns
from .statements import ask_statement

# kind -> the groups of facts it vouches for; None: all of them
VOUCHES_FOR = {
    "returned": None,
    "conditions": None,
    "technical": {"document", "product", "quantity", "dates"},
    "material": {"document", "product", "quantity", "dates"},
    "drawing": {"document", "product"},
}
# a statement about the order -> what happened to the order
EVENT_OF_STATEMENT = {
    "returned": "confirmation_returned",
    "conditions": "conditions_accepted",
    "technical": "technical_confirmed",
    "material": "material_confirmed",
    "drawing": "drawing_confirmed",
}


class OrderStatement(models.Model):
    """Something said in writing about an order, once and for all: the signed return of
    the confirmation, accepted conditions, technical and material confirmations
    (CFM-1, CFM-3, CFM-4).

    Oral is void: a statement names who said it, when, and carries the fingerprint of
    the facts it was made on. It counts while those facts are unchanged.
    """

    _name = "order.statement"
    _inherit = [
        "order.append.only.mixin",
        "order.evidence.mixin",
        "order.engine.mixin",
    ]
    _description = "Written Confirmation"
    _order = "id desc"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    review_id = fields.Many2one(
        "order.review",
        index="btree_not_null",
        help="The run of the review during which it was said.",
    )
    kind = fields.Selection(
        [
            ("returned", "Signed return of the confirmation"),
            ("conditions", "Acceptance of our conditions"),
            ("technical", "Technical confirmation"),
            ("material", "Material confirmation"),
            ("drawing", "Drawing confirmed by the customer"),
        ],
        required=True,
    )
    medium = fields.Selection(
        [("screen", "On screen"), ("portal", "In the portal"), ("scan", "Scan")],
        required=True,
        default="screen",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    signed_by = fields.Char(required=True, help="Who signed: on our side or theirs.")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    address = fields.Char(
        string="Network Address",
        readonly=True,
        help="Where a statement made in the portal came from.",
    )
    text = fields.Text()
    evidence_ids = fields.Many2many(string="Document")
    digests = fields.Json()
    checksum = fields.Char(help="Of the documents attached.")
    # a scan is looked at by a person before it counts
    check_state = fields.Selection(
        [
            ("to_check", "To be checked"),
            ("accepted", "Legible and complete"),
            ("rejected", "Asked for again"),
        ],
        required=True,
        default="accepted",
    )
    checked_by_id = fields.Many2one("res.users", ondelete="restrict")
    checked_on = fields.Datetime()
    check_remark = fields.Text()

    def _check_alteration(self, vals):
        if vals.keys() - {"check_state", "checked_by_id", "checked_on", "check_remark"}:
            super()._check_alteration(vals)

    @api.model
    def _record(self, order, kind, signed_by, **values):
        """Record a statement on the facts as they are now. Called by checked actions.

        The same said twice by the same person on the same facts is said once.

        :param order: superuser record
        :param list evidence: files, see ``_read_evidence``; copies of them are kept
        """
        take_turns(order)
        evidence = values.pop("evidence", [])
        facts = order._collect_review_facts()[order]
        if not evidence and (
            said := self._find_said(order, kind, signed_by, facts, values)
        ):
            return said
        if order.review_id:
            facts = order._facts_known_to(order.review_id, facts)
        # nobody may create one: the callers have checked who states it
        statement = self.sudo().create(
            {
                "order_id": order.id,
                "review_id": order.review_id.id,
                "kind": kind,
                "signed_by": signed_by,
                "user_id": self.env.uid,
                "digests": {
                    # says by itself which facts it knows
                    group: found if group == SCHEMA else digest(found)
                    for group, found in facts.items()
                },
                "checksum": self._checksum_of(file.digest for file in evidence),
                **values,
            }
        )
        statement._keep_evidence(evidence)
        order._emit(EVENT_OF_STATEMENT[kind])
        if kind == "returned" and statement.check_state == "accepted":
            order._emit("return_checked")
        return statement

    def _get_evidence_company(self):
        return self.company_id

    @api.model
    def _checksum_of(self, digests):
        return hash_chain.fingerprint(",".join(digests))

    def _filtered_altered(self):
        """Return the statements whose documents are no longer those recorded."""

        def is_altered(statement):
            files = statement.evidence_ids.with_context(bin_size=False)
            contents = [file.raw or b"" for file in files]
            return statement.checksum not in {
                self._checksum_of(hash_chain.fingerprint(raw) for raw in contents),
                # recorded before the content was copied: Odoo's own checksum
                self._checksum_of(files._compute_checksum(raw) for raw in contents),
            }

        return self.filtered(is_altered)

    def _find_said(self, order, kind, signed_by, facts, values):
        """Return the last statement of this kind if it says the very same."""
        # asked by _record, whose callers have checked who may say it
        last = self.sudo().search(
            [("order_id", "=", order.id), ("kind", "=", kind)], limit=1
        )
        same = (
            last.user_id.id == values.get("user_id", self.env.uid)
            and last.signed_by == signed_by
            and (last.text or "") == (values.get("text") or "")
            and last.review_id == order.review_id
        )
        if not same:
            return self.browse()
        stood_for = last._get_stood_for()[last]
        return last.filtered(lambda s: s._holds(s._facts_known(facts), stood_for))

    @api.model
    def _record_portal(self, order, kind, name, user, address, evidence=()):
        """Record what the customer said in the portal, as the person who said it.

        :param user: who was logged in; a visitor with the link is the public user
        """
        return self._record(
            order,
            kind,
            name,
            medium="portal",
            user_id=user.id,
            address=address,
            evidence=evidence,
        )

    def _facts_known(self, facts):
        """Return the ``facts`` of the order now as whoever said this knew them."""
        self.ensure_one()
        review = self.review_id.sudo()  # compared, never shown
        known = review.facts or {}
        if schema := (self.digests or {}).get(SCHEMA):
            known = {**known, SCHEMA: schema}
        return self.order_id._facts_as_known(facts, known, review.merged or {})

    def _holds(self, facts, stood_for):
        """Whether this counts for ``facts``, what it knows of its order now.

        :param stood_for: see :meth:`_get_stood_for`
        """
        self.ensure_one()
        if self.check_state != "accepted":
            return False
        groups = VOUCHES_FOR[self.kind]
        return all(
            stood_for.get(group) == digest(found)
            for group, found in facts.items()
            if group != SCHEMA and (groups is None or group in groups)
        )

    # -- checking a scan ---------------------------------------------------------------

    @public_act
    def action_accept(self):
        """A person has looked: signature, stamp and remarks are all legible."""
        self._check("accepted")
        return True

    @public_act
    @arguments.checked(remark=arguments.text)
    def action_reject(self, remark):
        """Ask for the document again, saying what is wrong with it."""
        if not (remark or "").strip():
            raise UserError(self.env._("Say what is wrong with the document."))
        self._check("rejected", remark)
        return True

    @public_act
    def action_ask_again(self):
        """Open the question what is wrong with the document."""
        self.ensure_one()
        return ask_statement(
            self.order_id, default_mode="again", default_statement_id=self.id
        )

    def _check(self, state, remark=False):
        if not self.env.user.has_group("order_process_cn.order_group_registrar"):
            raise AccessError(self.env._("You may not check returned documents."))
        if self.filtered(lambda statement: statement.check_state != "to_check"):
            raise UserError(self.env._("This document was checked already."))
        statements = self.sudo()  # the group was checked above
        statements.write(
            {
                "check_state": state,
                "checked_by_id": self.env.uid,
                "checked_on": fields.Datetime.now(),
                "check_remark": remark,
            }
        )
        returned = statements.filtered(lambda statement: statement.kind == "returned")
        returned.order_id._emit(
            "return_checked" if state == "accepted" else "return_rejected"
        )
        statements.order_id._mark_for_recheck("confirm")

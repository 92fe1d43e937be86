from collections.abc import Callable
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from .mail_activity_mixin import WARNING


class Condition(NamedTuple):
    """One thing that a transition waits for.

    :param code: stable name, for tests and for other addons
    :param label: what it is, in the language of the reader
    :param met: whether it holds now
    :param owner: whose move it is, in words, or a function that returns them: what is
        looked up for words is looked up when somebody reads them
    :param detail: what exactly is missing, likewise
    """

    code: str
    label: str
    met: bool
    owner: str | Callable[[], str] = ""
    detail: str | Callable[[], str] = ""

    def spelled(self):
        """Return this condition in words."""
        owner = self.owner() if callable(self.owner) else self.owner
        detail = self.detail() if callable(self.detail) else self.detail
        return self._replace(owner=owner, detail=detail)


class OrderConditionMixin(models.AbstractModel):
    """Answers "what still stands in the way of X, and whose move is it?".

    The same list feeds the checklist on the form, the error of the button, unattended
    waiting and the automatic step. Another addon adds a condition by extending
    :meth:`_get_condition_providers` with a method that returns
    ``{document: Condition}``, leaving out the documents it does not concern.
    """

    _name = "order.condition.mixin"
    _inherit = ["order.event.mixin", "order.recheck.mixin"]
    _description = "Document with Conditions"

    # {transition: (stored field, {values behind the gate})}
    _gates = {}

    requested_transition = fields.Char(
        copy=False,
        readonly=True,
        help="What somebody who cannot read an error (a customer who signs or pays, a "
        "scheduled action) wanted before it was ready: it happens by itself as soon as "
        "it can.",
        groups="base.group_user",
    )
    order_checklist = fields.Json(
        compute="_compute_order_checklist", compute_sudo=True, groups="base.group_user"
    )

    @api.depends_context("lang")
    def _compute_order_checklist(self):
        """What the form shows: the next guarded step and what it waits for."""
        self.order_checklist = False
        for transition, documents in self.grouped(
            lambda document: document._get_next_transition()
        ).items():
            if not transition:
                continue
            for document, conditions in documents._collect_conditions(
                transition
            ).items():
                if conditions:
                    document.order_checklist = {
                        "step": self._name_transition(transition),
                        "conditions": [c.spelled()._asdict() for c in conditions],
                    }

    def _get_next_transition(self):
        """Return the guarded step that one document takes next, or ``False``."""
        return False

    def _name_transition(self, transition):
        """Return the name of a step, in the language of the reader."""
        return transition

    def _get_condition_providers(self):
        """Return ``{transition: [method, …]}``; a method returns
        ``{document: Condition}`` or, see :meth:`_forward_conditions`, a list of them.
        """
        return {}

    # -- the gates ---------------------------------------------------------------------

    def _validate_fields(self, field_names, excluded_names=()):
        super()._validate_fields(field_names, excluded_names)
        if written := {*field_names} - {*excluded_names}:
            # as constraints are checked: whoever comes, all of it is looked at
            self.sudo()._check_gates(written)

    def _check_gates(self, written=None):
        """The gates: whatever road led a document to where it is, what has to be met
        before is asked here.

        :param set written: names of fields; only gates at these are looked at
        """
        for transition, (field, behind) in self._gates.items():
            if written is None or field in written:
                there = self.filtered(lambda d, f=field, b=behind: d[f] in b)
                there._filtered_at_gate(transition)._raise_open_conditions(transition)

    def _filtered_at_gate(self, transition):
        """Return those of these documents, all behind the gate, that it looks at."""
        return self

    def _forward_conditions(self, transition, path):
        """Return ``{document: [Condition, …]}``: what the documents behind the field
        ``path`` wait for before ``transition``. A shipment asks its order like this.
        """
        related = self.mapped(path)
        conditions = related._collect_conditions(transition)
        return {
            document: [
                condition._replace(label=f"{other.display_name}: {condition.label}")
                for other in document.mapped(path)
                for condition in conditions[other]
            ]
            for document in self
        }

    def _collect_conditions(self, transition):
        """Return ``{document: [Condition, …]}`` for one transition."""
        documents = self.sudo()  # what is missing is shown to whoever may see it
        collected = {document: [] for document in self}
        for provide in documents._get_condition_providers().get(transition, []):
            for document, found in provide().items():
                several = [found] if isinstance(found, Condition) else found
                collected[document.with_env(self.env)].extend(several)
        return collected

    def _collect_open_conditions(self, transition):
        """Return ``{document: [Condition, …]}``: only documents that must wait."""
        return {
            document: missing
            for document, conditions in self._collect_conditions(transition).items()
            if (missing := [c.spelled() for c in conditions if not c.met])
        }

    def _filtered_ready(self, transition):
        """Return the documents that nothing keeps from ``transition``."""
        return self - self.browse().concat(*self._collect_open_conditions(transition))

    def _open_conditions_message(self, transition):
        """Return one text with everything that is missing, or ``False``."""
        lines = []
        for document, conditions in self._collect_open_conditions(transition).items():
            lines.append(
                self.env._("%(document)s has to wait:", document=document.display_name)
            )
            lines += [f"- {self._spell(condition)}" for condition in conditions]
        if lines:
            self.env["order.recheck"]._after_refusal(self)
        return "\n".join(lines) or False

    def _spell(self, condition):
        text = condition.label
        if condition.detail:
            text += f": {condition.detail}"
        if condition.owner:
            text += f" → {condition.owner}"
        return text

    def _raise_open_conditions(self, transition):
        """Raise one error with everything that keeps these documents from
        ``transition``."""
        if message := self._open_conditions_message(transition):
            raise UserError(message)

    def _keep_waiting(self, transition):
        """Remember that somebody who cannot read an error wanted ``transition``: the
        topic of the same name."""
        self.requested_transition = transition
        self._mark_for_recheck(transition)

    @api.model
    def _get_recheck_events(self):
        """Return ``{event: (topic, …)}``: what may have become possible with it."""
        return {}

    def _on_event(self, code, at):
        super()._on_event(code, at)
        if topics := self._get_recheck_events().get(code):
            self.env["order.recheck"]._mark_before_commit(self, topics)

    def _on_recheck_refused(self, message):
        self._tell_owner(message)

    def _tell_owner(self, message, key="stuck"):
        """Leave one to-do about ``key`` for the person who answers for this document.

        See ``mail.activity.mixin._leave_todo``.
        """
        self.ensure_one()
        self._leave_todo(
            key,
            self.env._("Cannot go on"),
            message,
            user=self._get_owner(),
            kind=WARNING,
        )

    def _get_owner(self):
        """Return the user who answers for one document."""
        return self.user_id

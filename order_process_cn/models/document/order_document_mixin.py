from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..given.given import check_given
from .moving import check_may_become


class OrderDocumentMixin(models.AbstractModel):
    """The one face of a guarded document of ours: it declares the tables below, and
    what they say is kept here, on every road.

    A document has a field ``state`` and a company. How one is written, from its fields
    to its paper, is shown in docs/development.md by an example that a test runs.
    """

    _name = "order.document.mixin"
    _inherit = [
        "order.engine.mixin",
        "order.review.limit.mixin",
        "order.condition.mixin",
        "order.form.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Guarded Document"

    # {state: {states it may come to}}; people enter it in the first one
    _moves = {}
    # {transition: (field, {values behind the gate})}: see order.condition.mixin
    _gates = {}
    # what people enter, and what they say when they make one; the rest of what is
    # stored is the engine's
    _entered = frozenset()
    _given = frozenset()
    # who is in charge of one, where people choose him: he may go on with it
    _in_charge = None
    # {group: names}: what signatures vouch for, see order.review.mixin
    _facts = {}
    # the same of its lines, which stand in this one2many field
    _lines = False
    _line_facts = {}

    # -- entering ----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # before anything is read to complete them
            self.browse().check_access("create")
            for vals in vals_list:
                self._check_entry(vals.keys() - self._given)
            check_given(self, vals_list)  # before anything is reckoned with it
        documents = super().create(self._complete(vals_list))
        documents._check_in_charge(set().union(*vals_list))
        documents._emit("created")
        return documents

    @api.model
    def _complete(self, vals_list):
        """Return the values of new documents with what the engine adds to them."""
        return vals_list

    def write(self, vals):
        if not self.env.su:
            self._check_entry(vals.keys())
        result = super().write(vals)
        self._check_in_charge(vals.keys())
        return result

    def _check_in_charge(self, names):
        """Check that whom a person puts in charge may work on these documents: else
        nobody who is named could go on."""
        if self.env.su or self._in_charge not in names:
            return
        for document in self.filtered(self._in_charge):
            owner = document[self._in_charge]
            if not (owner.active and document.with_user(owner).has_access("write")):
                raise UserError(
                    self.env._(
                        "%(user)s may not work on %(document)s: put somebody else in "
                        "charge of it.",
                        user=owner.name,
                        document=document.display_name,
                    )
                )

    def _check_entry(self, names):
        """Refuse what nobody enters, and what is not entered any more."""
        entered = names & self._fields.keys()
        if any(self._is_of_the_engine(name) for name in entered):
            raise AccessError(self._spell_entered())
        if self._entered & entered:
            self._check_open()

    @api.model
    def _is_of_the_engine(self, name):
        field = self._fields[name]
        # what mail and reviews keep about a document has guards of its own
        return name not in self._entered and field.readonly and field.store

    @api.model
    def _spell_entered(self):
        """Return the words for whoever enters what the engine keeps."""
        labels = [
            self._fields[name]._description_string(self.env)
            for name in sorted(self._entered)
        ]
        if self._lines:
            labels.append(self._fields[self._lines]._description_string(self.env))
        return self.env._(
            "%(document)s: people enter %(fields)s; the rest follows.",
            document=self.env["ir.model"]._get(self._name).name,
            fields=", ".join(labels),
        )

    def _check_open(self):
        """Check that these documents are where they are entered."""
        if closed := self.filtered(lambda document: not document._is_open()):
            raise UserError(
                self.env._(
                    "%s is closed and cannot be changed.",
                    ", ".join(closed.mapped("display_name")),
                )
            )

    def _is_open(self):
        """Whether one document is where it is entered."""
        return self.state in self._get_states_before_begin()

    # -- moving ------------------------------------------------------------------------

    def _move_to(self, state):
        """Bring these documents to ``state``, if ``_moves`` lets them.

        :raise UserError: the gate, or they are not where this follows
        """
        # whatever it is asked to become: it has come to its end
        self.filtered(lambda d: not d._moves[d.state])._check_open()
        check_may_become(self, state, self._moves)
        self.write({"state": state})
        self._emit(self._get_state_event(state))

    @api.model
    def _get_state_event(self, state):
        """Return the event of coming to ``state``: what is called decided here is not
        what is called so elsewhere."""
        return f"{self._name}.{state}"

    @api.model
    def _get_states_before_begin(self):
        return {next(iter(self._moves))}

    @api.model
    def _get_limit_events(self):
        states = self._fields["state"]._description_selection(self.env)
        reached = set().union(*self._moves.values())
        return {
            **super()._get_limit_events(),
            **{
                self._get_state_event(state): label
                for state, label in states
                if state in reached
            },
        }

    # -- what signatures vouch for -----------------------------------------------------

    @api.model
    def _get_fact_fields(self):
        return {group: [*names] for group, names in self._facts.items()}

    @api.model
    def _get_line_fact_fields(self):
        return {group: [*names] for group, names in self._line_facts.items()}

    @api.model
    def _get_fact_lines_field(self):
        return self._lines

    def _is_review_used(self):
        return not self._is_open()

    def _may_start_review(self):
        return self._is_open()

    # -- conditions --------------------------------------------------------------------

    def _get_condition_providers(self):
        return {
            **super()._get_condition_providers(),
            **{transition: [self._condition_review] for transition in self._gates},
        }

    def _condition_review(self):
        """What the document is about is decided by a review, where there is one."""
        return self._condition_of_review("review", self.env._("Approved review"))

    def _get_next_transition(self):
        """The first gate that the document is not behind and can come to."""
        reachable = self._get_reachable_states()
        for transition, (field, behind) in self._gates.items():
            if self[field] not in behind and (field != "state" or reachable & behind):
                return transition
        return False

    def _name_transition(self, transition):
        """The first state behind the gate, unless a document says otherwise."""
        field, behind = self._gates.get(transition, ("state", ()))
        states = self._fields[field]._description_selection(self.env)
        names = [label for value, label in states if value in behind]
        return names[0] if names else super()._name_transition(transition)

    def _get_reachable_states(self):
        """Return the states that one document may come to, at once or later."""
        found, left = set(), {self.state}
        while left:
            left = set().union(*(self._moves[state] for state in left)) - found
            found |= left
        return found

    # -- paper -------------------------------------------------------------------------

    def _get_form_watermark(self):
        return self._get_review_watermark()

from collections import defaultdict

from odoo import api, models
from odoo.tools import html2plaintext

from ...tools.canonical import digest
from ...tools.facts import as_known, same_number, with_schema
from ...tools.peek import peek
from ..reading.along import NOTHING

FINAL = "."  # what follows is the content behind a relation


class OrderReviewMixin(models.AbstractModel):
    """What signatures on a document vouch for, said field by field (REV-5).

    A document declares its facts, those of its lines, and why its other stored fields
    are none; what is done with them is here. A document whose facts are counted in
    another way fills :meth:`_collect_review_facts` itself, with the same schema.
    """

    _inherit = "order.review.mixin"

    # what is read besides facts, because it decides whether there are any: of the
    # document, and of a line
    _fact_marks = []
    _fact_line_marks = []
    # who reads what stands behind relations
    _fact_content = "order.fact.content"

    # -- declared by a document ------------------------------------------------------

    @api.model
    def _get_fact_fields(self):
        """Return ``{group: [name, …]}``: stored fields of the document, or
        ``field.content`` behind a relation as :meth:`_get_fact_content` reads it."""
        return {}

    @api.model
    def _get_line_fact_fields(self):
        """Return ``{group: [name, …]}``: the same of its lines."""
        return {}

    @api.model
    def _get_fact_lines_field(self):
        """Return the name of the one2many field whose lines carry facts, or nothing."""
        return False

    @api.model
    def _get_free_fields(self):
        """Return ``{model: {stored field: why nobody has to vouch for it}}``."""
        return {}

    @api.model
    def _get_first_schema(self):
        """Return ``{group: names}`` of facts that were taken before a schema was kept
        with them."""
        return {}

    @api.model
    def _get_fact_schema(self):
        """Return ``{group: names}`` of the facts known now, "#" for any line."""
        names = defaultdict(list, self._get_fact_fields())
        for group, fields_ in self._get_line_fact_fields().items():
            names[group] = names[group] + [self._line_key("#", n) for n in fields_]
        return names

    @api.model
    def _line_key(self, line_id, name):
        """Return the key of the fact ``name`` of one line."""
        return f"{line_id}/{name}"

    @api.model
    def _is_content_fact(self, key):
        """Whether the fact ``key`` tells what stands behind a relation."""
        return FINAL in key.rpartition("/")[2]

    @api.model
    def _is_fact_line(self, values):
        """Whether signatures vouch for a line, from its stored values."""
        return True

    @api.model
    def _get_fact_content(self, rows, lines, known=None):
        """Return the content behind relations, see :meth:`_get_fact_fields`, as
        ``_read`` of :attr:`_fact_content` does."""
        return self.env[self._fact_content]._read(rows, lines, known)

    # -- reading -----------------------------------------------------------------------

    def _collect_review_facts(self, known=None):
        """Return ``{document: {group: {key: text or number}}}``, with its schema: what
        signatures vouch for. Stored values only, no floats; see tools/facts.py. The
        group "document" is vouched for by everybody.

        :param known: what :meth:`_select_found` has read of what stands behind
        """
        if not self._get_fact_fields():
            raise AttributeError(f"{self._name} does not say what its facts are")
        return self._compose_facts(*self._read_facts(), known)

    def _compose_facts(self, rows, lines, known):
        """Return the facts of these documents from the stored values of their ``rows``
        and ``lines``."""
        groups, line_groups = self._get_fact_fields(), self._get_line_fact_fields()
        content = self._get_fact_content(rows, lines, known)
        schema = self._get_fact_schema()
        facts = {}
        for document in self:
            behind = content.get(document.id, {})
            found = self._spell_facts(self, groups, {**rows[document.id], **behind})
            behind_lines = behind.get("lines", {})
            for line_id, line in lines[document.id].items():
                told = {**line, **behind_lines.get(line_id, {})}
                if self._is_fact_line(told):
                    self._add_line_facts(found, line_groups, line_id, told)
            facts[document] = with_schema(found, schema)
        return facts

    def _read_facts(self):
        """Return the stored values of these documents and of their lines."""
        reader = self.env["order.fact.reader"]
        names, field, line_names = self._get_names_to_read()
        if field:
            return reader._read_with_lines(self, names, field, line_names)
        return reader._read(self, names), defaultdict(dict)

    def _select_found(self, names, found, along=NOTHING):
        """Return the documents ``found``, their lines, and what stands behind nearly
        each of them, as ``_select`` of ``order.fact.reader``.

        :param Along along: what is read besides
        """
        content = self.env[self._fact_content]._get_along()
        reader = self.env["order.fact.reader"]
        return reader._select(
            self,
            *self._get_names_to_read(names),
            reader._spell_condition(self, found),
            along._replace(own=content.own + along.own, line=content.line),
        )

    @api.model
    def _get_names_to_read(self, names=()):
        """Return the stored fields ``names`` and those that facts are made of, the
        field of the lines, or ``None``, and the same of these."""
        facts = self._names_in(self._get_fact_fields()) + self._fact_marks
        line_facts = self._names_in(self._get_line_fact_fields())
        return (
            [*dict.fromkeys([*names, *facts])],
            self._fields.get(self._get_fact_lines_field()),
            [*dict.fromkeys(line_facts + self._fact_line_marks)],
        )

    def _add_line_facts(self, found, groups, line_id, values):
        lines = self.env[self._fields[self._get_fact_lines_field()].comodel_name]
        for group, told in self._spell_facts(lines, groups, values).items():
            found.setdefault(group, {}).update(
                {self._line_key(line_id, name): text for name, text in told.items()}
            )

    @api.model
    def _names_in(self, groups):
        """Return the stored fields among the facts ``{group: names}``."""
        return [n for names in groups.values() for n in names if FINAL not in n]

    @api.model
    def _spell_facts(self, model, groups, values):
        """Return ``{group: {name: text or number}}`` from the stored ``values``."""
        spell = self.env["order.fact.reader"]._spell
        return {
            group: {
                name: values[name]
                if FINAL in name
                else spell(model._fields[name], values[name])
                for name in names
            }
            for group, names in groups.items()
        }

    # -- in words ----------------------------------------------------------------------

    def _describe_fact(self, key):
        """Return the words for a fact's key, in the language of the reader."""
        field = self._get_fact_field(key.partition(FINAL)[0])
        label = field._description_string(self.env) if field else key
        line_id = self._get_fact_line_id(key)
        return f"{self._name_fact_line(line_id)}: {label}" if line_id else label

    def _describe_fact_value(self, key, value):
        """Return a fact's stored value in words, in the language of the reader."""
        if FINAL in key and value is not None:
            return value or self.env._("(none)")
        field = self._get_fact_field(key)
        numeric = field is not None and field.type in {"float", "monetary"}
        if value is None or (not numeric and value in ("", 0, [])):
            return self.env._("(none)")
        if field is None:
            return str(value)
        if field.relational:
            ids = value if isinstance(value, list) else [value]
            records = self.env[field.comodel_name].browse(ids).exists()
            return ", ".join(records.mapped("display_name"))
        if field.type == "boolean":
            return self.env._("yes")
        if field.type == "html":
            return html2plaintext(value).strip()
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if numeric:
            return f"{float(value):,.6f}".rstrip("0").rstrip(".")
        return str(value)

    @api.model
    def _get_fact_line_id(self, key):
        """Return the id of the line that has the fact ``key``, 0 for none."""
        line_id, _sep, _name = key.rpartition("/")
        return int(line_id) if line_id.isdigit() else 0

    def _name_fact_line(self, line_id):
        """Return the words for one of the lines."""
        lines = self.env[self._fields[self._get_fact_lines_field()].comodel_name]
        line = lines.browse(line_id).exists()
        return line.display_name or self.env._("removed line")

    # -- comparing ---------------------------------------------------------------------

    def _facts_known_to(self, review, facts):
        """Return the ``facts`` of this document in the terms of those who signed its
        ``review``: a fact that was added since is none of theirs, and the same number
        or the same contact under another id is the same fact."""
        if digest(facts) == review.digest:  # as nearly always
            return facts
        known, merged = peek(review, "facts") or {}, peek(review, "merged") or {}
        return self._facts_as_known(facts, known, merged)

    @api.model
    def _facts_as_known(self, facts, known, merged):
        """Return ``facts`` in the terms of whoever was shown the facts ``known``.

        :param merged: ``{contact that was: contact it became part of}``
        """

        def same(key, old, new):
            return self._means_same(key, old, new, merged)

        return as_known(facts, known, self._get_first_schema(), same)

    @api.model
    def _means_same(self, key, old, new, merged):
        """Whether a fact is still the same: the same number however many digits it was
        stored with, the same contact after duplicates were merged.

        :param merged: ``{contact that was: contact it became part of}``
        """
        field = self._get_fact_field(key)
        if field is None:
            return old == new
        if field.type in {"float", "monetary"}:
            return same_number(old, new)
        if field.relational and field.comodel_name == "res.partner":
            return merged.get(str(old), old) == new
        return old == new

    @api.model
    def _get_fact_field(self, key):
        """Return the field that holds the fact ``key``, or ``None``: it is content."""
        *_line, name = key.split("/")
        if not _line:
            return self._fields.get(name)
        lines = self._fields.get(self._get_fact_lines_field() or "")
        return lines and self.env[lines.comodel_name]._fields.get(name)

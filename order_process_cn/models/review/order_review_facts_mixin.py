from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL, html2plaintext

from ...tools.canonical import digest
from ...tools.facts import as_known, same_number, with_schema
from ...tools.peek import peek

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
    def _get_fact_content(self, rows, lines):
        """Return ``{document id: {name: text, "lines": {line id: {name: text}}}}``: the
        content behind relations, see :meth:`_get_fact_fields`.

        :param rows: ``{document id: stored values}``
        :param lines: ``{document id: {line id: stored values}}``
        """
        return {}

    # -- reading -----------------------------------------------------------------------

    def _collect_review_facts(self):
        """Return ``{document: {group: {key: text or number}}}``, with its schema: what
        signatures vouch for. Stored values only, no floats; see tools/facts.py. The
        group "document" is vouched for by everybody."""
        if not self._get_fact_fields():
            raise AttributeError(f"{self._name} does not say what its facts are")
        groups, line_groups = self._get_fact_fields(), self._get_line_fact_fields()
        rows, lines = self._read_facts(groups, line_groups)
        content = self._get_fact_content(rows, lines)
        schema = self._get_fact_schema()
        facts = {}
        for document in self:
            behind = content.get(document.id, {})
            values = {**rows[document.id], **behind}
            found = self._spell_facts(self, groups, values)
            for line_id, line in lines[document.id].items():
                if self._is_fact_line(line):
                    told = {**line, **behind.get("lines", {}).get(line_id, {})}
                    self._add_line_facts(found, line_groups, line_id, told)
            facts[document] = with_schema(found, schema)
        return facts

    def _read_facts(self, groups, line_groups):
        """Return the stored values of these documents and of their lines."""
        reader = self.env["order.fact.reader"]
        names = self._names_in(groups) + self._fact_marks
        field = self._get_fact_lines_field()
        if field:
            line_names = self._names_in(line_groups) + self._fact_line_marks
            return reader._read_with_lines(self, names, field, line_names)
        return reader._read(self, names), defaultdict(dict)

    def _load_facts(self, names, found):
        """Put the stored facts of the documents ``found`` and of their lines into the
        cache, and the further columns ``names``; return these documents.

        :param found: a query, as ``_search`` returns it
        """
        reader = self.env["order.fact.reader"]
        field = self._fields[self._get_fact_lines_field()]
        facts = self._names_in(self._get_fact_fields()) + self._fact_marks
        names = [*dict.fromkeys([*names, *facts])]
        line_names = self._names_in(self._get_line_fact_fields())
        line_names = [*dict.fromkeys(line_names + self._fact_line_marks)]
        rows_of, lines = {}, defaultdict(dict)
        where = self._spell_condition(found)
        for row, line in reader._select(self, where, names, field, line_names):
            rows_of[row["id"]] = (*row.values(),)
            if line["id"]:
                lines[row["id"]][line["id"]] = (*line.values(),)
        rows = [line for every in lines.values() for line in every.values()]
        reader._keep(self.env[field.comodel_name], line_names, rows)
        documents = reader._keep(self, names, [*rows_of.values()])
        field._insert_cache(documents, [(*lines[id_],) for id_ in documents._ids])
        return documents

    @api.model
    def _spell_condition(self, found):
        """Return the query ``found`` as a condition on the table of these documents;
        that table once more within it would be planned twice."""
        table = SQL.identifier(self._table)
        if found.from_clause == table and found.where_clause and not found.is_empty():
            return found.where_clause
        return SQL("%s IN %s", SQL.identifier(self._table, "id"), found.subselect())

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
